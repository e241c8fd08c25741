package model

import (
	"testing"
	"time"
)

func TestTallyKeepsCurrenciesApart(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	sum := NewTally(at)
	sum.Count(Costs{}, "GBP") // costs nothing: says nothing of a currency
	sum.Count(Costs{Burn: 2, Today: 3, Month: 4}, "EUR")
	sum.Count(Costs{Burn: 10, Unpriced: true}, "")
	sum.Count(Costs{Burn: 5}, "USD")
	sum.Count(Costs{Burn: 1}, "EUR")
	if sum.Currency != "EUR" || sum.Burn != 3 || sum.Targets != 5 || sum.Unpriced != 1 {
		t.Errorf("%+v", sum)
	}
	if sum.Other == nil || sum.Other.Burn != 15 || sum.Other.Currency != "" || sum.Other.Other != nil {
		t.Fatalf("dollars: %+v", sum.Other)
	}
	if got := sum.Across(func(t Tally) string { return t.Burn.Decimal() + t.Currency }); got != "0.000003EUR + 0.000015" {
		t.Errorf("said %q", got)
	}
	twice := sum.Plus(sum)
	if twice.Burn != 6 || twice.Other.Burn != 30 || twice.Targets != 10 || sum.Other.Burn != 15 {
		t.Errorf("twice: %+v %+v; once is %+v", twice, twice.Other, sum.Other)
	}
}

func TestTallyAdvances(t *testing.T) {
	at := time.Date(2026, 11, 30, 22, 0, 0, 0, time.UTC)
	sum := Tally{At: at, Burn: 60, Today: 100, Month: 1000, Other: &Tally{At: at, Currency: "EUR", Burn: 6, Today: 1}}
	later := sum.Advance(at.Add(time.Hour), time.UTC)
	if later.Today != 160 || later.Month != 1060 || later.Other.Today != 7 {
		t.Errorf("an hour later: %+v %+v", later, later.Other)
	}
	next := sum.Advance(at.Add(5*time.Hour), time.UTC)
	if next.Today != 180 || next.Month != 180 || next.Other.Today != 18 {
		t.Errorf("in a new month: %+v %+v", next, next.Other)
	}
	if sum.Today != 100 || sum.Other.Today != 1 {
		t.Errorf("the tally itself changed: %+v", sum)
	}
}
