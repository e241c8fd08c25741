package ui_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/ui/uitest"
)

func TestQuitting(t *testing.T) {
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Press("ctrl+c")
		s.Expect("ctrl-c again quits")
		s.Pass(4 * time.Second)
		s.Press("ctrl+c")
		if s.Quit() {
			t.Fatal("two presses far apart quit")
		}
		s.Press("ctrl+c")
		if !s.Quit() {
			t.Fatal("two presses did not quit")
		}
	})
	for _, yes := range []string{"q", "y"} {
		uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
			s.Press("q")
			s.Expect("Quit amltop?", "Nothing is under way.")
			s.Press("esc")
			s.Reject("Quit amltop?")
			s.Press("q", yes)
			if !s.Quit() {
				t.Fatalf("q and %s did not quit", yes)
			}
		})
	}
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Press(":")
		s.Type("q")
		s.Press("enter")
		if !s.Quit() {
			t.Fatal(":q did not quit")
		}
	})
}

func TestReadOnlyTakesActionsAway(t *testing.T) {
	setup := at("instances /ana-dev")
	setup.Options.ReadOnly = true
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Expect("READ-ONLY")
		s.Reject("x stop")
		for _, key := range []string{"x", "s", "n", "X"} {
			s.Press(key)
			s.Expect("read-only:")
			s.Press("esc", "/")
			s.Type("ana-dev")
			s.Press("enter")
		}
		s.Press("a")
		s.Expect("what if it had another size") // which changes nothing
		s.Reject("stop instance", "start instance", "delete instance")
		s.Press("esc")
		if got := s.Source.Executed(); len(got) != 0 {
			t.Fatalf("executed %v", got)
		}
		s.Press(":")
		s.Type("readonly")
		s.Press("enter")
		s.Expect("READ-ONLY")
	})
}

func TestCommandLine(t *testing.T) {
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Press(":")
		s.Type("ins")
		s.Expect("instances")
		s.Press("tab")
		s.Type("/bo")
		s.Press("enter")
		s.Expect("instances 1/5", "bo-train")
		s.Press(":")
		s.Type("cc")
		s.Press("enter")
		s.Expect("clusters 1", "gpu-pool")
		s.Press(":", "up", "up", "enter")
		s.Expect("instances 1/5")
		s.Press(":")
		s.Type("nonsense")
		s.Press("enter")
		s.Expect(`no command or pane "nonsense"`)
		s.Press("-")
		s.Expect("clusters 1")
		s.Press("-")
		s.Expect("instances 1/5")
		s.Press("[")
		s.Expect("clusters 1")
		s.Press("]")
		s.Expect("instances 1/5")
	})
}
