package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// guardRows are the lines of a guard's output by event.
func guardRows(t *testing.T, stdout string) map[string][]map[string]any {
	t.Helper()
	rows := map[string][]map[string]any{}
	for line := range strings.Lines(stdout) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		event, _ := row["event"].(string)
		rows[event] = append(rows[event], row)
	}
	return rows
}

// named are the names of the decisions of an action, in order.
func named(rows map[string][]map[string]any, action string) []string {
	var names []string
	for _, row := range rows["decision"] {
		if row["action"] == action {
			names = append(names, row["name"].(string))
		}
	}
	return names
}

// TestGuardNamesWhatAPersonWould holds the decisions on the demo fleet, a Monday
// at 14:00. Stopped: Ana's V100s that were forgotten on Friday, Grace's whose
// rule cannot fire, and what somebody who has left runs since four weeks.
// Reported: what is as idle and stands in production, where people are asked,
// and an instance that bills though it is broken.
func TestGuardNamesWhatAPersonWould(t *testing.T) {
	got := amltopRun(t, "guard", "--backend", "sim", "--seed", "1", "--speed", "1")
	rows := guardRows(t, got.stdout)
	if stop, want := named(rows, "stop"), []string{"ana-gpu", "grace-sim", "dana-handover"}; !slices.Equal(stop, want) {
		t.Errorf("stops %v, want %v", stop, want)
	}
	if report, want := named(rows, "report"), []string{"esra-features", "farid-gpu", "audit-replay", "farid-rec", "ops-bastion"}; !slices.Equal(report, want) {
		t.Errorf("reports %v, want %v", report, want)
	}
	for _, row := range rows["decision"] {
		reason, _ := row["reason"].(string)
		if reason == "" || row["evidence"] == "" || row["rule"] != "idle" {
			t.Errorf("no reason: %v", row)
		}
		if row["action"] == "stop" && (row["outcome"] != "dry-run" || row["saving_per_hour"] == nil) {
			t.Errorf("a stop in a dry run: %v", row)
		}
	}
	pass := rows["pass"]
	if len(pass) != 1 || pass[0]["saving_per_hour"] != "13.432" || pass[0]["promises_broken"] != 4.0 || pass[0]["dry_run"] != true {
		t.Errorf("%v", pass)
	}
	if got.code != exitFailed || len(rows["unreadable"]) != 2 || !strings.Contains(got.stderr, "built-in") {
		t.Errorf("exit %d, unreadable %v, said %q", got.code, rows["unreadable"], got.stderr)
	}
}

// TestGuardActsOnce holds that what the policy says is stopped and verified,
// that a refused stop makes the look fail, and that a second look finds nothing
// left to do.
func TestGuardActsOnce(t *testing.T) {
	var stdout, stderr bytes.Buffer
	sys := system{env: func(string) string { return "" }, now: time.Now, zone: time.UTC, stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr}
	s := defaultSettings()
	s.Backend, s.Sim.Speed = "sim", 600
	cloud, err := connect(t.Context(), s, sys)
	if err != nil {
		t.Fatal(err)
	}
	g, err := readPolicy("[guard]\n[[guard.rule]]\nname = \"dear\"\nmatch = \"price>1 !owner:chlo\"\nidle_longer_than = \"2h\"\nproduction = true\n")
	if err != nil {
		t.Fatal(err)
	}
	w := &watchdog{o: &options{sys: sys}, policy: g.policy(), apply: true, timeout: time.Minute}
	kept := w.look(t.Context(), work{settings: s, cloud: cloud, bo: s.backendOptions(sys)})
	first := guardRows(t, stdout.String())
	if stop, want := named(first, "stop"), []string{"ana-gpu", "esra-features"}; !slices.Equal(stop, want) || kept {
		t.Fatalf("stops %v, want %v; all kept: %v", stop, want, kept)
	}
	for name, want := range map[string]string{"ana-gpu": "verified", "esra-features": "refused"} {
		k := slices.IndexFunc(first["decision"], func(row map[string]any) bool { return row["name"] == name })
		if row := first["decision"][k]; row["outcome"] != want || row["promise_broken"] != (want != "verified") {
			t.Errorf("%s: %v", name, row)
		}
	}
	stdout.Reset()
	w.policy.Deny = []string{"esra-features"}
	w.look(t.Context(), work{settings: s, cloud: cloud, bo: s.backendOptions(sys)})
	again := guardRows(t, stdout.String())
	if len(named(again, "stop")) != 0 || again["pass"][0]["verified"] != 0.0 {
		t.Errorf("a second look does more: %v", again)
	}
}

func TestGuardFlagsAndPolicies(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bad := file("bad.toml", `[guard]
allow = ["dev-["]
`)
	empty := file("empty.toml", `[guard]

[[guard.rule]]
name = "fine"
idle_longer_than = "2h"

[[guard.rule]]
name = "nothing"
match = "owner:ana"
`)
	unknown := file("unknown.toml", "[[guard.rule]]\nidle_longer = \"2h\"\nhours = \"mon-fri 08:00-19:00\"\n")
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"opposites":   {[]string{"--apply", "--dry-run"}, "opposites"},
		"once, every": {[]string{"--once", "--every", "5m"}, "opposites"},
		"too often":   {[]string{"--every", "1s"}, "less than 1m"},
		"read-only":   {[]string{"--apply", "--read-only"}, "read-only"},
		"no file":     {[]string{"--policy", filepath.Join(dir, "none.toml")}, "none.toml"},
		"pattern":     {[]string{"--policy", bad}, "line 2: guard.allow"},
		"no cause":    {[]string{"--policy", empty}, "line 7: guard.rule nothing catches nothing"},
		"key":         {[]string{"--policy", unknown}, `line 2: unknown key "guard.rule.idle_longer"`},
	} {
		if got := amltopRun(t, append([]string{"guard", "--backend", "sim"}, c.args...)...); got.code != exitUsage || !strings.Contains(got.stderr, c.says) {
			t.Errorf("%s: exit %d, %s", name, got.code, got.stderr)
		}
	}
	for name, c := range map[string]struct{ text, says string }{
		"match":      {"match = \"colour:red\"", "line 2"},
		"hours":      {"hours = \"always\"", "mon-fri 08:00-19:00 Europe/Madrid"},
		"confidence": {"min_confidence = \"sure\"", "low, medium, high"},
		"action":     {"action = \"delete\"", "stop, report"},
		"idle":       {"idle_longer_than = \"0s\"", "leave it out"},
	} {
		_, err := readPolicy("[[guard.rule]]\n" + c.text + "\n")
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	config := file("config.toml", "[[guard.rule]]\nmatch = \"owner:ana\"\n")
	if got := amltopRun(t, "config", "check", "--config", config); got.code != exitUsage || !strings.Contains(got.stderr, "line 1: guard.rule rule 1 catches nothing") {
		t.Errorf("config check: exit %d, %s", got.code, got.stderr)
	}
}
