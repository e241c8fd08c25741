package backendtest_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// line is a connection that can be pulled out.
type line struct {
	*arm.Transport
	out atomic.Bool
}

func (l *line) Do(r *http.Request) (*http.Response, error) {
	if l.out.Load() {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	return l.Transport.Do(r)
}

// TestTheServerIsAwayForAMinute pulls the server out from under a session and
// brings it back: meanwhile every row stays, with its age and why it is old;
// afterwards everything is fresh, and a stop begun in between is carried out.
func TestTheServerIsAwayForAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		world, err := sim.New(scenario(t, "demo"), 1)
		if err != nil {
			t.Fatal(err)
		}
		wire := &line{Transport: arm.New(world, arm.Options{Now: time.Now, Speed: 1}).Transport()}
		s := backend.Open(t.Context(), client(t, azure.Options{Carrier: model.CarrierSim, Transport: wire, Now: time.Now}), backend.Options{Now: time.Now})
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(15 * time.Second)
		before := newest(t, s)
		up := running(t, before)

		wire.out.Store(true)
		if _, err := s.Execute(t.Context(), command(model.VerbStop, up)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		away := newest(t, s)
		if a, b := counts(away), counts(before); a != b {
			t.Errorf("rows while it is away: %v, before: %v", a, b)
		}
		failing := 0
		for key, parts := range away.Parts {
			for _, p := range parts.Failing() {
				if errors.Is(p.Err, model.ErrUnreachable) {
					failing++
					if p.AsOf.IsZero() || p.FailedAt.IsZero() || !strings.Contains(p.Err.Error(), "refused") {
						t.Errorf("%s of %s: %+v", key, p.Name, p)
					}
				}
			}
		}
		if since, why := away.Outage(); failing == 0 || since.IsZero() || why == nil {
			t.Errorf("%d parts fail; the outage is said to be since %v: %v", failing, since, why)
		}

		wire.out.Store(false)
		time.Sleep(3 * time.Minute)
		back := newest(t, s)
		if a, b := counts(back), counts(before); a != b {
			t.Errorf("rows when it is back: %v, before: %v", a, b)
		}
		for key, parts := range back.Parts {
			for _, p := range parts.Failing() {
				if errors.Is(p.Err, model.ErrUnreachable) {
					t.Errorf("%s of %s still fails: %v", key, p.Name, p.Err)
				}
			}
		}
		if op := back.Operation(string(up.ID)); op.Phase != model.PhaseVerified && op.Phase != model.PhaseRunning {
			t.Errorf("the stop: %s, %q", op.Phase, op.Detail)
		}
	})
}

func running(t *testing.T, s *model.Snapshot) *model.Instance {
	t.Helper()
	for _, i := range s.Instances {
		if i.State == model.StateRunning {
			return i
		}
	}
	t.Fatal("nothing runs")
	return nil
}

// counts is how much there is on the screen.
func counts(s *model.Snapshot) [6]int {
	return [6]int{len(s.Workspaces), len(s.Instances), len(s.Clusters), len(s.Attached), len(s.Deployments), len(s.Endpoints)}
}

// TestAServerThatIsPulledAway closes a listener under a client and opens it
// again at the same address: the client says what is wrong, and recovers by
// itself.
func TestAServerThatIsPulledAway(t *testing.T) {
	clock := newHand()
	handler := server(t, clock)
	first := httptest.NewServer(handler)
	address := first.Listener.Addr().String()
	cloud := client(t, azure.Options{Carrier: model.CarrierEmulator, Endpoint: first.URL, Now: clock.Now})
	if _, err := cloud.Subscriptions(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.CloseClientConnections()
	first.Close()
	_, err := cloud.Subscriptions(t.Context())
	var r *model.Refusal
	if !errors.As(err, &r) || r.Class != model.ErrUnreachable || r.Next == "" {
		t.Errorf("while it is away: %#v", err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Skipf("the port was taken meanwhile: %v", err)
	}
	again := httptest.NewUnstartedServer(handler)
	_ = again.Listener.Close()
	again.Listener = listener
	again.Start()
	defer again.Close()
	if subs, err := cloud.Subscriptions(t.Context()); err != nil || len(subs) != 1 {
		t.Errorf("back: %d subscriptions, %v", len(subs), err)
	}
}
