package filter

import (
	"fmt"
	"regexp"
	"strings"
)

// Parse reads an expression over rows with the given columns. The error of a
// bad pattern names the pattern; that of an unknown column lists the columns.
// What is merely unfinished ("owner:", "!", "-f") says nothing yet and matches
// every row.
func Parse(text string, columns []string) (Expr, error) {
	var e Expr
	list := words(text)
	for i := 0; i < len(list); i++ {
		w, fuzzy := list[i], false
		if w.bare("-f") {
			if i++; i == len(list) {
				break
			}
			w, fuzzy = list[i], true
		}
		t, ok, err := parseTerm(w, fuzzy, columns)
		if err != nil {
			return Expr{}, err
		}
		if ok {
			e.terms = append(e.terms, t)
		}
	}
	return e, nil
}

// parseTerm reads one term; ok is false if it says nothing.
func parseTerm(w word, fuzzy bool, columns []string) (t term, ok bool, err error) {
	for w.text != "" && w.text[0] == '!' && !w.quoted[0] {
		t.not = !t.not
		w = w.from(1)
	}
	if w.text == "" {
		return term{}, false, nil
	}
	if fuzzy {
		t.matches = newSubsequence(w.text)
		return t, true, nil
	}
	name, op, rest := splitOperator(w)
	if op == "" {
		t.matches, err = newPattern(w)
		return t, err == nil, err
	}
	if t.column, err = Column(name, columns); err != nil {
		return term{}, false, err
	}
	if op == ":" {
		if rest.text == "" {
			return term{}, false, nil
		}
		t.matches, err = newPattern(rest)
		return t, err == nil, err
	}
	t.matches, err = newComparison(name+op, op, rest)
	return t, err == nil, err
}

// splitOperator finds "column operator" at the start of a word. A word that
// does not start with a column's name, such as 12:30 or ^a>b, has none.
func splitOperator(w word) (name, op string, rest word) {
	n := 0
	for n < len(w.text) && !w.quoted[n] && nameByte(w.text[n], n == 0) {
		n++
	}
	if n == 0 || n == len(w.text) || w.quoted[n] {
		return "", "", w
	}
	for _, op := range []string{">=", "<=", "!=", "==", ">", "<", "=", ":"} {
		if strings.HasPrefix(w.text[n:], op) {
			return w.text[:n], op, w.from(n + len(op))
		}
	}
	return "", "", w
}

func nameByte(c byte, first bool) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		return true
	case c >= '0' && c <= '9', c == '_', c == '-':
		return !first
	default:
		return false
	}
}

// newPattern reads a piece of text or, if it has signs of one, a regular
// expression. A dot alone is a dot: names are full of them.
func newPattern(w word) (matcher, error) {
	if w.literal(0) || !strings.ContainsAny(w.text, `\+*?()|[]{}^$`) {
		return newSubstring(w.text), nil
	}
	re, err := regexp.Compile("(?im)" + w.text)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w (put it in quotes to take it literally)", w.text, reason(err))
	}
	return expression{re: re, low: lowered(w.text), needs: required(w.text)}, nil
}
