package pane

import "slices"

// patch derives from what is shown now, when the rows differ from it in a few
// places only: what one poll of a large fleet brings. It costs a few passes
// over lists of integers instead of a sort.
func (j *job[R, K]) patch() (l listing[R, K], ok bool) {
	e, d := j.earlier, j.data
	switch {
	case e == nil, !e.keyed, e.query != j.query.gen, !e.basis.readsAs(d.basis), j.clock, j.recount, newDay(e.ledgers, j.env):
		return l, false
	}
	c, ok := compare(e.rows, d.rows)
	if !ok {
		return l, false
	}
	d.reindex(&e.dataset, &c, j.spec.Key)
	d.by = e.by
	d.sorted = c.patch(e.sorted, func(a, b int32) bool { return d.before(j.spec, a, b, j.env) })
	if e.texts != nil {
		d.texts = carry(&c, e.texts, func(row int32) string { return d.text(j.spec, row, j.env) })
	}
	d.ledgers = e.ledgers
	d.ledger = carry(&c, e.ledger, func(row int32) entry { return d.line(j.spec, row, j.env) })
	l = listing[R, K]{dataset: d, query: j.query.gen, at: j.env.Now}
	j.refilter(&l, &c)
	l.place()
	return l, true
}

// refilter lists the rows to show: the same as before, and of the added ones
// those that match.
func (j *job[R, K]) refilter(l *listing[R, K], c *diff) {
	if j.query.expr.Empty() {
		l.order = l.sorted
		l.sum()
		return
	}
	fresh := make(map[int32]bool, len(c.added))
	for _, row := range j.matches(l, c.added) {
		fresh[row] = true
	}
	l.order = make([]int32, 0, len(j.earlier.order)+len(fresh))
	for _, row := range l.sorted {
		from := c.from[row]
		if from >= 0 && j.earlier.where[from] >= 0 || from < 0 && fresh[row] {
			l.order = append(l.order, row)
		}
	}
	l.order = slices.Clip(l.order)
	l.sum()
}

// before reports whether a row stands before another in the order of d.by.
func (d *dataset[R, K]) before(s *Spec[R, K], a, b int32, env Env) bool {
	if d.by.column < 0 {
		return a < b
	}
	if c := compareValues(s.value(d.by.column, d.rows[a], env), s.value(d.by.column, d.rows[b], env), d.by.desc); c != 0 {
		return c < 0
	}
	return d.rankOf(a) < d.rankOf(b)
}
