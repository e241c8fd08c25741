package ui_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/uitest"
)

func TestDetailsJSONAndYAML(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Press("d")
		s.Expect("ana-gpu", "NC24s_v3", "esc close", "y JSON, YAML")
		s.Press("y")
		s.Expect("ana-gpu JSON", `"zeta": 1`)
		s.Press("y")
		s.Expect("ana-gpu YAML", "zeta: 1")
		s.Press("/")
		s.Type("alpha")
		s.Press("enter")
		s.Expect("1 match “alpha”")
		s.Press("d")
		s.Expect("NC24s_v3")
		s.Press("q")
		s.Expect("instances 1/5")
		s.Reject("esc close")
	})
}

func TestDetailsFollowTheWorld(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Press("d")
		s.Source.Publish(func(n *model.Snapshot) {
			next := *n.Instances[1]
			next.State = model.StateStopping
			n.Instances = append([]*model.Instance{n.Instances[0], &next}, n.Instances[2:]...)
		})
		s.Pass(time.Second)
		s.Expect("Stopping")
	})
}

func TestLogs(t *testing.T) {
	uitest.Run(t, at("deployments"), func(s *uitest.Script) {
		s.Source.LogText = "loading model\nready"
		s.Press("L")
		s.Expect("blue log", "loading model", "ready", "r read again")
		s.Source.LogText = "loading model\nready\nserved 1"
		s.Press("y", "r")
		s.Expect("blue log", "served 1")
		s.Press("esc", "3", "L")
		s.Expect("only deployments have a container log")
	})
}

func TestHelpListsEveryBinding(t *testing.T) {
	setup := uitest.Setup{Width: 140, Height: 200}
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("?")
		keys, err := keymap.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		screen := s.Screen()
		for _, b := range keys.All() {
			if !strings.Contains(screen, b.Label()) || !strings.Contains(screen, "· "+string(b.ID)) {
				t.Errorf("the help does not list %s %s", b.Label(), b.ID)
			}
		}
		s.Press("/")
		s.Type("fuzzy")
		s.Press("enter")
		s.Expect("1 match “fuzzy”")
	})
}

func TestKeysDocumentIsFresh(t *testing.T) {
	want, err := ui.KeysMarkdown()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "docs", "keys.md")
	if os.Getenv("AMLTOP_WRITE_DOCS") != "" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/keys.md is not what the key table says; run this test with AMLTOP_WRITE_DOCS=1")
	}
}

func TestFailuresStayReadable(t *testing.T) {
	snap := uitest.Fleet()
	for _, p := range snap.Parts[model.SectionComputes] {
		if p.Name == "nlp" {
			p.Err = &model.Refusal{Class: model.ErrDenied, Status: 403, Code: "AuthorizationFailed", Message: "no read", Next: "ask for Reader"}
			p.AsOf = uitest.Noon.Add(-4 * time.Minute)
		}
	}
	setup := at("instances")
	setup.Snapshot = snap
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Expect("1 of 2 failing: nlp: AuthorizationFailed, 4m old   2s ago", "bo-train")
		s.Pass(10100 * time.Millisecond)
		s.Expect("1 of 2 failing: nlp: AuthorizationFailed, 4m10s old   12s ago")
		s.Press("!")
		s.Expect("computes of nlp", "no read", "ask for Reader")
	})
}

func TestMoneyMovesWithTheClockAlone(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Expect("$12.24/h  today $110.16")
		s.Pass(30 * time.Second)
		s.Expect("today $110.26")
		s.Press("esc")
		s.Expect("≥$24.77/h 1 unpriced")
	})
}

