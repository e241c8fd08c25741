package pane

import (
	"cmp"
	"math"
	"strings"
)

// inOrder reports whether the rows still stand in the order they were sorted
// in. It is one pass, so that time going by does not sort a list that stays as
// it is.
func (d *dataset[R, K]) inOrder(s *Spec[R, K], env Env) bool {
	if d.by.column < 0 {
		return true
	}
	for i := 1; i < len(d.sorted); i++ {
		a, b := d.sorted[i-1], d.sorted[i]
		c := compareValues(s.value(d.by.column, d.rows[a], env), s.value(d.by.column, d.rows[b], env), d.by.desc)
		if c > 0 || c == 0 && d.rankOf(a) > d.rankOf(b) {
			return false
		}
	}
	return true
}

// compareValues orders numbers, then texts without regard to case, then what
// is unknown; desc turns numbers and texts round, not the kinds.
func compareValues(a, b Value, desc bool) int {
	if c := cmp.Compare(class(a), class(b)); c != 0 {
		return c
	}
	c := 0
	switch class(a) {
	case 0:
		c = cmp.Compare(a.Number, b.Number)
	case 1:
		c = cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)))
	}
	if desc {
		return -c
	}
	return c
}

// class is a value's place among the kinds: numbers, texts, unknown.
func class(v Value) int {
	switch {
	case v.Kind == KindNumber && !math.IsNaN(v.Number):
		return 0
	case v.Kind == KindText && v.Text != "":
		return 1
	default:
		return 2
	}
}
