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
