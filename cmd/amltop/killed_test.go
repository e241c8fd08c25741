//go:build unix

package main

import (
	"strings"
	"testing"
)

// TestKilledDashboardLosesNoIntent kills the whole program, which no handler
// can see coming, while it stops an instance: once within the grace and once
// when the request is out. The next start says what became of it.
func TestKilledDashboardLosesNoIntent(t *testing.T) {
	tests := []struct{ name, instance, until, then string }{
		{"in the grace", "ana-gpu", "stop in", "nothing was sent"},
		{"under way", "ana-gpu", "stopping", "verified"},
	}
	endpoint := startEmulator(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			start := func(command string) *screen {
				return startScreen(t, nil, "--backend", "auto", "--endpoint", endpoint, "--state-dir", dir, "-c", command)
			}
			s := start("instances /name:" + tt.instance)
			s.await("Running")
			s.press("x")
			s.await("Enter")
			s.press("\r")
			s.await(tt.until)
			if err := s.cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			s.end()
			again := start("activity")
			again.await(tt.then)
			again.press(":q\r")
			if code := again.end(); code != exitDone {
				t.Errorf("exit %d", code)
			}
			if out := again.text(); !strings.Contains(out, tt.instance) {
				t.Errorf("the activity does not name %s", tt.instance)
			}
		})
	}
}
