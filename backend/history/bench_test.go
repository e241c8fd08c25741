package history

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// The fleet of the benchmarks: 1,000 workspaces of 100 targets, watched for 30
// days, each target changing about once in four days and nothing else being
// written but how far it was watched, and sums.
const (
	benchWorkspaces = 1000
	benchEach       = 100
	benchDays       = 30
)

func benchSighting(r *rand.Rand, ws string, n int, seen, before time.Time) Sighting {
	owner := fmt.Sprint("owner", (n*7+len(ws)*13)%3000)
	b := stopped(owner)
	if r.IntN(4) == 0 {
		b = running(owner, int64(10*(1+n%40)))
	}
	b.VMSize = model.SizeName(fmt.Sprintf("Standard_D%ds_v5", n%60))
	return Sighting{ID: targetID(ws, fmt.Sprint("t", n)), Kind: "instance", Name: fmt.Sprint("t", n), Part: part(ws), Billing: b, At: seen, Seen: seen, Before: before}
}

// buildFleet writes the history of the fleet.
func buildFleet(b *testing.B, s *Store) time.Time {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	names := make([]string, benchWorkspaces)
	for w := range names {
		names[w] = fmt.Sprintf("workspace-%04d", w)
	}
	for _, ws := range names {
		l := Listing{Part: part(ws), Seen: at(0)}
		for n := range benchEach {
			l.Sightings = append(l.Sightings, benchSighting(r, ws, n, at(0), time.Time{}))
		}
		if err := s.Observe(b.Context(), Batch{Listings: []Listing{l}, Coverage: []Coverage{{part(ws), model.Window{From: at(0), To: at(0)}}}}); err != nil {
			b.Fatal(err)
		}
	}
	for h := 6; h <= benchDays*24; h += 6 {
		var batch Batch
		for range benchWorkspaces * benchEach / 16 {
			batch.Sightings = append(batch.Sightings, benchSighting(r, names[r.IntN(len(names))], r.IntN(benchEach), at(float64(h)), at(float64(h-6))))
		}
		for _, ws := range names {
			batch.Coverage = append(batch.Coverage, Coverage{part(ws), model.Window{From: at(float64(h - 6)), To: at(float64(h))}})
		}
		if err := s.Observe(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		if h%24 == 0 {
			if err := s.Settle(b.Context(), at(float64(h)-0.3)); err != nil {
				b.Fatal(err)
			}
		}
	}
	return at(benchDays * 24)
}

// BenchmarkFleet builds the file once and asks it what a cost pane asks.
func BenchmarkFleet(b *testing.B) {
	path := filepath.Join(b.TempDir(), "history.db")
	s := openAt(b, path)
	start := time.Now()
	now := buildFleet(b, s)
	if err := s.Tidy(b.Context(), now); err != nil {
		b.Fatal(err)
	}
	size, err := s.Size(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var rows int
	if err := s.read.QueryRowContext(b.Context(), "SELECT count(*) FROM interval").Scan(&rows); err != nil {
		b.Fatal(err)
	}
	b.Logf("built in %v: %d MB, %d intervals", time.Since(start).Round(time.Second), size>>20, rows)
	month := model.Window{From: model.StartOfMonth(now, s.o.Zone), To: now}
	days := model.Window{From: at(0), To: now}
	for _, q := range []struct {
		name string
		Question
	}{
		{"hours", Question{By: ByAll, Period: model.Hourly, Window: model.Window{From: now.AddDate(0, 0, -2), To: now}}},
		{"days", Question{By: ByAll, Period: model.Daily, Window: days}},
		{"owners", Question{By: ByOwner, Period: model.Monthly, Window: month}},
		{"owners by day", Question{By: ByOwner, Period: model.Daily, Window: days}},
		{"workspaces", Question{By: ByWorkspace, Period: model.Monthly, Window: month}},
		{"targets", Question{By: ByTarget, Period: model.Monthly, Window: month}},
	} {
		b.Run(q.name, func(b *testing.B) {
			q.Now = now
			for b.Loop() {
				list, err := s.Costs(b.Context(), q.Question)
				if err != nil || len(list) == 0 {
					b.Fatal(len(list), err)
				}
			}
		})
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			again, err := Open(b.Context(), options(b, path))
			if err != nil {
				b.Fatal(err)
			}
			if err := again.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("life", func(b *testing.B) {
		for b.Loop() {
			l, err := s.Life(b.Context(), targetID("workspace-0500", "t50"), days)
			if err != nil || l.Spend(days).Standing == (model.Exact{}) {
				b.Fatal(l, err)
			}
		}
	})
	h := 0.0
	b.Run("a minute without change", func(b *testing.B) {
		for b.Loop() {
			h += 1.0 / 60
			var batch Batch
			for w := range benchWorkspaces {
				batch.Coverage = append(batch.Coverage, Coverage{part(fmt.Sprintf("workspace-%04d", w)), model.Window{From: now, To: now.Add(time.Duration(h * float64(time.Hour)))}})
			}
			if err := s.Observe(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("an hour is settled", func(b *testing.B) {
		settled := now
		for b.Loop() {
			settled = settled.Add(time.Hour)
			if err := s.Settle(b.Context(), settled); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkUnchangedSnapshot is what a snapshot costs in which only ages changed.
func BenchmarkUnchangedSnapshot(b *testing.B) {
	f, d := newFleet(benchWorkspaces, benchEach), newDiffer(DefaultTolerance)
	d.take(f.poll(at(0)))
	d.flush()
	s := f.poll(at(0.01))
	for b.Loop() {
		d.take(s)
	}
	if batch := d.flush(); !batch.Empty() {
		b.Fatal("something changed")
	}
}

// BenchmarkOneChange is one in which one row of a hundred thousand changed.
func BenchmarkOneChange(b *testing.B) {
	f, d := newFleet(benchWorkspaces, benchEach), newDiffer(DefaultTolerance)
	one := f.poll(at(0))
	d.take(one)
	f.turn(50_000, model.StateStopped, at(0))
	two := f.poll(at(0.01))
	for i := 0; b.Loop(); i++ {
		d.take([]*model.Snapshot{two, one}[i%2])
		d.flush()
	}
}
