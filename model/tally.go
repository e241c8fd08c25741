package model

import "time"

// Count counts one target's costs in. An amount in another currency than the
// tally's is never added to it: it goes to a tally of its own, see
// [Tally.Other]. Only who builds a tally calls it.
func (t *Tally) Count(c Costs, currency string) {
	t.Targets++
	if c.Unpriced {
		t.Unpriced++
	}
	t.TodayGap += c.TodayGap
	t.MonthGap += c.MonthGap
	if c.Burn == 0 && c.Today == 0 && c.Month == 0 {
		return
	}
	p := t.in(currency)
	p.Burn += c.Burn
	p.Today += c.Today
	p.Month += c.Month
}

// in is the tally of a currency; the first one to cost something gives the
// whole its currency.
func (t *Tally) in(currency string) *Tally {
	if currency == "USD" {
		currency = ""
	}
	if t.Free() && t.Other == nil {
		t.Currency = currency
	}
	for p := t; ; p = p.Other {
		if p.Currency == currency {
			return p
		}
		if p.Other == nil {
			p.Other = &Tally{At: t.At, Currency: currency}
		}
	}
}

// Free reports whether nothing in the tally's currency has cost anything.
func (t *Tally) Free() bool { return t.Burn == 0 && t.Today == 0 && t.Month == 0 }

// Plus is the sum of two tallies of the same moment. Neither is changed.
func (t Tally) Plus(o Tally) Tally {
	sum := Tally{At: t.At, Targets: t.Targets + o.Targets, Unpriced: t.Unpriced + o.Unpriced,
		TodayGap: t.TodayGap + o.TodayGap, MonthGap: t.MonthGap + o.MonthGap}
	for _, list := range []*Tally{&t, &o} {
		for p := list; p != nil; p = p.Other {
			if !p.Free() {
				q := sum.in(p.Currency)
				q.Burn, q.Today, q.Month = q.Burn+p.Burn, q.Today+p.Today, q.Month+p.Month
			}
		}
	}
	return sum
}

// Across says something of each currency's tally, parted by " + ": amounts of
// two currencies stand beside each other and are not added up.
func (t Tally) Across(say func(Tally) string) string {
	text := say(t)
	for p := t.Other; p != nil; p = p.Other {
		text += " + " + say(*p)
	}
	return text
}

// Advance is the tally taken on to a later moment at the same rate. In a new
// day or month what was spent starts at zero.
func (t Tally) Advance(now time.Time, zone *time.Location) Tally {
	next := t
	next.At, next.Today, next.Month = now, t.TodayAt(now), t.MonthAt(now)
	if day := StartOfDay(now, zone); day.After(t.At) {
		next.Today, next.TodayGap = t.Burn.For(now.Sub(day)), 0
	}
	if month := StartOfMonth(now, zone); month.After(t.At) {
		next.Month, next.MonthGap = t.Burn.For(now.Sub(month)), 0
	}
	if t.Other != nil {
		other := t.Other.Advance(now, zone)
		next.Other = &other
	}
	return next
}
