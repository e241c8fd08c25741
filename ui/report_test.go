package ui_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

// whatIfFleet is the fleet with another size that fits ana-gpu.
func whatIfFleet() *model.Snapshot {
	s := modeltest.Fleet()
	small := *s.Instances[0].Size
	small.Name, small.GPUs, small.Standard.PerHour = "Standard_NC6s_v3", 1, 3*model.Unit
	small.Location, small.ComputeTypes = s.Instances[0].Location, []string{"ComputeInstance"}
	s.Sizes = append(s.Sizes, &small)
	return s.Seal()
}

func TestWhatIf(t *testing.T) {
	uitest.Run(t, uitest.Setup{Snapshot: whatIfFleet(), Options: ui.Options{Start: "instances /name:ana-gpu"}}, func(s *uitest.Script) {
		s.Press("w")
		s.Expect("what if ana-gpu were not NC24s_v3 at $12.24/h", "NC6s_v3", "less", "saves $", "VM hours billed since", "keeps its size")
		s.Type("nc6s")
		s.Press("enter")
		s.Expect("Standard_NC6s_v3", "vCPUs")
	})
	uitest.Run(t, uitest.Setup{Options: ui.Options{Start: "workspaces"}}, func(s *uitest.Script) {
		s.Press(":")
		s.Type("whatif")
		s.Press("enter")
		s.Expect("there is no VM size to change here")
	})
}

// lastNight is a report with a bit of everything.
func lastNight(s *model.Snapshot) *model.Report {
	now := modeltest.Now()
	ana := s.Instances[0]
	part := model.DigestPart{Section: model.SectionComputes, Workspace: ana.Workspace}
	return model.NewReport(model.ReportAsk{
		Snap: s, Zone: time.UTC, Visit: true, Window: model.Window{From: now.Add(-24 * time.Hour), To: now},
		Past: model.ReportPast{
			Began: now.AddDate(0, 0, -9),
			Then:  model.Digest{Known: map[model.DigestPart]bool{part: true}, Targets: map[string]model.DigestTarget{string(ana.ID): {Kind: "instance", Part: part, State: "Stopped", Size: ana.VMSize}}},
			Costs: []model.CostBar{{Key: string(ana.ID), Currency: "USD", Spend: model.Spend{Compute: model.ExactOver(12_240_000, 9*3_600_000)}}},
			Gaps:  []model.ReportGap{{Workspace: "vision", ID: ana.Workspace, Window: model.Window{From: now.Add(-20 * time.Hour), To: now.Add(-13 * time.Hour)}}},
			Turns: map[string]model.Turns{string(ana.ID): {N: 1, Last: now.Add(-9 * time.Hour), Peak: 1}},
		},
	})
}

// settledFleet is the fleet of which everything has been read.
func settledFleet() *model.Snapshot {
	s := modeltest.Fleet()
	s.Parts, s.Operations = map[model.SectionKey]model.Parts{}, nil
	for _, w := range s.Workspaces {
		for _, section := range []model.SectionKey{model.SectionComputes, model.SectionEndpoints} {
			if s.Parts[section] == nil {
				s.Parts[section] = model.Parts{}
			}
			s.Parts[section][string(w.ID)] = &model.Part{Name: w.Name, AsOf: modeltest.Now()}
		}
	}
	return s.Seal()
}

func TestSinceYouLastLooked(t *testing.T) {
	snap := settledFleet()
	uitest.Run(t, uitest.Setup{Snapshot: snap, Height: 50, Width: 150}, func(s *uitest.Script) {
		if n := len(s.Source.Visits()); n != 1 {
			t.Fatalf("%d visits noted at the start", n)
		}
		s.Reject("since Thu")
		s.Press(":")
		s.Type("diff")
		s.Press("enter")
		s.Expect("no history yet")
		s.Source.Reports = map[string]*model.Report{"visit": lastNight(snap)}
		s.Press(":")
		s.Type("diff")
		s.Press("enter")
		s.Expect("since you last looked, Thu 20 Nov 17:02", "started", "Stopped → Running", "$110.16", "unobserved", "7h")
		s.Press("esc")
		s.Reject("─ since you last looked")
	})
}

func TestTheOverviewLooksBack(t *testing.T) {
	snap := settledFleet()
	reports := map[string]*model.Report{"visit": lastNight(snap)}
	uitest.Run(t, uitest.Setup{Snapshot: snap, Height: 50, Width: 150, Reports: reports}, func(s *uitest.Script) {
		s.Expect("since Thu 17:02: $110.16 spent, ", ":diff", "started: Stopped → Running, vision", "9h ago")
	})
}
