package history

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/amltop/amltop/model"
)

// bytesOf is how large the file of a fleet gets in five days.
func bytesOf(t *testing.T, daily, polls int) int64 {
	t.Helper()
	f := bulkFleet{workspaces: 20, each: 100, days: 5, daily: daily, polls: polls}
	s := openNew(t)
	now := f.build(t, s)
	f.settle(t, s, now, 1)
	n, err := s.Size(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestGrowthIsInChanges holds the bytes of a file against the number of
// changes and of polls.
func TestGrowthIsInChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("writing so much takes a while")
	}
	none, once, twice, polled := bytesOf(t, 0, 1), bytesOf(t, 40, 1), bytesOf(t, 80, 1), bytesOf(t, 40, 10)
	if first, second := once-none, twice-once; second > first*5/4 || first <= 0 {
		t.Errorf("no changes take %d bytes, some %d more, twice as many another %d", none, first, second)
	}
	if more := polled - once; more > once/100 {
		t.Errorf("ten times the polls without a change take %d bytes more than %d", more, once)
	}
}

// TestMemoryOfAFleet holds what a store and a recorder keep of a target in
// memory against a bound. BenchmarkMemory measures 100,000: 37 MB of the 250
// that DESIGN §10 gives the whole program.
func TestMemoryOfAFleet(t *testing.T) {
	if testing.Short() {
		t.Skip("writing so much takes a while")
	}
	kept, targets := keptOf(t, newFleet(100, 100))
	if each := kept / targets; each > 800 {
		t.Errorf("%d bytes of a target are kept in memory", each)
	}
}

// keptOf is how many bytes of a fleet are kept once it was written and asked
// for, in which no two pairs of targets are alike.
func keptOf(t testing.TB, f *fleet) (kept, targets int64) {
	t.Helper()
	for i, x := range f.instances {
		x.Owner = fmt.Sprint("owner", i/2)
	}
	s, first := openNew(t), f.poll(at(0))
	before := heap()
	r := f.recorder(s)
	r.offer(t, first)
	if err := s.Settle(t.Context(), at(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Costs(t.Context(), Question{By: ByAll, Period: model.Hourly, Window: model.Window{From: at(0), To: at(2)}, Now: at(2)}); err != nil {
		t.Fatal(err)
	}
	kept = heap() - before
	runtime.KeepAlive(r)
	runtime.KeepAlive(s)
	return kept, int64(len(f.instances))
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
