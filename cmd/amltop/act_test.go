package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

// TestCutOffIsNotDone holds that an operation nobody waited for is no success.
func TestCutOffIsNotDone(t *testing.T) {
	rows := outcomes([]model.Operation{
		{Command: model.Command{Verb: model.VerbStop, Name: "ana-gpu"}, Phase: model.PhaseRunning, State: "Stopping", Err: context.Canceled},
		{Command: model.Command{Verb: model.VerbStop, Name: "bo-dev"}, Phase: model.PhaseVerified, Detail: "Stopped, verified"},
	})
	if rows[0].Outcome != "failed" || !strings.Contains(*rows[0].Detail, "running") || rows[1].Outcome != "verified" {
		t.Errorf("%+v", rows)
	}
}

// TestTargetsAreChosenOnce holds that naming an instance twice, or naming one
// that is idle as well, acts on it once.
func TestTargetsAreChosenOnce(t *testing.T) {
	snap := modeltest.Fleet()
	a := act{verb: model.VerbStop, idle: true, sure: confidenceName(model.ConfidenceLow)}
	chosen, err := a.targets(snap, []string{"ana-gpu", "ANA-GPU"}, modeltest.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range chosen {
		if slices.Contains(chosen[i+1:], c) {
			t.Errorf("%s is chosen twice", c.Name)
		}
	}
}

// TestStopIdleLeavesDoubtfulOnesAlone holds that without a word only what is
// certainly idle is stopped, and that the rest is named.
func TestStopIdleLeavesDoubtfulOnesAlone(t *testing.T) {
	args := []string{"stop", "--idle", "--dry-run", "--backend", "sim", "--speed", "1", "-w", "nlp", "-o", "json"}
	got := amltopRun(t, args...)
	if rows := got.rows(t); len(rows) != 0 || !strings.Contains(got.stderr, "left alone: chloe-a100 (nlp, $4.78/h): confidence medium, no job since start") {
		t.Errorf("%v, %s", rows, got.stderr)
	}
	got = amltopRun(t, append(args, "--confidence", "medium")...)
	var names []string
	for _, row := range got.rows(t) {
		names = append(names, row["name"].(string))
	}
	if want := []string{"chloe-a100", "dmitri-rstudio", "chloe-dev"}; !slices.Equal(names, want) || strings.Contains(got.stderr, "left alone") {
		t.Errorf("%v, want %v; %s", names, want, got.stderr)
	}
}

// TestBackendDecidesOverEndpoint holds that an endpoint of the configuration
// does not draw a program away that was told to use its own simulator.
func TestBackendDecidesOverEndpoint(t *testing.T) {
	got := amltopRun(t, "ls", "workspaces", "--backend", "sim", "--endpoint", "http://127.0.0.1:1")
	if got.code != exitDone || got.stdout == "" {
		t.Errorf("%+v", got)
	}
	refused := amltopRun(t, "ls", "workspaces", "--endpoint", "http://127.0.0.1:1")
	if refused.code != exitFailed || !strings.Contains(refused.stderr, "is the emulator running") {
		t.Errorf("%+v", refused)
	}
}
