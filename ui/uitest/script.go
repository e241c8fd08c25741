package uitest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
)

// Script is a user's session at the program.
type Script struct {
	T      *testing.T
	App    *ui.App
	Source *Source

	ctx           context.Context
	msgs          chan tea.Msg
	quit          bool
	clipboard     string
	width, height int
}

// Setup is what a session starts with.
type Setup struct {
	Width, Height int // 0: 120×30
	Options       ui.Options
	Snapshot      *model.Snapshot          // nil: [Fleet]
	Reports       map[string]*model.Report // see [Memory]
	Before        func(*Source)            // called before the program starts; may be nil
}

// Run plays a session in a bubble of its own.
func Run(t *testing.T, setup Setup, play func(*Script)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		snap := setup.Snapshot
		if snap == nil {
			snap = Fleet()
		}
		if snap.Clock.Wall.IsZero() {
			snap.Clock.Wall = time.Now()
		}
		o := setup.Options
		o.Now = time.Now()
		src := NewSource(snap)
		if setup.Before != nil {
			setup.Before(src)
		}
		src.Reports = setup.Reports
		app, err := ui.New(ctx, src, o)
		if err != nil {
			t.Fatal(err)
		}
		s := &Script{T: t, App: app, Source: src, ctx: ctx, msgs: make(chan tea.Msg, 64), width: setup.Width, height: setup.Height}
		if s.width == 0 {
			s.width, s.height = 120, 30
		}
		defer s.end(cancel)
		s.run(app.Init())
		s.Resize(s.width, s.height)
		play(s)
	})
}

// end cancels what is under way and lets every timer fire, so that no goroutine
// outlives the session.
func (s *Script) end(cancel context.CancelFunc) {
	cancel()
	time.Sleep(time.Minute)
	synctest.Wait()
}

// run starts a command on a goroutine, as bubbletea does.
func (s *Script) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		select {
		case s.msgs <- cmd():
		case <-s.ctx.Done():
		}
	}()
}

// Send gives the program a message and waits until nothing more happens.
func (s *Script) Send(msg tea.Msg) {
	s.T.Helper()
	s.take(msg)
	s.drain()
}

// drain takes messages until every goroutine waits for something.
func (s *Script) drain() {
	for {
		synctest.Wait()
		select {
		case msg := <-s.msgs:
			s.take(msg)
		default:
			return
		}
	}
}

func (s *Script) take(msg tea.Msg) {
	switch m := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range m {
			s.run(cmd)
		}
		return
	case tea.QuitMsg:
		s.quit = true
		return
	}
	if fmt.Sprintf("%T", msg) == "tea.setClipboardMsg" {
		s.clipboard = fmt.Sprint(msg)
	}
	_, cmd := s.App.Update(msg)
	s.run(cmd)
}

// Resize sets the terminal's size.
func (s *Script) Resize(width, height int) {
	s.width, s.height = width, height
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Pass lets time pass: ticks come, timers fire.
func (s *Script) Pass(d time.Duration) {
	s.T.Helper()
	for range int(d / (100 * time.Millisecond)) {
		time.Sleep(100 * time.Millisecond)
		s.drain()
	}
}

// Press presses keys, named as bindings name them: "a", "A", "enter", "ctrl+c".
func (s *Script) Press(keys ...string) {
	s.T.Helper()
	for _, k := range keys {
		s.Send(Key(k))
	}
}

// Type types text, letter by letter.
func (s *Script) Type(text string) {
	s.T.Helper()
	for _, r := range text {
		s.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Screen is the screen as plain text. It fails the test if a line is wider than
// the terminal, or the lines are not as many as it has.
func (s *Script) Screen() string {
	s.T.Helper()
	text := ansi.Strip(s.App.View().Content)
	if err := Fits(text, s.width, s.height); err != nil {
		s.T.Errorf("%v\n%s", err, text)
	}
	return text
}

// Fits says where a screen is wider than width cells or not height lines high.
func Fits(text string, width, height int) error {
	lines := strings.Split(text, "\n")
	if len(lines) != height {
		return fmt.Errorf("%d lines on a screen of %d", len(lines), height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > width {
			return fmt.Errorf("line %d is %d cells wide on a screen of %d: %q", i, w, width, l)
		}
	}
	return nil
}

// Expect fails unless the screen holds each text.
func (s *Script) Expect(texts ...string) {
	s.T.Helper()
	screen := s.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.T.Fatalf("the screen does not say %q:\n%s", text, screen)
		}
	}
}

// Reject fails if the screen holds one of the texts.
func (s *Script) Reject(texts ...string) {
	s.T.Helper()
	screen := s.Screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.T.Fatalf("the screen says %q:\n%s", text, screen)
		}
	}
}

// Quit reports whether the program asked to end.
func (s *Script) Quit() bool { return s.quit }

// Clipboard is what was copied last.
func (s *Script) Clipboard() string { return s.clipboard }

// Key is the press of a key by its name.
func Key(name string) tea.KeyPressMsg {
	var k tea.Key
	base := name
	for _, m := range []struct {
		name string
		mod  tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if rest, ok := strings.CutPrefix(base, m.name); ok && rest != "" {
			base, k.Mod = rest, k.Mod|m.mod
		}
	}
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3,
	}
	switch code, ok := named[base]; {
	case ok:
		k.Code = code
	case base == "space":
		k.Code, k.Text = tea.KeySpace, " "
	default:
		k.Code = []rune(base)[0]
		if k.Mod&^tea.ModShift == 0 {
			k.Text = base
		}
	}
	return tea.KeyPressMsg(k)
}
