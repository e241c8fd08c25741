package backend

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed()
		got := make(chan uint64)
		go func() {
			s, err := f.next(t.Context(), 0)
			if err == nil {
				got <- s.Seq
			}
		}()
		synctest.Wait() // it waits
		for seq := range uint64(3) {
			f.publish(&model.Snapshot{Seq: seq + 1})
		}
		if seq := <-got; seq != 3 {
			t.Errorf("next returned %d, want the newest, 3", seq)
		}
		if s, err := f.next(t.Context(), 2); err != nil || s.Seq != 3 {
			t.Errorf("next after 2: %v, %v", s, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := f.next(ctx, 3); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("next with nothing newer: %v", err)
		}
		f.close()
		f.close()
		f.publish(&model.Snapshot{Seq: 9})
		if _, err := f.next(t.Context(), 0); !errors.Is(err, ErrClosed) {
			t.Errorf("next after close: %v", err)
		}
	})
}

func TestSnapshotsAreConflated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{Cadence: Cadence{Computes: 200 * time.Millisecond, Transition: 200 * time.Millisecond, Share: 100}})
		time.Sleep(20 * time.Second)
		churn := func(on bool) uint64 {
			first := latest(t, s).Seq
			for i := range 100 {
				if on {
					f.set(func() {
						f.computes["ws1"] = Computes{Instances: []*model.Instance{instance(fmt.Sprintf("i%d", i), model.StateRunning)}}
					})
				}
				time.Sleep(100 * time.Millisecond)
			}
			synctest.Wait()
			return latest(t, s).Seq - first
		}
		between(t, "snapshots in 10 s of ages only", int(churn(false)), 8, 11)
		between(t, "snapshots in 10 s of changes", int(churn(true)), 20, 41)
	})
}

func TestWhatDidNotChangeIsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.workspaces["sub1"] = []string{"ws1", "ws2"}
		f.computes["ws1"] = Computes{
			Instances: []*model.Instance{instance("b", model.StateRunning), instance("a", model.StateRunning)},
			Clusters:  []*model.Cluster{cluster("c", model.NodeCounts{Running: 2})},
		}
		s := open(t, f, Options{})
		time.Sleep(10 * time.Second)
		synctest.Wait()
		before := latest(t, s)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		after := latest(t, s)
		if after.Seq == before.Seq || !after.Part(model.SectionComputes, string(ws1)).AsOf.After(before.Part(model.SectionComputes, string(ws1)).AsOf) {
			t.Fatal("nothing was polled in between")
		}
		if &before.Instances[0] != &after.Instances[0] || &before.Clusters[0] != &after.Clusters[0] {
			t.Error("a list in which nothing changed is another slice")
		}
		if before.Instances[0].Name != "a" {
			t.Errorf("first instance is %s, want a", before.Instances[0].Name)
		}
		f.set(func() { f.computes["ws1"].Instances[0].State = model.StateStopped })
		time.Sleep(40 * time.Second)
		synctest.Wait()
		last := latest(t, s)
		if last.Instances[0] != after.Instances[0] || last.Instances[1] == after.Instances[1] {
			t.Error("want the row that changed to be another pointer, and only that")
		}
		if &last.Clusters[0] != &after.Clusters[0] {
			t.Error("the clusters did not change, but their list did")
		}
		if after.Instances[1].State != model.StateRunning {
			t.Error("a row of an older snapshot was written to")
		}
		if c := last.Changes[0]; c.Text != "Running → Stopped" || c.Name != "b" || c.Where != "ws1" {
			t.Errorf("change: %+v", c)
		}
	})
}

func TestChangesAreBounded(t *testing.T) {
	r := newRecord()
	for i := range 3 * changesKept {
		r.note(model.Change{Name: fmt.Sprint(i)})
		if i%7 == 0 {
			r.changesView()
		}
	}
	got := r.changesView()
	if len(got) != changesKept || got[0].Name != fmt.Sprint(3*changesKept-1) || got[1].Name != fmt.Sprint(3*changesKept-2) {
		t.Errorf("%d changes, first %q, then %q", len(got), got[0].Name, got[1].Name)
	}
}

func TestVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		there := time.Date(2025, 11, 7, 9, 0, 0, 0, time.UTC)
		f.clock = model.Clock{Wall: time.Now(), Time: there, Speed: 60}
		s := open(t, f, Options{})
		time.Sleep(time.Minute)
		synctest.Wait()
		snap := latest(t, s)
		asOf := snap.Part(model.SectionComputes, string(ws1)).AsOf
		if asOf.Before(there) || asOf.After(there.Add(time.Hour)) {
			t.Errorf("as of %v, want the cloud's time", asOf)
		}
		between(t, "calls in a minute on the wall", len(f.times("computes ws1")), 2, 4)
	})
}
