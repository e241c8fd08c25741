package backendtest_test

import (
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/backendtest"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// hand is a clock that goes when it is moved.
type hand struct {
	mu  sync.Mutex
	now time.Time
}

func newHand() *hand { return &hand{now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)} }

func (h *hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hand) Advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func server(t *testing.T, clock *hand) *arm.Server {
	t.Helper()
	sc, err := sim.Load("testdata/contract.toml")
	if err != nil {
		t.Fatal(err)
	}
	world, err := sim.New(sc, 1)
	if err != nil {
		t.Fatal(err)
	}
	return arm.New(world, arm.Options{Now: clock.Now, PageSize: 2, Throttle: true})
}

func client(t *testing.T, o azure.Options) *azure.Client {
	t.Helper()
	c, err := azure.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSimulatorInProcess is what the program opens on without an Azure.
func TestSimulatorInProcess(t *testing.T) {
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		clock := newHand()
		c := client(t, azure.Options{Carrier: model.CarrierSim, Transport: server(t, clock).Transport(), Now: clock.Now})
		return backendtest.Fixture{Cloud: c, Advance: clock.Advance}
	})
}

// TestEmulatorOverLoopback is the same over a socket.
func TestEmulatorOverLoopback(t *testing.T) {
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		clock := newHand()
		srv := httptest.NewServer(server(t, clock))
		t.Cleanup(srv.Close)
		c := client(t, azure.Options{Carrier: model.CarrierEmulator, Endpoint: srv.URL, Now: clock.Now})
		return backendtest.Fixture{Cloud: c, Advance: clock.Advance}
	})
}
