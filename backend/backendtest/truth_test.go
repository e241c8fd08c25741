package backendtest_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// watchman is an amltop that watches a world and remembers, and can be killed.
type watchman struct {
	t        *testing.T
	wire     *arm.Transport
	path     string // of the history
	slack    time.Duration
	only     []string // workspaces
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
		Now: time.Now, Recorded: true, Tolerance: w.slack, Narrow: model.Narrow{Workspaces: w.only},
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

// watched are workspaces of the demo in which everything that bills comes and
// goes.
var watched = []string{"vision", "nlp"}

// station begins to watch a world of its own.
func station(t *testing.T, slack time.Duration) (*watchman, func(tr *truth, at time.Time)) {
	t.Helper()
	world, err := sim.New(scenario(t, "demo"), 1)
	if err != nil {
		t.Fatal(err)
	}
	w := &watchman{
		t: t, wire: arm.New(world, arm.Options{Now: time.Now}).Transport(), only: watched,
		path: filepath.Join(t.TempDir(), "history.db"), slack: slack,
	}
	epoch := time.Now()
	w.open()
	return w, func(tr *truth, at time.Time) {
		if wait := time.Until(epoch.Add(at.Sub(tr.start))); wait > 0 {
			time.Sleep(wait)
		}
	}
}

// TestAMonthToTheCent watches a simulated month, looking whenever something
// changes, and holds every target's cost against what the world itself has
// written down.
func TestAMonthToTheCent(t *testing.T) {
	if testing.Short() {
		t.Skip("a month takes a while")
	}
	tr := tellTruth(t, "demo", 30*24*time.Hour)
	synctest.Test(t, func(t *testing.T) {
		w, until := station(t, 24*time.Hour)
		for _, at := range tr.changes() {
			until(tr, at)
			w.poll()
		}
		time.Sleep(2 * time.Second)
		snap := newest(t, w.session)
		spend := tr.hold(t, w, snap, 0)
		if gap := spend.Gap(); gap > time.Minute {
			t.Errorf("%v unobserved, though somebody always watched", gap)
		}
	})
}

// TestKilledAndRestarted kills the program again and again in days in which
// something changes every minute, and starts it again after a while. What it
// says of the rest is still to the cent.
func TestKilledAndRestarted(t *testing.T) {
	if testing.Short() {
		t.Skip("ten days take a while")
	}
	tr := tellTruth(t, "demo", 10*24*time.Hour)
	r := rand.New(rand.NewPCG(7, 7))
	synctest.Test(t, func(t *testing.T) {
		w, until := station(t, 24*time.Hour)
		var away time.Duration // in all
		skip := time.Time{}
		for _, at := range tr.changes() {
			if at.Before(skip) {
				continue
			}
			if !skip.IsZero() {
				until(tr, skip)
				w.open()
				skip = time.Time{}
			}
			until(tr, at)
			w.poll()
			if r.IntN(60) == 0 && at.Before(tr.end.Add(-24*time.Hour)) {
				gone := time.Duration(r.IntN(300)) * time.Minute
				w.kill()
				skip = at.Add(gone)
				away += gone
			}
		}
		time.Sleep(2 * time.Second)
		spend := tr.hold(t, w, newest(t, w.session), 0)
		if away < 24*time.Hour || spend.Gap() < away {
			t.Errorf("away for %v, unobserved %v: that holds little", away, spend.Gap())
		}
	})
}

// TestCoarseLooks looks every few minutes only: what lies between two looks is
// uncertain, and nothing else is off.
func TestCoarseLooks(t *testing.T) {
	const every = 5 * time.Minute
	tr := tellTruth(t, "demo", 3*24*time.Hour)
	synctest.Test(t, func(t *testing.T) {
		w, until := station(t, 0)
		for at := tr.start.Add(every); !at.After(tr.end); at = at.Add(every) {
			until(tr, at)
			w.poll()
		}
		time.Sleep(2 * time.Second)
		tr.hold(t, w, newest(t, w.session), every)
	})
}

// hold ends the program and compares what it remembers, and what its last
// snapshot says, with the truth: per target and in sum, as far as it says that
// it knows. blind is how long it was blind between two looks.
func (tr *truth) hold(t *testing.T, w *watchman, snap *model.Snapshot, blind time.Duration) model.Spend {
	t.Helper()
	w.end()
	store, err := history.Open(t.Context(), history.Options{Path: w.path, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	meters := metersOf(snap)
	all := model.Window{From: tr.start, To: tr.end}
	var got, want model.Spend
	targets := 0
	for id, spans := range tr.spans {
		if !slices.Contains(watched, model.BaseName(string(model.WorkspaceIDOf(id)))) {
			continue
		}
		targets++
		l, err := store.Life(t.Context(), id, all)
		if err != nil {
			t.Fatal(err)
		}
		spend, truth := l.Spend(all), tr.cost(&l, all)
		slack := model.Money(10_000) + priceOf(&l).PerHour.For(2*blind*time.Duration(len(spans))).Times(unitsOf(spans))
		near(t, id, spend, truth, slack)
		if m, ok := meters[id]; ok {
			month := model.Window{From: model.StartOfMonth(tr.end, time.UTC), To: tr.end}.And(all)
			near(t, id+" by its meter", model.Spend{Compute: model.Exact{Micros: m.Only(model.ChargeCompute).Between(month.From, month.To)}}, tr.cost(&l, month), slack)
		}
		if off := time.Duration(spend.Units-truth.Units) * time.Millisecond; !priceOf(&l).Known() && off.Abs() > time.Minute+2*blind*time.Duration(len(spans)*unitsOf(spans)) {
			t.Errorf("%s, which has no price: %v of VMs are off", model.BaseName(id), off)
		}
		got, want = got.Plus(spend), want.Plus(truth)
	}
	near(t, "in sum", got, want, model.Money(10_000)+model.Money(blind.Milliseconds())*10_000)
	if targets < 10 || got.Compute.Money() < 1_000_000_000 {
		t.Errorf("%d targets cost %s: that holds little", targets, got.Compute.Money().Decimal())
	}
	t.Logf("%d targets: %s, in truth %s; unobserved %v, unsure %v", targets, got.Compute.Money().Decimal(), want.Compute.Money().Decimal(), got.Gap(), time.Duration(got.Unsure)*time.Millisecond)
	return got
}

// cost is what a target cost in truth in the part of a window of which its life
// says that it is known and sure.
func (tr *truth) cost(l *history.Life, w model.Window) model.Spend {
	billed, _ := model.Sift(l.Intervals, l.Seen, l.Fills)
	var known []model.Window
	for _, b := range billed {
		if !b.Unsure {
			known = append(known, b.And(w))
		}
	}
	millis := tr.billed(l.ID, model.Union(known)...).Milliseconds()
	return model.Spend{Compute: model.ExactOver(priceOf(l).PerHour, millis), Units: millis}
}

func near(t *testing.T, what string, got, want model.Spend, slack model.Money) {
	t.Helper()
	if off := got.Compute.Money() - want.Compute.Money(); max(off, -off) >= slack {
		t.Errorf("%s: %s, in truth %s (%v and %v of VMs)", what[strings.LastIndex(what, "/")+1:], got.Compute.Money().Decimal(), want.Compute.Money().Decimal(),
			time.Duration(got.Units)*time.Millisecond, time.Duration(want.Units)*time.Millisecond)
	}
}

// priceOf is the one price a target had.
func priceOf(l *history.Life) model.Price {
	for _, i := range l.Intervals {
		if i.Price.Known() {
			return i.Price
		}
	}
	return model.Price{}
}

func unitsOf(spans []model.Span) int {
	most := 1
	for _, s := range spans {
		most = max(most, s.Units)
	}
	return most
}

func metersOf(s *model.Snapshot) map[string]model.Meter {
	meters := map[string]model.Meter{}
	for _, r := range s.Instances {
		meters[string(r.ID)] = r.Meter
	}
	for _, r := range s.Clusters {
		meters[string(r.ID)] = r.Meter
	}
	for _, r := range s.Deployments {
		meters[string(r.ID)] = r.Meter
	}
	return meters
}
