package overview

import "sort"

// top keeps the first few of many by an order, in order.
type top[T any] struct {
	rows []T
	less func(a, b T) bool
}

// add takes a row in if it is among the first.
func (t *top[T]) add(row T) {
	at := sort.Search(len(t.rows), func(i int) bool { return t.less(row, t.rows[i]) })
	if at >= kept {
		return
	}
	if len(t.rows) < kept {
		t.rows = append(t.rows, row)
	}
	copy(t.rows[at+1:], t.rows[at:])
	t.rows[at] = row
}
