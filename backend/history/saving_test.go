package history

import (
	"testing"

	"github.com/amltop/amltop/model"
)

// savings are what the store has noted, as it must be.
func savings(t *testing.T, s *Store, want ...Saving) {
	t.Helper()
	list, err := s.Savings(t.Context())
	if err != nil || len(list) != len(want) {
		t.Fatalf("%+v, %v; want %d", list, err, len(want))
	}
	for i, v := range want {
		got := list[i]
		if !got.From.Equal(v.From) || !got.To.Equal(v.To) || got.Reason != v.Reason || got.Rate != v.Rate || got.Currency != v.Currency {
			t.Errorf("saving %d is %+v, want %+v", i, got, v)
		}
	}
}

// TestAStopSaves has an instance be stopped between two snapshots, whoever did
// it, and started again.
func TestAStopSaves(t *testing.T) {
	s := openNew(t)
	f := newFleet(1, 2)
	r := f.recorder(s)
	r.offer(t, f.poll(at(0)))
	savings(t, s)

	f.turn(0, model.StateStopped, at(0.1))
	r.offer(t, f.poll(at(0.2)))
	first := Saving{From: at(0.1), Reason: SavedByStop, Rate: model.Unit, Currency: "USD"}
	savings(t, s, first)
	r.offer(t, f.poll(at(0.3))) // nothing new
	savings(t, s, first)

	f.turn(0, model.StateStarting, at(0.35))
	r.offer(t, f.poll(at(0.4)))
	first.To = at(0.35)
	savings(t, s, first)

	f.turn(1, model.StateDeleting, at(0.45)) // deleting is no stop
	r.offer(t, f.poll(at(0.5)))
	savings(t, s, first)
}

// TestASavingEndsWhileNobodyWatched has the next run find out that what was
// stopped runs again, and that what ran is stopped; and it ends with the target.
func TestASavingEndsWhileNobodyWatched(t *testing.T) {
	s := openNew(t)
	f := newFleet(1, 2)
	r := f.recorder(s)
	r.offer(t, f.poll(at(0)))
	f.turn(0, model.StateStopped, at(0.1))
	r.offer(t, f.poll(at(0.2)))

	f.turn(0, model.StateRunning, at(3))
	f.turn(1, model.StateStopped, at(3))
	r = f.recorder(s)
	r.offer(t, f.poll(at(5)))
	first := Saving{From: at(0.1), To: at(5), Reason: SavedByStop, Rate: model.Unit, Currency: "USD"}
	second := Saving{From: at(5), Reason: SavedByStop, Rate: model.Unit, Currency: "USD"}
	savings(t, s, second, first)

	f.instances = f.instances[:1]
	r.offer(t, f.poll(at(5.1)))
	second.To = at(5.1)
	savings(t, s, second, first)
}

// TestScaleToZeroSavesAllNodes has a cluster give its nodes back in steps: what
// is saved is all it had before them, not the last step, and not what it had
// long ago.
func TestScaleToZeroSavesAllNodes(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	cluster := func(x *Sighting) { x.Kind = "cluster" }
	nodes := func(n int) model.Billing {
		b := running("ana", 100)
		b.State, b.Units = "Steady", n
		return b
	}
	y.see(0, nodes(9), cluster)
	y.see(0.1, nodes(4), cluster)
	for _, step := range []struct {
		h float64
		n int
	}{{2, 4}, {2.1, 3}, {2.2, 1}, {2.25, 0}} {
		y.see(step.h, nodes(step.n), cluster)
	}
	want := Saving{From: at(2.25), Reason: SavedByScaleToZero, Rate: 4 * model.Unit, Currency: "USD"}
	savings(t, s, want)

	y.see(4, nodes(2), cluster)
	want.To = at(4)
	savings(t, s, want)
}
