package model

import (
	"cmp"
	"slices"
	"time"
)

// Saved is what one kind of measure has saved since history began: the rate of
// what was stopped, from then until it ran again.
type Saved struct {
	Reason   string // "stop", "scale to zero"
	Currency string // ISO 4217
	Amount   Money
	Times    int
}

// SavedSpan is one measure: a rate an hour that was not spent in a window.
type SavedSpan struct {
	Window
	Reason, Currency string
	Rate             Money
}

// SumSaved adds measures up by reason and currency, the most first. A span
// without an end goes on until now.
func SumSaved(spans []SavedSpan, now time.Time) []Saved {
	type key struct{ reason, currency string }
	sums := map[key]*Saved{}
	for _, s := range spans {
		if s.To.IsZero() || s.To.After(now) {
			s.To = now
		}
		k := key{s.Reason, s.Currency}
		if sums[k] == nil {
			sums[k] = &Saved{Reason: s.Reason, Currency: s.Currency}
		}
		sums[k].Amount += ExactOver(s.Rate, s.Millis()).Money()
		sums[k].Times++
	}
	list := make([]Saved, 0, len(sums))
	for _, s := range sums {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b Saved) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}
