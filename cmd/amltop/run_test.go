package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// result is what a run printed and how it ended.
type result struct {
	code           int
	stdout, stderr string
}

// amltopRun runs the program with a configuration folder of its own.
func amltopRun(t *testing.T, args ...string) result {
	t.Helper()
	return amltopIn(t, t.TempDir(), "", args...)
}

func amltopIn(t *testing.T, config, stdin string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := map[string]string{"XDG_CONFIG_HOME": config, "XDG_STATE_HOME": config, "TERM": "xterm-256color"}
	code := run(t.Context(), args, system{
		env: func(name string) string { return env[name] }, now: time.Now, zone: time.UTC,
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr,
	})
	return result{code, stdout.String(), stderr.String()}
}

// rows parses "-o json".
func (r result) rows(t *testing.T) []map[string]any {
	t.Helper()
	var rows []map[string]any
	if err := json.Unmarshal([]byte(r.stdout), &rows); err != nil {
		t.Fatalf("not one JSON array: %v\n%s\n%s", err, r.stdout, r.stderr)
	}
	return rows
}

// Every kind lists in every format, and its JSON has the keys scripts rely on.
func TestLsEveryKind(t *testing.T) {
	keys := map[string]string{
		"workspaces": "kind provisioning_state",
		"instances": "state vm_size owner price_per_hour currency run_cost running_since idle_seconds idle_evidence leash " +
			"last_operation",
		"clusters": "vm_size vm_priority allocation_state min_nodes max_nodes current_nodes target_nodes nodes " +
			"idle_before_scale_down_seconds scale_to_zero_at price_per_hour burn_per_hour currency errors",
		"deployments": "endpoint target_kind provisioning_state vm_size instance_count traffic_percent price_per_hour currency error",
		"endpoints":   "kind provisioning_state scoring_uri traffic",
		"attached":    "compute_type provisioning_state uses",
		"jobs":        "status compute type owner created_at",
		"quota":       "used limit unit priority",
		"sizes": "family series vcpus gpus gpu_model memory_gb price_per_hour low_priority_price_per_hour currency restriction " +
			"isolated rdma low_priority_capable compute_types retired_on recorded",
	}
	for _, kind := range kinds() {
		t.Run(kind, func(t *testing.T) {
			got := amltopRun(t, "ls", kind, "-o", "json", "--seed", "7")
			rows := got.rows(t)
			if len(rows) == 0 {
				t.Fatalf("no rows\n%s", got.stderr)
			}
			for _, key := range append(strings.Fields("id name workspace subscription_id location as_of"), strings.Fields(keys[kind])...) {
				for _, row := range rows {
					if _, ok := row[key]; !ok {
						t.Fatalf("a row lacks %q: %v", key, row)
					}
				}
			}
			table := amltopRun(t, "ls", kind, "--seed", "7")
			if lines := strings.Count(table.stdout, "\n"); lines != len(rows)+1 {
				t.Errorf("the table has %d lines for %d rows", lines, len(rows))
			}
			records, err := csv.NewReader(strings.NewReader(amltopRun(t, "ls", kind, "-o", "csv", "--seed", "7").stdout)).ReadAll()
			if err != nil || len(records) != len(rows)+1 {
				t.Errorf("csv: %d records for %d rows, %v", len(records), len(rows), err)
			}
		})
	}
}

// A workspace that refuses its lists is named on standard error and does not
// empty the list; with --strict it makes the exit code 1.
func TestLsNamesWhatCouldNotBeRead(t *testing.T) {
	got := amltopRun(t, "ls", "instances", "-o", "json")
	if got.code != exitDone || !strings.Contains(got.stderr, "AuthorizationFailed") {
		t.Errorf("exit %d, said %q", got.code, got.stderr)
	}
	if strict := amltopRun(t, "ls", "instances", "--strict"); strict.code != exitFailed {
		t.Errorf("--strict: exit %d", strict.code)
	}
	if len(got.rows(t)) == 0 {
		t.Error("the other workspaces' instances are gone")
	}
}

