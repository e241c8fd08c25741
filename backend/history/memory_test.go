package history

import (
	"bytes"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestMemory(t *testing.T) {
	s := openNew(t)
	type sort struct{ Column, Order string }
	var got sort
	if found, err := s.Recall(t.Context(), "pane.instances.sort", &got); found || err != nil {
		t.Fatalf("%v, %v", found, err)
	}
	for _, order := range []string{"up", "down"} {
		if err := s.Remember(t.Context(), "pane.instances.sort", sort{"cost", order}); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := s.Recall(t.Context(), "pane.instances.sort", &got); !found || err != nil || got != (sort{"cost", "down"}) {
		t.Errorf("%v, %v, %v", got, found, err)
	}
}

func TestVisits(t *testing.T) {
	s := openNew(t)
	for i := range visitsKept + 5 {
		if err := s.Visited(t.Context(), at(float64(i)), map[string]int{"running": i}); err != nil {
			t.Fatal(err)
		}
	}
	var digest map[string]int
	when, err := s.LastVisit(t.Context(), at(50), &digest)
	if err != nil || !when.Equal(at(49)) || digest["running"] != 49 {
		t.Errorf("%v, %v, %v", when, digest, err)
	}
	if when, err := s.LastVisit(t.Context(), at(5), &digest); err != nil || !when.IsZero() {
		t.Errorf("the oldest visits are kept: %v, %v", when, err)
	}
}

// TestOldIntervalsBecomeDays rolls days up and loses no money.
func TestOldIntervalsBecomeDays(t *testing.T) {
	o := options(t, filepath.Join(t.TempDir(), "history.db"))
	o.Keep = 10 * 24 * time.Hour
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	y := &story{t: t, s: s}
	const days = 30
	for h := range days * 24 {
		b := running("ana", 100)
		if h%4 > 1 {
			b = stopped("ana")
		}
		y.see(float64(h), b)
	}
	now := at(days*24 - 1)
	if err := s.Settle(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	w := model.Window{From: model.StartOfMonth(at(0), s.o.Zone), To: now}
	before, err := s.Life(t.Context(), targetID("vision", "ana"), w)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Tidy(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	after, err := s.Life(t.Context(), targetID("vision", "ana"), w)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := before.Spend(w), after.Spend(w); a != b {
		t.Errorf("before %+v\nafter  %+v", a, b)
	}
	if len(after.Intervals) > 11*12 || len(after.Totals) > 2*(days-9) || len(after.Totals) < 2*(days-11) {
		t.Errorf("%d intervals and %d totals are left of %d intervals", len(after.Intervals), len(after.Totals), len(before.Intervals))
	}
	if list, err := s.Costs(t.Context(), Question{By: ByAll, Period: model.Hourly, Window: w, Now: now}); err != nil || len(list) > 9*24 {
		t.Errorf("%d hours are kept, %v", len(list), err)
	}
}

func TestFileStaysWithinItsSize(t *testing.T) {
	if testing.Short() {
		t.Skip("writing so much takes a while")
	}
	var log bytes.Buffer
	o := options(t, filepath.Join(t.TempDir(), "history.db"))
	o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const days = 16
	for day := range days {
		var b Batch
		for i := range 40 {
			billing := running(fmt.Sprint("owner", i), int64(day+1))
			b.Sightings = append(b.Sightings, Sighting{
				ID: targetID("vision", fmt.Sprint("t", i)), Kind: "instance", Name: fmt.Sprint("t", i), Part: part("vision"),
				Billing: billing, At: at(float64(24 * day)), Seen: at(float64(24 * day)), Before: at(float64(24*day - 1)),
			})
		}
		b.Coverage = []Coverage{{part("vision"), model.Window{From: at(float64(24 * (day - 1))), To: at(float64(24 * day))}}}
		if err := s.Observe(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	now := at((days - 1) * 24)
	if err := s.Settle(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	full, err := s.Size(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.o.MaxBytes = full * 2 / 3
	if err := s.Tidy(t.Context(), now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	size, err := s.Size(t.Context())
	if err != nil || size > s.o.MaxBytes {
		t.Errorf("%d bytes, %v", size, err)
	}
	s.o.MaxBytes = 1
	if err := s.Tidy(t.Context(), now.Add(time.Hour)); err == nil || !strings.Contains(err.Error(), "allow more") {
		t.Errorf("an impossible size: %v", err)
	}
	if !strings.Contains(log.String(), "oldest was dropped") {
		t.Errorf("nobody was told: %s", log.String())
	}
	if l, err := s.Life(t.Context(), targetID("vision", "t7"), model.Window{From: at((days - 3) * 24), To: now}); err != nil || len(l.Intervals) < 2 {
		t.Errorf("the newest is gone: %+v, %v", l, err)
	}
}
