package backendtest_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/model"
)

// How long a fleet is watched once all of it was read, and how fast its time
// runs. The figures of the design take -fleet.watch=10m.
var (
	fleetWatch = flag.Duration("fleet.watch", 30*time.Second, "BenchmarkFleet: how long to watch each fleet")
	fleetSpeed = flag.Int("fleet.speed", 1, "BenchmarkFleet: virtual seconds a second")
)

// BenchmarkFleet watches fleets of several sizes over loopback, in another
// process that enforces ARM's limits, and reports what that takes and how old
// the picture gets. Run it with -benchtime 1x.
func BenchmarkFleet(b *testing.B) {
	if testing.Short() {
		b.Skip("watching three fleets takes minutes")
	}
	program := filepath.Join(b.TempDir(), "amltop")
	build := exec.CommandContext(b.Context(), "go", "build", "-o", program, "../../cmd/amltop")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for _, workspaces := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("workspaces=%d", workspaces), func(b *testing.B) {
			endpoint := emulateFleet(b, program, workspaces)
			for b.Loop() {
				watchFleet(b, endpoint)
			}
		})
	}
}

// emulateFleet serves a fleet in another process until the benchmark ends.
func emulateFleet(b *testing.B, program string, workspaces int) (endpoint string) {
	b.Helper()
	scenario := filepath.Join(b.TempDir(), "fleet.toml")
	text := fmt.Sprintf("name = \"fleet\"\n[fleet]\nsubscriptions = %d\nworkspaces = %d\ntargets_per_workspace = 100\nregions = [\"eastus\", \"westeurope\"]\n",
		max(1, workspaces/100), workspaces)
	if err := os.WriteFile(scenario, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(b.Context()))
	cmd := exec.CommandContext(ctx, program, "emulate", "--listen", "127.0.0.1:0", "--scenario", scenario, "--speed", fmt.Sprint(*fleetSpeed))
	stderr, err := cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was killed
	})
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		b.Fatalf("the emulator did not start: %v", err)
	}
	return regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
}

// wireTap counts requests and refusals for want of budget.
type wireTap struct {
	http.Client
	all, throttled atomic.Int64
}

func (w *wireTap) Do(r *http.Request) (*http.Response, error) {
	w.all.Add(1)
	resp, err := w.Client.Do(r)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		w.throttled.Add(1)
	}
	return resp, err
}

// watchFleet opens a session, waits until everything was read, watches for a
// while with some workspaces in sight, and reports.
func watchFleet(b *testing.B, endpoint string) {
	debug.SetGCPercent(30) // as the program has it beside a fleet
	wire := &wireTap{Client: http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
	cloud, err := azure.New(azure.Options{Carrier: model.CarrierEmulator, Endpoint: endpoint, Transport: wire, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	start, used := time.Now(), cpu()
	s := backend.Open(b.Context(), cloud, backend.Options{Now: time.Now})
	first := await(b, s, func(snap *model.Snapshot) bool { return len(snap.Instances) > 0 })
	b.ReportMetric(time.Since(start).Seconds(), "s-to-first-rows")
	look(b, s, first)
	await(b, s, func(snap *model.Snapshot) bool { return read(snap, model.SectionComputes) })
	b.ReportMetric(time.Since(start).Seconds(), "s-to-all-targets")
	await(b, s, func(snap *model.Snapshot) bool {
		return read(snap, model.SectionComputes) && read(snap, model.SectionEndpoints) && read(snap, model.SectionJobs)
	})
	b.ReportMetric(time.Since(start).Seconds(), "s-to-whole-picture")
	b.ReportMetric((cpu() - used).Seconds(), "cpu-s-to-whole-picture")

	sent, used, began := wire.all.Load(), cpu(), time.Now()
	var all, visible []time.Duration
	for range int(fleetWatch.Seconds()) {
		time.Sleep(time.Second)
		snap := await(b, s, func(*model.Snapshot) bool { return true })
		rows, seen := ages(snap)
		all, visible = append(all, rows...), append(visible, seen...)
	}
	took := time.Since(began)
	b.ReportMetric(float64(wire.all.Load()-sent)/took.Minutes(), "requests/min")
	b.ReportMetric(100*(cpu()-used).Seconds()/took.Seconds(), "%cpu")
	b.ReportMetric(float64(wire.throttled.Load()), "429s")
	b.ReportMetric(percentile(all, 50).Seconds(), "s-age-p50")
	b.ReportMetric(percentile(all, 99).Seconds(), "s-age-p99")
	b.ReportMetric(percentile(visible, 99).Seconds(), "s-visible-p99")
	b.ReportMetric(percentile(visible, 100).Seconds(), "s-visible-max")
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.HeapAlloc)/(1<<20), "MB-live")
	b.ReportMetric(float64(mem.Sys-mem.HeapReleased)/(1<<20), "MB-held")
	if err := s.Close(); err != nil {
		b.Error(err)
	}
}

// inSight is how many workspaces the rows on a screen are of.
const inSight = 10

func look(b *testing.B, s *backend.Session, snap *model.Snapshot) {
	focus := model.Focus{Section: model.SectionComputes}
	for _, ws := range snap.Workspaces[:min(inSight, len(snap.Workspaces))] {
		focus.Workspaces = append(focus.Workspaces, ws.ID)
	}
	if err := s.Watch(b.Context(), focus); err != nil {
		b.Fatal(err)
	}
}

// await waits for a snapshot that is as wanted.
func await(b *testing.B, s *backend.Session, wanted func(*model.Snapshot) bool) *model.Snapshot {
	seq := uint64(0)
	for {
		snap, err := s.Next(b.Context(), seq)
		if err != nil {
			b.Fatal(err)
		}
		if wanted(snap) {
			return snap
		}
		seq = snap.Seq
	}
}

func read(snap *model.Snapshot, key model.SectionKey) bool {
	parts := snap.Parts[key]
	return len(parts) > 0 && parts.Loaded() == len(parts) && len(parts) == len(snap.Workspaces)
}

// ages are how old the targets of each workspace are on the wall, of all of
// them and of those in sight.
func ages(snap *model.Snapshot) (all, visible []time.Duration) {
	now := snap.Clock.At(time.Now())
	for i, ws := range snap.Workspaces {
		age := snap.Clock.OnWall(now.Sub(snap.Part(model.SectionComputes, string(ws.ID)).AsOf))
		all = append(all, age)
		if i < inSight {
			visible = append(visible, age)
		}
	}
	return all, visible
}

func percentile(list []time.Duration, p int) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[(len(list)-1)*p/100]
}

// cpu is the processor time this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
