package ui_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/uitest"
)

func TestIdleRule(t *testing.T) {
	snap := uitest.Fleet()
	snap.Instances[0].IdleShutdown = time.Hour
	setup := at("instances /ana-dev")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("i")
		s.Expect("Idle shutdown of ana-dev", "after so long idle 1h", "any time from 15m to 3d, or off", "ana-dev now: 1h", "nothing to change")
		s.Type("4d") // in the place of what is so now
		s.Expect("is not between 15m and 3d, nor off")
		s.Press("enter")
		s.Expect("Idle shutdown of ana-dev")
		s.Press("ctrl+u")
		s.Type("30m")
		s.Press("enter")
		s.Expect("Set the idle shutdown of ana-dev?", "1h → 30m")
		s.Pass(time.Second)
		s.Press("enter")
		s.Expect("setting the idle rule of ana-dev in ")
		s.Expect("rule in 6s")
		if got := s.Source.Executed(); len(got) != 1 || got[0].Verb != model.VerbIdle || got[0].Idle != 30*time.Minute {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestIdleRuleOfSeveral(t *testing.T) {
	snap := uitest.Fleet()
	snap.Instances[0].IdleShutdown = 2 * time.Hour
	setup := at("instances /ana")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("*", "i")
		s.Expect("Idle shutdown of 3 instances")
		s.Press("ctrl+u")
		s.Type("2h")
		s.Press("enter")
		s.Expect("Set the idle shutdown of 2 instances to 2h?")
		s.Pass(time.Second)
		s.Press("enter")
		for _, c := range s.Source.Executed() {
			if c.Verb != model.VerbIdle || c.Idle != 2*time.Hour || c.Name == "ana-dev" {
				t.Errorf("executed %+v", c)
			}
		}
		if n := len(s.Source.Executed()); n != 2 {
			t.Errorf("%d commands", n)
		}
	})
}

func TestSchedules(t *testing.T) {
	snap := uitest.Fleet()
	evening := model.InstanceSchedule{ID: "s1", Action: model.ScheduleStop, Status: model.ScheduleEnabled, Cron: "0 19 * * *", TimeZone: "UTC", StartTime: "2026-01-01T00:00:00"}
	snap.Instances[0].Schedules = []model.InstanceSchedule{evening}
	setup := at("instances /ana-dev")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press(":")
		s.Type("schedule")
		s.Press("enter")
		s.Expect("Schedules of ana-dev", "schedule 1 stop 0 19 * * * UTC", "schedule 4", "nothing to change")
		s.Press("tab")
		s.Type("start weekdays 7.30")
		s.Expect("at 7.30: write a time of day as 19:00")
		s.Press("backspace", "backspace", "backspace")
		s.Type(":30")
		s.Press("tab", "tab", "enter")
		s.Expect("Set the schedules of ana-dev?", "start every week on Monday,Tuesday,Wednesday,Thursday,Friday at 07:30")
		s.Pass(time.Second)
		s.Press("enter")
		got := s.Source.Executed()
		if len(got) != 1 || len(got[0].Schedules) != 2 {
			t.Fatalf("executed %+v", got)
		}
		if kept := got[0].Schedules[0]; kept.ID != evening.ID || kept.StartTime != evening.StartTime {
			t.Errorf("the schedule nobody changed became %+v", kept)
		}
	})
}

