package ui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/uitest"
)

func TestOverviewIsEntered(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 160, Height: 45}, func(s *uitest.Script) {
		s.Expect("▌ ana-gpu")
		s.Press("enter")
		s.Expect("overview › instances 5", "▌  ana-gpu")
		s.Press("esc")
		s.Expect("▌ ana-gpu", "top targets")
		s.Press("d")
		s.Expect("esc close", "NC24s_v3")
		s.Press("esc", "j")
		s.Reject("▌ ana-gpu")
		s.Press("l")
		s.Press("h", "g")
		s.Expect("▌ ana-gpu")
	})
}

// TestForgottenInstanceIsStoppedFromTheOverview is the reason for the page: the
// dearest idle one is under the cursor, and two keys stop it.
func TestForgottenInstanceIsStoppedFromTheOverview(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 160, Height: 45}, func(s *uitest.Script) {
		s.Press("x")
		s.Expect("Stop ana-gpu?")
		s.Pass(time.Second)
		s.Press("enter")
		if c := s.Source.Executed(); len(c) != 1 || c[0].Verb != model.VerbStop || c[0].Name != "ana-gpu" {
			t.Fatalf("executed %+v", c)
		}
	})
}

func TestOverviewCursorFollowsItsEntry(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 160, Height: 45}, func(s *uitest.Script) {
		s.Press("j")
		under := chosen(s)
		s.Source.Publish(func(n *model.Snapshot) {
			gone := n.Instances[1]
			next := *gone
			next.State = model.StateStopped
			next.Meter = nil
			n.Instances = append([]*model.Instance{n.Instances[0], &next}, n.Instances[2:]...)
		})
		s.Pass(time.Second)
		if now := chosen(s); now != under {
			t.Errorf("the cursor went from %q to %q", under, now)
		}
		for range 40 {
			s.Press("down")
		}
		if chosen(s) == "" {
			t.Error("no entry is chosen at the end")
		}
		s.Press("home")
		if at := chosen(s); at == "" {
			t.Error("no entry is chosen at the top")
		}
	})
}

// chosen is the name under the overview's cursor.
func chosen(s *uitest.Script) string {
	for line := range strings.Lines(s.Screen()) {
		if _, rest, ok := strings.Cut(line, "▌ "); ok {
			name, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
			return name
		}
	}
	return ""
}

func TestOverviewChartsTheLastHours(t *testing.T) {
	withPast(t, uitest.Setup{Width: 160, Height: 45}, func(s *uitest.Script) {
		s.Expect("burn by the hour", "▒ idle", "· not all observed")
		if first, _, _ := strings.Cut(s.Screen(), "\n"); !strings.Contains(first, "█") {
			t.Errorf("no sparkline: %s", first)
		}
		s.Press("3")
		if first, _, _ := strings.Cut(s.Screen(), "\n"); strings.Contains(first, "█") {
			t.Errorf("a sparkline of everything beside the cost of instances: %s", first)
		}
	})
}
