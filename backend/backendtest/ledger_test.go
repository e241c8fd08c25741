package backendtest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// TestMetersAgreeWithTheLedger holds what the poller concludes of billing from
// the wire against what the world itself has written down: an hour in which
// people start and stop instances, and clusters grow and drain.
func TestMetersAgreeWithTheLedger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const speed, hours = 4, 1
		world, err := sim.New(scenario(t, "demo"), 1)
		if err != nil {
			t.Fatal(err)
		}
		wire := arm.New(world, arm.Options{Now: time.Now, Speed: speed}).Transport()
		cloud := client(t, azure.Options{Carrier: model.CarrierSim, Transport: wire, Now: time.Now})
		s := backend.Open(t.Context(), cloud, backend.Options{Now: time.Now})
		time.Sleep(hours * time.Hour / speed)
		snap := newest(t, s)
		if err := s.Close(); err != nil { // nobody else touches the world from here on
			t.Fatal(err)
		}
		world.AdvanceTo(snap.Clock.Time)
		ledger, billed := world.Ledger(), 0
		agree := func(id string, m model.Meter, unseen time.Duration) {
			got, want := vmTime(m, world.Start(), snap.Clock.Time), ledger[id]
			if off := (got - want).Abs(); off > unseen+want/20 {
				t.Errorf("%s: %v by its meter, %v by the ledger", id, got, want)
			}
			if want > 0 {
				billed++
			}
		}
		for _, r := range snap.Instances {
			agree(string(r.ID), r.Meter, 2*time.Minute)
		}
		for _, r := range snap.Clusters {
			agree(string(r.ID), r.Meter, 5*time.Minute) // nodes come and go between two looks
		}
		for _, r := range snap.Deployments {
			agree(string(r.ID), r.Meter, 15*time.Minute) // VMs of one that is being created are not counted
		}
		if billed < 30 {
			t.Errorf("only %d targets were billed: that holds little", billed)
		}
	})
}

// vmTime is the VM time that a meter says was billed between two moments.
func vmTime(m model.Meter, from, to time.Time) time.Duration {
	var sum time.Duration
	for _, c := range m.Only(model.ChargeCompute) {
		for _, s := range c.Spans {
			begin, end := s.From, s.To
			if begin.Before(from) {
				begin = from
			}
			if s.Open() {
				end = to
			}
			sum += time.Duration(s.Units) * max(0, end.Sub(begin))
		}
	}
	return sum
}
