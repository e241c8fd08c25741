package ui_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/uitest"
)

func TestLeashIsSetByCommand(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Press(":")
		s.Type("leash idle 30m")
		s.Press("enter")
		s.Expect("Leash of ana-gpu: idle 30m?", "idle rule off → 30m")
		s.Pass(time.Second)
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 1 || got[0].Verb != model.VerbIdle || got[0].Idle != 30*time.Minute {
			t.Fatalf("executed %+v", got)
		}
	})
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Press(":")
		s.Type("leash sometimes")
		s.Press("enter")
		s.Expect("say idle 30m | stop daily 19:00")
	})
}

// TestHeldStopIsShownAndTakenBack holds that what Azure cannot hold says so, is
// counted down on its row and the overview, and goes with u.
func TestHeldStopIsShownAndTakenBack(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Press("t")
		s.Expect("Leash of ana-gpu", "ana-gpu now: none", "what stops it")
		s.Type("stop in 30m")
		s.Press("enter")
		s.Expect("Leash of ana-gpu: stop in 30m?", "stop in 30m, only while amltop runs")
		s.Pass(time.Second)
		s.Press("enter")
		s.Expect("only while amltop runs", "u on its row takes it back")
		s.Pass(10 * time.Minute)
		s.Expect("stop in 19m, only while")
		s.Press("0")
		s.Expect("operations", "stop in 19m, only while amltop runs")
		s.Press("3", "u")
		s.Expect("taken back: amltop no longer does anything to ana-gpu")
		s.Pass(time.Second)
		if held := s.Source.Held(); len(held) != 0 || len(s.Source.Executed()) != 0 {
			t.Errorf("held %v, executed %v", held, s.Source.Executed())
		}
		s.Press("u")
		s.Expect("nothing to undo")
	})
}

func TestLeashOfSeveral(t *testing.T) {
	uitest.Run(t, at("instances /ana"), func(s *uitest.Script) {
		s.Press("*", ":")
		s.Type("leash stop in 2h")
		s.Press("enter")
		s.Expect("Leash of 2 instances: stop in 2h?", "ana-dev", "left out: ana-old is Stopped")
		s.Pass(time.Second)
		s.Press("enter")
		s.Expect("amltop holds 2 more")
		if held := s.Source.Held(); len(held) != 2 || held[0].Command.Verb != model.VerbStop {
			t.Errorf("held %+v", held)
		}
	})
}

// TestHeldStopOfABusyInstanceIsTyped holds that a stop later is as dangerous as
// one now.
func TestHeldStopOfABusyInstanceIsTyped(t *testing.T) {
	uitest.Run(t, at("instances /bo-train"), func(s *uitest.Script) {
		s.Press(":")
		s.Type("leash stop in 30m")
		s.Press("enter")
		s.Expect("1 active job on it", "type bo-train to set it")
		s.Pass(time.Second)
		s.Type("bo-train")
		s.Press("enter")
		if held := s.Source.Held(); len(held) != 1 {
			t.Errorf("held %+v", held)
		}
	})
}

// TestLeashOff holds that a rule and a schedule are taken away one after the
// other: the second waits for the first.
func TestLeashOff(t *testing.T) {
	snap := uitest.Fleet()
	snap.Instances[1].IdleShutdown = time.Hour
	snap.Instances[1].Schedules = []model.InstanceSchedule{
		{ID: "a", Action: model.ScheduleStart, Cron: "0 8 * * *"}, {ID: "b", Action: model.ScheduleStop, Cron: "0 19 * * *"},
	}
	setup := at("instances /ana-gpu")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press(":")
		s.Type("leash off")
		s.Press("enter")
		s.Expect("Leash of ana-gpu: off?", "idle rule 1h → off", "1 of 4 schedules then, 2 now", "bills until somebody stops it")
		s.Pass(time.Second)
		s.Press("enter")
		got, held := s.Source.Executed(), s.Source.Held()
		if len(got) != 1 || got[0].Verb != model.VerbIdle || len(held) != 1 || held[0].Command.Verb != model.VerbSchedule || len(held[0].Command.Schedules) != 1 {
			t.Errorf("executed %+v, held %+v", got, held)
		}
		s.Press("u")
		s.Pass(time.Second)
		if held := s.Source.Held(); len(held) != 0 || len(s.Source.Undone()) != 1 {
			t.Errorf("undone, and held %+v", held)
		}
	})
}

func TestReadOnlyHasNoLeash(t *testing.T) {
	snap := uitest.Fleet()
	snap.ReadOnly = true
	setup := at("instances")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		for _, key := range []string{"t", "Z"} {
			s.Press(key)
			s.Expect("read-only: ")
		}
		s.Press(":")
		s.Type("leash idle 30m")
		s.Press("enter")
		s.Expect("read-only: leash is not available")
	})
}

// TestStopIdle holds that only what is certainly idle is chosen beforehand, and
// that what is chosen by hand is stopped with it.
func TestStopIdle(t *testing.T) {
	snap := uitest.Fleet()
	snap.Instances[1].Last.Time = uitest.Noon.Add(-30 * time.Hour)
	setup := at("instances")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("Z")
		s.Expect("Stop idle instances of the whole fleet", "[x] ana-gpu", "high: no job since start 30h ago", "[ ] ana-dev", "[ ] cy-odd",
			"1 instance, $12.24/h")
		s.Reject("] bo-train", "] ana-old")
		s.Press("j", "space")
		s.Expect("[x] ana-dev", "2 instances, $12.53/h")
		s.Press("space", "space") // cy-odd, and the cursor stays on the last
		s.Press("*", "*")
		s.Expect("none chosen")
		s.Press("enter")
		s.Expect("none chosen")
		s.Press("*", "enter")
		s.Expect("Stop 3 targets?")
		s.Pass(time.Second)
		s.Press("enter")
		if n := len(s.Source.Executed()); n != 3 {
			t.Errorf("%d commands", n)
		}
	})
}

func TestClusterKeys(t *testing.T) {
	snap := uitest.Fleet()
	snap.Clusters[0].Scale.Min = 1
	setup := at("clusters")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("m")
		s.Expect("Scale gpu-pool?")
		s.Pass(time.Second)
		s.Press("enter")
		got := s.Source.Executed()
		if len(got) != 1 || *got[0].Scale != (model.Scale{Max: 4, IdleBeforeScaleDown: 2 * time.Minute}) {
			t.Fatalf("executed %+v", got)
		}
	})
	uitest.Run(t, at("clusters"), func(s *uitest.Script) {
		s.Press("m")
		s.Expect("its minimum is 0 already")
		s.Press("i")
		s.Expect("Idle time of gpu-pool's nodes", "idle before down 2m")
		s.Type("10m")
		s.Press("enter")
		s.Pass(time.Second)
		s.Press("enter")
		got := s.Source.Executed()
		if len(got) != 1 || *got[0].Scale != (model.Scale{Max: 4, IdleBeforeScaleDown: 10 * time.Minute}) {
			t.Fatalf("executed %+v", got)
		}
	})
}
