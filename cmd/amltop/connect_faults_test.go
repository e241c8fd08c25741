package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim/arm"
)

// A scenario brings its own faults along.
func TestAScenarioBringsItsFaults(t *testing.T) {
	dir := t.TempDir()
	write := func(name, faults string) settings {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("name = \"odd\"\nfaults = "+faults+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		var s settings
		s.Sim.Scenario, s.Sim.Speed = path, 1
		return s
	}
	sys := system{now: func() time.Time { return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }}
	server, err := newSimulator(write("odd.toml", `["subscriptions.list:503:1"]`), sys, arm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/subscriptions?api-version=2022-12-01", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := server.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s, want %d", resp.Status, want)
		}
	}
	if _, err := newSimulator(write("bad.toml", `["castles:503"]`), sys, arm.Options{}); err == nil || !strings.Contains(err.Error(), "castles") {
		t.Errorf("%v", err)
	}
}
