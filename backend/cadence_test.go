package backend

import (
	"fmt"
	"strconv"
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
		{"the jobs of targets on the screen", Computes{}, model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{ws1}}, "jobs ws1", 30, 36},
		{"the jobs of many workspaces on the screen", Computes{}, model.Focus{Section: model.SectionComputes, Workspaces: crowd(ws1, evidenceOf+1)}, "jobs ws1", 1, 3},
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

func many(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("w%04d", i)
	}
	return names
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

// A recorded session goes on looking at what bills, so that nothing counts as
// unobserved because another window is in front.
func TestARecordedSessionLooksOnBlurred(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{Recorded: true})
		time.Sleep(time.Second)
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionJobs, Blurred: true}); err != nil {
			t.Fatal(err)
		}
		if n := during(f, "computes ws1", time.Hour); n < 12 || n > 15 {
			t.Errorf("%d calls in an hour, want one every 5 minutes or a little more", n)
		}
		if n := during(f, "jobs ws1", time.Hour); n != 0 {
			t.Errorf("%d calls for jobs, which bill nothing", n)
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

// crowd is a workspace and enough others to make n.
func crowd(first model.WorkspaceID, n int) []model.WorkspaceID {
	list := []model.WorkspaceID{first}
	for len(list) < n {
		list = append(list, first+model.WorkspaceID(strconv.Itoa(len(list))))
	}
	return list
}
