package pane

import (
	"cmp"
	"reflect"
	"slices"
	"sort"
)

// diff says how one list of rows became another, when most of it stayed.
type diff struct {
	remap []int32 // by old index: new index of the same row, or -1
	from  []int32 // by new index: old index of the same row, or -1
	added []int32 // new indexes that are not the same row as before, ascending
}

// window is how far a row may have shifted past rows that came or went.
const window = 64

// compare finds out how rows became d.rows. Rows are the same if they are the
// same pointer. ok is false if too much is different for patching to pay, or
// if rows are no pointers.
func compare[R any](before, after []R) (c diff, ok bool) {
	if reflect.TypeFor[R]().Kind() != reflect.Pointer || len(before) == 0 {
		return diff{}, false
	}
	limit := max(len(after)/50, 16)
	c = diff{remap: make([]int32, len(before)), from: make([]int32, len(after))}
	gone := 0
	i, j := 0, 0
	drop := func(n int) {
		for ; n > 0; n-- {
			c.remap[i] = -1
			gone++
			i++
		}
	}
	add := func(n int) {
		for ; n > 0; n-- {
			c.from[j] = -1
			c.added = append(c.added, int32(j))
			j++
		}
	}
	for i < len(before) && j < len(after) {
		if gone > limit || len(c.added) > limit {
			return diff{}, false
		}
		if any(before[i]) == any(after[j]) {
			c.remap[i], c.from[j] = int32(j), int32(i)
			i, j = i+1, j+1
			continue
		}
		if n := ahead(after[j], before[i:]); n > 0 {
			drop(n)
		} else if n := ahead(before[i], after[j:]); n > 0 {
			add(n)
		} else {
			drop(1)
			add(1)
		}
	}
	drop(len(before) - i)
	add(len(after) - j)
	return c, gone <= limit && len(c.added) <= limit
}

// ahead is how far ahead in list a row is; 0 if it is not in the window.
func ahead[R any](row R, list []R) int {
	for n := 1; n < min(window, len(list)); n++ {
		if any(list[n]) == any(row) {
			return n
		}
	}
	return 0
}

// patch brings an order of the rows before up to date: rows that stayed keep
// their order, the added ones go where before says.
func (c *diff) patch(order []int32, before func(a, b int32) bool) []int32 {
	kept := make([]int32, 0, len(c.from))
	for _, row := range order {
		if to := c.remap[row]; to >= 0 {
			kept = append(kept, to)
		}
	}
	if len(c.added) == 0 {
		return kept
	}
	added := slices.Clone(c.added)
	slices.SortFunc(added, func(a, b int32) int {
		switch {
		case before(a, b):
			return -1
		case before(b, a):
			return 1
		default:
			return 0
		}
	})
	merged := make([]int32, 0, len(kept)+len(added))
	from := 0
	for _, row := range added {
		to := from + sort.Search(len(kept)-from, func(i int) bool { return before(row, kept[from+i]) })
		merged = append(append(merged, kept[from:to]...), row)
		from = to
	}
	return append(merged, kept[from:]...)
}

// carry fills a list by new index with what the same rows had before, and
// what make says for the others.
func carry[T any](c *diff, old []T, fresh func(row int32) T) []T {
	list := make([]T, len(c.from))
	for to, from := range c.from {
		if from >= 0 {
			list[to] = old[from]
		}
	}
	for _, row := range c.added {
		list[row] = fresh(row)
	}
	return list
}

// ascending reports whether an order is that of the list itself.
func ascending(order []int32) bool {
	for i, row := range order {
		if int(row) != i {
			return false
		}
	}
	return true
}

// reindex is index for rows that are mostly those of earlier.
func (d *dataset[R, K]) reindex(earlier *dataset[R, K], c *diff, key func(R) K) {
	order := earlier.byKey
	if order == nil {
		order = identity(len(earlier.rows))
	}
	order = c.patch(order, func(a, b int32) bool {
		if n := cmp.Compare(key(d.rows[a]), key(d.rows[b])); n != 0 {
			return n < 0
		}
		return a < b
	})
	d.keyed = true
	if !ascending(order) {
		d.byKey = order
		d.invert()
	}
}