func TestLsFilterAndSort(t *testing.T) {
	all := amltopRun(t, "ls", "sizes", "-o", "json")
	if all.code != exitDone {
		t.Fatalf("exit %d: %s", all.code, all.stderr)
	}
	some := amltopRun(t, "ls", "sizes", "-o", "json", "--filter", "gpu>=4", "--sort", "-price").rows(t)
	if len(some) == 0 || len(some) >= len(all.rows(t)) {
		t.Fatalf("%d of %d sizes have four GPUs", len(some), len(all.rows(t)))
	}
	for _, row := range some {
		if row["gpus"].(float64) < 4 {
			t.Errorf("%v has %v GPUs", row["name"], row["gpus"])
		}
	}
}

// The catalog: what the service returned, and the older sizes of the reference
// table, each once, at the prices of one region.
func TestLsSizesHoldsTheCatalog(t *testing.T) {
	names, recorded := map[any]bool{}, 0
	for _, row := range amltopRun(t, "ls", "sizes", "-o", "json").rows(t) {
		if names[row["name"]] || row["location"] != "eastus" {
			t.Errorf("%v of %v", row["name"], row["location"])
		}
		names[row["name"]] = true
		if row["recorded"] == true {
			recorded++
		}
		if row["price_per_hour"] == "0.00" {
			t.Errorf("%v is free", row["name"])
		}
	}
	if recorded != 260 || len(names) != 297 {
		t.Errorf("%d sizes, %d of them recorded; want 297 and 260", len(names), recorded)
	}
	for region, want := range map[string]string{"japaneast": "japaneast", "West Europe": "westeurope"} {
		rows := amltopRun(t, "ls", "sizes", "-o", "json", "--location", region).rows(t)
		if len(rows) < 100 || rows[0]["location"] != want {
			t.Errorf("%s: %d sizes of %v", region, len(rows), rows[0]["location"])
		}
	}
	if all := amltopRun(t, "ls", "sizes", "-o", "json", "--location", "all").rows(t); len(all) < 3*297 {
		t.Errorf("%d sizes in all regions", len(all))
	}
}

