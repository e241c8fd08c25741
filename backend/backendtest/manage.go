package backendtest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func createInstance(t *testing.T, b *bench) {
	ws := b.vision(t)
	stop := model.InstanceSchedule{Action: model.ScheduleStop, Status: model.ScheduleEnabled, Cron: "0 19 * * 1-5", TimeZone: "Romance Standard Time"}
	c := model.CreateCommand(ws, model.ComputeSpec{
		Kind: model.TypeInstance, Name: "eva-dev", VMSize: "Standard_DS3_v2", Description: "a trial",
		Idle: 45 * time.Minute, Schedules: []model.InstanceSchedule{stop},
	})
	if state, err := b.Cloud.State(t.Context(), c); err != nil || !state.Gone || state.Reached {
		t.Errorf("before: %+v, %v", state, err)
	}
	if state := b.fulfil(t, c); state.State != "Running" {
		t.Errorf("after the create: %+v", state)
	}
	got := b.instance(t, "eva-dev")
	if got.IdleShutdown != 45*time.Minute || !model.SameSchedules(got.Schedules, c.Create.Schedules) || got.SSH != "" ||
		got.VMSize.Key() != "standard_ds3_v2" || got.Description != "a trial" || got.Last.Name != "Create" {
		t.Errorf("created: %+v, %+v", got, got.Schedules)
	}
	_, err := b.Cloud.Begin(t.Context(), c)
	wantClass(t, "create over what is there", err, nil)
	if err != nil && !strings.Contains(err.Error(), "eva-dev") {
		t.Errorf("the refusal does not name what is there: %v", err)
	}
}

func createCluster(t *testing.T, b *bench) {
	want := model.Scale{Min: 1, Max: 2, IdleBeforeScaleDown: 5 * time.Minute}
	c := model.CreateCommand(b.vision(t), model.ComputeSpec{
		Kind: model.TypeCluster, Name: "fresh-pool", VMSize: "Standard_DS3_v2", Priority: model.LowPriority, Scale: want,
	})
	b.fulfil(t, c)
	got := b.cluster(t, "fresh-pool")
	if got.Scale != want || got.Priority != model.LowPriority || got.ProvisioningState != "Succeeded" {
		t.Errorf("created: %+v, %s, %s", got.Scale, got.Priority, got.ProvisioningState)
	}
}

// createAgain is a name that was free a moment ago: deleted, then created.
func createAgain(t *testing.T, b *bench) {
	off := b.instance(t, "off")
	b.fulfil(t, on(model.VerbDelete, &off.Target))
	c := model.CreateCommand(b.vision(t), model.ComputeSpec{Kind: model.TypeInstance, Name: "off", VMSize: "Standard_DS3_v2"})
	b.fulfil(t, c)
	if got := b.instance(t, "off"); got.VMSize.Key() != "standard_ds3_v2" {
		t.Errorf("the new instance has the size %s", got.VMSize)
	}
}

// createRefused is what the service has no room for.
func createRefused(t *testing.T, b *bench) {
	c := model.CreateCommand(b.vision(t), model.ComputeSpec{Kind: model.TypeInstance, Name: "giant", VMSize: "Standard_ND96asr_v4"})
	pending, err := b.Cloud.Begin(t.Context(), c)
	for waited := time.Duration(0); err == nil && waited < time.Hour; waited += step {
		var done bool
		if done, _, err = pending.Poll(t.Context()); done {
			break
		}
		b.Advance(step)
	}
	wantClass(t, "create beyond the quota", err, nil)
	var no *model.Refusal
	if errors.As(err, &no) && (no.Next == "" || !strings.Contains(model.Fold(no.Error()), "quota")) {
		t.Errorf("the refusal does not speak of the quota, or does not say what to do: %v, next %q", no, no.Next)
	}
}

func detach(t *testing.T, b *bench) {
	for _, a := range b.computes(t).Attached {
		if a.Name != "k8s" {
			continue
		}
		if state := b.fulfil(t, on(model.VerbDetach, &a.Target)); !state.Gone {
			t.Errorf("after the detach: %+v", state)
		}
	}
	if left := b.computes(t).Attached; len(left) != 1 || left[0].Name != "novel" {
		t.Errorf("attached after the detach: %d", len(left))
	}
	up := b.instance(t, "up")
	_, err := b.Cloud.Begin(t.Context(), on(model.VerbDetach, &up.Target))
	wantClass(t, "detach of what Azure ML manages", err, model.ErrWrongKind)
	if b.instance(t, "up").State != model.StateRunning {
		t.Error("the instance that was not to be detached is changed")
	}
}

