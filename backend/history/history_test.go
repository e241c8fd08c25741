package history

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
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

// TestSumsAreTheirIntervals plays a random month on several targets, with
// breaks, fills and sums made at any moment, and holds the sums against the
// intervals.
func TestSumsAreTheirIntervals(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := openNew(t)
		ids := map[string]bool{}
		last := map[string]time.Time{}
		now := at(0)
		for range 120 {
			now = now.Add(time.Duration(r.Int64N(int64(90 * time.Minute))))
			ws := fmt.Sprint("ws", r.IntN(3))
			p := part(ws)
			before, batch := last[ws], Batch{}
			if r.IntN(8) == 0 {
				before = time.Time{}
			}
			from := before
			if before.IsZero() {
				from = now
			}
			var seen []Sighting
			for i := range 4 {
				if r.IntN(3) == 0 {
					continue
				}
				owner := fmt.Sprint("owner", r.IntN(2))
				b := running(owner, r.Int64N(900))
				switch r.IntN(4) {
				case 0:
					b = stopped(owner)
				case 1:
					b.Price = model.Price{}
				}
				id := targetID(ws, fmt.Sprint("t", i))
				ids[id] = true
				x := Sighting{ID: id, Kind: "instance", Name: id, Part: p, Billing: b, Seen: now, Before: before, At: now.Add(-time.Duration(r.Int64N(int64(time.Hour)))), Source: "last operation"}
				x.Gone = r.IntN(9) == 0
				if r.IntN(2) == 0 {
					x.Steady, x.Ended = now.Add(-time.Duration(r.Int64N(int64(20*time.Hour)))), r.IntN(2) == 0
				}
				seen = append(seen, x)
			}
			if before.IsZero() {
				batch.Listings = []Listing{{p, now, seen}}
			} else {
				batch.Sightings = seen
			}
			batch.Coverage = []Coverage{{p, model.Window{From: from, To: now}}}
			if err := s.Observe(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
			last[ws] = now
			if r.IntN(6) == 0 {
				oldest := now
				for _, l := range last {
					if l.Before(oldest) {
						oldest = l
					}
				}
				if err := s.Settle(t.Context(), oldest); err != nil {
					t.Fatal(err)
				}
			}
		}
		holdSums(t, s, ids, model.Window{From: at(-30 * 24), To: now}, fmt.Sprint("seed ", seed))
	}
}

// holdSums holds what Costs says against the lives of targets.
func holdSums(t *testing.T, s *Store, ids map[string]bool, w model.Window, name string) {
	t.Helper()
	var want model.Spend
	for id := range ids {
		l, err := s.Life(t.Context(), id, w)
		if err != nil {
			t.Fatal(err)
		}
		want = want.Plus(l.Spend(w))
	}
	if want.Compute.Money() == 0 || want.Unobserved == 0 || want.Unpriced == 0 {
		t.Fatalf("%s: nothing to compare: %+v", name, want)
	}
	for _, q := range []Question{
		{By: ByAll, Period: model.Hourly}, {By: ByAll, Period: model.Daily}, {By: ByAll, Period: model.Monthly},
		{By: ByOwner, Period: model.Daily}, {By: ByWorkspace, Period: model.Daily}, {By: BySize, Period: model.Monthly}, {By: ByTarget, Period: model.Monthly},
	} {
		q.Window, q.Now, q.Slack = w, w.To, time.Nanosecond
		list, err := s.Costs(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var got model.Spend
		for _, c := range list {
			got = got.Plus(c.Spend)
		}
		if q.By == ByTarget { // ranked by their VMs only
			if got.Compute != want.Compute {
				t.Errorf("%s: targets cost %+v, their intervals %+v", name, got.Compute, want.Compute)
			}
			continue
		}
		if got != want {
			t.Errorf("%s: %s by %d: %+v\nintervals: %+v", name, q.By, q.Period, got, want)
		}
	}
}

func TestDamagedFileIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	if s.SetAside() == "" {
		t.Fatal("a damaged file was not said to be set aside")
	}
	if text, err := os.ReadFile(s.SetAside()); err != nil || !strings.HasPrefix(string(text), "this is no database") {
		t.Errorf("what was set aside is not the file: %v", err)
	}
	(&story{t: t, s: s}).see(0, running("ana", 1))
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	s := openAt(t, path)
	if _, err := s.db.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), options(t, path))
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "update amltop") {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(path + ".damaged*"); len(left) > 0 {
		t.Errorf("the file was set aside: %v", left)
	}
}

func TestFilesAreNobodyElses(t *testing.T) {
	s := openNew(t)
	(&story{t: t, s: s}).see(0, running("ana", 1))
	entries, err := os.ReadDir(filepath.Dir(s.Path()))
	if err != nil || len(entries) < 3 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", e.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Dir(s.Path())); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
}

func TestNoPlaceIsAnError(t *testing.T) {
	for _, path := range []string{"", "/proc/nowhere/history.db"} {
		if _, err := Open(t.Context(), options(t, path)); err == nil || !strings.Contains(err.Error(), "no history") {
			t.Errorf("%q: %v", path, err)
		}
	}
}

// TestFullDiskIsSaid caps the file where it is.
func TestFullDiskIsSaid(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	y.see(0, running("ana", 1))
	if _, err := s.db.ExecContext(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	var err error
	for i := 0; err == nil && i < 200; i++ {
		err = s.Observe(t.Context(), Batch{Sightings: []Sighting{{ID: fmt.Sprint("/x", i), Part: part(fmt.Sprint("w", i)), Billing: running(strings.Repeat("o", 900+i), 1), At: at(1), Seen: at(1)}}})
	}
	if err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("got %v", err)
	}
	if _, err := s.db.ExecContext(t.Context(), "PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	y.see(1, running("ana", 2)) // goes on once there is room
	if l, _ := y.life(0, 1); len(l.Intervals) != 1 {
		t.Errorf("%d intervals", len(l.Intervals))
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct{ goos, home, xdg, local, want string }{
		{"linux", "/home/ana", "", "", "/home/ana/.local/state/amltop"},
		{"linux", "/home/ana", "/state", "", "/state/amltop"},
		{"linux", "/home/ana", "relative", "", "/home/ana/.local/state/amltop"},
		{"darwin", "/Users/ana", "", "", "/Users/ana/Library/Application Support/amltop"},
		{"windows", "/Users/ana", "", "/Users/ana/AppData/Local", "/Users/ana/AppData/Local/amltop"},
		{"linux", "", "", "", ""},
	} {
		env := map[string]string{"XDG_STATE_HOME": c.xdg, "LocalAppData": c.local}
		if got := Place(c.goos, c.home, func(k string) string { return env[k] }); filepath.ToSlash(got) != c.want {
			t.Errorf("%v: %q", c, got)
		}
	}
	if got := FileName(model.Origin{Carrier: model.CarrierEmulator, Host: "127.0.0.1:7070"}); got != "history-emulator-127.0.0.1_7070.db" {
		t.Error(got)
	}
}
