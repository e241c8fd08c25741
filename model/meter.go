package model

import (
	"slices"
	"time"
)

// Span is a stretch of time in which a number of units (VMs) were billed.
// It is half-open, [From, To); a zero To means it is still running.
type Span struct {
	From, To time.Time
	Units    int
}

// Open reports whether the span is still running.
func (s Span) Open() bool { return s.To.IsZero() }

// billed is the span's unit-microseconds before t.
func (s *Span) billed(t time.Time) uint64 {
	end := t
	if !s.Open() && s.To.Before(t) {
		end = s.To
	}
	d := end.Sub(s.From)
	if d <= 0 || s.Units <= 0 {
		return 0
	}
	return uint64(d/time.Microsecond) * uint64(s.Units)
}

// ChargeKind says what an hourly charge pays for.
type ChargeKind uint8

// The kinds of charge.
const (
	ChargeCompute    ChargeKind = iota // the VM itself, while allocated
	ChargeStanding                     // disk, load balancer, public IP: bills while the target exists
	ChargeUnobserved                   // nothing: its spans are when nobody knows how the target was
)

// Charge is one thing billed by the hour: a price and the spans it applies to.
type Charge struct {
	Kind  ChargeKind
	Price Price
	Spans []Span // by From, not overlapping
}

// total is the exact running total of the charge up to t. Costs of a window
// are differences of totals, which is what makes them additive over splits.
func (c *Charge) total(t time.Time) Money {
	var micros uint64
	for i := range c.Spans {
		micros += c.Spans[i].billed(t)
	}
	return c.Price.PerHour.over(micros)
}

// UnitsAt is how many units bill at t.
func (c *Charge) UnitsAt(t time.Time) int {
	n := 0
	for i := range c.Spans {
		if s := &c.Spans[i]; !s.From.After(t) && (s.Open() || s.To.After(t)) {
			n += s.Units
		}
	}
	return n
}

// Meter is everything a target is billed for. Of several charges of a kind the
// first is the one that goes on; the others were at another price and are over.
// It is immutable once in a snapshot.
type Meter []Charge

// Between is the cost in [from, to). It is additive (Between(a,c) =
// Between(a,b) + Between(b,c)), never decreases with to, and does not depend on
// the order of charges or spans. Charges without a price add nothing: see
// [Meter.Unpriced].
func (m Meter) Between(from, to time.Time) Money {
	if !to.After(from) {
		return 0
	}
	var sum Money
	for i := range m {
		if c := &m[i]; c.Price.Known() {
			sum += c.total(to) - c.total(from)
		}
	}
	return sum
}

// Burn is the cost an hour at the rate of time t.
func (m Meter) Burn(t time.Time) Money {
	var sum Money
	for i := range m {
		if c := &m[i]; c.Price.Known() {
			sum += c.Price.PerHour.Times(c.UnitsAt(t))
		}
	}
	return sum
}

// Unpriced reports whether something bills at t whose price is not known.
func (m Meter) Unpriced(t time.Time) bool {
	for i := range m {
		if c := &m[i]; !c.Price.Known() && c.UnitsAt(t) > 0 {
			return true
		}
	}
	return false
}

// Since is when the meter's first span starts: what lies before it was not
// observed. Zero if there is none.
func (m Meter) Since() time.Time {
	var first time.Time
	for _, c := range m {
		for _, s := range c.Spans {
			if c.Kind == ChargeUnobserved {
				break
			}
			if first.IsZero() || s.From.Before(first) {
				first = s.From
			}
		}
	}
	return first
}

// Extend returns spans with the number of units seen at t added: it closes the
// running span and opens a new one only if the number changed. What was seen at
// the very start of the running span is corrected; news from before the last
// change is dropped. The argument is not modified.
func Extend(spans []Span, units int, t time.Time) []Span {
	if last := len(spans) - 1; last >= 0 {
		switch s := spans[last]; {
		case t.Before(s.From), t.Before(s.To), s.Open() && s.Units == units:
			return spans
		case s.Open() && t.Equal(s.From):
			spans = spans[:last]
		case s.Open():
			spans = slices.Clone(spans)
			spans[last].To = t
		}
	}
	if units <= 0 {
		return spans
	}
	return append(slices.Clip(spans), Span{From: t, Units: units})
}

// Tally is the cost of many targets as a straight line: what had been spent at
// At, and the rate since. Between snapshots the rate does not change, so the
// cost of a hundred thousand targets at any later moment is one multiplication.
type Tally struct {
	At       time.Time
	Burn     Money // an hour, at At
	Today    Money // since midnight, up to At
	Month    Money // since the first of the month, up to At
	Targets  int
	Unpriced int // targets that bill now and have no known price
}

// NewTally starts an empty tally at a moment.
func NewTally(at time.Time) Tally { return Tally{At: at} }

// Add counts one target in. loc decides where days and months begin.
func (t *Tally) Add(m Meter, loc *time.Location) {
	day, month := StartOfDay(t.At, loc), StartOfMonth(t.At, loc)
	t.Targets++
	t.Burn += m.Burn(t.At)
	t.Today += m.Between(day, t.At)
	t.Month += m.Between(month, t.At)
	if m.Unpriced(t.At) {
		t.Unpriced++
	}
}

// TodayAt is the cost of the day at a moment not before At on the same day.
func (t Tally) TodayAt(now time.Time) Money { return t.Today + t.Burn.For(now.Sub(t.At)) }

// MonthAt is the cost of the month at a moment not before At in the same month.
func (t Tally) MonthAt(now time.Time) Money { return t.Month + t.Burn.For(now.Sub(t.At)) }

// MonthEnd projects the month's cost: what is known so far, and today's rate
// until the month is over.
func (t Tally) MonthEnd(loc *time.Location) Money {
	month := StartOfMonth(t.At, loc)
	return t.Month + t.Burn.For(month.AddDate(0, 1, 0).Sub(t.At))
}

// For is the cost of a duration at this rate an hour.
func (m Money) For(d time.Duration) Money {
	if d <= 0 {
		return 0
	}
	return m.over(uint64(d / time.Microsecond))
}

// StartOfDay is when t's day began in loc.
func StartOfDay(t time.Time, loc *time.Location) time.Time {
	y, m, d := t.In(loc).Date()
	return midnight(y, m, d, loc)
}

// StartOfMonth is when t's month began in loc.
func StartOfMonth(t time.Time, loc *time.Location) time.Time {
	y, m, _ := t.In(loc).Date()
	return midnight(y, m, 1, loc)
}

// midnight is when a day begins. Where clocks go forward at midnight there is
// none: the day then begins at one, and time.Date may answer with the evening
// before.
func midnight(y int, m time.Month, d int, loc *time.Location) time.Time {
	t := time.Date(y, m, d, 0, 0, 0, 0, loc)
	if t.Day() != d {
		t = t.Add(time.Hour)
	}
	return t
}