func TestStopVerifies(t *testing.T) {
	name := runningInstance(t)
	got := amltopRun(t, "stop", name, "--yes", "-o", "json", "--speed", "3600")
	rows := got.rows(t)
	if got.code != exitDone || len(rows) != 1 || rows[0]["outcome"] != "verified" || rows[0]["state"] != "Stopped" {
		t.Fatalf("exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
	for _, key := range []string{"id", "name", "outcome", "state", "detail"} {
		if rows[0][key] == nil || rows[0][key] == "" {
			t.Errorf("the result lacks %q: %v", key, rows[0])
		}
	}
}

// runningInstance is the name of an idle running instance of the demo that can
// be stopped.
func runningInstance(t *testing.T) string {
	t.Helper()
	for _, row := range amltopRun(t, "ls", "instances", "-o", "json", "--filter", "state:Running idle>30m").rows(t) {
		if row["leash"] == "late" {
			return row["name"].(string)
		}
	}
	t.Fatal("the demo has no late idle instance")
	return ""
}

func TestStopDryRunSendsNothing(t *testing.T) {
	name := runningInstance(t)
	got := amltopRun(t, "stop", name, "--dry-run", "-o", "json")
	if rows := got.rows(t); got.code != exitDone || rows[0]["outcome"] != "dry-run" {
		t.Errorf("exit %d: %s", got.code, got.stdout)
	}
	if !strings.Contains(got.stderr, name) {
		t.Errorf("the preview does not name it: %s", got.stderr)
	}
}

func TestStopOfUnknownNameNamesTheNearest(t *testing.T) {
	name := runningInstance(t)
	got := amltopRun(t, "stop", name+"x", "--yes")
	if got.code != exitFailed || !strings.Contains(got.stderr, name) || !strings.Contains(got.stderr, "did you mean") {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
}

// The same against an emulator on loopback in place of the simulator in
// process, with the same result.
func TestEmulatorGivesTheSame(t *testing.T) {
	endpoint := startEmulator(t)
	local := amltopRun(t, "ls", "instances", "-o", "json").rows(t)
	remote := amltopRun(t, "ls", "instances", "-o", "json", "--endpoint", endpoint).rows(t)
	if len(local) != len(remote) {
		t.Fatalf("%d instances in process, %d from the emulator", len(local), len(remote))
	}
	for i := range local {
		for _, key := range []string{"id", "name", "vm_size", "owner", "price_per_hour", "workspace"} {
			if local[i][key] != remote[i][key] {
				t.Errorf("%v: %s is %v in process and %v from the emulator", local[i]["name"], key, local[i][key], remote[i][key])
			}
		}
	}
	name := runningInstance(t)
	got := amltopRun(t, "stop", name, "--yes", "-o", "json", "--endpoint", endpoint)
	if rows := got.rows(t); got.code != exitDone || rows[0]["outcome"] != "verified" || rows[0]["state"] != "Stopped" {
		t.Errorf("exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
	again := amltopRun(t, "stop", name, "--yes", "-o", "json", "--endpoint", endpoint)
	if rows := again.rows(t); again.code == exitUsage || len(rows) != 1 || rows[0]["state"] != "Stopped" {
		t.Errorf("stopping what is stopped: exit %d: %s%s", again.code, again.stdout, again.stderr)
	}
}

// startEmulator serves the demo at the highest speed and returns its URL.
func startEmulator(t *testing.T) string {
	t.Helper()
	return startEmulatorAt(t, "600")
}

// startEmulatorAt serves the demo at a speed.
func startEmulatorAt(t *testing.T, speed string) string {
	t.Helper()
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := probe.Addr().String()
	if err := probe.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	started := &signalWriter{seen: make(chan struct{})}
	go func() {
		done <- run(ctx, []string{"emulate", "--listen", address, "--speed", speed}, system{
			env: func(string) string { return "" }, now: time.Now, zone: time.UTC,
			stdin: strings.NewReader(""), stdout: started, stderr: started,
		})
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-done; code != exitDone {
			t.Errorf("the emulator ended with exit %d", code)
		}
	})
	select {
	case <-started.seen:
	case code := <-done:
		done <- code
		t.Fatalf("the emulator did not start: exit %d", code)
	}
	return "http://" + address
}

// signalWriter closes seen at the first write.
type signalWriter struct{ seen chan struct{} }

func (w *signalWriter) Write(p []byte) (int, error) {
	select {
	case <-w.seen:
	default:
		close(w.seen)
	}
	return len(p), nil
}

func TestEmulatorPortTaken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	got := amltopRun(t, "emulate", "--listen", listener.Addr().String())
	if got.code != exitFailed || !strings.Contains(got.stderr, "is taken by another program") || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
}

// Mistakes on the command line end with exit 2 and one sentence that names the
// thing and the way out.
func TestUsageErrors(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"flag value", []string{"--backend", "aws"}, `"aws" is not one of auto, sim, azure`},
		{"speed", []string{"--speed", "0"}, "0 is not a number from 1 to 3600"},
		{"unknown flag", []string{"--sped", "2"}, "--sped"},
		{"unknown command", []string{"lst"}, "did you mean ls"},
		{"unknown kind", []string{"ls", "vms"}, "is not one of workspaces, clusters"},
		{"format", []string{"ls", "sizes", "-o", "xml"}, `"xml" is not one of table, json, csv`},
		{"filter column", []string{"ls", "sizes", "--filter", "colour:red"}, "colour"},
		{"bad pattern", []string{"ls", "sizes", "--filter", "(["}, "(["},
		{"region", []string{"ls", "sizes", "--location", "atlantis"}, "japaneast"},
		{"region of something else", []string{"ls", "jobs", "--location", "eastus"}, "location:eastus"},
		{"sort column", []string{"ls", "sizes", "--sort", "colour"}, "colour"},
		{"no kind", []string{"ls"}, "say what to list, one of workspaces, clusters"},
		{"no such port", []string{"emulate", "--listen", "127.0.0.1:99999"}, "invalid port"},
		{"no name", []string{"stop"}, "name at least one"},
		{"scenario", []string{"ls", "sizes", "--scenario", "nope"}, "demo"},
		{"endpoint", []string{"ls", "sizes", "--endpoint", "nonsense"}, "http://127.0.0.1:7070"},
		{"http beyond loopback", []string{"ls", "sizes", "--endpoint", "http://example.com"}, "example.com"},
		{"speed of another process", []string{"ls", "sizes", "--endpoint", "http://127.0.0.1:1", "--speed", "5"}, "amltop emulate"},
		{"listen", []string{"emulate", "--listen", "0.0.0.0:0"}, "--allow-remote"},
		{"fault", []string{"emulate", "--listen", "127.0.0.1:0", "--fault", "x"}, "--fault"},
		{"no terminal", nil, "needs a terminal"},
		{"nobody to ask", []string{"stop", "--idle"}, "--yes"},
		{"read-only", []string{"stop", "x", "--read-only"}, "read-only"},
		{"deploy without file", []string{"deploy"}, "-f FILE"},
		{"config named and missing", []string{"ls", "sizes", "--config", "/nonexistent/amltop.toml"}, "/nonexistent/amltop.toml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := amltopRun(t, test.args...)
			if got.code != exitUsage || !strings.Contains(got.stderr, test.want) {
				t.Errorf("exit %d: %s\nwant exit 2 and %q", got.code, got.stderr, test.want)
			}
			if got.stdout != "" {
				t.Errorf("standard output carries %q", got.stdout)
			}
		})
	}
}

