package model

import (
	"strings"
	"testing"
	"time"
)

func duration(t *testing.T, s string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// idler is a running instance whose last job ended some time ago.
func idler(change func(*Instance)) *Instance {
	i := &Instance{Target: Target{JobsKnown: true, LastJobEnd: epoch.Add(-3 * time.Hour)}, State: StateRunning,
		Last: LastOperation{Name: "Start", Time: epoch.Add(-9 * time.Hour)}}
	change(i)
	return i
}

func TestIdle(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Instance)
		want   Idle
	}{
		{"after a job", func(*Instance) {}, Idle{true, 3 * time.Hour, "no job for 3h", ConfidenceMedium}},
		{"since its start", func(i *Instance) { i.LastJobEnd = time.Time{} }, Idle{true, 9 * time.Hour, "no job since start 9h ago", ConfidenceMedium}},
		{"started after the job", func(i *Instance) { i.Last.Time = epoch.Add(-time.Hour) }, Idle{true, time.Hour, "no job since start 1h ago", ConfidenceMedium}},
		{"nameless operation", func(i *Instance) { i.Last = LastOperation{Time: epoch.Add(-time.Hour)} }, Idle{true, time.Hour, "no job for 1h", ConfidenceMedium}},
		{"job running", func(i *Instance) { i.State = StateJobRunning }, Idle{true, 0, "a job is running on it", ConfidenceNone}},
		{"job active", func(i *Instance) { i.ActiveJobs = 2 }, Idle{true, 0, "2 active jobs", ConfidenceNone}},
		{"stopped", func(i *Instance) { i.State = StateStopped }, Idle{Evidence: "not running", Confidence: ConfidenceNone}},
		{"starting", func(i *Instance) { i.State = StateStarting }, Idle{Evidence: "not running", Confidence: ConfidenceNone}},
		{"jobs unknown", func(i *Instance) { i.JobsKnown = false }, Idle{Evidence: "jobs not listed yet", Confidence: ConfidenceNone}},
		{"nothing known", func(i *Instance) { i.LastJobEnd, i.Last = time.Time{}, LastOperation{} }, Idle{Evidence: "no job known, no last operation", Confidence: ConfidenceNone}},
		{"a pause", func(i *Instance) { i.LastJobEnd = epoch.Add(-20 * time.Minute) }, Idle{true, 20 * time.Minute, "no job for 20m", ConfidenceLow}},
		{"over night", func(i *Instance) { i.LastJobEnd, i.Last.Time = epoch.Add(-12*time.Hour), epoch.Add(-30*time.Hour) },
			Idle{true, 12 * time.Hour, "no job for 12h", ConfidenceHigh}},
		{"a custom app over night", func(i *Instance) {
			i.CustomApps, i.LastJobEnd, i.Last.Time = 1, epoch.Add(-40*time.Hour), epoch.Add(-60*time.Hour)
		},
			Idle{true, 40 * time.Hour, "no job for 40h", ConfidenceMedium}},
		{"an unlisted job by its metrics", func(i *Instance) { i.Usage = Usage{From: epoch.Add(-time.Hour), To: epoch, CPU: 42.4, Busy: epoch} },
			Idle{true, 0, "no job listed, and CPU 42 % for 1h", ConfidenceNone}},
		{"an unlisted job that is over", func(i *Instance) {
			i.Usage = Usage{From: epoch.Add(-2 * time.Hour), To: epoch, CPU: 9, Busy: epoch.Add(-time.Hour)}
		},
			Idle{true, time.Hour, "no job for 1h", ConfidenceMedium}},
		{"measured", func(i *Instance) {
			i.Usage = Usage{From: epoch.Add(-2 * time.Hour), To: epoch.Add(-5 * time.Minute), CPU: 1.2, GPU: 0, HasGPU: true}
		}, Idle{true, 3 * time.Hour, "no job for 3h, CPU 1 %, GPU 0 % for 1h55m", ConfidenceHigh}},
		{"measured long ago", func(i *Instance) { i.Usage = Usage{From: epoch.Add(-4 * time.Hour), To: epoch.Add(-time.Hour), CPU: 1} },
			Idle{true, 3 * time.Hour, "no job for 3h, CPU 1 % for 3h", ConfidenceMedium}},
		{"job ends ahead of the clock", func(i *Instance) { i.LastJobEnd = epoch.Add(time.Minute) }, Idle{true, 0, "no job for 0s", ConfidenceNone}},
	} {
		i := idler(c.change)
		got := i.IdleAt(epoch)
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if d, known := i.IdleFor(epoch); d != got.For || known != got.Known {
			t.Errorf("%s: IdleFor says %v, %v", c.name, d, known)
		}
		if d, is := i.StandsIdle(epoch); d != got.For || is != got.Confidence.AtLeast(ConfidenceMedium) {
			t.Errorf("%s: StandsIdle says %v, %v", c.name, d, is)
		}
	}
}

