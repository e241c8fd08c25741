package ui_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

func TestCreateInstance(t *testing.T) {
	setup := at("instances /ana-dev")
	setup.Snapshot = withQuota(uitest.Fleet())
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("n")
		s.Expect("New compute instance", "‹ vision ›", "idle shutdown 1h", "vm_size: name a VM size")
		s.Press("tab")
		s.Type("ANA-DEV") // instance names are the region's
		s.Press("tab", "enter")
		s.Expect("4 vCPU", "$0.29/h  quota   10", "$12.24/h  quota    6  4×GPU  too little quota", "price unknown")
		s.Type("ds3")
		s.Press("enter")
		s.Expect("price: $0.29/h, $213.89 a month if nothing stops it", "leash: idle 1h rule", "quota: 10 of 100 vCPUs left, needs 4",
			"vision has a compute target called ANA-DEV already")
		s.Press("shift+tab", "shift+tab", "ctrl+u")
		s.Type("ana-new")
		s.Press("tab", "tab", "ctrl+u")
		s.Expect("30m, 2h, 1d … or off")
		s.Type("5m")
		s.Expect("idle: 5m is not between 15m and 3d, nor off")
		s.Press("ctrl+u", "enter") // the list
		s.Type("30")
		s.Press("enter")
		s.Expect("leash: idle 30m rule")
		s.Type("stop daily")
		s.Press("enter")
		s.Expect("New compute instance", "every day: say when, such as at 19:00")
		s.Type(" 19:00 Romance Standard Time")
		s.Press("enter")
		s.Expect("Create compute instance ana-new?", "vision, compute instance in westeurope", "stop every day at 19:00 Romance Standard Time")
		s.Pass(time.Second)
		s.Press("enter")
		got := s.Source.Executed()
		if len(got) != 1 || got[0].Verb != model.VerbCreate || got[0].Create == nil {
			t.Fatalf("executed %+v", got)
		}
		c := got[0].Create
		if c.Kind != model.TypeInstance || c.Name != "ana-new" || c.Location != "westeurope" || c.VMSize != "Standard_DS3_v2" ||
			c.Idle != 30*time.Minute || len(c.Schedules) != 1 || c.Schedules[0].Recurrence.Hours[0] != 19 {
			t.Errorf("specification %+v", c)
		}
		s.Expect("create ana-new", "creating ana-new in ", "◐ asked for, can be undone")
	})
}

// withQuota leaves room for two small VMs, and for no large one.
func withQuota(s *model.Snapshot) *model.Snapshot {
	s.Quotas = []*model.Quota{
		{Family: "standardStandard_DS3_v2", Name: "DS3", Priority: "dedicated", Location: "westeurope", Used: 90, Limit: 100},
		{Family: "standardStandard_NC24s_v3", Name: "NC", Priority: "dedicated", Location: "westeurope", Used: 18, Limit: 24},
	}
	return s.Seal()
}

func TestCreateCluster(t *testing.T) {
	uitest.Run(t, at("clusters"), func(s *uitest.Script) {
		s.Press("n")
		s.Expect("New compute cluster", "location         westeurope", "priority         Dedicated", "idle before down 2m")
		s.Press("tab")
		s.Type("gpu-two")
		s.Press("tab", "tab", "tab")
		s.Type("nc24")
		s.Press("enter")
		s.Expect("at rest: nothing: it drains to zero", "at most: $12.24/h")
		s.Press("backspace")
		s.Type("2")
		s.Expect("minimum 2 is above the maximum 1")
		s.Press("tab", "backspace")
		s.Type("4")
		s.Expect("floor: $24.48/h", "at most: $48.96/h")
		s.Press("tab", "ctrl+u")
		s.Type("soon")
		s.Press("enter")
		s.Expect(`idle before down: "soon" is not a time such as`)
		s.Press("ctrl+u")
		s.Type("5m")
		s.Press("enter")
		s.Expect("Create compute cluster gpu-two?", "2–4, given up after 5m idle")
		s.Pass(time.Second)
		s.Press("enter")
		got := s.Source.Executed()
		if len(got) != 1 || got[0].Create == nil || got[0].Create.Priority != model.Dedicated ||
			got[0].Create.Scale != (model.Scale{Min: 2, Max: 4, IdleBeforeScaleDown: 5 * time.Minute}) {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestLowPriorityHasSizesAndPricesOfItsOwn(t *testing.T) {
	snap := uitest.Fleet()
	snap.Sizes[0].LowPriorityCapable, snap.Sizes[0].LowPriority = true, model.Price{PerHour: 58_600, Source: model.PriceService}
	setup := at("clusters")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("n", "tab", "tab", "tab", "right", "tab", "enter")
		s.Expect("$0.06/h", "quota    ?")
		s.Reject("$12.24/h  quota") // not capable
		s.Press("esc", "esc")
		s.Source.Publish(func(n *model.Snapshot) { n.Sizes = n.Sizes[1:] })
		s.Pass(time.Second)
		s.Press("n", "tab", "tab", "tab", "right")
		s.Expect("no size for this is known in westeurope")
	})
}

func TestSomethingNewNeedsNoRow(t *testing.T) {
	for pane, title := range map[string]string{
		"instances": "New compute instance", "clusters": "New compute cluster", "deployments": "New deployment", "jobs": "New deployment",
	} {
		uitest.Run(t, at(pane+" /nothing-is-called-that"), func(s *uitest.Script) {
			s.Press("n")
			s.Expect(title)
		})
	}
}

func TestCreateCommand(t *testing.T) {
	uitest.Run(t, at("jobs"), func(s *uitest.Script) {
		for word, says := range map[string]string{
			"create cluster": "New compute cluster", "new instance": "New compute instance", "create dp": "New deployment",
			"create": "New deployment", "create house": "create: house is not one of instance, cluster, deployment",
		} {
			s.Press(":")
			s.Type(word)
			s.Press("enter")
			s.Expect(says)
			s.Press("esc")
		}
	})
}

func TestAWorkspaceWithoutComputesSaysSo(t *testing.T) {
	snap := uitest.Fleet()
	snap.Workspaces[1].Kind = "FeatureStore" // vision, whose row is selected
	setup := at("instances /ana-dev")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("n", "n")
		s.Expect("vision is a feature store")
		s.Press("esc", "tab")
		s.Type("ana-new")
		s.Press("tab")
		s.Type("ds3")
		s.Press("enter")
		s.Expect("vision is a feature store")
	})
}

func TestNothingIsMadeInReadOnlyMode(t *testing.T) {
	uitest.Run(t, uitest.Setup{Options: ui.Options{Start: "instances", ReadOnly: true}}, func(s *uitest.Script) {
		s.Reject("n create")
		s.Press("a")
		s.Reject("new instance", "set idle shutdown", "set schedules")
		s.Press("esc")
		for _, key := range []string{"n", "i", "X"} {
			s.Press(key)
			s.Expect("read-only: ")
			s.Reject("New compute", "Idle shutdown of", "Delete")
		}
		s.Press(":")
		s.Type("create cluster")
		s.Press("enter")
		s.Expect("read-only: nothing can be made")
	})
}
