package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
)

// journalOf are the operations in the journal of the demo in a state folder.
func journalOf(t *testing.T, dir string) []model.Operation {
	t.Helper()
	path := filepath.Join(dir, history.FileName(model.Origin{Carrier: model.CarrierSim, Scenario: "demo"}))
	store, err := history.Open(t.Context(), history.Options{Path: path, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ops, err := store.Journal().Operations(t.Context(), 10)
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return ops
}

func TestTheCommandLineJournals(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	got := amltopRun(t, "stop", "ana-gpu", "--yes", "--backend", "sim", "--speed", "600", "--state-dir", dir)
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	ops := journalOf(t, dir)
	if len(ops) != 1 || ops[0].Phase != model.PhaseVerified || ops[0].Command.Name != "ana-gpu" || ops[0].Command.Verb != model.VerbStop {
		t.Errorf("journal: %+v", ops)
	}
	info := amltopRun(t, "info", "--backend", "sim", "--state-dir", dir)
	if !strings.Contains(info.stdout, filepath.Join(dir, "history-sim-demo.db (")) {
		t.Errorf("info: %s", info.stdout)
	}
}

// TestNoHistoryRefusesNothing has the state folder be what no file can be in.
func TestNoHistoryRefusesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got := amltopRun(t, "stop", "ana-gpu", "--yes", "--backend", "sim", "--speed", "600", "--state-dir", dir)
	if got.code != exitDone || !strings.Contains(got.stdout, "verified") {
		t.Errorf("exit %d: %s", got.code, got.stdout)
	}
	if !strings.Contains(got.stderr, "no history: make the state folder") || !strings.Contains(got.stderr, "without history and journal") {
		t.Errorf("stderr: %s", got.stderr)
	}
}

func TestHistorySettings(t *testing.T) {
	s := defaultSettings()
	if err := parseSettings("[history]\nkeep = \"400d\"\nmax_size = \"250MB\"\n[state]\ndir = \"/var/lib/amltop\"", &s); err != nil {
		t.Fatal(err)
	}
	if s.History.Keep.duration() != 400*24*time.Hour || s.History.MaxSize != 250<<20 {
		t.Errorf("%+v", s.History)
	}
	sys := system{env: func(string) string { return "" }}
	if path := s.historyPath(sys, model.Origin{Carrier: model.CarrierAzure}); path != filepath.Join("/var/lib/amltop", "history.db") {
		t.Errorf("path %s", path)
	}
	for _, bad := range []string{`keep = "34d"`, `keep = "9h"`, `max_size = "1TB"`, `max_size = "9MB"`, `max_size = "GB"`} {
		s := defaultSettings()
		if err := parseSettings("[history]\n"+bad, &s); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestMemoryOfARun holds that a simulator's history is there for the run, and
// leaves nothing behind; and that without a history nothing is kept, silently:
// that was said once.
func TestMemoryOfARun(t *testing.T) {
	sim := model.Origin{Carrier: model.CarrierSim, Scenario: "demo"}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for _, tt := range []struct {
		dir   string
		keeps bool
		notes int
	}{{"", true, 0}, {blocked, false, 1}} {
		s := defaultSettings()
		s.State.Dir = tt.dir
		m := openMemory(t.Context(), s, system{now: time.Now, env: func(string) string { return "" }}, sim)
		if err := m.Remember(t.Context(), "bill/s1", 7); err != nil {
			t.Errorf("in %q: %v", tt.dir, err)
		}
		var got int
		if found, err := m.Recall(t.Context(), "bill/s1", &got); err != nil || found != tt.keeps || found && got != 7 {
			t.Errorf("in %q: %v %d %v", tt.dir, found, got, err)
		}
		if n := m.Notes(); len(n) != tt.notes {
			t.Errorf("in %q: notes %q", tt.dir, n)
		}
		if err := m.close(); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
