package pane

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

func (t *table[R, K]) SetData(env Env) tea.Cmd {
	var rows []R
	if env.Snap != nil && t.spec.Rows != nil {
		rows = t.spec.Rows(env.Snap)
	}
	now := basisOf(env)
	if now.readsAs(t.data.basis) {
		now = t.data.basis
	}
	if t.data.version > 0 && same(rows, t.data.rows) {
		if t.data.basis.readsAs(now) {
			return nil
		}
		t.data.basis, t.data.texts = now, nil // cells may read otherwise now
		if !t.query.expr.ReadsAll() {
			return nil
		}
		return t.derive(env, false, false)
	}
	t.data = dataset[R, K]{version: t.data.version + 1, rows: rows, basis: now}
	return t.derive(env, false, false)
}

// lazily is how many ticks a long list waits between sorts by the clock.
const lazily = 10

func (t *table[R, K]) Tick(env Env) tea.Cmd {
	t.ticks++
	if t.data.version == 0 || t.gen != t.applied {
		return nil // nothing there, or a derivation is on its way
	}
	recount := newDay(t.data.ledgers, env)
	clock := t.live()
	if clock && len(t.data.rows) > inline && t.ticks%lazily != 0 {
		clock = false
	}
	if !recount && !clock && !t.cold() {
		return nil
	}
	return t.derive(env, clock, recount)
}

// cold reports whether the first filter over a long list would have to write
// the texts of all rows. It is done ahead, when nothing else is to be done.
func (t *table[R, K]) cold() bool {
	return len(t.data.rows) > inline && t.data.texts == nil
}

// live reports whether time alone can change which rows are shown, or their
// order.
func (t *table[R, K]) live() bool {
	for i, c := range t.spec.Columns {
		if c.Live && (i == t.query.sort || t.query.expr.Refers(c.ID)) {
			return true
		}
	}
	return false
}

func (t *table[R, K]) Tally() model.Tally {
	if len(t.marks) > 0 {
		return t.marked.tally(t.shown.ledgers, t.shown.at)
	}
	return t.shown.tally()
}
