package arm

import "strings"

// predicate decides about a row.
type predicate func(*graphRow) bool

// either parses conditions joined by or.
func (q *kql) either() (predicate, error) {
	left, err := q.both()
	for err == nil && q.peek().is("or") {
		q.pop()
		var right predicate
		if right, err = q.both(); err == nil {
			one := left
			left = func(r *graphRow) bool { return one(r) || right(r) }
		}
	}
	return left, err
}

// both parses conditions joined by and, which binds closer.
func (q *kql) both() (predicate, error) {
	left, err := q.condition()
	for err == nil && q.peek().is("and") {
		q.pop()
		var right predicate
		if right, err = q.condition(); err == nil {
			one := left
			left = func(r *graphRow) bool { return one(r) && right(r) }
		}
	}
	return left, err
}

// deepest is how many parentheses a condition may be in.
const deepest = 50

// condition parses a comparison, or conditions in parentheses.
func (q *kql) condition() (predicate, error) {
	if q.peek().is("(") {
		if q.depth++; q.depth > deepest {
			return nil, &syntaxError{q.peek()}
		}
		q.pop()
		inner, err := q.either()
		if err != nil {
			return nil, err
		}
		q.depth--
		return inner, q.expect(")")
	}
	if q.peek().is("not") || q.peek().is("isempty") || q.peek().is("isnotempty") || q.peek().is("isnull") || q.peek().is("isnotnull") {
		return q.function()
	}
	column, err := q.scalar()
	if err != nil {
		return nil, err
	}
	op := q.pop()
	negated := op.is("!")
	if negated {
		op = q.pop()
		if !op.is("in") && !op.is("in~") && !op.is("contains") && !op.is("startswith") && !op.is("endswith") && !op.is("has") {
			return nil, &syntaxError{op}
		}
	}
	if op.is("in") || op.is("in~") {
		holds, err := q.among(column, op.is("in~"))
		return func(r *graphRow) bool { return holds(r) != negated }, err
	}
	holds, ok := comparisons[op.text]
	if !ok || op.kind == tokenString {
		return nil, &syntaxError{op}
	}
	value := q.pop()
	if value.kind != tokenString {
		return nil, &syntaxError{value}
	}
	return func(r *graphRow) bool { return holds(column.value(r), value.text) != negated }, nil
}

// function parses not(…) and the questions for emptiness.
func (q *kql) function() (predicate, error) {
	name := q.pop()
	if err := q.expect("("); err != nil {
		return nil, err
	}
	if name.is("not") {
		if q.depth++; q.depth > deepest {
			return nil, &syntaxError{name}
		}
		inner, err := q.either()
		if err != nil {
			return nil, err
		}
		q.depth--
		return func(r *graphRow) bool { return !inner(r) }, q.expect(")")
	}
	column, err := q.expression()
	if err != nil {
		return nil, err
	}
	empty := name.is("isempty") || name.is("isnull")
	return func(r *graphRow) bool {
		value := column.value(r)
		return (value == "" || value == "null") == empty
	}, q.expect(")")
}

// among parses the list behind in and in~.
func (q *kql) among(column graphColumn, fold bool) (predicate, error) {
	if err := q.expect("("); err != nil {
		return nil, err
	}
	set := map[string]bool{}
	key := func(s string) string {
		if fold {
			return strings.ToLower(s)
		}
		return s
	}
	for {
		value := q.pop()
		if value.kind != tokenString {
			return nil, &syntaxError{value}
		}
		set[key(value.text)] = true
		if !q.peek().is(",") {
			break
		}
		q.pop()
	}
	return func(r *graphRow) bool { return set[key(column.value(r))] }, q.expect(")")
}

// comparisons are the operators between a column and a string.
var comparisons = map[string]func(cell, value string) bool{
	"==":         func(cell, value string) bool { return cell == value },
	"!=":         func(cell, value string) bool { return cell != value },
	"=~":         strings.EqualFold,
	"!~":         func(cell, value string) bool { return !strings.EqualFold(cell, value) },
	"contains":   func(cell, value string) bool { return strings.Contains(strings.ToLower(cell), strings.ToLower(value)) },
	"endswith":   func(cell, value string) bool { return strings.HasSuffix(strings.ToLower(cell), strings.ToLower(value)) },
	"has":        hasTerm,
	"startswith": func(cell, value string) bool { return strings.HasPrefix(strings.ToLower(cell), strings.ToLower(value)) },
}

// hasTerm reports whether a whole word of a cell is the value: words are made of
// letters and digits.
func hasTerm(cell, value string) bool {
	cell, value = strings.ToLower(cell), strings.ToLower(value)
	for from := 0; value != ""; {
		i := strings.Index(cell[from:], value)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(value)
		if (i == 0 || !isTermByte(cell[i-1])) && (end == len(cell) || !isTermByte(cell[end])) {
			return true
		}
		from = i + 1
	}
	return true
}

func isTermByte(c byte) bool { return c != '_' && isWordByte(c) }