func TestEyesAreFollowed(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		s.Pass(time.Second)
		watched := s.Source.Watched()
		got := watched[len(watched)-1]
		if got.Section != model.SectionComputes || len(got.Workspaces) != 2 || got.Blurred {
			t.Errorf("watched %+v", got)
		}
		s.Pass(5 * time.Second)
		if n := len(s.Source.Watched()); n != len(watched) {
			t.Errorf("told %d times what had not changed", n-len(watched))
		}
		s.Send(tea.BlurMsg{})
		watched = s.Source.Watched()
		if !watched[len(watched)-1].Blurred {
			t.Error("the loss of focus was not told")
		}
		s.Send(tea.FocusMsg{})
		watched = s.Source.Watched()
		if watched[len(watched)-1].Blurred {
			t.Error("the gain of focus was not told")
		}
		s.Press("r")
		if got := s.Source.Refreshed(); len(got) != 1 || got[0] != model.SectionComputes {
			t.Errorf("refreshed %v", got)
		}
	})
}

func TestCopy(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Press("c")
		if s.Clipboard() != "ana-gpu" {
			t.Errorf("copied %q", s.Clipboard())
		}
		s.Press("I")
		if !strings.HasSuffix(s.Clipboard(), "/workspaces/vision/computes/ana-gpu") {
			t.Errorf("copied %q", s.Clipboard())
		}
	})
}

func TestOptionsThatAreWrongAreNamed(t *testing.T) {
	for name, tt := range map[string]struct {
		o    ui.Options
		want string
	}{
		"theme":        {ui.Options{Theme: "blue"}, `"blue" is not one of auto, dark, light, mono`},
		"action":       {ui.Options{Keys: map[string][]string{"stopp": {"x"}}}, `unknown action "stopp"`},
		"key":          {ui.Options{Keys: map[string][]string{"stop": {"hyper-x"}}}, `"hyper-x" is not a key`},
		"conflict":     {ui.Options{Keys: map[string][]string{"stop": {"s"}}}, `"s" means both "stop" and "start"`},
		"start":        {ui.Options{Start: "computers"}, `no command or pane "computers"`},
		"tab in guise": {ui.Options{Keys: map[string][]string{"stop": {"ctrl+i"}}}, `"ctrl+i" is not a key`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ui.New(t.Context(), uitest.NewSource(uitest.Fleet()), tt.o)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestRebinding(t *testing.T) {
	setup := at("instances /ana-dev")
	setup.Options.Keys = map[string][]string{"stop": {"ctrl+t"}, "delete": {}}
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Expect("ctrl-t stop")
		s.Press("x", "X")
		s.Reject("Stop ana-dev?", "Delete")
		s.Press("ctrl+t")
		s.Expect("Stop ana-dev?")
	})
}

func TestSourceThatFails(t *testing.T) {
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Send(ui.SourceFailed(errors.New("the token is gone")))
		s.Expect("no new data: the token is gone")
		s.Pass(6 * time.Second)
		s.Source.Publish(func(n *model.Snapshot) { n.Budget.Remaining = 17 })
		s.Pass(time.Second)
		s.Expect("budget 17/250 ○")
	})
}

func TestAnOutageIsSaidOnce(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		row := func() string {
			for _, line := range strings.Split(s.App.View().Content, "\n") {
				if strings.Contains(line, "ana-dev") {
					return line
				}
			}
			return ""
		}
		fresh := row()
		s.Source.Publish(func(n *model.Snapshot) {
			gone := &model.Refusal{Class: model.ErrUnreachable, Message: "the connection was refused"}
			parts := make(model.Parts)
			for scope, p := range n.Parts[model.SectionComputes] {
				next := *p
				next.Err, next.FailedAt = gone, uitest.Noon
				parts[scope] = &next
			}
			n.Parts = map[model.SectionKey]model.Parts{model.SectionComputes: parts}
		})
		s.Pass(time.Second)
		s.Expect("no answer for 0s: the connection was refused", "bo-train")
		s.Reject("failing")
		if stale := row(); stale == "" || stale == fresh {
			t.Errorf("the row looks as fresh as before: %q", stale)
		}
		s.Resize(40, 10)
		s.Expect("no answer for")
	})
}

func TestWhatIsNoResourceHasNoJSON(t *testing.T) {
	uitest.Run(t, at("sizes"), func(s *uitest.Script) {
		s.Press("d")
		s.Expect("esc close")
		s.Reject("JSON, YAML", "y json")
		s.Press("y")
		s.Reject("JSON")
		s.Expect("vCPUs")
	})
}