func idleRule(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	c := on(model.VerbIdle, &up.Target)
	for _, want := range []time.Duration{time.Hour, 0, 72 * time.Hour} {
		c.Idle = want
		b.fulfil(t, c)
		if got := b.instance(t, "up").IdleShutdown; got != want {
			t.Errorf("idle shutdown %v, want %v", got, want)
		}
	}
	pool := b.cluster(t, "pool")
	bad := on(model.VerbIdle, &pool.Target)
	bad.Idle = time.Hour
	_, err := b.Cloud.Begin(t.Context(), bad)
	wantClass(t, "idle rule of a cluster", err, nil)
}

// schedules sets a cron schedule and a recurrence, and sees both obeyed: the
// world begins on a Monday at 14:00 UTC.
func schedules(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	c := on(model.VerbSchedule, &up.Target)
	for _, text := range []string{"stop 0 19 * * 1-5 Romance Standard Time", "start every week on Tuesday,Thursday at 07:30 UTC"} {
		s, err := model.ParseSchedule(text)
		if err != nil {
			t.Fatal(err)
		}
		c.Schedules = append(c.Schedules, s)
	}
	b.fulfil(t, c)
	if got := b.instance(t, "up").Schedules; !model.SameSchedules(got, c.Schedules) || got[0].ID == "" {
		t.Errorf("schedules read back: %+v", got)
	}
	for _, tt := range []struct {
		after time.Duration
		state model.InstanceState
		name  string
	}{
		{3*time.Hour + 30*time.Minute, model.StateRunning, ""},       // 17:30 UTC, 18:30 there
		{time.Hour, model.StateStopped, "Stop"},                      // 18:30 UTC: stopped at 18:00 UTC
		{13*time.Hour + 30*time.Minute, model.StateRunning, "Start"}, // Tuesday 08:00 UTC
	} {
		b.Advance(tt.after)
		got := b.instance(t, "up")
		if got.State != tt.state || tt.name != "" && (got.Last.Name != tt.name || got.Last.Trigger != "Schedule") {
			t.Errorf("%v later: %s, last operation %+v; want %s", tt.after, got.State, got.Last, tt.state)
		}
	}
	c.Schedules = nil
	b.fulfil(t, c)
	b.Advance(24 * time.Hour)
	if got := b.instance(t, "up"); got.State != model.StateRunning {
		t.Errorf("a day after its schedules were taken away: %s", got.State)
	}
}

func scaleDeployment(t *testing.T, b *bench) {
	blue := b.deployment(t, "blue")
	c := model.Command{Verb: model.VerbScale, Target: string(blue.ID), ARMID: blue.ARMID, Name: "blue", Workspace: blue.Workspace, Instances: 3}
	if state, err := b.Cloud.State(t.Context(), c); err != nil || state.Reached {
		t.Errorf("before: %+v, %v", state, err)
	}
	if may, err := b.Cloud.Capacity(t.Context(), blue.ARMID); err != nil || may != (model.Capacity{Min: 1, Max: 50, Default: 1}) {
		t.Errorf("capacity: %+v, %v", may, err)
	}
	_, err := b.Cloud.Capacity(t.Context(), b.deployment(t, "first").ARMID)
	wantClass(t, "capacity of a batch deployment", err, model.ErrWrongKind)
	b.fulfil(t, c)
	if got := b.deployment(t, "blue"); got.Instances != 3 || got.ProvisioningState != "Succeeded" {
		t.Errorf("scaled: %d instances, %s", got.Instances, got.ProvisioningState)
	}
	c.Instances = 50
	err = b.carry(t, c)
	wantClass(t, "scale beyond the quota", err, nil)
	var no *model.Refusal
	if errors.As(err, &no) && no.Code != "OutOfQuota" {
		t.Errorf("an operation that failed within a 200 is told as %q", no.Code)
	}
	if got := b.deployment(t, "blue").Instances; got != 3 {
		t.Errorf("after the refusal it has %d instances", got)
	}
}

func deleteEndpoint(t *testing.T, b *bench) {
	ws := b.vision(t)
	for _, path := range []string{"onlineEndpoints/defects", "batchEndpoints/nightly"} {
		id := child(ws, path)
		c := model.Command{Verb: model.VerbDelete, Target: model.Fold(id), ARMID: id, Name: model.BaseName(id), Workspace: ws.ID}
		if state, err := b.Cloud.State(t.Context(), c); err != nil || state.Reached || state.Failed {
			t.Errorf("before: %+v, %v", state, err)
		}
		if state := b.fulfil(t, c); !state.Gone {
			t.Errorf("after the delete of %s: %+v", path, state)
		}
	}
	endpoints, deployments, err := b.Cloud.Endpoints(t.Context(), ws)
	if err != nil || len(endpoints) != 0 || len(deployments) != 0 {
		t.Errorf("%d endpoints and %d deployments are left, %v", len(endpoints), len(deployments), err)
	}
}
