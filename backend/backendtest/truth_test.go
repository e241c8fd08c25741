package backendtest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// truth is what the world itself says of its billing: how many VMs of each
// target were billed when.
type truth struct {
	start, end time.Time
	moments    []time.Time             // at which a number changed
	spans      map[string][]model.Span // by ARM id in lower case, in order
}

// tellTruth runs a world of its own, with nobody in it who acts, and writes down
// what it bills. Another with the same scenario and seed does the same.
func tellTruth(t *testing.T, name string, length time.Duration) *truth {
	t.Helper()
	w, err := sim.New(scenario(t, name), 1)
	if err != nil {
		t.Fatal(err)
	}
	tr := &truth{start: w.Start(), end: w.Start().Add(length), spans: map[string][]model.Span{}}
	units, before := map[string]int{}, w.Ledger()
	for w.Now().Before(tr.end) {
		at := w.Now()
		next, ok := w.Next()
		if !ok || next.After(tr.end) {
			next = tr.end
		}
		if !next.After(at) {
			next = at.Add(time.Nanosecond)
		}
		w.AdvanceTo(next.Add(-time.Nanosecond)) // what is billed until just before
		now := w.Ledger()
		changed := false
		if step := w.Now().Sub(at); step > 0 {
			for id, total := range now {
				n := int((total - before[id]) / step)
				if n != units[id] {
					tr.spans[id] = model.Extend(tr.spans[id], n, at)
					units[id], changed = n, true
				}
			}
		}
		if changed {
			tr.moments = append(tr.moments, at)
		}
		w.AdvanceTo(next)
		before = w.Ledger()
	}
	return tr
}

// billed is the VM time of a target in windows.
func (tr *truth) billed(id string, windows ...model.Window) time.Duration {
	var sum time.Duration
	for _, w := range windows {
		for _, s := range tr.spans[id] {
			span := model.Window{From: s.From, To: s.To}
			if s.Open() {
				span.To = tr.end
			}
			if both := span.And(w); !both.Empty() {
				sum += both.To.Sub(both.From) * time.Duration(s.Units)
			}
		}
	}
	return sum
}

// watchman is an amltop that watches a world and remembers, and can be killed.
type watchman struct {
	t        *testing.T
	wire     *arm.Transport
	path     string // of the history
	slack    time.Duration
	cancel   context.CancelFunc
	session  *backend.Session
	store    *history.Store
	recorder *history.Recorder
}

// open starts the program on the history there is.
func (w *watchman) open() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	w.cancel = cancel
	store, err := history.Open(ctx, history.Options{Path: w.path, Now: time.Now, Tolerance: w.slack})
	if err != nil {
		w.t.Fatal(err)
	}
	w.store = store
	const seldom = 10_000 * time.Hour // only when it is asked to
	w.session = backend.Open(ctx, client(w.t, azure.Options{Carrier: model.CarrierSim, Transport: w.wire, Now: time.Now}), backend.Options{
		Now: time.Now, Recorded: true, Tolerance: w.slack,
		Cadence: backend.Cadence{
			Transition: seldom, Visible: seldom, Subscriptions: seldom, Discovery: seldom, Confirm: seldom, Workspaces: seldom,
			Computes: seldom, Endpoints: seldom, Jobs: seldom, Quotas: seldom, Sizes: seldom, RowsPerSecond: 1_000_000,
		},
	})
	w.recorder = store.Follow(ctx, w.session, history.RecorderOptions{Now: time.Now, Flush: time.Hour, Tidy: seldom})
	time.Sleep(5 * time.Second) // everything has answered, and was written down
	synctest.Wait()
}

// poll asks for everything that bills.
func (w *watchman) poll() {
	w.t.Helper()
	for _, key := range []model.SectionKey{model.SectionComputes, model.SectionEndpoints} {
		if err := w.session.Refresh(w.t.Context(), key); err != nil {
			w.t.Fatal(err)
		}
	}
	synctest.Wait()
}

// end ends the program in good order.
func (w *watchman) end() {
	w.t.Helper()
	w.cancel()
	if err := errors.Join(w.session.Close(), w.recorder.Close(), w.store.Close()); err != nil {
		w.t.Error(err)
	}
}

// kill ends the program with the history as it is on the disk at this moment.
func (w *watchman) kill() {
	w.t.Helper()
	dir := w.t.TempDir()
	for _, tail := range []string{"", "-wal"} {
		bytes, err := os.ReadFile(w.path + tail)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "history.db"+tail), bytes, 0o600)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	w.end()
	w.path = filepath.Join(dir, "history.db")
}

// TestAMonthToTheCent watches a simulated month and holds every target's cost
// against what the world itself has written down.
func TestAMonthToTheCent(t *testing.T) {
	tr := tellTruth(t, "demo", 30*24*time.Hour)
	synctest.Test(t, func(t *testing.T) {
		world, err := sim.New(scenario(t, "demo"), 1)
		if err != nil {
			t.Fatal(err)
		}
		w := &watchman{
			t: t, wire: arm.New(world, arm.Options{Now: time.Now}).Transport(),
			path: filepath.Join(t.TempDir(), "history.db"), slack: 24 * time.Hour,
		}
		epoch := time.Now()
		w.open()
		for _, at := range append(tr.moments, tr.end) {
			if wait := time.Until(epoch.Add(at.Sub(tr.start))); wait > 0 {
				time.Sleep(wait)
			}
			w.poll()
		}
		time.Sleep(2 * time.Second)
		snap := newest(t, w.session)
		tr.hold(t, w.store, snap)
		w.end()
	})
}

// hold compares what is remembered with the truth, per target and in sum.
func (tr *truth) hold(t *testing.T, store *history.Store, snap *model.Snapshot) {
	t.Helper()
	all := model.Window{From: tr.start, To: tr.end}
	var got, want, gaps model.Spend
	for id := range tr.spans {
		l, err := store.Life(t.Context(), id, all)
		if err != nil {
			t.Fatal(err)
		}
		spend := l.Spend(all)
		known := all.Without(l.Gaps())
		units := tr.billed(id, known...)
		var price model.Price
		for _, i := range l.Intervals {
			if i.Price.Known() {
				price = i.Price
			}
		}
		truth := model.Spend{Compute: model.ExactOver(price.PerHour, units.Milliseconds())}
		if off := spend.Compute.Money() - truth.Compute.Money(); off.Abs() >= 10_000 {
			t.Errorf("%s: %s, in truth %s (%v of VMs, in truth %v; unpriced %d)", model.BaseName(id), spend.Compute.Money(), truth.Compute.Money(), time.Duration(spend.Units)*time.Millisecond, units, spend.Unpriced)
		}
		got, want = got.Plus(spend), want.Plus(truth)
		gaps.Unobserved += spend.Unobserved
	}
	if off := got.Compute.Money() - want.Compute.Money(); off.Abs() >= 10_000 {
		t.Errorf("in sum %s, in truth %s", got.Compute.Money(), want.Compute.Money())
	}
	t.Logf("%d targets, %d changes: %s, in truth %s, unobserved %v", len(tr.spans), len(tr.moments), got.Compute.Money(), want.Compute.Money(), gaps.Gap())
}
