package pane

import (
	"time"

	"github.com/amltop/amltop/model"
)

// entry is what one row, or several, cost at one moment.
type entry struct {
	burn, today, month model.Money
	targets, unpriced  int32
}

func (e *entry) add(o entry) {
	e.burn += o.burn
	e.today += o.today
	e.month += o.month
	e.targets += o.targets
	e.unpriced += o.unpriced
}

func (e *entry) sub(o entry) {
	e.burn -= o.burn
	e.today -= o.today
	e.month -= o.month
	e.targets -= o.targets
	e.unpriced -= o.unpriced
}

// tally is the entry as the straight line that screens follow.
func (e entry) tally(at time.Time) model.Tally {
	t := model.NewTally(at)
	t.Burn, t.Today, t.Month = e.burn, e.today, e.month
	t.Targets, t.Unpriced = int(e.targets), int(e.unpriced)
	return t
}

// sumUp works out the cost of every row at a moment: once for a list of rows,
// so that filters and marks only add up.
func (d *dataset[R, K]) sumUp(meter func(R) model.Meter, env Env) {
	d.ledgers = env.Now
	d.ledger = make([]entry, len(d.rows))
	day, month := model.StartOfDay(env.Now, env.zone()), model.StartOfMonth(env.Now, env.zone())
	for i, r := range d.rows {
		e := &d.ledger[i]
		e.targets = 1
		if meter == nil {
			continue
		}
		m := meter(r)
		if len(m) == 0 {
			continue
		}
		e.burn = m.Burn(env.Now)
		e.month = m.Between(month, env.Now)
		e.today = m.Between(day, env.Now)
		if m.Unpriced(env.Now) {
			e.unpriced = 1
		}
	}
}

// zone is where days begin; UTC unless said otherwise.
func (e Env) zone() *time.Location {
	if e.Zone == nil {
		return time.UTC
	}
	return e.Zone
}

// newDay reports whether a ledger's day, and with it "today", is over.
func newDay(ledger time.Time, env Env) bool {
	return !ledger.IsZero() && !model.StartOfDay(ledger, env.zone()).Equal(model.StartOfDay(env.Now, env.zone()))
}
