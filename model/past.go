package model

import (
	"slices"
	"time"
)

// Past is what is known of a target before a moment.
type Past struct {
	Meter Meter    // what was billed, by price; every span is over
	Known []Window // when it is known how the target was; the rest was not observed
}

// Inherit is the meter of a target that was first observed at the end of w,
// with what is known of the time before, in w. What the meter itself says of
// that time is replaced. price is what the target costs now.
func (m Meter) Inherit(p Past, price Price, w Window) Meter {
	live := Charge{Kind: ChargeCompute, Price: price}
	gaps := Charge{Kind: ChargeUnobserved}
	for _, g := range w.Without(p.Known) {
		if g.Millis() > 0 { // history counts in milliseconds
			gaps.Spans = append(gaps.Spans, Span{g.From, g.To, 1})
		}
	}
	var others Meter
	for _, c := range p.Meter {
		c.Spans = before(c.Spans, w.To)
		if c.Price.Known() && c.Price.PerHour == price.PerHour {
			live.Spans = append(live.Spans, c.Spans...)
		} else {
			others = append(others, c)
		}
	}
	first := true
	for _, c := range m {
		switch {
		case c.Kind == ChargeCompute && first:
			live.Spans = append(live.Spans, since(c.Spans, w.To)...)
			first = false
		case c.Kind == ChargeUnobserved:
			gaps.Spans = append(gaps.Spans, since(c.Spans, w.To)...)
		default:
			others = append(others, c)
		}
	}
	slices.SortStableFunc(live.Spans, func(a, b Span) int { return a.From.Compare(b.From) })
	live.Spans = touching(live.Spans)
	whole := Meter{live}
	if len(live.Spans) == 0 && !slices.ContainsFunc(others, func(c Charge) bool { return c.Kind == ChargeCompute }) {
		whole = nil
	}
	whole = append(whole, others...)
	if len(gaps.Spans) > 0 {
		whole = append(whole, gaps)
	}
	return whole
}

// before is what of spans that are over lies before t.
func before(spans []Span, t time.Time) []Span {
	earlier := make([]Span, 0, len(spans))
	for _, s := range spans {
		if s.To.After(t) {
			s.To = t
		}
		if s.To.After(s.From) {
			earlier = append(earlier, s)
		}
	}
	return earlier
}

// since is what of spans lies at or after t.
func since(spans []Span, t time.Time) []Span {
	var later []Span
	for _, s := range spans {
		if s.From.Before(t) {
			s.From = t
		}
		if s.Open() || s.To.After(s.From) {
			later = append(later, s)
		}
	}
	return later
}

// touching makes one of spans that go on from one another.
func touching(spans []Span) []Span {
	var list []Span
	for _, s := range spans {
		if n := len(list) - 1; n >= 0 && list[n].Units == s.Units && s.From.Sub(list[n].To) < time.Millisecond {
			list[n].To = s.To
			continue
		}
		list = append(list, s)
	}
	return list
}

// Unobserved is for how long within [from, to) nobody knows how the target was.
func (m Meter) Unobserved(from, to time.Time) time.Duration {
	var sum time.Duration
	for i := range m {
		if m[i].Kind != ChargeUnobserved {
			continue
		}
		for k := range m[i].Spans {
			s := &m[i].Spans[k]
			begin, end := s.From, s.To
			if begin.Before(from) {
				begin = from
			}
			if end.After(to) {
				end = to
			}
			sum += max(0, end.Sub(begin))
		}
	}
	return sum
}
