package ui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

// crowd is the program in front of n instances, everything derived, and the
// snapshot it shows.
func crowd(b *testing.B, n int) (*ui.App, *model.Snapshot) {
	b.Helper()
	wall := time.Unix(1_800_000_000, 0)
	snap := uitest.Crowd(n)
	snap.Clock.Wall = wall
	app, err := ui.New(b.Context(), uitest.NewSource(snap), ui.Options{Theme: "dark", Now: wall})
	if err != nil {
		b.Fatal(err)
	}
	settle(app, tea.WindowSizeMsg{Width: 200, Height: 60})
	settle(app, ui.Snapshot(snap))
	settle(app, uitest.Key("3"))
	return app, snap
}

// settle gives a message and runs what comes of it, except waiting for the
// source and the clock.
func settle(app *ui.App, msg tea.Msg) {
	_, cmd := app.Update(msg)
	for _, msg := range ui.Work(cmd) {
		settle(app, msg)
	}
}

// BenchmarkKey is a key press with the screen it leads to.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			app, _ := crowd(b, n)
			down, up := uitest.Key("j"), uitest.Key("k")
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				key := down
				if i%90 > 45 {
					key = up
				}
				app.Update(key)
				if app.View().Content == "" {
					b.Fatal("nothing on the screen")
				}
			}
		})
	}
}

// BenchmarkView is the screen at 200×60, plain and with a dialog on top.
func BenchmarkView(b *testing.B) {
	for _, keys := range [][]string{{}, {"?"}} {
		b.Run(fmt.Sprint(keys), func(b *testing.B) {
			app, _ := crowd(b, 100_000)
			for _, k := range keys {
				settle(app, uitest.Key(k))
			}
			b.ReportAllocs()
			for b.Loop() {
				app.View()
			}
		})
	}
}

// BenchmarkOverview is a second passing on the overview of 100,000 targets, with
// the screen.
func BenchmarkOverview(b *testing.B) {
	app, snap := crowd(b, 100_000)
	settle(app, uitest.Key("0"))
	at := snap.Clock.Wall
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(time.Second)
		app.Update(ui.Tick(at))
		app.View()
	}
}

// BenchmarkTick is a second passing at 100,000 targets, with the screen.
func BenchmarkTick(b *testing.B) {
	app, snap := crowd(b, 100_000)
	at := snap.Clock.Wall
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(time.Second)
		app.Update(ui.Tick(at))
		app.View()
	}
}

// BenchmarkSnapshot is a snapshot in which one of 100,000 rows changed.
func BenchmarkSnapshot(b *testing.B) {
	app, snap := crowd(b, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		next := *snap
		next.Seq++
		next.Instances = append([]*model.Instance(nil), snap.Instances...)
		row := *next.Instances[7]
		row.State = model.StateStopping
		next.Instances[7] = &row
		snap = next.Seal()
		b.StartTimer()
		app.Update(ui.Snapshot(snap))
		app.View()
	}
}
