package model_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

var watchedPart = model.DigestPart{Section: model.SectionComputes, Workspace: "/w"}

func aTarget(kind, state string, units int) model.DigestTarget {
	return model.DigestTarget{Kind: kind, Name: "x", Part: watchedPart, State: state, Units: units, Size: "Standard_DS3_v2"}
}

func TestSince(t *testing.T) {
	instance := func(state string, units int) *model.DigestTarget {
		x := aTarget("instance", state, units)
		return &x
	}
	cluster := func(units int) *model.DigestTarget {
		x := aTarget("cluster", "Steady", units)
		return &x
	}
	bigger := aTarget("instance", "Running", 1)
	bigger.Size = "Standard_DS4_v2"
	for _, c := range []struct {
		name     string
		was, now *model.DigestTarget
		turns    model.Turns
		want     string
	}{
		{"the same", instance("Running", 1), instance("Running", 1), model.Turns{}, ""},
		{"started", instance("Stopped", 0), instance("Running", 1), model.Turns{}, "started Stopped → Running"},
		{"stopped", instance("JobRunning", 1), instance("Stopped", 0), model.Turns{}, "stopped JobRunning → Stopped"},
		{"a job began", instance("Running", 1), instance("JobRunning", 1), model.Turns{N: 1, Peak: 1}, ""},
		{"failed", instance("Running", 1), instance("Unusable", 1), model.Turns{}, "failed Running → Unusable"},
		{"recovered", instance("Unusable", 1), instance("Stopped", 0), model.Turns{}, "recovered Unusable → Stopped"},
		{"new", nil, instance("Running", 1), model.Turns{}, "appeared Running, DS3_v2"},
		{"new and broken", nil, instance("CreateFailed", 0), model.Turns{}, "failed new, CreateFailed, DS3_v2"},
		{"gone", cluster(2), nil, model.Turns{}, "gone was Steady, 2 VMs, DS3_v2"},
		{"grew", cluster(0), cluster(4), model.Turns{}, "grew 0 → 4 VMs"},
		{"shrank", cluster(4), cluster(1), model.Turns{}, "shrank 4 → 1 VM"},
		{"another size", instance("Running", 1), &bigger, model.Turns{}, "another size DS3_v2 → DS4_v2"},
		{"ran in between", instance("Stopped", 0), instance("Stopped", 0), model.Turns{N: 4, Peak: 1}, "ran in between up to 1 VM, 4 changes"},
	} {
		then, now := model.Digest{Known: map[model.DigestPart]bool{watchedPart: true}, Targets: map[string]model.DigestTarget{}}, model.Digest{Known: map[model.DigestPart]bool{watchedPart: true}, Targets: map[string]model.DigestTarget{}}
		if c.was != nil {
			then.Targets["/w/x"] = *c.was
		}
		if c.now != nil {
			now.Targets["/w/x"] = *c.now
		}
		got := ""
		for _, h := range model.Since(then, now, map[string]model.Turns{"/w/x": c.turns}) {
			got += fmt.Sprintf("%s %s", h.What, h.Detail)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		then.Known = nil
		if list := model.Since(then, now, nil); c.was == nil && len(list) > 0 {
			t.Errorf("%s: %v of a part nobody had read", c.name, list)
		}
	}
}

// reportedFleet is the report of the test fleet for a day.
func reportedFleet(change func(*model.ReportAsk)) *model.Report {
	s := modeltest.Fleet()
	now := modeltest.Now()
	ask := model.ReportAsk{Snap: s, Zone: time.UTC, Window: model.Window{From: now.Add(-24 * time.Hour), To: now}}
	if change != nil {
		change(&ask)
	}
	return model.NewReport(ask)
}

// TestReportWithoutHistory holds the sums of a report against the meters.
func TestReportWithoutHistory(t *testing.T) {
	r := reportedFleet(nil)
	var want model.Money
	for p := range modeltest.Fleet().Spenders() {
		want += p.Meter.Between(r.Window.From, r.Window.To)
	}
	if len(r.Totals) != 1 || r.Totals[0].Cost() != want || want == 0 {
		t.Errorf("totals %+v, want %s", r.Totals, want.Decimal())
	}
	if !strings.Contains(strings.Join(r.Notes, " "), "no history") || !r.Began.IsZero() || len(r.Happened) > 0 {
		t.Errorf("notes %q, %d happened", r.Notes, len(r.Happened))
	}
	if len(r.Leashes) == 0 || len(r.Broken()) == 0 || !strings.HasPrefix(r.Broken()[0], "ana-gpu of vision: late") {
		t.Errorf("broken: %q", r.Broken())
	}
	mine := reportedFleet(func(a *model.ReportAsk) {
		a.Filter, a.Match = "owner:bo", func(p *model.Spender) bool { return p.Owner == "bo" }
	})
	if len(mine.ByOwner) != 1 || mine.ByOwner[0].Name != "bo" || len(mine.Broken()) != 0 {
		t.Errorf("bo's: %+v, %q", mine.ByOwner, mine.Broken())
	}
}

// TestReportFillsFromBilling has history begin in the middle of the window:
// whole days before are billing's, no day is in it twice.
func TestReportFillsFromBilling(t *testing.T) {
	s := modeltest.Fleet()
	now := modeltest.Now()
	ana := s.Instances[0]
	day := func(back int) model.Date { return model.DateOf(now.AddDate(0, 0, -back)) }
	s.Actuals = []*model.Actual{{Month: model.StartOfMonth(now, time.UTC), AsOf: now, Days: []model.ActualDay{
		{string(ana.ID), day(3), 3 * model.Unit, "USD"}, {string(ana.ID), day(2), 2 * model.Unit, "USD"}, {string(ana.ID), day(1), model.Unit, "USD"},
	}}}
	s.Seal()
	began := day(1).Time()
	seen := model.Spend{Compute: model.ExactOver(10*model.Unit, 3600_000)}
	r := model.NewReport(model.ReportAsk{
		Snap: s, Zone: time.UTC, Window: model.Window{From: day(4).Time(), To: now},
		Past: model.ReportPast{Began: began, Costs: []model.CostBar{{Key: string(ana.ID), Currency: "USD", Spend: seen}}},
	})
	if len(r.ByTarget) != 1 {
		t.Fatalf("targets %+v", r.ByTarget)
	}
	got := r.ByTarget[0]
	if got.Estimate != 10*model.Unit || got.Filled != 5*model.Unit || got.Billed != 6*model.Unit || got.Cost() != 15*model.Unit {
		t.Errorf("%+v", got)
	}
	if got.Source() != "bill, then observed" || !strings.Contains(strings.Join(r.Notes, " "), "History begins on") {
		t.Errorf("%s, %q", got.Source(), r.Notes)
	}
}

// TestReportJoinsGaps makes one gap of those that workspaces share.
func TestReportJoinsGaps(t *testing.T) {
	night := modeltest.Now().Add(-20 * time.Hour)
	gap := func(ws string, from, long time.Duration) model.ReportGap {
		return model.ReportGap{ID: model.WorkspaceID("/" + ws), Workspace: ws, Window: model.Window{From: night.Add(from), To: night.Add(from + long)}}
	}
	r := reportedFleet(func(a *model.ReportAsk) {
		a.Past.Gaps = []model.ReportGap{gap("nlp", time.Minute, 7*time.Hour), gap("vision", 0, 7*time.Hour), gap("nlp", 9*time.Hour, time.Hour)}
	})
	if len(r.Gaps) != 2 || strings.Join(r.Gaps[0].Workspaces, " ") != "nlp vision" || r.Gaps[0].Long() != 7*time.Hour+time.Minute {
		t.Errorf("%+v", r.Gaps)
	}
}

func TestReportBudgetOver(t *testing.T) {
	r := reportedFleet(func(a *model.ReportAsk) { a.Budgets = []*model.BudgetLine{{Name: "tiny", Month: 1, Warn: 80}} })
	if b := r.Broken(); len(b) == 0 || !strings.HasPrefix(b[0], "budget tiny is over") {
		t.Errorf("%q", b)
	}
}
