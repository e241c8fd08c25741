package ui_test

import (
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/uitest"
)

func plain(s string) string                { return ansi.Strip(s) }
func contains(s, part string) bool         { return strings.Contains(plain(s), part) }
func click(x, y int) tea.MouseMsg          { return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft} }
func wheel(b tea.MouseButton) tea.MouseMsg { return tea.MouseWheelMsg{Button: b} }

func TestMouse(t *testing.T) {
	setup := uitest.Setup{Options: ui.Options{Mouse: true}}
	uitest.Run(t, setup, func(s *uitest.Script) {
		if s.App.View().MouseMode == tea.MouseModeNone {
			t.Error("the mouse was asked for and is not taken")
		}
		tabs := strings.Split(s.Screen(), "\n")[1]
		s.Send(click(ansi.StringWidth(tabs[:strings.Index(tabs, "instances")]), 1))
		s.Expect("instances 5")
		s.Send(click(5, 6))
		s.Press("c")
		s.Expect("▌  ana-dev", "sent to the terminal's clipboard: ana-dev")
		s.Send(wheel(tea.MouseWheelUp))
		s.Expect("▌  bo-train")
		s.Send(click(500, 500))
		s.Press("x")
		s.Send(click(5, 5))
		s.Expect("Stop bo-train?")
		s.Press("ctrl+c", "?")
		s.Send(wheel(tea.MouseWheelDown))
		s.Expect("4–")
	})
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		if s.App.View().MouseMode != tea.MouseModeNone {
			t.Error("the mouse was taken without being asked for")
		}
	})
}

func TestStormsAndUnknownMessagesAreCalm(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		before := s.Screen()
		for i := range 500 {
			s.Send(tea.MouseMotionMsg{X: i, Y: i})
			s.Send(tea.WindowSizeMsg{Width: i % 200, Height: i % 50})
			s.Send(tea.KeyReleaseMsg{Code: 'x', Text: "x"})
			s.Send(struct{ reply string }{"of a terminal"})
			s.Send(tea.WindowSizeMsg{Width: -1, Height: -7})
		}
		s.Resize(120, 30)
		if after := s.Screen(); after != before {
			t.Errorf("the screen changed:\n%s", after)
		}
	})
	if ui.Calm(nil, tea.MouseMotionMsg{}) != nil || ui.Calm(nil, tea.FocusMsg{}) == nil {
		t.Error("the filter keeps the wrong messages")
	}
}

// Every key in every place, twice over: nothing may panic, nothing may be sent
// without a confirmation being possible.
func TestEveryKeyEverywhere(t *testing.T) {
	keys, err := keymap.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, b := range keys.All() {
		for _, k := range b.Keys {
			if b.ID != keymap.Interrupt && len(k) < 9 && !(len(k) > 1 && k[0] == 'f') {
				all = append(all, k)
			}
		}
	}
	for name, lead := range scenes {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, uitest.Setup{Width: 80, Height: 24}, func(s *uitest.Script) {
				lead(s)
				for range 2 {
					for _, k := range all {
						s.Press(k)
						s.Screen()
					}
				}
			})
		})
	}
}

func TestEveryActionHasAHandlerAndAHandlerAnAction(t *testing.T) {
	keys, err := keymap.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	handled := ui.HandlerIDs()
	for _, b := range keys.All() {
		if b.Scope&keymap.List == 0 {
			continue
		}
		if !handled[string(b.ID)] {
			t.Errorf("%s does nothing in a pane", b.ID)
		}
		delete(handled, string(b.ID))
	}
	for id := range handled {
		t.Errorf("%s has no binding", id)
	}
}

func TestBackgroundIsFollowedOnlyWhenAsked(t *testing.T) {
	white := tea.BackgroundColorMsg{Color: color.White}
	for theme, follows := range map[string]bool{"": true, "auto": true, "dark": false, "light": false, "mono": false} {
		uitest.Run(t, uitest.Setup{Options: ui.Options{Theme: theme}}, func(s *uitest.Script) {
			before := s.App.View().Content
			s.Send(white)
			if changed := s.App.View().Content != before; changed != follows {
				t.Errorf("theme %q: changed %v", theme, changed)
			}
		})
	}
}
