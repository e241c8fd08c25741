package history

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// TestSinceThen tells an afternoon: an instance stops, starts again and goes,
// and nobody watches for a while.
func TestSinceThen(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	if began, err := s.Since(t.Context()); err != nil || !began.IsZero() {
		t.Errorf("an empty history began %v, %v", began, err)
	}
	y.see(0, running("ana", 100))
	y.see(1, stopped("ana"))
	y.see(2, running("ana", 100))
	y.see(3, stopped("ana"))
	y.before = time.Time{}
	y.see(9, stopped("ana"))
	y.see(10, stopped("ana"), func(x *Sighting) { x.Gone = true })
	id := targetID("vision", "ana")
	for _, c := range []struct {
		at    float64
		state string
		units int
		known bool
	}{{-1, "Running", 1, true}, {0.5, "Running", 1, true}, {1.5, "Stopped", 0, true}, {6, "Stopped", 0, true}, {11, "", 0, true}} {
		d, err := s.DigestAt(t.Context(), at(c.at))
		if err != nil {
			t.Fatal(err)
		}
		x := d.Targets[id]
		part := model.DigestPart{Section: model.SectionComputes, Workspace: part("vision").Workspace}
		if x.State != c.state || x.Units != c.units || d.Known[part] != c.known {
			t.Errorf("at %v: %+v, known %v", c.at, x, d.Known)
		}
		if c.state != "" && (x.Kind != "instance" || x.Name != "ana" || x.Owner != "ana" || x.Part != part) {
			t.Errorf("at %v: %+v", c.at, x)
		}
	}
	turns, err := s.Turns(t.Context(), model.Window{From: at(0.5), To: at(5)})
	if err != nil || len(turns) != 1 || turns[id].N != 3 || turns[id].Peak != 1 || !turns[id].Last.Equal(at(3)) {
		t.Errorf("turns %+v, %v", turns, err)
	}
	if began, err := s.Since(t.Context()); err != nil || !began.Equal(at(0)) {
		t.Errorf("began %v, %v", began, err)
	}
	gaps, err := s.Unwatched(t.Context(), model.Window{From: at(-3), To: at(14)}, time.Hour)
	if err != nil || len(gaps) != 2 || !gaps[0].From.Equal(at(3)) || !gaps[0].To.Equal(at(9)) || !gaps[1].To.Equal(at(14)) || gaps[0].Workspace != "vision" {
		t.Errorf("gaps %+v, %v", gaps, err)
	}
}
