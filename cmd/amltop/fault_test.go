package main

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
)

// faulty serves the demo over loopback with something wrong in it, and returns
// its URL.
func faulty(t *testing.T, faults ...string) string {
	t.Helper()
	scenario, err := sim.Load("demo")
	if err != nil {
		t.Fatal(err)
	}
	world, err := sim.New(scenario, 1)
	if err != nil {
		t.Fatal(err)
	}
	o := arm.Options{Now: time.Now, Speed: 600, Seed: 1}
	for _, text := range faults {
		f, err := arm.ParseFault(text)
		if err != nil {
			t.Fatal(err)
		}
		o.Faults = append(o.Faults, f)
	}
	srv := httptest.NewServer(arm.New(world, o))
	t.Cleanup(srv.Close)
	return srv.URL
}

// What goes wrong with one workspace is said on standard error with the way
// out, and costs that workspace's rows only; what goes wrong with everything
// fails the command. Nothing from outside drives the terminal. What may pass is
// asked for again after a pause: those faults are tried in backendtest, where
// time is free.
func TestLsTellsEveryFault(t *testing.T) {
	whole := len(amltopRun(t, "ls", "instances", "-o", "json", "--endpoint", faulty(t)).rows(t))
	for fault, says := range map[string]string{
		"400":     "BadRequest: The request is not valid",
		"401":     "ExpiredAuthenticationToken",
		"403":     "Needs Microsoft.MachineLearningServices/workspaces/computes/read on vision; Reader has it.",
		"404":     "ResourceNotFound",
		"409":     "Conflict",
		"foreign": "points to https://collector.example",
		"type":    "", "escape": "", "skew": "", "noheader": "", "latency=10ms": "",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			got := amltopRun(t, "ls", "instances", "-o", "json", "--endpoint", faulty(t, "computes.list/vision:"+fault))
			rows, lost := len(got.rows(t)), says != ""
			if got.code != exitDone || !strings.Contains(got.stderr, says) || (rows < whole) != lost || rows == 0 {
				t.Errorf("exit %d, %d of %d rows, said\n%s", got.code, rows, whole, got.stderr)
			}
			if lost != strings.Contains(got.stderr, "computes of vision: ") {
				t.Errorf("the workspace is not named, or was not to be:\n%s", got.stderr)
			}
			all := amltopRun(t, "ls", "instances", "--endpoint", faulty(t, "*:"+fault))
			if lost && (all.code != exitFailed || all.stdout != "" || strings.Count(all.stderr, "\n") > 2 || len(all.stderr) < 40) {
				t.Errorf("everywhere: exit %d, %q, said\n%s", all.code, all.stdout, all.stderr)
			}
			if text := got.stdout + got.stderr + all.stdout + all.stderr; strings.ContainsAny(text, "\x1b\x07\x00\u202e") {
				t.Errorf("a terminal would obey %q", text)
			}
		})
	}
}

// A stop that the service refuses says why and what to do, with exit code 1.
func TestStopTellsEveryFault(t *testing.T) {
	name := runningInstance(t)
	for fault, says := range map[string]string{
		"403":     "AzureML Compute Operator has it",
		"lock":    "A lock on the resource group",
		"quota":   "Quota 6, needs 8.",
		"foreign": "", "noheader": "", "cut": "", "truncated": "", "type": "",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			got := amltopRun(t, "stop", name, "--yes", "-o", "json", "--endpoint", faulty(t, "computes.stop:"+fault))
			rows := got.rows(t)
			verified := len(rows) == 1 && rows[0]["outcome"] == "verified"
			if verified != (says == "") || (got.code == exitDone) != verified || !strings.Contains(got.stdout, says) {
				t.Errorf("exit %d: %s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
}
