package backendtest_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// counter counts answers by status on their way.
type counter struct {
	*arm.Transport
	throttled, all atomic.Int64
}

func (c *counter) Do(r *http.Request) (*http.Response, error) {
	resp, err := c.Transport.Do(r)
	c.all.Add(1)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		c.throttled.Add(1)
	}
	return resp, err
}

// simulated is a session over a scenario, all in this process.
func simulated(t *testing.T, sc sim.Scenario, speed float64, faults ...arm.Fault) (*backend.Session, *counter) {
	t.Helper()
	world, err := sim.New(sc, 1)
	if err != nil {
		t.Fatal(err)
	}
	wire := &counter{Transport: arm.New(world, arm.Options{Now: time.Now, Speed: speed, Throttle: true, Faults: faults}).Transport()}
	cloud := client(t, azure.Options{Carrier: model.CarrierSim, Transport: wire, Now: time.Now})
	s := backend.Open(t.Context(), cloud, backend.Options{Now: time.Now, Grace: backend.DefaultGrace})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, wire
}

func scenario(t *testing.T, name string) sim.Scenario {
	t.Helper()
	sc, err := sim.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func newest(t *testing.T, s *backend.Session) *model.Snapshot {
	t.Helper()
	synctest.Wait()
	snap, err := s.Next(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func command(v model.Verb, i *model.Instance) model.Command {
	return model.Command{Verb: v, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace}
}

func TestDemoLoadsAndLives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, wire := simulated(t, scenario(t, "demo"), 60)
		time.Sleep(15 * time.Second)
		first := newest(t, s)
		for key, parts := range first.Parts {
			for _, p := range parts {
				if p.AsOf.IsZero() && p.Err == nil {
					t.Errorf("%s of %s is neither loaded nor failed after 15 s", key, p.Name)
				}
			}
		}
		if len(first.Workspaces) == 0 || len(first.Instances) == 0 || len(first.Clusters) == 0 || len(first.Jobs) == 0 || len(first.Deployments) == 0 {
			t.Fatalf("loaded: %d workspaces, %d instances, %d clusters, %d jobs, %d deployments", len(first.Workspaces),
				len(first.Instances), len(first.Clusters), len(first.Jobs), len(first.Deployments))
		}
		burn := model.Money(0)
		for _, i := range first.Instances {
			burn += i.Meter.Burn(first.Clock.Time)
			if i.State == model.StateRunning && !i.Price.Known() {
				t.Errorf("no price for %s, %s", i.Name, i.VMSize)
			}
		}
		if burn == 0 {
			t.Error("nothing burns")
		}
		time.Sleep(3 * time.Minute) // three hours there
		last := newest(t, s)
		if len(last.Changes) == 0 {
			t.Error("nothing happened in three hours of the demo")
		}
		if n := wire.throttled.Load(); n != 0 {
			t.Errorf("%d of %d answers were 429", n, wire.all.Load())
		}
	})
}

func TestStopOverTheSimulator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := simulated(t, scenario(t, "testdata/contract.toml"), 60)
		time.Sleep(5 * time.Second)
		up, full := find(t, newest(t, s), "up"), find(t, newest(t, s), "full")
		for _, i := range []*model.Instance{up, full} {
			if _, err := s.Execute(t.Context(), command(model.VerbStop, i)); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Minute)
		snap := newest(t, s)
		verified, refused := snap.Operation(string(up.ID)), snap.Operation(string(full.ID))
		if verified.Phase != model.PhaseVerified || !strings.Contains(verified.Detail, "this run cost $") {
			t.Errorf("stop: %s, %q", verified.Phase, verified.Detail)
		}
		if refused.Phase != model.PhaseRefused || !strings.Contains(refused.Detail, "disk is full") || refused.Next == "" {
			t.Errorf("stop with a full disk: %s, %q, next %q", refused.Phase, refused.Detail, refused.Next)
		}
		stopped := find(t, snap, "up")
		if stopped.State != model.StateStopped {
			t.Errorf("the row says %s", stopped.State)
		}
		spent := stopped.Meter.Only(model.ChargeCompute).Between(up.RunningSince, snap.Clock.Time.Add(time.Hour))
		if off := spent - verified.RunCost; off > up.Price.PerHour/10 || off < -up.Price.PerHour/10 {
			t.Errorf("the receipt says %s, the meter %s", verified.RunCost.Decimal(), spent.Decimal())
		}
	})
}

func find(t *testing.T, s *model.Snapshot, name string) *model.Instance {
	t.Helper()
	for _, i := range s.Instances {
		if i.Name == name {
			return i
		}
	}
	t.Fatalf("no instance %s among %d", name, len(s.Instances))
	return nil
}

func TestFaultsOnTheWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := simulated(t, scenario(t, "testdata/contract.toml"), 60,
			arm.Fault{Route: "jobs.list", Kind: "malformed"},
			arm.Fault{Route: "computes.get", Kind: "stale", Duration: 20 * time.Second},
			arm.Fault{Route: "computes.stop", Kind: "429", Count: 2, Duration: 7 * time.Second},
		)
		time.Sleep(5 * time.Second)
		snap := newest(t, s)
		up := find(t, snap, "up")
		for _, p := range snap.Parts[model.SectionJobs] {
			if p.Err == nil {
				t.Errorf("jobs of %s have no error, though the answer was malformed", p.Name)
			}
		}
		if _, err := s.Execute(t.Context(), command(model.VerbStop, up)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		if op := newest(t, s).Operation(string(up.ID)); op.Phase != model.PhaseVerified {
			t.Errorf("stop through stale reads and throttling: %s, %q", op.Phase, op.Detail)
		}
	})
}

func TestAFleetIsNeverThrottled(t *testing.T) {
	if testing.Short() {
		t.Skip("a fleet takes seconds to decode")
	}
	synctest.Test(t, func(t *testing.T) {
		sc := scenario(t, "fleet")
		sc.Fleet.Subscriptions, sc.Fleet.Workspaces, sc.Fleet.TargetsPerWorkspace = 1, 200, 10
		s, wire := simulated(t, sc, 1)
		time.Sleep(time.Second)
		ws := newest(t, s).Workspaces[77].ID
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{ws}}); err != nil {
			t.Fatal(err)
		}
		for range 60 {
			time.Sleep(2 * time.Second)
			snap := newest(t, s)
			p := snap.Part(model.SectionComputes, string(ws))
			if age := snap.Clock.At(time.Now()).Sub(p.AsOf); !p.AsOf.IsZero() && age > 5200*time.Millisecond {
				t.Errorf("rows on the screen are %v old", age)
			}
		}
		if n := wire.throttled.Load(); n != 0 {
			t.Errorf("%d of %d answers were 429", n, wire.all.Load())
		}
	})
}
