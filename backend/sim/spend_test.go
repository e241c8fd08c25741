package sim

import (
	"strings"
	"testing"
	"time"
)

// What is spent within the world's time is what the ledger says, however the
// time is cut.
func TestSpendingAddsUpToTheLedger(t *testing.T) {
	w := demo(t, 1)
	w.AdvanceTo(w.Start().Add(60 * time.Hour))
	sum := map[string]time.Duration{}
	days := map[time.Time]bool{}
	cut := w.Start().Truncate(24 * time.Hour).Add(48 * time.Hour)
	for _, stretch := range [][2]time.Time{{w.Start(), cut}, {cut, w.Now()}} {
		w.Spent(stretch[0], stretch[1], func(s Spending) {
			if s.Meter == MeterCompute {
				sum[strings.ToLower(s.Resource)] += s.Used
				days[s.Day] = true
			}
		})
	}
	ledger := w.Ledger()
	for id, want := range ledger {
		if off := (sum[id] - want).Abs(); off > time.Second {
			t.Errorf("%s: %v spent, %v in the ledger", id, sum[id], want)
		}
	}
	if len(days) != 4 || len(ledger) < 20 {
		t.Errorf("%d days, %d targets", len(days), len(ledger))
	}
}

// An instance's disk is paid for while it exists, its VM while it runs; a run
// that began before the world is billed from its beginning.
func TestSpendingOfAnInstance(t *testing.T) {
	w, i := box(t, "state = \"Running\"\nsince = \"-50h\"\ncreated = \"-90h\"")
	before := map[string]time.Duration{}
	w.Spent(i.Last.Time, w.Now(), func(s Spending) {
		if s.Resource == i.ID() {
			before[s.Meter] += s.Used
		}
	})
	ran := w.Now().Sub(i.Last.Time)
	if before[MeterCompute] != ran || before[MeterDisk] != ran || before[MeterAddress] != ran {
		t.Errorf("%v within %v", before, ran)
	}
	if _, err := w.DeleteCompute(i, false); err != nil {
		t.Fatal(err)
	}
	w.AdvanceTo(w.Now().Add(48 * time.Hour))
	after := time.Duration(0)
	w.Spent(w.Start(), w.Now(), func(s Spending) {
		if s.Resource == i.ID() && s.Meter == MeterDisk {
			after += s.Used
		}
	})
	if after <= 0 || after > 5*time.Minute {
		t.Errorf("the disk of a deleted instance was paid for %v", after)
	}
}

// A cluster has a load balancer for each fifty nodes while it has any: as long
// as its VMs are paid for, and no longer.
func TestSpendingOnLoadBalancersOfClusters(t *testing.T) {
	w := demo(t, 1)
	w.AdvanceTo(w.Start().Add(60 * time.Hour))
	type span struct{ vms, balancers time.Duration }
	sum := map[string]*span{}
	w.Spent(w.Start(), w.Now(), func(s Spending) {
		if _, ok := s.Workspace.FindCompute(s.Resource[strings.LastIndexByte(s.Resource, '/')+1:]).(*Cluster); !ok {
			return
		}
		if sum[s.Resource] == nil {
			sum[s.Resource] = &span{}
		}
		if s.Meter == MeterLoadBalancer {
			sum[s.Resource].balancers += s.Used
		} else {
			sum[s.Resource].vms += s.Used
		}
	})
	for id, s := range sum {
		if s.balancers <= 0 || s.balancers > s.vms || s.balancers > 60*time.Hour+time.Second {
			t.Errorf("%s: %v of balancers for %v of VMs", id, s.balancers, s.vms)
		}
	}
	if len(sum) < 5 {
		t.Errorf("only %d clusters were billed", len(sum))
	}
	if n := balancersFor(0); n != 0 || balancersFor(1) != 1 || balancersFor(50) != 1 || balancersFor(51) != 2 {
		t.Errorf("balancers for no node: %d", n)
	}
}
