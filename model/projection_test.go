package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// worked is four weeks of hours before now: a dollar in each working hour of a
// weekday, nothing else.
func worked(now time.Time, zone *time.Location) []model.PastHour {
	var past []model.PastHour
	for _, w := range model.Cut(model.Window{From: now.AddDate(0, 0, -28), To: now}, model.Hourly, zone) {
		h := model.PastHour{From: w.From}
		if busy(w.From, zone) {
			h.Cost = model.Unit
		}
		past = append(past, h)
	}
	return past
}

func busy(t time.Time, zone *time.Location) bool {
	t = t.In(zone)
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && t.Hour() >= 9 && t.Hour() < 17
}

func TestAPatternKnowsNightsAndWeekends(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []time.Time{
		time.Date(2026, 10, 20, 12, 0, 0, 0, madrid), // the clocks go back before the month is over
		time.Date(2026, 3, 10, 3, 0, 0, 0, madrid),   // and forward
		time.Date(2026, 11, 30, 23, 0, 0, 0, madrid),
	} {
		want := 100 * model.Unit
		end := model.Monthly.Next(now, madrid)
		for at := now; at.Before(end); at = at.Add(time.Hour) {
			if busy(at, madrid) {
				want += model.Unit
			}
		}
		p := model.ProjectPattern(100*model.Unit, 50*model.Unit, worked(now, madrid), now, madrid)
		if p.MonthEnd != want || !strings.Contains(p.How, "weekday and hour of the last 4 weeks") {
			t.Errorf("%s: %s (%s), want %s", now, p.MonthEnd.Fixed(), p.How, want.Fixed())
		}
		present := model.ProjectPresent(100*model.Unit, 50*model.Unit, now, madrid)
		if want := 100*model.Unit + (50 * model.Unit).For(end.Sub(now)); present.MonthEnd != want || present.How != "at the present rate" {
			t.Errorf("%s: at the present rate %s, want %s", now, present.MonthEnd.Fixed(), want.Fixed())
		}
	}
}

func TestAPatternOfTooLittleIsThePresentRate(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	all := worked(now, time.UTC)
	gaps := append([]model.PastHour(nil), all...)
	for i := range gaps {
		gaps[i].Unobserved = time.Minute
	}
	old := make([]model.PastHour, len(all))
	for i, h := range all {
		old[i] = model.PastHour{From: h.From.AddDate(0, -2, 0), Cost: h.Cost}
	}
	for name, past := range map[string][]model.PastHour{"none": nil, "three days": all[len(all)-72:], "nobody watched": gaps, "long ago": old} {
		p := model.ProjectPattern(0, model.Unit, past, now, time.UTC)
		if want := model.ProjectPresent(0, model.Unit, now, time.UTC); p.MonthEnd != want.MonthEnd || !strings.Contains(p.How, "a pattern needs a week") {
			t.Errorf("%s: %+v, want %+v", name, p, want)
		}
	}
}

func TestAnHourNeverWatchedCostsTheMean(t *testing.T) {
	now := time.Date(2026, 11, 30, 22, 0, 0, 0, time.UTC) // a Monday; two hours are left
	var past []model.PastHour
	for _, h := range worked(now, time.UTC) {
		if h.From.Weekday() != time.Monday || h.From.Hour() < 22 {
			past = append(past, model.PastHour{From: h.From, Cost: 3 * model.Unit})
		}
	}
	if p := model.ProjectPattern(0, 0, past, now, time.UTC); p.MonthEnd != 6*model.Unit {
		t.Errorf("projected %s (%s), want 6.00", p.MonthEnd.Fixed(), p.How)
	}
}
