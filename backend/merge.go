package backend

import (
	"cmp"
	"reflect"
	"slices"
	"unique"
)

// pair is one row before and after an answer. before is nil for a row that
// appeared, after for one that is gone.
type pair[R any] struct{ before, after *R }

// rowKind is what merging needs to know of a kind of row.
type rowKind[R any] struct {
	id   func(*R) string
	name func(*R) string
	// join fills in what other answers and earlier observations say. before is
	// the row of the last snapshot, or nil.
	join func(row, before *R)
	// share replaces strings that repeat from row to row by one copy of each.
	share func(row *R)
}

// merge turns a fresh answer into rows of a snapshot: joined, sorted by name,
// and where nothing changed the very pointers that were there before. The fresh
// rows are written to; the old ones are not.
func merge[R any](kind rowKind[R], fresh, old []*R) ([]*R, []pair[R]) {
	before := make(map[string]*R, len(old))
	for _, row := range old {
		before[kind.id(row)] = row
	}
	rows := make([]*R, 0, len(fresh))
	var moved []pair[R]
	for _, row := range fresh {
		id := kind.id(row)
		was := before[id]
		kind.join(row, was)
		if was != nil {
			delete(before, id)
			if reflect.DeepEqual(row, was) {
				rows = append(rows, was)
				continue
			}
		}
		if kind.share != nil {
			kind.share(row)
		}
		rows = append(rows, row)
		moved = append(moved, pair[R]{was, row})
	}
	for _, row := range old {
		if _, gone := before[kind.id(row)]; gone {
			moved = append(moved, pair[R]{row, nil})
		}
	}
	slices.SortStableFunc(rows, func(a, b *R) int {
		return cmp.Or(cmp.Compare(kind.name(a), kind.name(b)), cmp.Compare(kind.id(a), kind.id(b)))
	})
	return rows, moved
}

// rejoin joins rows again after something they are joined with changed. Rows
// that come out the same stay the same pointers, and if all do, so does the slice.
func rejoin[R any](kind rowKind[R], old []*R) []*R {
	rows, row := old, new(R)
	for i, was := range old {
		*row = *was
		kind.join(row, was)
		if reflect.DeepEqual(row, was) {
			continue // the next one may have its place
		}
		if &rows[0] == &old[0] {
			rows = slices.Clone(old)
		}
		rows[i], row = row, new(R)
	}
	return rows
}

// shared is the one copy of a string that many rows hold.
func shared[T ~string](s *T) { *s = T(unique.Make(string(*s)).Value()) }
