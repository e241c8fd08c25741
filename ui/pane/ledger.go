package pane

import (
	"cmp"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// entry is what one row costs at one moment.
type entry struct {
	burn, today, month model.Money
	currency           string // "" means USD
	targets, unpriced  int32
	todayGap, monthGap time.Duration
}

// purse is what several rows cost at one moment: an entry for each currency,
// and at least one. The zero purse is nothing.
type purse struct {
	entry
	others []entry
}

func (p *purse) add(o entry) { p.count(o, 1) }
func (p *purse) sub(o entry) { p.count(o, -1) }

func (p *purse) count(o entry, sign model.Money) {
	p.targets += int32(sign) * o.targets
	p.unpriced += int32(sign) * o.unpriced
	p.todayGap += time.Duration(sign) * o.todayGap
	p.monthGap += time.Duration(sign) * o.monthGap
	if o.free() {
		return
	}
	e := p.in(o.currency)
	e.burn += sign * o.burn
	e.today += sign * o.today
	e.month += sign * o.month
}

// in is the entry of a currency.
func (p *purse) in(currency string) *entry {
	if p.currency != currency && p.free() && len(p.others) == 0 {
		p.currency = currency
	}
	if p.currency == currency {
		return &p.entry
	}
	for i := range p.others {
		if p.others[i].currency == currency {
			return &p.others[i]
		}
	}
	p.others = append(slices.Clip(p.others), entry{currency: currency})
	return &p.others[len(p.others)-1]
}

func (e *entry) free() bool { return e.burn == 0 && e.today == 0 && e.month == 0 }

// tally is a purse of the moment from as the straight lines that screens
// follow from the moment at, one for each currency.
func (p purse) tally(from, at time.Time) model.Tally {
	t := p.entry.tally(from, at)
	end := &t
	for _, o := range p.others {
		if !o.free() {
			other := o.tally(from, at)
			end.Other = &other
			end = &other
		}
	}
	return t
}

func (e entry) tally(from, at time.Time) model.Tally {
	t := model.NewTally(at)
	gone := e.burn.For(at.Sub(from))
	t.Burn, t.Today, t.Month, t.Currency = e.burn, e.today+gone, e.month+gone, e.currency
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
	if s.Tally != nil {
		return told(s.Tally(r).Advance(now, b.day.Location()))
	}
	e := entry{targets: 1}
	if s.Meter == nil {
		return e
	}
	m := s.Meter(r)
	if len(m) == 0 {
		return e
	}
	c := m.Costs(b.day, b.month, now)
	e.burn, e.today, e.month = c.Burn, c.Today, c.Month
	if e.currency = m.Currency(); e.currency == "USD" {
		e.currency = ""
	}
	e.todayGap, e.monthGap = c.TodayGap, c.MonthGap
	if c.Unpriced {
		e.unpriced = 1
	}
	return e
}

// told is a tally of one currency as an entry.
func told(t model.Tally) entry {
	return entry{burn: t.Burn, today: t.Today, month: t.Month, currency: t.Currency, targets: int32(t.Targets), unpriced: int32(t.Unpriced)}
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
