package history

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// TestSumsAreTheirIntervals plays a random month on several targets, with
// breaks, fills and sums made at any moment, and holds the sums against the
// intervals.
func TestSumsAreTheirIntervals(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := openNew(t)
		ids := map[string]bool{}
		last := map[string]time.Time{}
		now := at(0)
		for range 120 {
			now = now.Add(time.Duration(r.Int64N(int64(90 * time.Minute))))
			ws := fmt.Sprint("ws", r.IntN(3))
			p := part(ws)
			before, batch := last[ws], Batch{}
			if r.IntN(8) == 0 {
				before = time.Time{}
			}
			from := before
			if before.IsZero() {
				from = now
			}
			var seen []Sighting
			for i := range 4 {
				if r.IntN(3) == 0 {
					continue
				}
				owner := fmt.Sprint("owner", r.IntN(2))
				b := running(owner, r.Int64N(900))
				switch r.IntN(4) {
				case 0:
					b = stopped(owner)
				case 1:
					b.Price = model.Price{}
				}
				id := targetID(ws, fmt.Sprint("t", i))
				ids[id] = true
				x := Sighting{ID: id, Kind: "instance", Name: id, Part: p, Billing: b, Seen: now, Before: before, At: now.Add(-time.Duration(r.Int64N(int64(time.Hour)))), Source: "last operation"}
				x.Gone = r.IntN(9) == 0
				if r.IntN(2) == 0 {
					x.Steady, x.Ended = now.Add(-time.Duration(r.Int64N(int64(20*time.Hour)))), r.IntN(2) == 0
				}
				seen = append(seen, x)
			}
			if before.IsZero() {
				batch.Listings = []Listing{{p, now, seen}}
			} else {
				batch.Sightings = seen
			}
			batch.Coverage = []Coverage{{p, model.Window{From: from, To: now}}}
			if err := s.Observe(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
			last[ws] = now
			if r.IntN(6) == 0 {
				oldest := now
				for _, l := range last {
					if l.Before(oldest) {
						oldest = l
					}
				}
				if err := s.Settle(t.Context(), oldest); err != nil {
					t.Fatal(err)
				}
			}
		}
		holdSums(t, s, ids, model.Window{From: at(-30 * 24), To: now}, fmt.Sprint("seed ", seed))
	}
}

// holdSums holds what Costs says against the lives of targets.
func holdSums(t *testing.T, s *Store, ids map[string]bool, w model.Window, name string) {
	t.Helper()
	var want model.Spend
	for id := range ids {
		l, err := s.Life(t.Context(), id, w)
		if err != nil {
			t.Fatal(err)
		}
		want = want.Plus(l.Spend(w))
	}
	if want.Compute.Money() == 0 || want.Unobserved == 0 || want.Unpriced == 0 {
		t.Fatalf("%s: nothing to compare: %+v", name, want)
	}
	for _, q := range []Question{
		{By: ByAll, Period: model.Hourly}, {By: ByAll, Period: model.Daily}, {By: ByAll, Period: model.Monthly},
		{By: ByOwner, Period: model.Daily}, {By: ByWorkspace, Period: model.Daily}, {By: BySize, Period: model.Monthly}, {By: ByTarget, Period: model.Monthly},
	} {
		q.Window, q.Now, q.Slack = w, w.To, time.Nanosecond
		list, err := s.Costs(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var got model.Spend
		for _, c := range list {
			got = got.Plus(c.Spend)
		}
		if q.By == ByTarget { // ranked by their VMs only
			if got.Compute != want.Compute {
				t.Errorf("%s: targets cost %+v, their intervals %+v", name, got.Compute, want.Compute)
			}
			continue
		}
		if got != want {
			t.Errorf("%s: %s by %d: %+v\nintervals: %+v", name, q.By, q.Period, got, want)
		}
	}
}
