package backend

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// during counts the calls of a name while time goes on by d.
func during(f *fakeCloud, name string, d time.Duration) int {
	before := len(f.times(name))
	time.Sleep(d)
	synctest.Wait()
	return len(f.times(name)) - before
}

func between(t *testing.T, what string, got, low, high int) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %d, want %d to %d", what, got, low, high)
	}
}

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

func TestCadence(t *testing.T) {
	tests := []struct {
		name      string
		rows      Computes
		focus     model.Focus
		call      string
		low, high int // calls in two minutes
	}{
		{"at rest every 30 s", Computes{}, model.Focus{}, "computes ws1", 3, 5},
		{"on the screen, never older than 5 s", Computes{}, model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{ws1}}, "computes ws1", 30, 36},
		{"another section on the screen", Computes{}, model.Focus{Section: model.SectionJobs, Workspaces: []model.WorkspaceID{ws1}}, "computes ws1", 3, 5},
		{"jobs on the screen", Computes{}, model.Focus{Section: model.SectionJobs, Workspaces: []model.WorkspaceID{ws1}}, "jobs ws1", 30, 36},
		{"an instance in transition every 2 s", Computes{Instances: []*model.Instance{instance("a", model.StateStopping)}}, model.Focus{}, "computes ws1", 50, 67},
		{"a cluster counting down", Computes{Clusters: []*model.Cluster{cluster("c", model.NodeCounts{Idle: 2})}}, model.Focus{}, "computes ws1", 50, 67},
		{"a cluster at zero", Computes{Clusters: []*model.Cluster{cluster("c", model.NodeCounts{})}}, model.Focus{}, "computes ws1", 3, 5},
		{"blurred, at rest", Computes{}, model.Focus{Blurred: true}, "computes ws1", 0, 0},
		{"blurred, in transition", Computes{Instances: []*model.Instance{instance("a", model.StateStarting)}}, model.Focus{Blurred: true}, "computes ws1", 50, 67},
		{"sizes once a day", Computes{}, model.Focus{Section: model.SectionSizes}, "sizes eastus", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.computes["ws1"] = tt.rows
				s := open(t, f, Options{})
				time.Sleep(time.Second)
				if err := s.Watch(t.Context(), tt.focus); err != nil {
					t.Fatal(err)
				}
				between(t, tt.call, during(f, tt.call, 2*time.Minute), tt.low, tt.high)
				if f.overlapped() {
					t.Error("two calls for the same part were under way together")
				}
			})
		})
	}
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

func many(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("w%04d", i)
	}
	return names
}

func TestFailuresBackOffAndNeverGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.computes["ws1"] = Computes{Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() {
			f.fail = func(call string) error {
				return &model.Refusal{Class: model.ErrUnreachable, Message: "no route to host"}
			}
		})
		between(t, "calls in the first 5 minutes", during(f, "computes ws1", 5*time.Minute), 6, 12)
		snap := latest(t, s)
		part := snap.Part(model.SectionComputes, string(ws1))
		if part.Err == nil || part.FailedAt.IsZero() || part.RetryAt.Sub(time.Now()) > 67*time.Second {
			t.Errorf("part: %+v", part)
		}
		if len(snap.Instances) != 1 {
			t.Error("the last good rows are gone")
		}
		between(t, "calls in an hour, a day later", aDayLater(f), 50, 70)
		f.set(func() { f.fail = nil })
		time.Sleep(67 * time.Second)
		synctest.Wait()
		if part := latest(t, s).Part(model.SectionComputes, string(ws1)); part.Err != nil || !part.FailedAt.IsZero() {
			t.Errorf("after the network came back: %+v", part)
		}
	})
}

func aDayLater(f *fakeCloud) int {
	time.Sleep(24 * time.Hour)
	return during(f, "computes ws1", time.Hour)
}

func TestRetryAfterIsHonoured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() {
			f.fail = func(call string) error {
				if call == "jobs ws1" {
					return &model.Refusal{Class: model.ErrThrottled, Status: 429, RetryAfter: 3 * time.Minute}
				}
				return nil
			}
		})
		if err := s.Refresh(t.Context(), model.SectionJobs); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		f.set(func() { f.fail = nil })
		if err := s.Refresh(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		if n := during(f, "computes ws1", 170*time.Second); n != 0 {
			t.Errorf("%d calls in a throttled subscription before its Retry-After was over", n)
		}
		between(t, "calls after it", during(f, "computes ws1", 20*time.Second), 1, 3)
	})
}

func TestRefreshAsksAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		if err := s.Refresh(t.Context(), model.SectionQuotas); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		synctest.Wait()
		if n := f.within("quotas eastus", 200*time.Millisecond); n != 1 {
			t.Errorf("%d calls after a refresh, want 1", n)
		}
	})
}

func TestFocusComesBackAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		look := func(blurred bool) {
			focus := model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{ws1}, Blurred: blurred}
			if err := s.Watch(t.Context(), focus); err != nil {
				t.Fatal(err)
			}
		}
		look(true)
		if n := during(f, "computes ws1", time.Hour); n != 0 {
			t.Errorf("%d calls while nobody looked", n)
		}
		look(false)
		time.Sleep(100 * time.Millisecond)
		synctest.Wait()
		if n := f.within("computes ws1", 200*time.Millisecond); n != 1 {
			t.Errorf("%d calls when the focus came back, want 1 at once", n)
		}
	})
}

func TestALargeFleetStaysWithinHalfTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.latency = 50 * time.Millisecond
		f.workspaces["sub1"] = many(400)
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		seen := workspaceID("sub1", "w0200")
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{seen}}); err != nil {
			t.Fatal(err)
		}
		before := f.total()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if rate := float64(f.total()-before) / 300; rate > 12.6 || rate < 8 {
			t.Errorf("%.1f calls a second, want close to and not above 12.5", rate)
		}
		at := f.times("computes w0200")
		for i := 5; i < len(at); i++ {
			if gap := at[i].Sub(at[i-1]); gap > 6*time.Second {
				t.Errorf("a workspace on the screen waited %v", gap)
			}
		}
		if got := latest(t, s).Parts[model.SectionJobs].Loaded(); got != 400 {
			t.Errorf("jobs of %d workspaces were ever loaded, want all", got)
		}
	})
}

func TestNothingIsSpentOnTheRestBelowHalfTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.workspaces["sub1"] = []string{"ws1", "ws2"}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{ws1}}); err != nil {
			t.Fatal(err)
		}
		f.set(func() { f.budget = model.Budget{Remaining: 10, Limit: 250} })
		time.Sleep(6 * time.Second)
		// The answers on the screen keep saying that little is left.
		between(t, "calls nobody looks at", during(f, "computes ws2", 2*time.Minute), 0, 1)
		between(t, "calls on the screen", f.within("computes ws1", 2*time.Minute), 30, 36)
		f.set(func() { f.budget.Remaining = 240 })
		between(t, "calls once there is enough", during(f, "computes ws2", 2*time.Minute), 3, 5)
	})
}

func TestAWorkspaceThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.computes["ws1"] = Computes{Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() {
			f.fail = func(call string) error {
				if call == "computes ws1" {
					return &model.Refusal{Class: model.ErrNotFound, Status: 404, Code: "ResourceNotFound"}
				}
				return nil
			}
			f.workspaces["sub1"] = nil
		})
		time.Sleep(40 * time.Second)
		synctest.Wait()
		snap := latest(t, s)
		if len(snap.Instances) != 0 || len(snap.Workspaces) != 0 || snap.Part(model.SectionComputes, string(ws1)) != nil {
			t.Errorf("left: %d instances, %d workspaces", len(snap.Instances), len(snap.Workspaces))
		}
		gone := 0
		for _, c := range snap.Changes {
			if c.Kind == "workspace" && c.Text == "gone" && c.Name == "ws1" {
				gone++
			}
		}
		if gone != 1 {
			t.Errorf("%d changes say that the workspace is gone, want 1: %+v", gone, snap.Changes)
		}
		if n := during(f, "computes ws1", time.Hour); n != 0 {
			t.Errorf("%d calls for a workspace that is not listed", n)
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

func TestNodesOfTheClusterLookedInto(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		c := cluster("gpu", model.NodeCounts{Running: 1})
		f.computes["ws1"] = Computes{Clusters: []*model.Cluster{c}}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes, Cluster: c.ID}); err != nil {
			t.Fatal(err)
		}
		between(t, "calls while it is looked into", during(f, "nodes gpu", 20*time.Second), 5, 7)
		if got := latest(t, s).Nodes[c.ID]; len(got) != 1 || got[0].State != "idle" {
			t.Errorf("nodes: %+v", got)
		}
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes}); err != nil {
			t.Fatal(err)
		}
		if n := during(f, "nodes gpu", time.Minute); n != 0 {
			t.Errorf("%d calls after looking away", n)
		}
	})
}

func TestAPanicInAnAnswerIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.fail = func(call string) error {
			if call == "jobs ws1" {
				panic("boom")
			}
			return nil
		}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		synctest.Wait()
		snap := latest(t, s)
		if err := snap.Part(model.SectionJobs, string(ws1)).Err; err == nil || err.Error() != "internal error: boom" {
			t.Errorf("error of the part: %v", err)
		}
		if snap.Part(model.SectionComputes, string(ws1)).Err != nil {
			t.Error("another part failed with it")
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

func TestManyRowsNobodyLooksAtTakeTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.workspaces["sub1"] = many(20)
		var crowd []*model.Instance
		for i := range 250 {
			crowd = append(crowd, instance(fmt.Sprintf("i%03d", i), model.StateStopped))
		}
		for _, name := range many(20) { // 5,000 rows
			f.computes[name] = Computes{Instances: crowd}
		}
		s := open(t, f, Options{Cadence: Cadence{RowsPerSecond: 50}})
		time.Sleep(time.Second)
		synctest.Wait()
		if n := latest(t, s).Parts[model.SectionComputes].Loaded(); n != 20 {
			t.Fatalf("%d of 20 workspaces were loaded at first: that is not to be slowed", n)
		}
		seen := workspaceID("sub1", "w0007")
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{seen}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		between(t, "calls nobody looks at in 5 minutes, 255 rows each at 50 a second", f.within("computes w0003", 5*time.Minute), 2, 5)
		between(t, "calls on the screen", f.within("computes w0007", 5*time.Minute), 70, 90)
	})
}
