//go:build unix

package history

import (
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// The fleet of the benchmarks: 1,000 workspaces of 100 targets, watched for 30
// days; a sixth of the instances run by day only, and 2 % of the rest change in a day.
var benchFleet = bulkFleet{workspaces: 1000, each: 100, days: 30, daily: 17, drift: 0.02, polls: 1}

// cpu is how much CPU the process has used. What a busy machine's other
// programs do does not count.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// medians runs fn as often as the benchmark says, and reports the medians of
// CPU and wall time.
func medians(b *testing.B, fn func()) {
	var used, took []time.Duration
	for b.Loop() {
		c, w := cpu(), time.Now()
		fn()
		used, took = append(used, cpu()-c), append(took, time.Since(w))
	}
	slices.Sort(used)
	slices.Sort(took)
	b.ReportMetric(float64(used[len(used)/2].Microseconds())/1e3, "cpu-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "wall-ms")
}

// BenchmarkFleet builds the file once and asks it what a cost pane asks.
func BenchmarkFleet(b *testing.B) {
	if testing.Short() {
		b.Skip("writing a month of a hundred thousand targets takes minutes")
	}
	path := filepath.Join(b.TempDir(), "history.db")
	s := openAt(b, path)
	start := time.Now()
	now := benchFleet.build(b, s)
	built := time.Since(start)
	benchFleet.settle(b, s, now, 2)
	settled := time.Since(start) - built
	if err := s.Tidy(b.Context(), now); err != nil {
		b.Fatal(err)
	}
	size, err := s.Size(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var rows int
	if err := s.file().read.QueryRowContext(b.Context(), "SELECT count(*) FROM interval").Scan(&rows); err != nil {
		b.Fatal(err)
	}
	b.Logf("written in %v, added up in %v: %d MB, %d intervals", built.Round(time.Second), settled.Round(time.Second), size>>20, rows)
	benchQuestions(b, s, now)
	benchStore(b, s, now)
}

func benchQuestions(b *testing.B, s *Store, now time.Time) {
	days := model.Window{From: at(0), To: now}
	back := func(d int) model.Window { return model.Window{From: now.AddDate(0, 0, -d), To: now} }
	ws := Key{ByWorkspace, string(benchFleet.workspace(500).Workspace)}
	owner := Key{ByOwner, "owner500"}
	ask := func(name string, q Question, how func(*Store, Question) ([]Cost, error)) {
		b.Run(name, func(b *testing.B) {
			q.Now = now
			medians(b, func() {
				if list, err := how(s, q); err != nil || len(list) == 0 {
					b.Fatal(len(list), err)
				}
			})
		})
	}
	costs := func(s *Store, q Question) ([]Cost, error) { return s.Costs(b.Context(), q) }
	targets := func(s *Store, q Question) ([]Cost, error) { return s.Targets(b.Context(), q) }
	ask("first question", Question{By: ByAll, Period: model.Hourly, Window: back(2)}, func(s *Store, q Question) ([]Cost, error) {
		s.file().asked.forget()
		return costs(s, q)
	})
	ask("all by hour, 2 days", Question{By: ByAll, Period: model.Hourly, Window: back(2)}, costs)
	ask("all by day", Question{By: ByAll, Period: model.Daily, Window: days}, costs)
	ask("owners by month", Question{By: ByOwner, Period: model.Monthly, Window: days}, costs)
	ask("owners by day, a week", Question{By: ByOwner, Period: model.Daily, Window: back(7)}, costs)
	ask("workspaces by month", Question{By: ByWorkspace, Period: model.Monthly, Window: days}, costs)
	ask("sizes by day", Question{By: BySize, Period: model.Daily, Window: days}, costs)
	ask("one workspace by day", Question{By: ByAll, Period: model.Daily, Window: days, Only: []Key{ws}}, costs)
	ask("owners of a workspace by day", Question{By: ByOwner, Period: model.Daily, Window: days, Only: []Key{ws}}, costs)
	ask("sizes of an owner by month", Question{By: BySize, Period: model.Monthly, Window: days, Only: []Key{owner}}, costs)
	ask("dearest 50 targets by month", Question{By: ByTarget, Period: model.Monthly, Window: days, Limit: 50}, costs)
	ask("dearest 50 targets, today", Question{Window: back(1), Limit: 50}, targets)
	ask("dearest 50 targets, a week", Question{Window: back(7), Limit: 50}, targets)
	ask("dearest 50 targets, 30 days", Question{Window: days, Limit: 50}, targets)
	ask("targets of a workspace, 30 days", Question{Window: days, Only: []Key{ws}}, targets)
	ask("targets of an owner, 30 days", Question{Window: days, Only: []Key{owner}}, targets)
}

func benchStore(b *testing.B, s *Store, now time.Time) {
	days := model.Window{From: at(0), To: now}
	b.Run("open", func(b *testing.B) {
		medians(b, func() {
			again, err := Open(b.Context(), options(b, s.Path()))
			if err != nil {
				b.Fatal(err)
			}
			if err := again.Close(); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("life", func(b *testing.B) {
		medians(b, func() {
			l, err := s.Life(b.Context(), targetID("workspace-0500", "t50"), days)
			if err != nil || l.Spend(days).Standing == (model.Exact{}) {
				b.Fatal(l, err)
			}
		})
	})
	minutes := 0
	b.Run("a minute without change", func(b *testing.B) {
		medians(b, func() {
			minutes++
			var batch Batch
			for w := range benchFleet.workspaces {
				batch.Coverage = append(batch.Coverage, Coverage{benchFleet.workspace(w), model.Window{From: now, To: now.Add(time.Duration(minutes) * time.Minute)}})
			}
			if err := s.Observe(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("an hour is settled", func(b *testing.B) {
		settled := now
		medians(b, func() {
			settled = settled.Add(time.Hour)
			if err := s.Settle(b.Context(), settled); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// BenchmarkFirstSnapshot is a new program's first look at a fleet that the
// file knows already.
func BenchmarkFirstSnapshot(b *testing.B) {
	s := openNew(b)
	f := newFleet(benchFleet.workspaces, benchFleet.each)
	hours := 0.0
	medians(b, func() {
		hours++
		f.recorder(s).offer(b, f.poll(at(hours)))
	})
	if n, err := s.Size(b.Context()); err == nil {
		b.ReportMetric(float64(n)/(1<<20), "MB")
	}
}

// BenchmarkMemory is what is kept of a hundred thousand targets in memory.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		kept, _ := keptOf(b, newFleet(benchFleet.workspaces, benchFleet.each))
		b.ReportMetric(float64(kept)/(1<<20), "kept-MB")
	}
}

// BenchmarkUnchangedSnapshot is what a snapshot costs in which only ages changed.
func BenchmarkUnchangedSnapshot(b *testing.B) {
	f, d := newFleet(benchFleet.workspaces, benchFleet.each), newDiffer(DefaultTolerance)
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
	f, d := newFleet(benchFleet.workspaces, benchFleet.each), newDiffer(DefaultTolerance)
	one := f.poll(at(0))
	d.take(one)
	f.turn(50_000, model.StateStopped, at(0))
	two := f.poll(at(0.01))
	for i := 0; b.Loop(); i++ {
		d.take([]*model.Snapshot{two, one}[i%2])
		d.flush()
	}
}
