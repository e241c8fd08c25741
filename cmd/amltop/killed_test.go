//go:build unix

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

// TestKilledDashboardLosesNoIntent kills the whole program, which no handler
// can see coming, while it stops an instance: once within the grace and once
// when the request is out. The next start says what became of it.
func TestKilledDashboardLosesNoIntent(t *testing.T) {
	endpoint := startEmulatorAt(t, "60")
	tests := []struct {
		name, grace string
		at          []model.Phase // one of these when it is killed
		then        model.Phase
		detail      string
	}{
		{"in the grace", "5s", []model.Phase{model.PhaseGrace}, model.PhaseFailed, "nothing was sent"},
		{"under way", "200ms", []model.Phase{model.PhaseSending, model.PhaseRunning, model.PhaseVerifying}, model.PhaseVerified, "Stopped"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			const instance = "ana-gpu"
			dir := t.TempDir()
			config := filepath.Join(dir, "config.toml")
			if err := os.WriteFile(config, []byte("[operations]\ngrace = \""+tt.grace+"\"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			start := func(command string) *screen {
				return startScreen(t, nil, "--config", config, "--backend", "auto", "--endpoint", endpoint, "--state-dir", dir, "-c", command)
			}
			s := start("instances /name:" + instance)
			s.await("Running")
			s.press("x")
			s.await("saves")
			s.press("\r")
			s.awaitPhase(dir, tt.at...)
			if err := s.cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			s.end()

			again := start("activity")
			op := again.awaitPhase(dir, tt.then)
			if !strings.Contains(op.Detail+op.State, tt.detail) || op.Command.Name != instance {
				t.Errorf("%s: %q, %q", op.Command.Name, op.State, op.Detail)
			}
			again.await(instance)
			again.press(":q\r")
			if code := again.end(); code != exitDone {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// awaitPhase reads until the one operation in the journal of a state folder is
// in one of some phases.
func (s *screen) awaitPhase(dir string, phases ...model.Phase) model.Operation {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "history-emulator-*.db"))
	if err != nil || len(files) != 1 {
		s.t.Fatalf("history files %v, %v", files, err)
	}
	store, err := history.Open(s.t.Context(), history.Options{Path: files[0], Now: time.Now})
	if err != nil {
		s.t.Fatal(err)
	}
	defer store.Close()
	for {
		ops, err := store.Journal().Operations(s.t.Context(), 10)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, want := range phases {
			if len(ops) == 1 && ops[0].Phase == want {
				return ops[0]
			}
		}
		if _, ok := <-s.more; !ok {
			s.t.Fatalf("the program ended with %+v in the journal", ops)
		}
	}
}
