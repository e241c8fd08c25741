package pane

import (
	"cmp"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// inline is the number of rows up to which a derivation is done at once, on
// the event loop; it then takes a few milliseconds at most.
const inline = 5000

// job is a derivation to be done: the rows to show, in order, and their cost.
// It is pure: it may run anywhere, and writes to nothing it was given.
type job[R any, K cmp.Ordered] struct {
	gen     uint64
	spec    *Spec[R, K]
	data    dataset[R, K]
	query   query
	env     Env
	earlier *listing[R, K] // what is shown now, if that is of other rows
	clock   bool           // time alone went on: sort again, but only if the order is broken
	recount bool           // a new day: sum up again
	warm    bool           // write texts ahead of the first filter
	latest  *atomic.Uint64
}

// listing is the outcome: a dataset, and which rows of it are shown where.
type listing[R any, K cmp.Ordered] struct {
	dataset[R, K]
	query uint64    // generation of the query it answers
	at    time.Time // the moment it was made
	order []int32   // indexes of the rows shown
	where []int32   // by row: position in order, or -1
	total purse     // cost of the rows shown, at the ledger's moment
}

// derivedMsg brings a finished derivation back to the pane that asked for it.
type derivedMsg[R any, K cmp.Ordered] struct {
	owner   *table[R, K]
	gen     uint64
	listing listing[R, K]
	gaveUp  bool // its query was no longer wanted
	env     Env
}

// run derives. ok is false if it gave up because another query is wanted.
func (j *job[R, K]) run() (l listing[R, K], ok bool) {
	if l, ok = j.patch(); ok {
		return l, true
	}
	d := j.data
	var earlier *dataset[R, K]
	if j.earlier != nil {
		earlier = &j.earlier.dataset
	}
	d.index(j.spec.Key, earlier)
	j.order(&d)
	if j.wanted() && d.texts == nil && (j.warm || j.query.expr.ReadsAll()) {
		d.write(j.spec, j.env)
	}
	if j.wanted() && (d.ledger == nil || j.recount || newDay(d.ledgers, j.env)) {
		d.sumUp(j.spec, j.env)
	}
	l = listing[R, K]{dataset: d, query: j.query.gen, at: j.env.Now}
	if !j.wanted() || !j.filter(&l) {
		return l, false
	}
	l.place()
	return l, true
}

// order sorts all rows, if they are not sorted as the query wants them.
func (j *job[R, K]) order(d *dataset[R, K]) {
	by := ordering{j.query.sort, j.query.desc}
	if d.sorted != nil && d.by == by && (!j.clock || d.inOrder(j.spec, j.env)) {
		return
	}
	var hint []int32
	if d.sorted != nil && d.by == by {
		hint = d.sorted
	} else if j.earlier != nil && j.earlier.by == by {
		hint = j.earlier.sorted
	}
	d.sorted, d.by = d.sortRows(j.spec, by, j.env, hint), by
}

// wanted reports whether the job's query is still the newest.
func (j *job[R, K]) wanted() bool { return j.latest.Load() == j.query.gen }

// filter lists the rows to show and adds their cost up; false if it gave up.
func (j *job[R, K]) filter(l *listing[R, K]) bool {
	if j.query.expr.Empty() {
		l.order = l.sorted
		l.sum()
		return true
	}
	var found [8][]int32
	parts := split(len(l.sorted), func(part, from, to int) {
		found[part] = j.matches(l, l.sorted[from:to])
	})
	if !j.wanted() {
		return false
	}
	l.order = slices.Concat(found[:parts]...)
	l.sum()
	return true
}

// matches are those of the rows that satisfy the filter.
func (j *job[R, K]) matches(l *listing[R, K], rows []int32) []int32 {
	var found []int32
	r := &record[R, K]{spec: j.spec, env: j.env}
	for n, row := range rows {
		if n&0xfff == 0 && !j.wanted() {
			return nil
		}
		r.row = l.rows[row]
		if l.texts != nil {
			r.all = l.texts[row]
		}
		if j.query.expr.Match(r) {
			found = append(found, row)
		}
	}
	return found
}

// sum adds up what the rows shown cost.
func (l *listing[R, K]) sum() {
	l.total = purse{}
	for _, row := range l.order {
		l.total.add(l.ledger[row])
	}
}

// place works out where each row stands.
func (l *listing[R, K]) place() {
	l.where = make([]int32, len(l.rows))
	if len(l.order) < len(l.rows) {
		for i := range l.where {
			l.where[i] = -1
		}
	}
	for pos, row := range l.order {
		l.where[row] = int32(pos)
	}
}

// position is where the row with an identity is shown, or -1.
func (l *listing[R, K]) position(k K, key func(R) K) int {
	row := l.find(k, key)
	if row < 0 || row >= len(l.where) {
		return -1
	}
	return int(l.where[row])
}

// tally is the cost of the rows shown.
func (l *listing[R, K]) tally() model.Tally { return l.total.tally(l.ledgers, l.at) }

// derive starts the derivation of the newest rows for the newest query: at
// once for a few rows, else as the returned command.
func (t *table[R, K]) derive(env Env, clock, recount bool) tea.Cmd {
	t.gen++
	j := &job[R, K]{
		gen: t.gen, spec: &t.spec, data: t.data, query: t.query, env: env,
		clock: clock, recount: recount, latest: t.latest,
		warm: t.shown.version == t.data.version && t.cold(),
	}
	if t.shown.version != t.data.version {
		earlier := t.shown
		j.earlier = &earlier
	}
	if len(t.data.rows) <= inline {
		if l, ok := j.run(); ok {
			t.show(j.gen, l, env)
		}
		return nil
	}
	return func() tea.Msg {
		l, ok := j.run()
		return derivedMsg[R, K]{owner: t, gen: j.gen, listing: l, gaveUp: !ok, env: env}
	}
}

func (t *table[R, K]) Apply(msg tea.Msg) bool {
	m, ok := msg.(derivedMsg[R, K])
	if !ok || m.owner != t {
		return false
	}
	if m.listing.version == t.data.version && m.listing.basis.readsAs(t.data.basis) && t.data.texts == nil {
		t.data.texts = m.listing.texts // good for any query
	}
	if m.gaveUp || m.listing.query != t.query.gen || m.gen <= t.applied {
		return true // a newer one was asked for
	}
	t.show(m.gen, m.listing, m.env)
	return true
}

// show puts a finished derivation on the screen. Cursor and marks follow the
// rows they are on.
func (t *table[R, K]) show(gen uint64, l listing[R, K], env Env) {
	before := t.shown
	t.shown, t.applied = l, gen
	if l.version == t.data.version && l.basis.readsAs(t.data.basis) {
		t.data = l.dataset
	}
	t.follow(&before, env)
	t.pruneMarks()
	t.memo = offerMemo{}
	if t.markAll && !t.Deriving() {
		t.markAll = false
		t.MarkAll()
	}
}

// Deriver is a pane that may be showing the rows of an earlier query.
type Deriver interface {
	// Deriving reports whether the rows of the newest filter and sort are still
	// being worked out.
	Deriving() bool
}

// Deriving implements [Deriver].
func (t *table[R, K]) Deriving() bool {
	return t.data.version > 0 && t.shown.query != t.query.gen
}
