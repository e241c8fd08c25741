package ui_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

// play runs the whole program in a bubble, hands it to a user, and returns the
// model it ended with.
func play(t *testing.T, use func(p *tea.Program, src *uitest.Source)) (final *ui.App, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		snap := uitest.Fleet()
		snap.Clock.Wall = time.Now()
		src := uitest.NewSource(snap)
		app, err2 := ui.New(ctx, src, ui.Options{Theme: "dark", Now: time.Now()})
		if err2 != nil {
			t.Fatal(err2)
		}
		p := tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard),
			tea.WithoutSignalHandler(), tea.WithWindowSize(120, 30), tea.WithFPS(1), tea.WithFilter(ui.Calm))
		go func() {
			use(p, src)
		}()
		var m tea.Model
		m, err = p.Run()
		cancel()
		time.Sleep(time.Minute) // the timers of commands under way
		final, _ = m.(*ui.App)
	})
	return final, err
}

func TestProgramRunsTenMinutesAndQuits(t *testing.T) {
	app, err := play(t, func(p *tea.Program, src *uitest.Source) {
		p.Send(uitest.Key("3"))
		for range 10 {
			time.Sleep(time.Minute)
			src.Publish(func(n *model.Snapshot) { n.Budget.Remaining-- })
			p.Send(tea.MouseMotionMsg{})
		}
		p.Send(uitest.Key("q"))
		p.Send(uitest.Key("y"))
	})
	if err != nil {
		t.Fatal(err)
	}
	text := app.View().Content
	if err := uitest.Fits(plain(text), 120, 30); err != nil {
		t.Error(err)
	}
	if want := "budget 221/250"; !contains(text, want) {
		t.Errorf("the last screen does not say %q:\n%s", want, plain(text))
	}
}

func TestProgramEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		src := uitest.NewSource(uitest.Fleet())
		app, err := ui.New(ctx, src, ui.Options{Theme: "dark", Now: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		p := tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24))
		go func() {
			time.Sleep(10 * time.Second)
			cancel()
		}()
		if _, err := p.Run(); !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
		time.Sleep(time.Minute)
	})
}
