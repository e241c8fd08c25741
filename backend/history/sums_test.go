package history

import (
	"fmt"
	"math/rand/v2"
	"slices"
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
		s := openAt(t, InMemory)
		ids := map[string]bool{}
		last := map[string]time.Time{}
		now := at(0)
		for range 120 {
			now = now.Add(time.Duration(r.Int64N(int64(90 * time.Minute))))
			ws := fmt.Sprint("ws", r.IntN(3))
			before := last[ws]
			if r.IntN(8) == 0 {
				before = time.Time{}
			}
			if err := s.Observe(t.Context(), randomBatch(r, part(ws), now, before, ids)); err != nil {
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
		holdTargets(t, s, ids, r, now, fmt.Sprint("seed ", seed))
	}
}

// randomBatch is what is seen of some targets of a part. No before is a
// program's first look.
func randomBatch(r *rand.Rand, p Part, now, before time.Time, ids map[string]bool) Batch {
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
		id := targetID(p.Name, fmt.Sprint("t", i))
		ids[id] = true
		x := Sighting{ID: id, Kind: "instance", Name: id, Part: p, Billing: b, Seen: now, Before: before, At: now.Add(-time.Duration(r.Int64N(int64(time.Hour)))), Source: "last operation"}
		x.Gone = r.IntN(9) == 0
		if r.IntN(2) == 0 {
			x.Steady, x.Ended = now.Add(-time.Duration(r.Int64N(int64(20*time.Hour)))), r.IntN(2) == 0
		}
		seen = append(seen, x)
	}
	if before.IsZero() {
		return Batch{Listings: []Listing{{p, now, seen}}, Coverage: []Coverage{{p, model.Window{From: now, To: now}}}}
	}
	return Batch{Sightings: seen, Coverage: []Coverage{{p, model.Window{From: before, To: now}}}}
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

// holdTargets holds what Targets says of a random window, of everything or of
// an owner in a workspace, against the lives of targets.
func holdTargets(t *testing.T, s *Store, ids map[string]bool, r *rand.Rand, end time.Time, name string) {
	t.Helper()
	from := at(0).Add(time.Duration(r.Int64N(int64(end.Sub(at(0))))))
	w := model.Window{From: from, To: from.Add(time.Duration(r.Int64N(int64(end.Sub(from)) + 1)))}
	ws, owner := Key{ByWorkspace, string(part("ws1").Workspace)}, Key{ByOwner, "owner1"}
	for _, only := range [][]Key{nil, {ws}, {owner}, {ws, owner}} {
		want := model.Spend{}
		for id := range ids {
			l, err := s.Life(t.Context(), id, w)
			if err != nil {
				t.Fatal(err)
			}
			if len(only) > 0 && only[0] == ws && string(l.Workspace) != ws.Key {
				continue
			}
			if len(only) > 0 && only[len(only)-1] == owner {
				billed, _ := model.Sift(l.Intervals, l.Seen, l.Fills)
				billed = slices.DeleteFunc(billed, func(i model.Interval) bool { return i.Owner != owner.Key })
				want = want.Plus(model.Accrue(billed, nil, w))
				continue
			}
			want = want.Plus(l.Spend(w))
		}
		list, err := s.Targets(t.Context(), Question{Window: w, Only: only, Now: end, Slack: time.Nanosecond})
		if err != nil {
			t.Fatal(err)
		}
		var got model.Spend
		for _, c := range list {
			got = got.Plus(c.Spend)
		}
		if got.Compute != want.Compute || got.Standing != want.Standing || got.Units != want.Units {
			t.Errorf("%s: targets under %v in %v: %+v\nintervals: %+v", name, only, w, got, want)
		}
	}
}
