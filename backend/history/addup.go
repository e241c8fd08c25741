package history

import (
	"errors"
	"time"

	"github.com/amltop/amltop/model"
)

// scope is what is added up: a window, and of what is in it that which is
// under all of the keys.
type scope struct {
	model.Window
	only []Key
	// ended leaves out intervals that ended up to then, and what was filled
	// until then: there are sums of them already.
	ended time.Time
}

// adder counts what lies in a scope into a tally.
type adder struct {
	*tx
	*tally
	*filter
	scope
	seen watch
}

// adder reads what is needed for counting. slack is how long a part may have
// gone unseen at the end of the window before that counts as a gap.
func (t *tx) adder(y *tally, sc scope, slack time.Duration) (*adder, error) {
	if err := errors.Join(t.loadParts(y), t.loadShapes()); err != nil {
		return nil, err
	}
	f, err := t.filter(y, sc.only)
	if err != nil {
		return nil, err
	}
	seen, err := t.loadSeen(sc.Window, slack, y.buckets)
	return &adder{t, y, f, sc, seen}, err
}

// addUp counts everything in a scope into a tally.
func (t *tx) addUp(y *tally, sc scope, slack time.Duration) error {
	if sc.Empty() {
		return nil
	}
	a, err := t.adder(y, sc, slack)
	if err != nil {
		return err
	}
	list, err := t.current()
	if err != nil {
		return err
	}
	if err := a.addPresent(list); err != nil {
		return err
	}
	if err := a.addClosed(list); err != nil {
		return err
	}
	if sc.ended.IsZero() {
		if err := a.addTotals(); err != nil {
			return err
		}
	}
	return a.addFills(model.Window{From: latest(sc.From, sc.ended), To: sc.To})
}

func (t *tx) loadParts(y *tally) error {
	var id int64
	var p partInfo
	return t.each("SELECT id, workspace, subscription FROM part", nil, func() error {
		y.parts[id] = p
		return nil
	}, &id, &p.workspace, &p.subscription)
}

// addPresent counts in the intervals that targets are in.
func (a *adder) addPresent(list []resident) (err error) {
	to := a.To.UnixMilli()
	var i item
	for id := range list {
		r := &list[id]
		if r.shape == 0 || r.since >= to {
			continue
		}
		i.target, i.part, i.shape, i.kind = int64(id), int64(r.part), int64(r.shape), r.kind
		if i.billing, err = a.billing(i.shape); err != nil {
			return err
		}
		if a.has(&i) {
			a.seen.spend(a.tally, &i, r.since, to)
		}
	}
	return nil
}

const closed = `SELECT i.target, part, kind, i.shape, i.start, i."end" FROM interval i JOIN target ON target.id = i.target`

// severally is up to how many targets or shapes are looked up one by one;
// beyond, reading all is quicker.
const severally = 3000

// addClosed counts in intervals that ended in the window or after it.
func (a *adder) addClosed(list []resident) error {
	from, to := latest(a.From, a.ended).UnixMilli(), a.To.UnixMilli()
	targets, shapes := a.among(list, a.known)
	query, ids := "", targets
	switch {
	case targets != nil && len(targets) <= severally:
		query = closed + ` WHERE i.target = ? AND i."end" > ? AND i.start < ?`
	case shapes != nil && len(shapes) <= severally:
		query, ids = closed+` WHERE i.shape = ? AND i."end" > ? AND i.start < ?`, shapes
	default:
		return a.addRows(closed+` WHERE i."end" > ? AND i.start < ?`, from, to)
	}
	for _, id := range ids {
		if err := a.addRows(query, id, from, to); err != nil {
			return err
		}
	}
	return nil
}

// addRows counts in intervals that a query reads.
func (a *adder) addRows(query string, args ...any) error {
	var i item
	var start, end int64
	return a.each(query, args, func() (err error) {
		if i.billing, err = a.billing(i.shape); err == nil && a.has(&i) {
			a.seen.spend(a.tally, &i, start, end)
		}
		return err
	}, &i.target, &i.part, &i.kind, &i.shape, &start, &end)
}

// addTotals counts in what is left of old intervals.
func (a *adder) addTotals() error {
	var i item
	var day, millis int64
	return a.each(`SELECT d.target, part, kind, d.shape, d.day, d.millis FROM day_total d JOIN target ON target.id = d.target WHERE d.day >= ? AND d.day < ?`,
		[]any{a.From.UnixMilli(), a.To.UnixMilli()}, func() (err error) {
			if i.billing, err = a.billing(i.shape); err != nil || !a.has(&i) {
				return err
			}
			a.tally.find(&i)
			for n, b := range a.buckets {
				if b.from <= day && day < b.to {
					i.add(n, i.billing.Over(millis, 1))
				}
			}
			return nil
		}, &i.target, &i.part, &i.kind, &i.shape, &day, &millis)
}
