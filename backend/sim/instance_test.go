package sim

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

const oneInstance = `
[[subscriptions.workspaces.instances]]
name = "box"
vm_size = "Standard_DS3_v2"
owner = "ana"
`

func box(t *testing.T, more string) (*World, *Instance) {
	t.Helper()
	w, ws := small(t, oneInstance+more)
	i, ok := ws.FindCompute("BOX").(*Instance)
	if !ok {
		t.Fatal("no instance called box")
	}
	return w, i
}

func TestStartStopRestart(t *testing.T) {
	w, i := box(t, "")
	steps := []struct {
		name        string
		do          func(*Instance) (*Operation, error)
		during, end model.InstanceState
		least, most time.Duration
	}{
		{"Start", w.StartInstance, model.StateStarting, model.StateRunning, 90 * time.Second, 180 * time.Second},
		{"Restart", w.RestartInstance, model.StateRestarting, model.StateRunning, 130 * time.Second, 180 * time.Second},
		{"Stop", w.StopInstance, model.StateStopping, model.StateStopped, 80 * time.Second, 110 * time.Second},
	}
	for _, s := range steps {
		op, err := s.do(i)
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if i.State != string(s.during) || op.Status != statusInProgress || i.Last.Status != statusInProgress || i.Last.Name != s.name {
			t.Fatalf("%s: state %s, operation %s, last %+v", s.name, i.State, op.Status, i.Last)
		}
		if _, err := w.StopInstance(i); denial(t, err).Status != http.StatusConflict {
			t.Errorf("%s: a stop meanwhile answers %v", s.name, err)
		}
		w.after(s.least - time.Second)
		if i.State != string(s.during) {
			t.Errorf("%s: is %s too early", s.name, i.State)
		}
		w.after(s.most - s.least + time.Second)
		if i.State != string(s.end) || op.Status != statusSucceeded || i.Last.Status != "Succeeded" || i.Last.Trigger != "User" {
			t.Errorf("%s: ended as %s, operation %s, last %+v", s.name, i.State, op.Status, i.Last)
		}
		if got := op.Ended.Sub(op.Started); got < s.least || got > s.most {
			t.Errorf("%s took %v", s.name, got)
		}
		if w.Operation(op.ID) != op {
			t.Errorf("%s: operation %s is forgotten", s.name, op.ID)
		}
	}
}

// TestStartOutsideStopped: the service accepts, and the operation fails.
func TestStartOutsideStopped(t *testing.T) {
	w, i := box(t, `state = "Running"`)
	op, err := w.StartInstance(i)
	if err != nil {
		t.Fatal(err)
	}
	w.after(time.Minute)
	if op.Status != statusFailed || op.Error.Code != "StartComputeInstanceOnlyAllowedInStoppedState" || i.State != "Running" {
		t.Errorf("operation %s %v, state %s", op.Status, op.Error, i.State)
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, more string
		do         func(w *World, i *Instance) error
		status     int
		code       string
	}{
		{"stop with a full disk", `state = "Running"
disk_full = true`, func(w *World, i *Instance) error { _, err := w.StopInstance(i); return err }, 400, "BadRequest"},
		{"restart of a stopped one", "", func(w *World, i *Instance) error { _, err := w.RestartInstance(i); return err }, 409, "Conflict"},
		{"idle rule too short", "", func(w *World, i *Instance) error { return w.SetIdleShutdown(i, 14*time.Minute) }, 400, "BadRequest"},
		{"idle rule too long", "", func(w *World, i *Instance) error { return w.SetIdleShutdown(i, 73*time.Hour) }, 400, "BadRequest"},
		{"name taken", "", func(w *World, i *Instance) error {
			_, _, err := w.PutCluster(i.Workspace, "box", ClusterSpec{VMSize: "Standard_DS3_v2", Scale: ScaleSpec{Max: 1}})
			return err
		}, 409, "Conflict"},
		{"unknown size", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "other", InstanceSpec{VMSize: "Standard_X1"})
			return err
		}, 400, "BadArgument"},
		{"bad name", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "1st", InstanceSpec{VMSize: "Standard_DS3_v2"})
			return err
		}, 400, "BadArgument"},
		{"digits after a dash", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "ci-1", InstanceSpec{VMSize: "Standard_DS3_v2"})
			return err
		}, 400, "BadArgument"},
		{"GPU without quota", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "other", InstanceSpec{VMSize: "Standard_NC24ads_A100_v4"})
			return err
		}, 400, "ClusterMinNodesExceedCoreQuota"},
		{"bad cron", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "other", InstanceSpec{VMSize: "Standard_DS3_v2", Schedules: []Schedule{{Action: "Stop", Cron: "0 25 * * *"}}})
			return err
		}, 400, "BadArgument"},
		{"idle rule of a week", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "other", InstanceSpec{VMSize: "Standard_DS3_v2", IdleShutdown: 7 * 24 * time.Hour})
			return err
		}, 400, "BadRequest"},
		{"size changed", "", func(w *World, i *Instance) error {
			_, _, err := w.PutInstance(i.Workspace, "box", InstanceSpec{VMSize: "Standard_DS2_v2"})
			return err
		}, 400, "BadArgument"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, i := box(t, tt.more)
			before := i.State
			d := denial(t, tt.do(w, i))
			if d.Status != tt.status || d.Code != tt.code {
				t.Errorf("refused with %d %s: %s", d.Status, d.Code, d.Message)
			}
			if i.State != before {
				t.Errorf("the refused request left it %s", i.State)
			}
		})
	}
}

