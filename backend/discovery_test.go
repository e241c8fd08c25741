package backend

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// graphOf makes the fake's Resource Graph list what the fake holds of ws1, the
// endpoints in the state given.
func (f *fakeCloud) graphOf(endpoints ...*model.Endpoint) {
	f.graph = func() ([]*model.Workspace, Endpoints, error) {
		ws := &model.Workspace{
			Resource: model.Resource{Name: "ws1", Location: "eastus"}, ID: ws1, Subscription: "sub1", ResourceGroup: "rg",
		}
		return []*model.Workspace{ws}, Endpoints{Endpoints: copies(endpoints)}, nil
	}
}

func endpoint(name, state string) *model.Endpoint {
	id := string(ws1) + "/onlineendpoints/" + name
	return &model.Endpoint{
		Resource: model.Resource{ARMID: id, Name: name, ProvisioningState: state}, ID: model.EndpointID(id),
		Workspace: ws1, Kind: model.OnlineEndpoint, Traffic: map[string]int{"blue": 100},
	}
}

// endpointsOf are the names of a snapshot's endpoints.
func endpointsOf(s *model.Snapshot) string {
	text := ""
	for _, e := range s.Endpoints {
		text += e.Name + " " + e.ProvisioningState + ";"
	}
	return text
}

func TestTheGraphTakesThePlaceOfLists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.graphOf(endpoint("a", "Succeeded"))
		f.endpoints["ws1"] = []*model.Endpoint{endpoint("a", "Succeeded")}
		s := open(t, f, Options{})
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		between(t, "queries for endpoints in 20 minutes", len(f.times("find endpoints")), 19, 25)
		between(t, "lists of workspaces", len(f.times("workspaces sub1")), 0, 1)
		between(t, "lists of endpoints", len(f.times("endpoints ws1")), 0, 1)
		snap := latest(t, s)
		if got := endpointsOf(snap); got != "a Succeeded;" {
			t.Errorf("endpoints %q", got)
		}
		for _, key := range []model.SectionKey{model.SectionWorkspaces, model.SectionEndpoints} {
			if age := snap.Clock.At(time.Now()).Sub(snap.Parts[key].AsOf()); age > 75*time.Second {
				t.Errorf("%s are %v old", key, age)
			}
		}
		time.Sleep(90 * time.Minute)
		synctest.Wait()
		between(t, "lists of endpoints in another 90 minutes, to be sure", len(f.times("endpoints ws1")), 2, 5)
	})
}

func TestWithoutTheGraphListsAreAskedAtOnce(t *testing.T) {
	for _, refusal := range []*model.Refusal{{Class: model.ErrDenied, Status: 403}, {Class: model.ErrNotFound, Status: 404}, {Status: 400}, {Class: model.ErrUnreachable}} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.fail = func(call string) error {
				if call == "find workspaces" || call == "find endpoints" {
					return refusal
				}
				return nil
			}
			s := open(t, f, Options{})
			time.Sleep(500 * time.Millisecond)
			synctest.Wait()
			if snap := latest(t, s); len(snap.Workspaces) != 1 || snap.Parts[model.SectionEndpoints].Loaded() != 1 {
				t.Errorf("%v: %d workspaces after half a second", refusal, len(snap.Workspaces))
			}
			between(t, "lists of endpoints in ten minutes", during(f, "endpoints ws1", 10*time.Minute), 9, 12)
			between(t, "queries in an hour", during(f, "find workspaces", time.Hour), 10, 20)
		})
	}
}

// A graph that does not answer holds nothing up for long.
func TestASlowGraphIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		stuck := make(chan struct{})
		defer close(stuck)
		f.fail = func(call string) error {
			if call == "find workspaces" {
				<-stuck
			}
			return nil
		}
		s := open(t, f, Options{})
		time.Sleep(patience + time.Second)
		synctest.Wait()
		if snap := latest(t, s); len(snap.Workspaces) != 1 {
			t.Errorf("%d workspaces", len(snap.Workspaces))
		}
	})
}

// Once the graph failed for good, lists that rested in its shadow go on.
func TestWhenTheGraphGoesAwayListsGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.graphOf(endpoint("a", "Succeeded"))
		f.endpoints["ws1"] = []*model.Endpoint{endpoint("a", "Succeeded")}
		open(t, f, Options{})
		time.Sleep(5 * time.Minute)
		f.set(func() { f.graph = nil })
		between(t, "lists of endpoints in ten minutes", during(f, "endpoints ws1", 10*time.Minute), 8, 12)
	})
}

