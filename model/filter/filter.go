// Package filter is the language that narrows a list of rows: typed after "/"
// on the screen, given to --filter on the command line.
//
// An expression is terms separated by spaces, and a row must satisfy them all:
//
//	gpu             some text of the row contains "gpu", in whatever case
//	nc.*v3          some text matches the regular expression
//	"two words"     quotes keep spaces together and take every sign literally
//	-f ngp          some text contains the letters in this order (fuzzy)
//	owner:ana       the column's text contains (or, as above, matches)
//	cost>5          the column's number compares: > >= < <= = !=
//	idle>1h30m      … with durations (s, m, h, d, w)
//	share>=80%      … with percentages
//	state=running   the column's text is exactly this, in whatever case
//	!term           the rows that the term does not hold for
//
// A column is named by its ID, an unambiguous beginning of it, or one of the
// words people use for it ("ws" for workspace). A value that is not known
// satisfies no comparison: unknown is neither more nor less than anything.
package filter

// Record is a row as a filter sees it. Columns are named by the IDs that were
// given to [Parse].
type Record interface {
	// Text is the text of a column, "" if it has none or it is not known; a
	// line each if there are several ways to say it.
	Text(column string) string
	// Number is the number of a column: amounts in currency units, durations in
	// seconds, times in Unix seconds, shares in per cent. False: unknown.
	Number(column string) (float64, bool)
	// All is every text of the row, one a line. It is asked for often: keep it,
	// best in lower case, in which searches are fastest.
	All() string
}

// Expr is a parsed expression. The zero Expr matches every row. It is
// immutable and may be used by several goroutines at once.
type Expr struct {
	terms []term
}

// term is one condition on a row.
type term struct {
	not     bool
	column  string // "": all texts
	matches matcher
}

// matcher decides one condition, leaving aside its negation.
type matcher interface {
	match(r Record, column string) bool
}

// Empty reports whether the expression matches every row because it says
// nothing.
func (e Expr) Empty() bool { return len(e.terms) == 0 }

// Match reports whether a row satisfies every term.
func (e Expr) Match(r Record) bool {
	for i := range e.terms {
		t := &e.terms[i]
		if t.matches.match(r, t.column) == t.not {
			return false
		}
	}
	return true
}

// Refers reports whether the outcome depends on a column by name.
func (e Expr) Refers(column string) bool {
	for _, t := range e.terms {
		if t.column == column {
			return true
		}
	}
	return false
}

// ReadsAll reports whether some term looks at all texts of a row.
func (e Expr) ReadsAll() bool {
	for _, t := range e.terms {
		if t.column == "" {
			return true
		}
	}
	return false
}

// source is the text a term on this column looks at.
func source(r Record, column string) string {
	if column == "" {
		return r.All()
	}
	return r.Text(column)
}
