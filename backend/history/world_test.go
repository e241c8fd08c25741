package history

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// spent is what a store says that a fleet's VMs cost up to a moment.
func spent(t *testing.T, s *Store, to time.Time) string {
	t.Helper()
	list, err := s.Costs(t.Context(), Question{By: ByAll, Period: model.Monthly, Window: model.Window{From: at(-24), To: to}, Now: to})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(figures(list))
}

// TestClockGoesBack restarts an emulator, whose clock begins again, under a
// recorder that stays, and under one that is started afterwards.
func TestClockGoesBack(t *testing.T) {
	for name, stays := range map[string]bool{"the recorder stays": true, "another recorder": false} {
		path := filepath.Join(t.TempDir(), "history.db")
		s, other := openAt(t, path), openAt(t, path)
		f := newFleet(2, 3)
		r := f.recorder(s)
		for h := range 100 {
			r.offer(t, f.poll(at(float64(h)/10)))
		}
		r.diff.coverAll()
		r.offer(t, f.poll(at(10)))
		r.diff.coverAll()
		r.write(t.Context())
		if err := s.Settle(t.Context(), at(9)); err != nil {
			t.Fatal(err)
		}
		if got := spent(t, other, at(10)); got != "60.00" {
			t.Fatalf("%s: before, %s", name, got)
		}
		f = newFleet(2, 3) // the same targets, as they were at first
		if !stays {
			r = f.recorder(s)
		}
		r.o.Now = func() time.Time { return f.now }
		for h := range 11 {
			r.offer(t, f.poll(at(float64(h)/10)))
		}
		r.diff.coverAll()
		r.write(t.Context())
		for _, s := range []*Store{s, other} {
			if got := spent(t, s, at(1)); got != "6.00" {
				t.Errorf("%s: an hour of the new world cost %s", name, got)
			}
		}
		aside := s.SetAside()
		if !strings.Contains(aside, ".before-") {
			t.Fatalf("%s: the old world is kept as %q", name, aside)
		}
		old := openAt(t, aside)
		if got := spent(t, old, at(10)); got != "60.00" {
			t.Errorf("%s: the old world cost %s", name, got)
		}
		if begun, err := s.newWorld(t.Context(), at(1), DefaultTolerance); begun || err != nil {
			t.Errorf("%s: begun again: %v, %v", name, begun, err)
		}
	}
}

// TestClocksApart is two programs on a fast emulator that do not agree to the
// second: that is no new world.
func TestClocksApart(t *testing.T) {
	s := openNew(t)
	f := newFleet(1, 1)
	r := f.recorder(s)
	r.offer(t, f.poll(at(10)))
	r.diff.coverAll()
	r.write(t.Context())
	fast := f.recorder(s)
	snap := f.poll(at(9))
	snap.Clock.Speed = 3600
	fast.offer(t, snap)
	if s.SetAside() != "" {
		t.Errorf("a second on the wall is a new world: %s", s.SetAside())
	}
}

// TestInMemory is a history that leaves nothing behind.
func TestInMemory(t *testing.T) {
	t.Chdir(t.TempDir())
	s, other := openAt(t, InMemory), openAt(t, InMemory)
	f := newFleet(2, 3)
	r := s.Record(t.Context(), RecorderOptions{Now: func() time.Time { return f.now }})
	r.Offer(f.poll(at(0)))
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again := f.recorder(s)
	again.offer(t, f.poll(at(0).Add(time.Minute)))
	again.diff.coverAll()
	again.write(t.Context())
	if got := spent(t, s, at(0).Add(time.Minute)); got != "0.10" {
		t.Errorf("a minute cost %s", got)
	}
	if got := spent(t, other, at(1)); got != "" {
		t.Errorf("another history knows of %s", got)
	}
	if err := s.Journal().Record(t.Context(), operation("a", "sent")); err != nil {
		t.Fatal(err)
	}
	if left, err := s.Journal().Unfinished(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("its own operations are unfinished ones of another: %v, %v", left, err)
	}
	if begun, err := s.newWorld(t.Context(), at(-100), DefaultTolerance); !begun || err != nil {
		t.Errorf("no new world in memory: %v", err)
	}
	if left, err := filepath.Glob("*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
