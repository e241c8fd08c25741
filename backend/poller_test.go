package backend

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestTheTreeLoadsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.computes["ws1"] = Computes{Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		s := open(t, f, Options{})
		time.Sleep(100 * time.Millisecond)
		synctest.Wait()
		snap := latest(t, s)
		if len(snap.Workspaces) != 1 || len(snap.Instances) != 1 || len(snap.Quotas) != 1 {
			t.Fatalf("after 100 ms: %d workspaces, %d instances, %d quotas; want one of each", len(snap.Workspaces), len(snap.Instances), len(snap.Quotas))
		}
		if part := snap.Part(model.SectionComputes, string(ws1)); part == nil || part.AsOf.IsZero() || part.Name != "ws1" {
			t.Errorf("part of the computes: %+v", part)
		}
	})
}

func TestOneCallInFlightThoughItIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.latency = 45 * time.Second
		s := open(t, f, Options{})
		for range 10 {
			time.Sleep(20 * time.Second)
			if err := s.Refresh(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
		}
		if f.overlapped() {
			t.Error("two calls for the same part were under way together")
		}
	})
}

func TestNoMoreCallsTogetherThanAllowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.latency = time.Second
		f.workspaces["sub1"] = many(40)
		open(t, f, Options{Cadence: Cadence{InFlight: 5}})
		most := 0
		for range 100 {
			time.Sleep(100 * time.Millisecond)
			synctest.Wait()
			n := 0
			f.set(func() {
				for _, open := range f.open {
					n += open
				}
			})
			most = max(most, n)
		}
		if most != 5 {
			t.Errorf("at most %d calls were under way together, want 5", most)
		}
	})
}

func TestWorkspacesComeAndSubscriptionsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() { f.workspaces["sub1"] = []string{"ws1", "new"} })
		time.Sleep(70 * time.Second)
		synctest.Wait()
		if n := len(f.times("computes new")); n == 0 {
			t.Error("a workspace that appeared is not asked for its computes")
		}
		if c := latest(t, s).Changes; len(c) != 1 || c[0].Text != "appeared" || c[0].Name != "new" {
			t.Errorf("changes: %+v", c)
		}
		f.set(func() { f.subs = nil })
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		snap := latest(t, s)
		if len(snap.Subscriptions)+len(snap.Workspaces)+len(snap.Parts[model.SectionComputes]) != 0 {
			t.Errorf("left of a subscription that is gone: %d workspaces, %d parts", len(snap.Workspaces), len(snap.Parts[model.SectionComputes]))
		}
	})
}

func TestCloseEndsEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails if a goroutine is left
		f := newFake()
		f.latency = time.Hour
		s := Open(t.Context(), f, Options{Now: time.Now})
		time.Sleep(time.Second)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Next(t.Context(), 1<<60); !errors.Is(err, ErrClosed) {
			t.Errorf("next after close: %v", err)
		}
		if err := s.Refresh(t.Context(), ""); !errors.Is(err, ErrClosed) {
			t.Errorf("refresh after close: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("second close: %v", err)
		}
	})
}

// TestAnAnswerThatIsTheSame keeps its rows, and only their age goes on; after
// the rows are gone it is asked for in full.
func TestAnAnswerThatIsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.computes["ws1"] = Computes{Version: 7, Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		before := latest(t, s)
		time.Sleep(time.Minute)
		synctest.Wait()
		after := latest(t, s)
		if len(before.Instances) != 1 || len(after.Instances) != 1 || &after.Instances[0] != &before.Instances[0] {
			t.Errorf("%d instances, then %d, and not the same list", len(before.Instances), len(after.Instances))
		}
		age := func(s *model.Snapshot) time.Time { return s.Part(model.SectionComputes, string(ws1)).AsOf }
		if !age(after).After(age(before)) {
			t.Errorf("as of %s, then %s", age(before), age(after))
		}
		f.set(func() {
			f.fail = func(call string) error {
				if call == "computes ws1" {
					return &model.Refusal{Class: model.ErrNotFound, Status: 404, Code: "ResourceNotFound"}
				}
				return nil
			}
		})
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := len(latest(t, s).Instances); n != 0 {
			t.Errorf("%d instances of a workspace that is gone", n)
		}
		f.set(func() { f.fail = nil })
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if n := len(latest(t, s).Instances); n != 1 {
			t.Errorf("%d instances once the workspace is back, want 1", n)
		}
	})
}