func TestConfigCommands(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "amltop", "config.toml")
	if got := amltopIn(t, dir, "", "config", "path"); got.code != exitDone || got.stdout != path+"\n" {
		t.Fatalf("path: exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
	if got := amltopIn(t, dir, "", "config", "check"); got.code != exitDone || !strings.Contains(got.stdout, "no such file") {
		t.Errorf("check without a file: exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
	if got := amltopIn(t, dir, "", "config", "init"); got.code != exitDone {
		t.Fatalf("init: exit %d: %s", got.code, got.stderr)
	}
	if got := amltopIn(t, dir, "", "config", "check"); got.code != exitDone || !strings.Contains(got.stdout, "good") {
		t.Errorf("check: exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
	if got := amltopIn(t, dir, "", "config", "init"); got.code != exitFailed || !strings.Contains(got.stderr, "left alone") {
		t.Errorf("init over a file: exit %d: %s", got.code, got.stderr)
	}
	bad := "[sim]\nspede = 3\n[keys]\nfly = [\"f\"]\n"
	if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"config", "check"}, {"ls", "sizes"}} {
		got := amltopIn(t, dir, "", args...)
		for _, want := range []string{path, "line 2", "speed"} {
			if got.code != exitUsage || !strings.Contains(got.stderr, want) {
				t.Errorf("%v: exit %d: %s\nwant %q", args, got.code, got.stderr, want)
			}
		}
	}
	if err := os.WriteFile(path, []byte("endpoint = \"ftp://x\"\n[sim]\nscenario = \"nope\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := amltopIn(t, dir, "", "config", "check"); got.code != exitUsage || !strings.Contains(got.stderr, "ftp://x") || !strings.Contains(got.stderr, "demo") {
		t.Errorf("places that are none: exit %d: %s", got.code, got.stderr)
	}
	if err := os.WriteFile(path, []byte("[keys]\nfly = [\"f\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := amltopIn(t, dir, "", "config", "check"); got.code != exitUsage || !strings.Contains(got.stderr, "fly") {
		t.Errorf("unknown action: exit %d: %s", got.code, got.stderr)
	}
}

func TestVersionAndCompletion(t *testing.T) {
	if got := amltopRun(t, "version"); got.code != exitDone || !strings.HasPrefix(got.stdout, "amltop ") {
		t.Errorf("version: exit %d: %s", got.code, got.stdout)
	}
	if got := amltopRun(t, "--version"); got.code != exitDone || got.stdout != "amltop "+versionText()+"\n" {
		t.Errorf("--version: exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := amltopRun(t, "completion", shell); got.code != exitDone || !strings.Contains(got.stdout, "amltop") {
			t.Errorf("completion %s: exit %d, %d bytes", shell, got.code, len(got.stdout))
		}
	}
}

func TestExportNeverOverwrites(t *testing.T) {
	t.Chdir(t.TempDir())
	export := exporter(func() time.Time { return time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC) })
	path, err := export(t.Context(), "instances", []string{"name", "owner"}, [][]string{{"a,b", "ana"}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "name,owner\n\"a,b\",ana\n" {
		t.Errorf("%s holds %q, %v", path, text, err)
	}
	if _, err := export(t.Context(), "instances", nil, nil); err == nil {
		t.Error("the same name again overwrote the file")
	}
}

// What has not ended in time is a failure, and says so.
func TestStopGivesUpInTime(t *testing.T) {
	got := amltopRun(t, "stop", runningInstance(t), "--yes", "-o", "json", "--speed", "1", "--timeout", "300ms")
	if rows := got.rows(t); got.code != exitFailed || rows[0]["outcome"] != "failed" {
		t.Errorf("exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
}
