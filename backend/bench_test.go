package backend

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// fleet is a loop that has loaded workspaces × targets, without running.
func fleet(b *testing.B, workspaces, targets int) (*loop, []*part, func(i int) Computes) {
	b.Helper()
	f := newFake()
	l := newLoop(b.Context(), f, Options{Now: func() time.Time { return noon }})
	l.plant()
	var rows []*model.Workspace
	for i := range workspaces {
		name := fmt.Sprintf("w%04d", i)
		rows = append(rows, &model.Workspace{
			Resource: model.Resource{Name: name, Location: "eastus"}, ID: workspaceID("sub1", name), Subscription: "sub1", ResourceGroup: "rg",
		})
	}
	l.subscriptions.set("", []*model.Subscription{{ID: "sub1", Name: "sub1"}})
	l.takeWorkspaces("sub1", rows, 0, noon, time.Time{})
	answer := func(w int) Computes {
		var c Computes
		for i := range targets {
			id := fmt.Sprintf("%s/computes/target-%03d", rows[w].ID, i)
			if i%5 == 0 {
				row := cluster(fmt.Sprintf("target-%03d", i), model.NodeCounts{Running: i % 3})
				row.ID, row.ARMID = model.ComputeID(id), id+"-spelled"
				c.Clusters = append(c.Clusters, row)
				continue
			}
			row := instance(fmt.Sprintf("target-%03d", i), model.StateRunning)
			row.ID, row.ARMID = model.ComputeID(id), id+"-spelled"
			row.CreatedAt, row.RunningSince = at(-9000), at(-60)
			c.Instances = append(c.Instances, row)
		}
		return c
	}
	parts := make([]*part, workspaces)
	for i := range parts {
		parts[i] = l.part(model.SectionComputes, string(rows[i].ID))
		l.takeComputes(parts[i], answer(i), noon, time.Time{})
		parts[i].state.AsOf = noon
		l.touch(parts[i])
	}
	l.publish(0)
	return l, parts, answer
}

// BenchmarkAssemble is a snapshot of 100,000 targets after one workspace of
// 1,000 was polled.
func BenchmarkAssemble(b *testing.B) {
	for _, tt := range []struct {
		name    string
		changes bool
	}{{"one instance changed", true}, {"nothing changed", false}} {
		b.Run(tt.name, func(b *testing.B) {
			l, parts, answer := fleet(b, 1000, 100)
			answers := []Computes{answer(500), answer(500)}
			if tt.changes {
				answers[1].Instances[7].State = model.StateStopped
			}
			copied := func(c Computes) Computes { return Computes{copies(c.Clusters), copies(c.Instances), nil, 0} }
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				now := noon.Add(time.Duration(n) * time.Second)
				l.takeComputes(parts[500], copied(answers[n%2]), now, now.Add(-time.Second))
				parts[500].state.AsOf = now
				l.touch(parts[500])
				l.publish(wall(n) * time.Second)
			}
		})
	}
}

// BenchmarkSchedule is one look at what is due among 4,000 parts.
func BenchmarkSchedule(b *testing.B) {
	for _, tt := range []struct {
		name string
		due  bool
	}{{"nothing due", false}, {"everything due and no allowance", true}} {
		b.Run(tt.name, func(b *testing.B) {
			l, _, _ := fleet(b, 1000, 1)
			for _, p := range l.parts {
				p.tried, p.jitter = 1, 1
				if !tt.due {
					p.last = time.Hour
				}
				l.plan(p)
			}
			for _, a := range l.purses.of {
				a.pause(time.Duration(1) << 60)
			}
			now := time.Hour
			if !tt.due {
				now += time.Second
			}
			for b.Loop() {
				l.schedule(now)
			}
		})
	}
}

// BenchmarkFeed is handing one snapshot on.
func BenchmarkFeed(b *testing.B) {
	f := newFeed()
	seq := uint64(0)
	for b.Loop() {
		seq++
		f.publish(&model.Snapshot{Seq: seq})
		if _, err := f.next(b.Context(), seq-1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemory reports what 100,000 targets take, with everything that is
// kept for them.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		l, _, _ := fleet(b, 1000, 100)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
		runtime.KeepAlive(l)
	}
}
