package ui

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// running is an instance that has billed since a while before noon.
func running(micros model.Money, since time.Duration) *model.Instance {
	return &model.Instance{Target: model.Target{Meter: model.Meter{{
		Price: model.Price{PerHour: micros, Source: model.PriceService},
		Spans: []model.Span{{From: noon.Add(-since), Units: 1}},
	}}}}
}

// TestTheSumGoesOn takes a sum from one snapshot to the next and compares it
// with one made anew.
func TestTheSumGoesOn(t *testing.T) {
	old := &model.Snapshot{}
	for i := range 200 {
		old.Instances = append(old.Instances, running(model.Money(i)*36_000, time.Duration(i)*time.Hour))
	}
	was := fleet{sumOf(old, noon, time.UTC), sourcesOf(old, noon, time.UTC), old}
	stopped := running(3_600_000, 5*time.Hour)
	stopped.Meter[0].Spans[0].To = noon.Add(time.Minute)
	unpriced := running(0, time.Hour)
	unpriced.Meter[0].Price = model.Price{}
	for _, tt := range []struct {
		name   string
		change func(rows []*model.Instance) []*model.Instance
		later  time.Duration
		goes   bool
	}{
		{"nothing", func(r []*model.Instance) []*model.Instance { return r }, time.Hour, true},
		{"one stopped", func(r []*model.Instance) []*model.Instance { r[100] = stopped; return r }, time.Hour, true},
		{"one of unknown price", func(r []*model.Instance) []*model.Instance { r[3] = unpriced; return r }, time.Hour, true},
		{"three dearer", func(r []*model.Instance) []*model.Instance {
			for i := range 3 {
				r[i*50] = running(72_000_000, time.Duration(i)*30*time.Hour)
			}
			return r
		}, time.Minute, true},
		{"one more", func(r []*model.Instance) []*model.Instance { return append(r, stopped) }, time.Hour, false},
		{"many others", func(r []*model.Instance) []*model.Instance {
			for i := range 100 {
				r[i] = stopped
			}
			return r
		}, time.Hour, false},
		{"another day", func(r []*model.Instance) []*model.Instance { r[1] = stopped; return r }, 13 * time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, now := &model.Snapshot{}, noon.Add(tt.later)
			s.Instances = tt.change(append([]*model.Instance(nil), old.Instances...))
			got, ok := was.next(s, sourcesOf(s, now, time.UTC), now, time.UTC)
			if ok != tt.goes {
				t.Fatalf("goes on: %t", ok)
			}
			if !ok {
				return
			}
			want := sumOf(s, now, time.UTC)
			off := func(a, b model.Money) bool { return a-b > 10 || b-a > 10 } // millionths, from rounding
			if got.Burn != want.Burn || got.Unpriced != want.Unpriced || got.Targets != want.Targets ||
				off(got.TodayAt(now), want.Today) || off(got.MonthAt(now), want.Month) {
				t.Errorf("%+v, which is %d and %d now; want %+v", got, got.TodayAt(now), got.MonthAt(now), want)
			}
		})
	}
}

// BenchmarkSum is the cost of 100,000 targets: made anew, and taken on after
// one of them changed.
func BenchmarkSum(b *testing.B) {
	s := &model.Snapshot{}
	for i := range 100_000 {
		s.Instances = append(s.Instances, running(model.Money(i), time.Duration(i)*time.Minute))
	}
	was := fleet{sumOf(s, noon, time.UTC), sourcesOf(s, noon, time.UTC), s}
	b.Run("anew", func(b *testing.B) {
		for b.Loop() {
			sumOf(s, noon, time.UTC)
		}
	})
	b.Run("one changed", func(b *testing.B) {
		next := &model.Snapshot{Instances: append([]*model.Instance(nil), s.Instances...)}
		next.Instances[7] = running(1, time.Hour)
		of := sourcesOf(next, noon, time.UTC)
		for b.Loop() {
			if _, ok := was.next(next, of, noon, time.UTC); !ok {
				b.Fatal("summed anew")
			}
		}
	})
}
