package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

// TestReportAsksHistory reports an instance that history saw stopped, and that
// runs now; the program did not watch in between.
func TestReportAsksHistory(t *testing.T) {
	now := modeltest.Now()
	store, err := history.Open(t.Context(), history.Options{Path: filepath.Join(t.TempDir(), "history.db"), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	snap := modeltest.Fleet()
	ana := snap.Instances[0]
	part := history.Part{PartKey: history.PartKey{Section: model.SectionComputes, Workspace: ana.Workspace}, Name: "vision"}
	snap.Parts = map[model.SectionKey]model.Parts{model.SectionComputes: {string(ana.Workspace): {Name: "vision", AsOf: now}}}
	snap.Seal()
	ask := func() model.ReportAsk {
		return model.ReportAsk{Snap: snap, Zone: time.UTC, Window: model.Window{To: now}}
	}

	empty := ask()
	if err := askHistory(t.Context(), store, "24h", &empty); err != nil || !empty.Past.Began.IsZero() {
		t.Errorf("an empty history: %+v, %v", empty.Past, err)
	}
	if err := askHistory(t.Context(), store, sinceVisit, &empty); err == nil || !strings.Contains(err.Error(), "no visit is known yet") {
		t.Errorf("no visit: %v", err)
	}

	seen := now.Add(-20 * time.Hour)
	batch := history.Batch{Listings: []history.Listing{{Part: part, Seen: seen, Sightings: []history.Sighting{{
		ID: string(ana.ID), Kind: "instance", Name: ana.Name, Part: part, At: seen, Seen: seen,
		Billing: model.Billing{State: "Stopped", VMSize: ana.VMSize, Owner: ana.Owner, Price: ana.Price},
	}}}}, Coverage: []history.Coverage{{Part: part, Window: model.Window{From: seen, To: seen.Add(2 * time.Minute)}}}}
	if err := store.Observe(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if err := store.Visited(t.Context(), seen.Add(time.Minute), struct{}{}); err != nil {
		t.Fatal(err)
	}
	full := ask()
	if err := askHistory(t.Context(), store, sinceVisit, &full); err != nil {
		t.Fatal(err)
	}
	r := model.NewReport(full)
	if !r.Visit || !r.Window.From.Equal(seen.Add(time.Minute)) || !r.Began.Equal(seen) {
		t.Errorf("window %v, began %v", r.Window, r.Began)
	}
	started := false
	for _, h := range r.Happened {
		started = started || h.What == model.WhatStarted && h.ID == string(ana.ID) && h.Detail == "Stopped → Running"
	}
	if !started {
		t.Errorf("happened: %+v", r.Happened)
	}
	if len(r.Gaps) != 1 || r.Gaps[0].Long() < 19*time.Hour {
		t.Errorf("gaps: %+v", r.Gaps)
	}
	if cut := untilSeen(full.Past.Gaps, now, now.Add(-19*time.Hour)); len(cut) != 1 || !cut[0].To.Equal(now.Add(-19*time.Hour)) {
		t.Errorf("gaps until the session: %+v", cut)
	}
}

func TestSinceWhen(t *testing.T) {
	now := time.Date(2026, 11, 25, 18, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"24h": now.Add(-24 * time.Hour), "7d": now.AddDate(0, 0, -7), "2026-11-01": time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
		"2026-11-25T12:30": now.Add(-330 * time.Minute), "2026-11-25T12:30:00Z": now.Add(-330 * time.Minute),
	} {
		if got, err := sinceWhen(text, now, time.UTC); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "0h", "soon", "2027-01-01"} {
		if got, err := sinceWhen(bad, now, time.UTC); err == nil {
			t.Errorf("%q is %v", bad, got)
		}
	}
}
