package history

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

var epoch = time.Date(2025, 11, 3, 8, 30, 0, 0, time.UTC)

func at(h float64) time.Time { return epoch.Add(time.Duration(h * float64(time.Hour))) }

func options(t testing.TB, path string) Options {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return Options{Path: path, Now: func() time.Time { return epoch }, Zone: zone}
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), options(t, path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func openNew(t testing.TB) *Store {
	return openAt(t, filepath.Join(t.TempDir(), "state", "history.db"))
}

func part(ws string) Part {
	id := "/subscriptions/s1/resourcegroups/rg/providers/microsoft.machinelearningservices/workspaces/" + ws
	return Part{PartKey{model.SectionComputes, model.WorkspaceID(id)}, ws, "s1"}
}

func targetID(ws, name string) string { return string(part(ws).Workspace) + "/computes/" + name }

func running(owner string, cents int64) model.Billing {
	return model.Billing{
		State: "Running", Units: 1, VMSize: "Standard_DS3_v2", Tier: model.TierStandard, Location: "eastus", Owner: owner,
		Price:    model.Price{PerHour: model.Money(cents) * 10_000, Currency: "USD", Source: model.PriceService},
		Standing: model.Price{PerHour: 45_750, Currency: "USD", Source: model.PriceConfig},
	}
}

func stopped(owner string) model.Billing {
	b := running(owner, 29)
	b.State, b.Units = "Stopped", 0
	return b
}

// story observes one target as a list of what was seen when.
type story struct {
	t      testing.TB
	s      *Store
	before time.Time
}

func (y *story) see(h float64, b model.Billing, more ...func(*Sighting)) {
	y.t.Helper()
	x := Sighting{ID: targetID("vision", "ana"), Kind: "instance", Name: "ana", Part: part("vision"), Billing: b, At: at(h), Seen: at(h), Before: y.before}
	for _, m := range more {
		m(&x)
	}
	from := at(h)
	if !y.before.IsZero() {
		from = y.before
	}
	batch := Batch{Sightings: []Sighting{x}, Coverage: []Coverage{{part("vision"), model.Window{From: from, To: at(h)}}}}
	if y.before.IsZero() {
		batch.Sightings, batch.Listings = nil, []Listing{{part("vision"), at(h), []Sighting{x}}}
	}
	if err := y.s.Observe(y.t.Context(), batch); err != nil {
		y.t.Fatal(err)
	}
	y.before = at(h)
}

func (y *story) life(from, to float64) (Life, model.Window) {
	y.t.Helper()
	w := model.Window{From: at(from), To: at(to)}
	l, err := y.s.Life(y.t.Context(), targetID("vision", "ana"), w)
	if err != nil {
		y.t.Fatal(err)
	}
	return l, w
}

func TestGapsAreNeverBilled(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	y.see(0, running("ana", 100))
	y.see(2, running("ana", 100))
	y.before = time.Time{} // the program ended, and was started seven hours later
	y.see(9, running("ana", 100))
	y.see(10, running("ana", 100))
	l, w := y.life(-5, 10)
	got := l.Spend(w)
	if got.Compute.Money() != 3*model.Unit || got.Gap() != 7*time.Hour {
		t.Errorf("billed %s, unobserved %v; want 3.00, 7h", got.Compute.Money().Decimal(), got.Gap())
	}
	gaps, err := s.Gaps(t.Context(), at(-5))
	if err != nil || len(gaps) != 1 || !gaps[0].From.Equal(at(2)) || !gaps[0].To.Equal(at(9)) || gaps[0].Name != "vision" {
		t.Errorf("gaps %v, %v", gaps, err)
	}
	// The activity log knows of a stop and a start meanwhile.
	for _, f := range []struct {
		from, to float64
		b        model.Billing
	}{{1, 4, running("ana", 100)}, {4, 8, stopped("ana")}, {7, 9.5, running("ana", 100)}} {
		for range 2 { // again changes nothing
			if err := s.Fill(t.Context(), l.ID, model.Interval{Window: model.Window{From: at(f.from), To: at(f.to)}, Billing: f.b}, "activity log", ConfidenceHigh); err != nil {
				t.Fatal(err)
			}
		}
	}
	l, w = y.life(-5, 10)
	if got = l.Spend(w); got.Compute.Money() != 6*model.Unit || got.Gap() != 0 || len(l.Gaps()) != 0 {
		t.Errorf("filled: billed %s, unobserved %v; want 6.00, 0", got.Compute.Money().Decimal(), got.Gap())
	}
}

func TestLastOperationFillsAGap(t *testing.T) {
	for _, c := range []struct {
		name    string
		after   model.Billing
		steady  float64
		ended   bool
		compute int64 // dollars
		gap     time.Duration
	}{
		{"nothing was done", running("ana", 100), -1, false, 10, 0},
		{"started again in between", running("ana", 100), 6, true, 6, 4 * time.Hour}, // when it was stopped nobody knows
		{"stopped in between", stopped("ana"), 5, true, 5, 4 * time.Hour},
		{"nothing is known", running("ana", 100), -9000, false, 3, 7 * time.Hour},
	} {
		y := &story{t: t, s: openNew(t)}
		y.see(0, running("ana", 100))
		y.see(2, running("ana", 100))
		y.before = time.Time{}
		y.see(9, c.after, func(s *Sighting) {
			if c.steady > -9000 {
				s.Steady, s.Ended, s.Source = at(c.steady), c.ended, "last operation"
			}
		})
		y.see(10, c.after)
		l, w := y.life(0, 10)
		got := l.Spend(w)
		want := model.Money(c.compute) * model.Unit
		if got.Compute.Money() != want || got.Gap() != c.gap {
			t.Errorf("%s: billed %s, unobserved %v; want %s, %v", c.name, got.Compute.Money().Decimal(), got.Gap(), want.Decimal(), c.gap)
		}
	}
}

// TestTwoProgramsCountOnce lets two programs see the same, one a little later.
func TestTwoProgramsCountOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	a, b := &story{t: t, s: openAt(t, path)}, &story{t: t, s: openAt(t, path)}
	script := []model.Billing{running("ana", 100), running("ana", 100), stopped("ana"), running("ana", 300), running("ana", 300)}
	for i, billing := range script {
		edge := func(s *Sighting) { s.At = at(float64(i)) }
		a.see(float64(i), billing, edge)
		b.see(float64(i)+0.01, billing, edge)
	}
	l, w := a.life(0, 4)
	if got := l.Spend(w); got.Compute.Money() != 5*model.Unit || len(l.Intervals) != 3 || got.Gap() != 0 {
		t.Errorf("billed %s in %d intervals, unobserved %v; want 5.00 in 3", got.Compute.Money().Decimal(), len(l.Intervals), got.Gap())
	}
}

func TestGoneTargetsEnd(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	y.see(0, running("ana", 100))
	y.see(1, running("ana", 100))
	// The next program lists the workspace, and the target is not there.
	err := s.Observe(t.Context(), Batch{
		Listings: []Listing{{Part: part("vision"), Seen: at(1).Add(10 * time.Second)}},
		Coverage: []Coverage{{part("vision"), model.Window{From: at(1).Add(10 * time.Second), To: at(5)}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	l, w := y.life(0, 5)
	if got := l.Spend(w).Compute.Money(); got < model.Unit || got > model.Unit+3000 {
		t.Errorf("billed %s, want an hour", got.Decimal())
	}
	y.see(6, running("ana", 100)) // created anew
	y.see(7, running("ana", 100))
	l, w = y.life(0, 7)
	if got := l.Spend(w).Compute.Money(); got < 2*model.Unit || got > 2*model.Unit+3000 {
		t.Errorf("billed %s, want two hours", got.Decimal())
	}
}
