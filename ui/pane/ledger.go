package pane

import (
	"cmp"
	"time"

	"github.com/amltop/amltop/model"
)

// entry is what one row, or several, cost at one moment.
type entry struct {
	burn, today, month model.Money
	targets, unpriced  int32
	todayGap, monthGap time.Duration
}

func (e *entry) add(o entry) {
	e.burn += o.burn
	e.today += o.today
	e.month += o.month
	e.targets += o.targets
	e.unpriced += o.unpriced
	e.todayGap += o.todayGap
	e.monthGap += o.monthGap
}

func (e *entry) sub(o entry) {
	e.burn -= o.burn
	e.today -= o.today
	e.month -= o.month
	e.targets -= o.targets
	e.unpriced -= o.unpriced
	e.todayGap -= o.todayGap
	e.monthGap -= o.monthGap
}

// tally is an entry of the moment from as the straight line that screens
// follow from the moment at.
func (e entry) tally(from, at time.Time) model.Tally {
	t := model.NewTally(at)
	gone := e.burn.For(at.Sub(from))
	t.Burn, t.Today, t.Month = e.burn, e.today+gone, e.month+gone
	t.Targets, t.Unpriced = int(e.targets), int(e.unpriced)
	t.TodayGap, t.MonthGap = e.todayGap, e.monthGap
	return t
}

// sumUp works out the cost of every row at a moment: once for a list of rows,
// so that filters and marks only add up.
func (d *dataset[R, K]) sumUp(s *Spec[R, K], env Env) {
	d.ledgers = env.Now
	d.ledger = make([]entry, len(d.rows))
	begin := beginnings(env)
	split(len(d.rows), func(_, from, to int) {
		for i := from; i < to; i++ {
			d.ledger[i] = cost(s, d.rows[i], begin, env.Now)
		}
	})
}

// line is the cost of one row, told as of the ledger's moment: whatever now is,
// the straight line through it is the same.
func (d *dataset[R, K]) line(s *Spec[R, K], row int32, env Env) entry {
	e := cost(s, d.rows[row], beginnings(env), env.Now)
	gone := e.burn.For(env.Now.Sub(d.ledgers))
	e.today -= gone
	e.month -= gone
	return e
}

// begin is when a day and its month begin.
type begin struct{ day, month time.Time }

func beginnings(env Env) begin {
	return begin{model.StartOfDay(env.Now, env.zone()), model.StartOfMonth(env.Now, env.zone())}
}

// cost is what a row costs.
func cost[R any, K cmp.Ordered](s *Spec[R, K], r R, b begin, now time.Time) entry {
	e := entry{targets: 1}
	if s.Meter == nil {
		return e
	}
	m := s.Meter(r)
	if len(m) == 0 {
		return e
	}
	e.burn, e.today, e.month = m.Burn(now), m.Between(b.day, now), m.Between(b.month, now)
	e.todayGap, e.monthGap = m.Unobserved(b.day, now), m.Unobserved(b.month, now)
	if m.Unpriced(now) {
		e.unpriced = 1
	}
	return e
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
