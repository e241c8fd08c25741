package pane

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"github.com/amltop/amltop/model"
)

// dataset is one list of rows, and what has been worked out about it so far.
// Each part is written once, by one derivation, and read-only from then on, so
// datasets are copied freely between the event loop and the background.
type dataset[R any, K cmp.Ordered] struct {
	version uint64 // counts the lists
	rows    []R

	keyed bool
	byKey []int32 // indexes of rows by identity; nil once keyed: they are in that order already
	rank  []int32 // the inverse of byKey

	basis   basis    // what cells read besides their row
	texts   []string // by row, what filters search; nil: not yet needed
	sorted  []int32  // every row in the order of by; nil: not yet sorted
	by      ordering
	ledger  []entry   // by row; nil: not yet summed up
	ledgers time.Time // the moment of ledger
}

// ordering names a sort: a column and a direction.
type ordering struct {
	column int
	desc   bool
}

// basis are the lists of a snapshot, besides the rows, that cells read: names
// of workspaces, running operations.
type basis struct {
	workspaces []*model.Workspace
	operations []*model.Operation
}

func basisOf(env Env) basis {
	if env.Snap == nil {
		return basis{}
	}
	return basis{env.Snap.Workspaces, env.Snap.Operations}
}

// readsAs reports whether cells read the same from both: lists are made anew
// also for what no cell shows, such as how far an operation says it is.
func (b basis) readsAs(other basis) bool {
	return (same(b.workspaces, other.workspaces) || slices.EqualFunc(b.workspaces, other.workspaces,
		func(v, w *model.Workspace) bool { return v.ID == w.ID && v.Name == w.Name })) &&
		(same(b.operations, other.operations) || slices.EqualFunc(b.operations, other.operations,
			func(o, p *model.Operation) bool { return o.ID == p.ID && o.Phase == p.Phase && o.Late == p.Late }))
}

// same reports whether two slices are one and the same.
func same[R any](a, b []R) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// index puts the rows in the order of their identities. Lists that come so
// sorted cost one pass and no memory; so do those with the identities of
// earlier, which may be nil.
func (d *dataset[R, K]) index(key func(R) K, earlier *dataset[R, K]) {
	if d.keyed {
		return
	}
	d.keyed = true
	if earlier != nil && earlier.keyed && slices.EqualFunc(d.rows, earlier.rows, func(a, b R) bool { return key(a) == key(b) }) {
		d.byKey, d.rank = earlier.byKey, earlier.rank
		return
	}
	if slices.IsSortedFunc(d.rows, func(a, b R) int { return cmp.Compare(key(a), key(b)) }) {
		return
	}
	keys := make([]keyed[K], len(d.rows))
	for i, r := range d.rows {
		keys[i] = keyed[K]{key(r), int32(i)}
	}
	slices.SortFunc(keys, func(a, b keyed[K]) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.row, b.row))
	})
	d.byKey = make([]int32, len(keys))
	for i, k := range keys {
		d.byKey[i] = k.row
	}
	d.invert()
}

// keyed is a row's index with its identity.
type keyed[K cmp.Ordered] struct {
	key K
	row int32
}

// invert makes rank of byKey.
func (d *dataset[R, K]) invert() {
	d.rank = make([]int32, len(d.rows))
	for i, row := range d.byKey {
		d.rank[row] = int32(i)
	}
}

// rankOf is a row's place in the order of identities.
func (d *dataset[R, K]) rankOf(row int32) int32 {
	if d.rank == nil {
		return row
	}
	return d.rank[row]
}

// find is the index of the row with an identity, or -1.
func (d *dataset[R, K]) find(k K, key func(R) K) int {
	at := func(i int) int {
		if d.byKey == nil {
			return i
		}
		return int(d.byKey[i])
	}
	i := sort.Search(len(d.rows), func(i int) bool { return key(d.rows[at(i)]) >= k })
	if i < len(d.rows) && key(d.rows[at(i)]) == k {
		return at(i)
	}
	return -1
}

func identity(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}
