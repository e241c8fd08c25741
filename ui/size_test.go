package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

// scenes are screens worth looking at in every size, by what leads to them.
var scenes = map[string]func(*uitest.Script){
	"overview":  func(*uitest.Script) {},
	"instances": func(s *uitest.Script) { s.Press("3") },
	"clusters":  func(s *uitest.Script) { s.Press("2") },
	"sizes":     func(s *uitest.Script) { s.Press("7") },
	"filter": func(s *uitest.Script) {
		s.Press("3", "/")
		s.Type("owner:ana|bo")
	},
	"bad filter": func(s *uitest.Script) {
		s.Press("3", "/")
		s.Type("na(me")
	},
	"command": func(s *uitest.Script) { s.Press(":") },
	"preview": func(s *uitest.Script) { s.Press("3", "x") },
	"typed":   func(s *uitest.Script) { s.Press("3", "*", "x") },
	"grace": func(s *uitest.Script) {
		s.Press("3", "/")
		s.Type("ana-dev")
		s.Press("enter", "x", "enter")
	},
	"actions": func(s *uitest.Script) { s.Press("3", "a") },
	"details": func(s *uitest.Script) { s.Press("3", "d") },
	"form":    func(s *uitest.Script) { s.Press("4", "n") },
	"create":  func(s *uitest.Script) { s.Press("2", "n") },
	"idle":    func(s *uitest.Script) { s.Press("3", "i") },
	"schedules": func(s *uitest.Script) {
		s.Press("3", ":")
		s.Type("schedule")
		s.Press("enter")
	},
	"leash": func(s *uitest.Script) {
		s.Press("3", "j", "t")
		s.Type("stop in 30m")
	},
	"held": func(s *uitest.Script) {
		s.Press("3", "/")
		s.Type("ana-gpu")
		s.Press("enter", ":")
		s.Type("leash stop in 30m")
		s.Press("enter")
		s.Pass(time.Second)
		s.Press("enter", "0")
	},
	"stop idle": func(s *uitest.Script) { s.Press("Z") },
	"help":      func(s *uitest.Script) { s.Press("?") },
	"quit":      func(s *uitest.Script) { s.Press("q") },
	"failing": func(s *uitest.Script) {
		s.Source.Publish(func(n *model.Snapshot) {
			n.Parts = map[model.SectionKey]model.Parts{model.SectionComputes: {
				"a": {Name: "prod-ws", AsOf: uitest.Noon.Add(-4 * time.Minute), Err: &model.Refusal{Class: model.ErrDenied, Code: "403"}},
				"b": {Name: "nlp", AsOf: uitest.Noon},
			}}
		})
		s.Pass(time.Second)
		s.Press("3")
	},
	"wide names": func(s *uitest.Script) {
		s.Source.Publish(func(n *model.Snapshot) {
			next := *n.Instances[0]
			next.Name, next.Owner = "機械学習-計算-インスタンス", "e\u0301milie👩‍🚀"
			n.Instances = append([]*model.Instance{&next}, n.Instances[1:]...)
		})
		s.Pass(time.Second)
		s.Press("3", "N")
	},
}

func TestNoLineIsEverWiderThanTheTerminal(t *testing.T) {
	widths := []int{0, 1, 2, 5, 19, 20, 21, 33, 40, 61, 80, 100, 120, 160, 200, 300}
	heights := []int{0, 1, 4, 5, 6, 7, 8, 10, 24, 45, 60, 100}
	for name, lead := range scenes {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
				lead(s)
				for _, w := range widths {
					for _, h := range heights {
						s.App.Update(tea.WindowSizeMsg{Width: w, Height: h})
						text := ansi.Strip(s.App.View().Content)
						if w == 0 || h == 0 {
							if text != "" {
								t.Fatalf("%d×%d says %q", w, h, text)
							}
							continue
						}
						if err := uitest.Fits(text, w, h); err != nil {
							t.Fatalf("%d×%d: %v\n%s", w, h, err, text)
						}
					}
				}
			})
		})
	}
}

// What panes, overview and details say has goldens of its own; these are about
// the frame around them.
func TestGoldens(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"160x45", 160, 45}, {"80x24", 80, 24}, {"40x10", 40, 10}} {
		for _, scene := range []string{"instances", "preview", "form", "create", "schedules", "leash", "held", "stop idle", "failing", "grace", "actions", "bad filter", "wide names"} {
			t.Run(size.name+"/"+strings.ReplaceAll(scene, " ", "_"), func(t *testing.T) {
				uitest.Run(t, uitest.Setup{Width: size.w, Height: size.h, Options: ui.Options{Theme: "dark"}}, func(s *uitest.Script) {
					scenes[scene](s)
					golden.RequireEqual(t, trimmed(s.Screen()))
				})
			})
		}
	}
}

// trimmed takes trailing spaces off, which editors do to golden files anyway.
func trimmed(screen string) string {
	lines := strings.Split(screen, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestTooSmall(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 19, Height: 4}, func(s *uitest.Script) {
		s.Expect("terminal too small")
	})
}

func TestMonoHasNoColours(t *testing.T) {
	for name, o := range map[string]ui.Options{"NO_COLOR": {NoColor: true}, "mono": {Theme: "mono"}} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, uitest.Setup{Options: o}, func(s *uitest.Script) {
				s.Send(tea.BackgroundColorMsg{})
				s.Press("3", "x")
				content := s.App.View().Content
				for _, colour := range []string{"\x1b[38;", "\x1b[48;", ";38;", ";48;", "\x1b[3", "\x1b[9"} {
					if i := strings.Index(content, colour); i >= 0 && !italicOnly(content[i:]) {
						t.Fatalf("a colour: %q", content[i:min(len(content), i+20)])
					}
				}
			})
		})
	}
}

// italicOnly reports whether an escape sequence that starts like a colour is
// the attribute 3, italic.
func italicOnly(s string) bool {
	return strings.HasPrefix(s, "\x1b[3m") || strings.HasPrefix(s, "\x1b[3;")
}