func TestCreateAndDeleteInstance(t *testing.T) {
	w, ws := small(t, "")
	region := ws.Subscription.Regions["eastus"]
	i, op, err := w.PutInstance(ws, "fresh", InstanceSpec{VMSize: "Standard_DS3_v2", OwnerName: "Ana Duarte", IdleShutdown: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if i.Filled || i.State != "Creating" || region.used.dedicated != 4 {
		t.Errorf("after the PUT: filled %v, %s, %d cores in use", i.Filled, i.State, region.used.dedicated)
	}
	w.after(7 * time.Minute)
	if i.State != "Running" || !i.Filled || op.Status != statusSucceeded {
		t.Errorf("after 7 minutes: %s, filled %v, operation %s", i.State, i.Filled, op.Status)
	}
	if took := op.Ended.Sub(op.Started); took < 4*time.Minute {
		t.Errorf("creation took %v", took)
	}
	if _, err := w.DeleteCompute(i, false); err != nil {
		t.Fatal(err)
	}
	w.after(3 * time.Minute)
	if ws.FindCompute("fresh") != nil || region.used.dedicated != 0 || region.used.computes != 0 {
		t.Errorf("after the deletion: %v, %d cores, %d computes", ws.FindCompute("fresh"), region.used.dedicated, region.used.computes)
	}
	billed := w.Billed(i.ID())
	w.after(24 * time.Hour)
	if w.Billed(i.ID()) != billed {
		t.Error("a deleted instance is billed")
	}
}

// TestDetach: a detached instance is out of sight and still paid for.
func TestDetach(t *testing.T) {
	w, i := box(t, `state = "Running"
idle_shutdown = "1h"
[[subscriptions.workspaces.jobs]]
display = "j"
target = "box"
status = "Running"`)
	if _, err := w.DeleteCompute(i, true); err != nil {
		t.Fatal(err)
	}
	if _, err := w.StopInstance(i); err == nil || !strings.Contains(err.Error(), "(Deleting)") {
		t.Errorf("stopped while it is detached: %v", err)
	}
	w.after(2 * time.Hour)
	if i.Workspace.FindCompute("box") != nil {
		t.Error("it is still listed")
	}
	if got := w.Billed(i.ID()); got != 2*time.Hour {
		t.Errorf("billed %v of 2 h", got)
	}
}

func TestIdleShutdown(t *testing.T) {
	tests := []struct {
		name, more string
		stops      time.Duration // 0: never
	}{
		{"rule", `idle_shutdown = "1h"`, time.Hour},
		{"no rule", "", 0},
		{"broken rule", `idle_shutdown = "1h"
idle_broken = true`, 0},
		{"custom application", `idle_shutdown = "1h"
custom_apps = ["RStudio"]`, 0},
		{"full disk", `idle_shutdown = "1h"
disk_full = true`, 0},
		{"idle for a while", `idle_shutdown = "1h"
active = "-40m"`, 20 * time.Minute},
		{"somebody in it", `idle_shutdown = "1h"
busy = "3h"
forgets = 1.0`, 4 * time.Hour},
		{"a job on it", `idle_shutdown = "1h"
[[subscriptions.workspaces.jobs]]
display = "j"
target = "box"
status = "Running"
left = "2h"`, 3 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, i := box(t, `state = "Running"
since = "0s"
`+tt.more)
			if tt.stops > 0 {
				w.after(tt.stops - time.Second)
			} else {
				w.after(10 * time.Hour)
			}
			if i.State != "Running" {
				t.Fatalf("it is %s after %v", i.State, w.Now().Sub(w.Start()))
			}
			if tt.stops == 0 {
				return
			}
			w.after(time.Minute) // a job takes some seconds to finalize
			if i.State != "Stopping" || i.Last.Trigger != "IdleShutdown" {
				t.Errorf("it is %s, last operation %+v", i.State, i.Last)
			}
		})
	}
}

// TestShorterRule: a limit below the present idle time starts counting anew.
func TestShorterRule(t *testing.T) {
	w, i := box(t, `state = "Running"
active = "-5h"`)
	if err := w.SetIdleShutdown(i, 30*time.Minute); err != nil {
		t.Fatal(err)
	}
	w.after(29 * time.Minute)
	if i.State != "Running" {
		t.Fatalf("it is %s at once", i.State)
	}
	w.after(2 * time.Minute)
	if i.State != "Stopping" {
		t.Errorf("it is %s after 31 minutes", i.State)
	}
}

// TestIdleRuleDuringRestart: a rule that runs out while the instance restarts
// starts counting anew when it is up.
func TestIdleRuleDuringRestart(t *testing.T) {
	w, i := box(t, `state = "Running"
active = "-59m"
idle_shutdown = "1h"`)
	if _, err := w.RestartInstance(i); err != nil {
		t.Fatal(err)
	}
	w.after(2 * time.Minute)
	if i.State != "Restarting" {
		t.Fatalf("after two minutes: %s", i.State)
	}
	w.after(59 * time.Minute)
	if i.State != "Running" {
		t.Errorf("after an hour: %s", i.State)
	}
	w.after(4 * time.Minute)
	if i.Last.Trigger != "IdleShutdown" {
		t.Errorf("after an hour of being up: %+v", i.Last)
	}
}

func TestSchedules(t *testing.T) {
	// Monday 14:00 UTC is 15:00 in W. Europe Standard Time, summer or not.
	w, i := box(t, `schedules = [
  { action = "Start", cron = "30 15 * * 1-5", time_zone = "W. Europe Standard Time" },
  { action = "Stop", cron = "0 18 * * *", time_zone = "W. Europe Standard Time" },
  { action = "Stop", cron = "0 16 * * *", disabled = true },
]`)
	w.after(29 * time.Minute)
	if i.State != "Stopped" {
		t.Fatalf("14:29 UTC: %s", i.State)
	}
	w.after(5 * time.Minute)
	if i.State != "Running" || i.Last.Name != "Start" || i.Last.Trigger != "Schedule" {
		t.Fatalf("14:34 UTC: %s, %+v", i.State, i.Last)
	}
	w.AdvanceTo(w.Start().Add(2*time.Hour + 59*time.Minute))
	if i.State != "Running" {
		t.Fatalf("16:59 UTC: %s", i.State)
	}
	w.after(3 * time.Minute)
	if i.State != "Stopped" || i.Last.Trigger != "Schedule" {
		t.Fatalf("17:02 UTC: %s, %+v", i.State, i.Last)
	}
	w.AdvanceTo(w.Start().AddDate(0, 0, 5).Add(time.Hour)) // Saturday 15:00 UTC
	if i.State != "Stopped" {
		t.Errorf("Saturday: %s", i.State)
	}
}

func TestJobsOnInstance(t *testing.T) {
	w, i := box(t, `state = "Running"
`)
	var jobs []*Job
	for range 6 { // four vCPUs: four run, two wait
		j := &Job{Workspace: i.Workspace, Name: i.Workspace.jobName(), Instance: i, Nodes: 1, Work: 20 * time.Minute}
		w.submit(j)
		jobs = append(jobs, j)
	}
	w.after(5 * time.Minute)
	if i.State != "JobRunning" || jobs[3].Status != jobRunning || jobs[4].Status != jobQueued {
		t.Fatalf("%s, fourth job %s, fifth %s", i.State, jobs[3].Status, jobs[4].Status)
	}
	w.after(20 * time.Minute)
	if jobs[0].Status != jobCompleted || jobs[4].Status != jobRunning {
		t.Errorf("first job %s, fifth %s", jobs[0].Status, jobs[4].Status)
	}
	if _, err := w.StopInstance(i); err != nil {
		t.Fatal(err)
	}
	if jobs[5].Status != jobCanceled || i.State != "Stopping" {
		t.Errorf("stopped: sixth job %s, state %s", jobs[5].Status, i.State)
	}
}

func TestInstanceNamesAreUniqueInRegion(t *testing.T) {
	w := demo(t, 1)
	sub := w.Subscriptions()[1]
	ws := w.FindWorkspace(sub.ID, "rg-recsys", "recsys") // eastus, as vision in another subscription
	_, _, err := w.PutInstance(ws, "ANA-gpu", InstanceSpec{VMSize: "Standard_DS3_v2"})
	if denial(t, err).Status != http.StatusConflict {
		t.Errorf("answered %v", err)
	}
}