func TestSchedulesAreTakenAway(t *testing.T) {
	snap := uitest.Fleet()
	snap.Instances[0].Schedules = []model.InstanceSchedule{{Action: model.ScheduleStop, Cron: "0 19 * * *"}}
	setup := at("instances /ana-dev")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press(":")
		s.Type("schedule")
		s.Press("enter", "ctrl+u", "tab", "tab", "tab", "enter")
		s.Expect("no schedule", "none: it bills until somebody stops it")
		s.Pass(time.Second)
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 1 || len(got[0].Schedules) != 0 {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestScaleDeployment(t *testing.T) {
	uitest.Run(t, at("deployments"), func(s *uitest.Script) {
		s.Source.Bounds = model.Capacity{Min: 1, Max: 20, Default: 1}
		s.Press("+")
		s.Expect("Scale fraud/blue", "instances 2", "its SKU allows 1 to 20 instances", "nothing to change")
		s.Type("30")
		s.Expect("30 instances are not between 1 and 20")
		s.Press("enter", "ctrl+u")
		s.Type("99")
		s.Expect("99 instances are more than the 50 of a deployment")
		s.Press("ctrl+u")
		s.Type("3")
		s.Expect("price: $0.59/h → $0.88/h")
		s.Press("enter")
		s.Expect("Scale blue?", "2 → 3 × DS3_v2")
		s.Pass(time.Second)
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 1 || got[0].Verb != model.VerbScale || got[0].Instances != 3 {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestDetach(t *testing.T) {
	snap := uitest.Fleet()
	a := &model.Attached{Target: snap.Clusters[0].Target, ResourceID: "/subscriptions/s/resourceGroups/r/providers/p/managedClusters/aks"}
	a.ARMID += "-k8s"
	a.ID, a.Name, a.ComputeType = model.ComputeID(model.Fold(a.ARMID)), "k8s", "Kubernetes"
	snap.Attached = []*model.Attached{a}
	setup := at("attached")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("X")
		s.Expect("Detach k8s?", "aks itself, and what it costs")
		s.Pass(time.Second)
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 1 || got[0].Verb != model.VerbDetach || got[0].ARMID != a.ARMID {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestDeleteEndpointAsksForItsName(t *testing.T) {
	uitest.Run(t, at("endpoints"), func(s *uitest.Script) {
		s.Press("X")
		s.Expect("Delete fraud for good?", "1 deployment with it, and its address and keys", "type fraud to delete")
		s.Pass(time.Second)
		s.Press("enter")
		if n := len(s.Source.Executed()); n != 0 {
			t.Fatalf("%d commands without the name", n)
		}
		s.Type("fraud")
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 1 || got[0].Verb != model.VerbDelete {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestAStuckOperationSaysWhatToDo(t *testing.T) {
	uitest.Run(t, at("instances /ana-dev"), func(s *uitest.Script) {
		s.Press("x")
		s.Pass(time.Second)
		s.Press("enter")
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.Sent = model.PhaseRunning, uitest.Noon.Add(-31*time.Minute)
			op.Late, op.Progress, op.Next = true, "InProgress", model.VerbStop.StuckNext()
		})
		s.Pass(time.Second)
		says := []string{"stop ana-dev: stuck 31m, the service still says InProgress", "it bills until it is stopped: stop it again"}
		s.Expect(says...)
		s.Press("esc", "esc") // dismissed, it is still what is under way
		s.Expect(says...)
		s.Press("9")
		s.Expect("stuck 31m", "InProgress. Next: it bills until")
		s.Press("d")
		s.Expect(says...)
		s.Source.Step("op1", func(op *model.Operation) { op.Phase, op.Late, op.State = model.PhaseVerified, false, "Stopped" })
		s.Pass(time.Second)
		s.Reject("stuck")
		s.Expect("stop ana-dev verified: Stopped")
	})
}

func TestAFailureInsideA200ShowsItsOwnCode(t *testing.T) {
	uitest.Run(t, at("clusters"), func(s *uitest.Script) {
		if _, err := s.Source.Execute(t.Context(), model.Command{Verb: model.VerbScale, Name: "gpu-pool", Target: "x"}); err != nil {
			t.Fatal(err)
		}
		s.Pass(time.Second)
		refusal := &model.Refusal{Status: 200, Code: "ClusterCoreQuotaReached", Message: "Requested 48 cores, 24 left.", Next: "ask for quota"}
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.Err, op.Detail, op.Next = model.PhaseRefused, refusal, refusal.Error(), refusal.Next
		})
		s.Pass(time.Second)
		s.Expect("scale gpu-pool refused: ClusterCoreQuotaReached: Requested 48 cores, 24 left. – ask for quota")
	})
}