// What ARM said stays, whatever the graph still or not yet lists.
func TestALaggingGraphDoesNotContradictARM(t *testing.T) {
	tests := []struct {
		name       string
		graph, arm []*model.Endpoint
		want       string
	}{
		{"an endpoint the graph does not list yet", nil, []*model.Endpoint{endpoint("new", "Succeeded")}, "new Succeeded;"},
		{"one it still lists", []*model.Endpoint{endpoint("a", "Succeeded"), endpoint("gone", "Succeeded")}, []*model.Endpoint{endpoint("a", "Succeeded")}, "a Succeeded;"},
		{"an older state", []*model.Endpoint{endpoint("a", "Updating")}, []*model.Endpoint{endpoint("a", "Succeeded")}, "a Succeeded;"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.graphOf(tt.graph...)
				f.endpoints["ws1"] = tt.arm
				s := open(t, f, Options{})
				time.Sleep(time.Second)
				if err := s.Refresh(t.Context(), model.SectionEndpoints); err != nil { // as after an operation
					t.Fatal(err)
				}
				for range 60 {
					time.Sleep(10 * time.Second)
					synctest.Wait()
					if got := endpointsOf(latest(t, s)); got != tt.want {
						t.Fatalf("endpoints %q, want %q", got, tt.want)
					}
				}
				between(t, "lists of endpoints in the last ten minutes", f.within("endpoints ws1", 10*time.Minute), 9, 25)
				f.set(func() { f.graphOf(tt.arm...) })
				time.Sleep(5 * time.Minute)
				between(t, "lists once the graph caught up", during(f, "endpoints ws1", 10*time.Minute), 0, 1)
			})
		})
	}
}

// A change that the graph tells of first is looked up.
func TestTheGraphTellsOfAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.graphOf(endpoint("a", "Succeeded"))
		f.endpoints["ws1"] = []*model.Endpoint{endpoint("a", "Succeeded")}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		if err := s.Refresh(t.Context(), model.SectionEndpoints); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute)
		f.set(func() {
			f.graphOf(endpoint("a", "Succeeded"), endpoint("b", "Succeeded"))
			f.endpoints["ws1"] = []*model.Endpoint{endpoint("a", "Succeeded"), endpoint("b", "Succeeded")}
		})
		time.Sleep(65 * time.Second)
		synctest.Wait()
		if got := endpointsOf(latest(t, s)); got != "a Succeeded;b Succeeded;" {
			t.Errorf("endpoints %q", got)
		}
	})
}

func TestWhatTheGraphLeavesOutIsAskedFor(t *testing.T) {
	bare := endpoint("a", "")
	failed := endpoint("a", "Failed")
	moving := endpoint("a", "Updating")
	for name, tt := range map[string]struct {
		graph *model.Endpoint
		low   int
	}{"no state": {bare, 4}, "a failure without its reason": {failed, 4}, "in transition": {moving, 100}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.graphOf(tt.graph)
				f.endpoints["ws1"] = []*model.Endpoint{tt.graph}
				open(t, f, Options{})
				time.Sleep(5 * time.Minute)
				synctest.Wait()
				if n := len(f.times("endpoints ws1")); n < 1 || tt.low == 100 && n < 100 {
					t.Errorf("asked %d times in five minutes", n)
				}
			})
		})
	}
}

func TestAWorkspaceARMDoesNotKnowIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.graphOf(endpoint("a", "Succeeded"))
		f.workspaces["sub1"] = nil
		gone := &model.Refusal{Class: model.ErrNotFound, Status: 404}
		f.fail = func(call string) error {
			if call == "computes ws1" || call == "endpoints ws1" || call == "jobs ws1" {
				return gone
			}
			return nil
		}
		s := open(t, f, Options{})
		for range 30 {
			time.Sleep(10 * time.Second)
			synctest.Wait()
			if snap := latest(t, s); len(snap.Workspaces) != 0 {
				t.Fatalf("it is listed still")
			}
		}
	})
}

func TestNarrowing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.subs = []model.SubscriptionID{"sub1", "sub2"}
		f.workspaces["sub1"] = []string{"prod-a", "dev-b"}
		f.workspaces["sub2"] = []string{"prod-c"}
		s := open(t, f, Options{Narrow: model.Narrow{Subscriptions: []string{"SUB1", "sub9"}, Workspaces: []string{"prod-*", "x"}, Favourites: []string{"prod-a"}}})
		time.Sleep(time.Minute)
		synctest.Wait()
		for _, never := range []string{"workspaces sub2", "computes prod-c", "computes dev-b", "jobs dev-b"} {
			if len(f.times(never)) > 0 {
				t.Errorf("%q was asked", never)
			}
		}
		snap := latest(t, s)
		if len(snap.Subscriptions) != 1 || len(snap.Workspaces) != 1 || len(f.times("computes prod-a")) == 0 {
			t.Errorf("%d subscriptions, %d workspaces", len(snap.Subscriptions), len(snap.Workspaces))
		}
		if len(snap.Notes) != 2 {
			t.Errorf("notes: %q", snap.Notes)
		}
	})
}