func TestLeash(t *testing.T) {
	rule := func(d time.Duration) func(*Instance) { return func(i *Instance) { i.IdleShutdown = d } }
	stop := InstanceSchedule{Action: "Stop", Status: "Enabled"}
	cron := func(text string) []InstanceSchedule { return []InstanceSchedule{{Action: "Stop", Cron: text}} }
	daily := cron("0 2 * * *")
	for _, c := range []struct {
		name   string
		change func(*Instance)
		state  LeashState
		text   string
	}{
		{"nothing", func(*Instance) {}, LeashNone, "none"},
		{"late", rule(30 * time.Minute), LeashLate, "late: idle 30m rule"},
		{"within the grace", rule(2*time.Hour + 50*time.Minute), LeashOn, "idle 2h50m rule, maybe in use"},
		{"just past the grace", rule(3*time.Hour - LateGrace - 1), LeashLate, "late"},
		{"about to", rule(4 * time.Hour), LeashOn, "stops in 1h if idle"},
		{"identity", func(i *Instance) { i.IdleShutdown, i.Identity = 30*time.Minute, true }, LeashLate, "is its identity Contributor?"},
		{"custom app", func(i *Instance) { i.IdleShutdown, i.CustomApps = time.Hour, 1 }, LeashBlocked, "a custom app keeps it awake"},
		{"job running", func(i *Instance) { i.IdleShutdown, i.State = time.Hour, StateJobRunning }, LeashOn, "idle 1h rule"},
		{"stopped with a rule", func(i *Instance) { i.IdleShutdown, i.State = time.Hour, StateStopped }, LeashOn, "idle 1h rule"},
		{"schedule", func(i *Instance) { i.Schedules = []InstanceSchedule{stop, stop} }, LeashOn, "2 stop schedules"},
		{"disabled schedule", func(i *Instance) { i.Schedules = []InstanceSchedule{{Action: "Stop", Status: "Disabled"}} }, LeashNone, "none"},
		{"blocked, but a schedule stops it", func(i *Instance) { i.IdleShutdown, i.CustomApps, i.Schedules = time.Hour, 1, daily }, LeashOn, "1 stop schedule, in "},
		{"a rule of days", rule(72 * time.Hour), LeashSlack, "slack: stops in 2d21h if idle"},
		{"a rule of days and a schedule", func(i *Instance) { i.IdleShutdown, i.Schedules = 72*time.Hour, daily }, LeashOn, "1 stop schedule, in 17h"},
		{"working days", func(i *Instance) { i.Schedules = cron("0 19 * * 1-5") }, LeashOn, "1 stop schedule, in "},
		{"weekly", func(i *Instance) { i.Schedules = cron("0 19 * * 5") }, LeashSlack, "slack: 1 stop schedule"},
		{"twice a week", func(i *Instance) { i.Schedules = append(cron("0 19 * * 1"), cron("0 19 * * 5")...) }, LeashOn, "2 stop schedules, in "},
		{"a schedule nobody can read", func(i *Instance) {
			i.Schedules = []InstanceSchedule{{Action: "Stop", Cron: "0 19 * * *", TimeZone: "Narnia"}}
		}, LeashOn, "1 stop schedule"},
		{"a schedule that did not stop it", func(i *Instance) {
			i.Schedules, i.ModifiedAt = daily, epoch.AddDate(0, 0, -9)
			i.RunningSince, i.Last.Time = epoch.AddDate(0, 0, -2), epoch.AddDate(0, 0, -2)
		}, LeashLate, "late: stop schedule"},
		{"a schedule set since", func(i *Instance) {
			i.Schedules, i.ModifiedAt = daily, epoch.Add(-time.Minute)
			i.RunningSince, i.Last.Time = epoch.AddDate(0, 0, -2), epoch.AddDate(0, 0, -2)
		}, LeashOn, "1 stop schedule, in "},
		{"start schedule only", func(i *Instance) { i.Schedules = []InstanceSchedule{{Action: "Start", Status: "Enabled"}} }, LeashNone, "none"},
	} {
		got := idler(c.change).LeashAt(epoch)
		if got.State != c.state || !strings.Contains(got.Text, c.text) {
			t.Errorf("%s: %+v, want %s with %q", c.name, got, c.state, c.text)
		}
	}
}

