package model

import (
	"slices"
	"testing"
	"time"
)

func TestSavedIsARateUntilItRunsAgain(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	span := func(reason, currency string, rate Money, from, to time.Duration) SavedSpan {
		s := SavedSpan{Window: Window{From: now.Add(-from)}, Reason: reason, Currency: currency, Rate: rate}
		if to > 0 {
			s.To = now.Add(-to)
		}
		return s
	}
	got := SumSaved([]SavedSpan{
		span("stop", "USD", 3*Unit, 4*time.Hour, 0), span("stop", "USD", Unit, 3*time.Hour, time.Hour),
		span("scale to zero", "USD", Unit, 5*time.Hour, 0), span("stop", "EUR", Unit, time.Hour, 0),
	}, now)
	want := []Saved{{"stop", "USD", 14 * Unit, 2}, {"scale to zero", "USD", 5 * Unit, 1}, {"stop", "EUR", Unit, 1}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
