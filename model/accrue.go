package model

import "time"

// Spend is what one currency's worth of targets cost in a window, and what
// cannot be said of it. Sums of spends over the pieces of a window are the
// spend over the whole, to the last part of a micro-unit.
type Spend struct {
	Compute    Exact // VMs
	Idle       Exact // the part of Compute for VMs that stood idle
	Standing   Exact // disks, load balancers, addresses
	Units      int64 // unit-milliseconds of VMs billed, priced or not
	Unpriced   int64 // of these, at an unknown price
	Unsure     int64 // milliseconds in states of which the service does not say whether they bill
	Unobserved int64 // milliseconds in which a target existed and nobody watched
}

// Total is compute and standing cost, rounded down once.
func (s Spend) Total() Money { return s.Compute.Plus(s.Standing).Money() }

// Gap is how long targets went unobserved, all of them together.
func (s Spend) Gap() time.Duration { return time.Duration(s.Unobserved) * time.Millisecond }

// Plus is the sum of two spends.
func (s Spend) Plus(o Spend) Spend {
	return Spend{
		Compute: s.Compute.Plus(o.Compute), Idle: s.Idle.Plus(o.Idle), Standing: s.Standing.Plus(o.Standing),
		Units: s.Units + o.Units, Unpriced: s.Unpriced + o.Unpriced, Unsure: s.Unsure + o.Unsure,
		Unobserved: s.Unobserved + o.Unobserved,
	}
}

// Over is what n targets of this billing cost in so many milliseconds each.
func (b *Billing) Over(millis int64, n int) Spend {
	var s Spend
	if millis > 0 && n > 0 {
		s.add(b, millis*int64(n))
	}
	return s
}

// add counts in what a billing costs over target-milliseconds.
func (s *Spend) add(b *Billing, targets int64) {
	if b.Units > 0 {
		units := targets * int64(b.Units)
		s.Units += units
		if b.Price.Known() {
			s.Compute = s.Compute.Plus(ExactOver(b.Price.PerHour, units))
		} else {
			s.Unpriced += units
		}
		if idle := min(b.Idle, b.Units); idle > 0 && b.Price.Known() {
			s.Idle = s.Idle.Plus(ExactOver(b.Price.PerHour, targets*int64(idle)))
		}
	}
	if b.Standing.Known() {
		s.Standing = s.Standing.Plus(ExactOver(b.Standing.PerHour, targets))
	}
	if b.Unsure {
		s.Unsure += targets
	}
}

// Currency is the ISO 4217 code of what the billing costs, USD by default.
func (b *Billing) Currency() string {
	if b.Price.Known() || !b.Standing.Known() {
		return b.Price.CurrencyCode()
	}
	return b.Standing.CurrencyCode()
}

// Accrue is what intervals cost within a window, and how long its gaps are, as
// [Sift] tells them apart. It is additive over splits of the window, never
// decreases as the window grows, and does not depend on the order of its
// arguments.
func Accrue(billed []Interval, gaps []Window, w Window) Spend {
	var sum Spend
	from, to := w.From.UnixMilli(), w.To.UnixMilli()
	for i := range billed {
		b := &billed[i]
		if millis := min(to, b.To.UnixMilli()) - max(from, b.From.UnixMilli()); millis > 0 {
			sum.add(&b.Billing, millis)
		}
	}
	for _, g := range gaps {
		sum.Unobserved += g.And(w).Millis()
	}
	return sum
}

// Period is a calendar's piece of time.
type Period uint8

// The periods.
const (
	Hourly Period = iota
	Daily
	Monthly
)

// Start is when the period of t began in loc. Hours begin where the clocks of
// loc show one, and every day begins an hour.
func (p Period) Start(t time.Time, loc *time.Location) time.Time {
	switch p {
	case Monthly:
		return StartOfMonth(t, loc)
	case Daily:
		return StartOfDay(t, loc)
	default:
		local := t.In(loc)
		into := time.Duration(local.Minute())*time.Minute + time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
		hour := t.Add(-into)
		if day := StartOfDay(t, loc); day.After(hour) {
			hour = day
		}
		return hour
	}
}

// Next is when the period after that of t begins in loc.
func (p Period) Next(t time.Time, loc *time.Location) time.Time {
	day := nextDay(StartOfDay(t, loc), loc)
	switch p {
	case Monthly:
		y, m, _ := t.In(loc).Date()
		return StartOfMonth(time.Date(y, m+1, 1, 12, 0, 0, 0, loc), loc)
	case Daily:
		return day
	default:
		if hour := p.Start(t, loc).Add(time.Hour); hour.Before(day) {
			return hour
		}
		return day
	}
}

// nextDay is when the day after the one that began at start begins. Days are
// 23 to 25 hours long; where clocks go forward at midnight a date's noon is
// what can be relied on.
func nextDay(start time.Time, loc *time.Location) time.Time {
	y, m, d := start.In(loc).Date()
	noon := time.Date(y, m, d+1, 12, 0, 0, 0, loc)
	return StartOfDay(noon, loc)
}

// Cut cuts a window into the periods of a calendar; the first and the last may
// be pieces of theirs.
func Cut(w Window, p Period, loc *time.Location) []Window {
	var cut []Window
	for at := w.From; at.Before(w.To); {
		next := p.Next(at, loc)
		if !next.After(at) { // no calendar does this; never loop over one that would
			next = w.To
		}
		if next.After(w.To) {
			next = w.To
		}
		cut = append(cut, Window{at, next})
		at = next
	}
	return cut
}