// TestLeashSaysWhenItActs holds that the next moment is the earliest of the rule
// and the schedules.
func TestLeashSaysWhenItActs(t *testing.T) {
	evening := []InstanceSchedule{{Action: "Stop", Cron: "0 19 * * *"}}
	soon := epoch.Truncate(24 * time.Hour).Add(19 * time.Hour)
	if !soon.After(epoch) {
		soon = soon.AddDate(0, 0, 1)
	}
	for name, c := range map[string]struct {
		change func(*Instance)
		next   time.Time
		by     string
	}{
		"nothing":  {func(*Instance) {}, time.Time{}, ""},
		"schedule": {func(i *Instance) { i.Schedules = evening }, soon, "stop schedule"},
		"rule":     {func(i *Instance) { i.IdleShutdown = 200 * time.Minute }, epoch.Add(20 * time.Minute), "idle rule"},
		"both":     {func(i *Instance) { i.IdleShutdown, i.Schedules = 200*time.Minute, evening }, epoch.Add(20 * time.Minute), "idle rule"},
		"late":     {func(i *Instance) { i.IdleShutdown, i.Schedules = 15*time.Minute, evening }, soon, "stop schedule"},
		"in use":   {func(i *Instance) { i.IdleShutdown, i.State = time.Hour, StateJobRunning }, time.Time{}, ""},
	} {
		got := idler(c.change).LeashAt(epoch)
		if !got.Next.Equal(c.next) || got.NextBy != c.by {
			t.Errorf("%s: %v by %q, want %v by %q", name, got.Next, got.NextBy, c.next, c.by)
		}
	}
	sure := idler(func(i *Instance) {
		i.IdleShutdown, i.LastJobEnd, i.Last.Time = time.Hour, time.Time{}, epoch.AddDate(0, 0, -1)
	}).LeashAt(epoch)
	unsure := idler(func(i *Instance) { i.IdleShutdown = 30 * time.Minute }).LeashAt(epoch)
	if !sure.Sure || unsure.Sure || unsure.Blocker == "" {
		t.Errorf("a day late: %+v; an hour: %+v", sure, unsure)
	}
}

func TestScaleToZero(t *testing.T) {
	since := epoch.Add(-90 * time.Second)
	cluster := func(min, current int, n NodeCounts, change ...func(*Cluster)) *Cluster {
		c := &Cluster{Scale: Scale{Min: min, Max: 8, IdleBeforeScaleDown: 2 * time.Minute}, Current: current, TargetNodes: current, Nodes: n,
			AllocationState: AllocationSteady, IdleSince: since}
		for _, f := range change {
			f(c)
		}
		return c
	}
	for _, c := range []struct {
		name string
		c    *Cluster
		want Zero
		idle bool
	}{
		{"empty", cluster(0, 0, NodeCounts{}), Zero{State: ZeroAt}, false},
		{"preempted only", cluster(0, 0, NodeCounts{Preempted: 2}), Zero{State: ZeroAt}, false},
		{"counting", cluster(0, 3, NodeCounts{Idle: 3}), Zero{ZeroCounting, since.Add(2 * time.Minute), 30 * time.Second}, true},
		{"overdue", cluster(0, 3, NodeCounts{Idle: 3}, func(c *Cluster) { c.IdleSince = epoch.Add(-time.Hour) }),
			Zero{ZeroCounting, epoch.Add(-58 * time.Minute), 0}, true},
		{"not seen since when", cluster(0, 1, NodeCounts{Idle: 1}, func(c *Cluster) { c.IdleSince = time.Time{} }), Zero{State: ZeroUnknown}, true},
		{"running", cluster(0, 2, NodeCounts{Idle: 1, Running: 1}), Zero{State: ZeroBusy}, false},
		{"preparing", cluster(0, 1, NodeCounts{Preparing: 1}), Zero{State: ZeroBusy}, false},
		{"leaving", cluster(0, 2, NodeCounts{Leaving: 2}), Zero{State: ZeroLeaving}, false},
		{"resizing to zero", cluster(0, 2, NodeCounts{Idle: 2}, func(c *Cluster) { c.TargetNodes, c.AllocationState = 0, AllocationResizing }), Zero{State: ZeroLeaving}, true},
		{"unusable", cluster(0, 1, NodeCounts{Unusable: 1}), Zero{State: ZeroBlocked}, false},
		{"floor", cluster(2, 2, NodeCounts{Idle: 2}), Zero{State: ZeroNever}, false},
		{"floor not reached yet", cluster(1, 0, NodeCounts{}), Zero{State: ZeroNever}, false},
		{"above the floor", cluster(1, 3, NodeCounts{Idle: 3}), Zero{State: ZeroNever}, true},
	} {
		if got := c.c.ScaleToZero(epoch); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if got := c.c.Draining(); got != c.idle {
			t.Errorf("%s: draining %v, want %v", c.name, got, c.idle)
		}
	}
}
