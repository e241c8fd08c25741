package backend

import "slices"

// table holds a section's rows by scope, and all of them in order. The list
// stays the same slice until a row in it changes.
type table[R comparable] struct {
	byScope map[string][]R
	all     []R
	stale   bool
}

func newTable[R comparable]() *table[R] { return &table[R]{byScope: map[string][]R{}} }

// of are the rows of a scope.
func (t *table[R]) of(scope string) []R { return t.byScope[scope] }

// set takes the rows of a scope and reports whether any differs.
func (t *table[R]) set(scope string, rows []R) bool {
	if slices.Equal(t.byScope[scope], rows) {
		return false
	}
	t.byScope[scope] = rows
	t.stale = true
	return true
}

// drop forgets a scope and reports whether it had rows.
func (t *table[R]) drop(scope string) bool {
	had := len(t.byScope[scope]) > 0
	delete(t.byScope, scope)
	t.stale = t.stale || had
	return had
}

// list is every row, scope after scope in the order given.
func (t *table[R]) list(order []string) []R {
	if !t.stale {
		return t.all
	}
	n := 0
	for _, scope := range order {
		n += len(t.byScope[scope])
	}
	all := make([]R, 0, n)
	for _, scope := range order {
		all = append(all, t.byScope[scope]...)
	}
	t.all, t.stale = all, false
	return all
}
