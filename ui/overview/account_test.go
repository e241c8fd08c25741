package overview_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/overview"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// head are the first lines of the overview of a changed fleet.
func head(change func(*model.Snapshot)) string {
	s := modeltest.Fleet()
	change(s)
	env := pane.Env{Snap: s.Seal(), Now: modeltest.Now(), Zone: time.UTC}
	lines := overview.Render(200, 60, env, &theme.Theme{})
	return ansi.Strip(strings.Join(lines[:4], "\n"))
}

func TestTheBillStandsBesideTheEstimate(t *testing.T) {
	now := modeltest.Now()
	month := model.StartOfMonth(now, time.UTC)
	var estimate model.Money
	for p := range modeltest.Fleet().Spenders() {
		estimate += p.Meter.Between(month, now.Add(-model.BillingLag))
	}
	if estimate == 0 {
		t.Fatal("the fleet cost nothing until the bill's end")
	}
	billed := estimate * 2
	got := head(func(s *model.Snapshot) {
		s.Actuals = []*model.Actual{{Subscription: s.Subscriptions[0].ID, Month: month, AsOf: now, Days: []model.ActualDay{
			{Resource: string(s.Workspaces[0].ID), Day: model.DateOf(now), Amount: billed, Currency: "USD"},
		}}}
	})
	want := "billed " + billed.In("") + " until " + now.Add(-model.BillingLag).Format("2 Jan 15:04") +
		"; estimated " + estimate.In("") + " for the same time, as far as it was watched, 50.0 % less than billed"
	if !strings.Contains(got, want) {
		t.Errorf("%q is not in\n%s", want, got)
	}
	if got := head(func(*model.Snapshot) {}); strings.Contains(got, "billed $") || strings.Contains(got, "≥") {
		t.Errorf("without a bill and without gaps:\n%s", got)
	}
}

func TestGapsStandBesideTheMonth(t *testing.T) {
	now := modeltest.Now()
	month := model.StartOfMonth(now, time.UTC)
	blind := func(s *model.Snapshot, i int, from time.Time, d time.Duration) {
		x := *s.Instances[i]
		x.Meter = append(slices.Clone(x.Meter), model.Charge{Kind: model.ChargeUnobserved, Spans: []model.Span{{From: from, To: from.Add(d), Units: 1}}})
		s.Instances = slices.Clone(s.Instances)
		s.Instances[i] = &x
	}
	got := head(func(s *model.Snapshot) {
		blind(s, 0, month.Add(time.Hour), 12*time.Hour)
		blind(s, 1, month.Add(time.Hour), 12*time.Hour)
	})
	if !strings.Contains(got, "≥: 2 targets not watched for 12h") || !strings.Contains(got, now.Format("Jan")+" ≥$") || strings.Contains(got, "today ≥") {
		t.Errorf("two alike:\n%s", got)
	}
	got = head(func(s *model.Snapshot) {
		blind(s, 0, month.Add(time.Hour), 2*time.Hour)
		blind(s, 1, now.Add(-time.Hour), time.Hour)
	})
	if !strings.Contains(got, "≥: 2 targets not watched for up to 2h") || !strings.Contains(got, "today ≥$") {
		t.Errorf("two apart:\n%s", got)
	}
}
