package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

func create(ws string, change func(*model.ComputeSpec)) model.Command {
	spec := model.ComputeSpec{Kind: model.TypeInstance, Name: "eva-dev", VMSize: "Standard_DS3_v2"}
	if change != nil {
		change(&spec)
	}
	return model.CreateCommand(modeltest.Fleet().Workspace(modeltest.WorkspaceID(ws)), spec)
}

func pool(name string, s model.Scale) func(*model.ComputeSpec) {
	return func(c *model.ComputeSpec) { c.Kind, c.Name, c.Scale = model.TypeCluster, name, s }
}

func idle(ws, name string, d time.Duration) model.Command {
	c := compute(model.VerbIdle, ws, name)
	c.Idle = d
	return c
}

func schedule(ws, name string, list ...model.InstanceSchedule) model.Command {
	c := compute(model.VerbSchedule, ws, name)
	c.Schedules = list
	return c
}

func instances(name string, n int) model.Command {
	return model.Command{Verb: model.VerbScale, Target: string(modeltest.DeploymentID("fraud-prod", "fraud", name)), Name: name,
		Workspace: modeltest.WorkspaceID("fraud-prod"), Instances: n}
}

func deleteEndpoint() model.Command {
	return model.Command{Verb: model.VerbDelete, Target: string(modeltest.EndpointID("fraud-prod", "fraud")), Name: "fraud", Workspace: modeltest.WorkspaceID("fraud-prod")}
}

var evening = model.InstanceSchedule{Action: "Stop", Status: "Enabled", Cron: "0 19 * * 1-5", TimeZone: "Romance Standard Time"}

func TestCheckManage(t *testing.T) {
	for _, c := range []struct {
		name  string
		cmd   model.Command
		class error  // nil: allowed
		says  string // part of the reason
	}{
		{"create an instance", create("vision", nil), nil, ""},
		{"create a cluster", create("vision", pool("fresh", model.Scale{Max: 4})), nil, ""},
		{"create over a cluster", create("vision", pool("GPU-train", model.Scale{Max: 4})), model.ErrConflict, "would replace it"},
		{"an instance's name elsewhere in the region", create("nlp", func(s *model.ComputeSpec) { s.Name = "ana-gpu" }), model.ErrConflict, "unique in a region"},
		{"the same name in another region", create("nlp", func(s *model.ComputeSpec) { s.Name, s.Location = "ana-gpu", "westus2" }), nil, ""},
		{"create without a size", create("vision", func(s *model.ComputeSpec) { s.VMSize = "" }), model.ErrNotNow, "vm_size"},
		{"create nothing", compute(model.VerbCreate, "vision", "x"), model.ErrNotNow, "specification"},
		{"detach", compute(model.VerbDetach, "nlp", "spark"), nil, ""},
		{"detach an instance", compute(model.VerbDetach, "vision", "ana-gpu"), model.ErrWrongKind, "billing unseen"},
		{"detach a cluster", compute(model.VerbDetach, "vision", "gpu-train"), model.ErrWrongKind, "billing unseen"},
		{"idle rule", idle("vision", "ana-gpu", 30*time.Minute), nil, ""},
		{"no idle rule", idle("vision", "ana-gpu", 0), nil, ""},
		{"the same idle rule", idle("vision", "ana-gpu", time.Hour), model.ErrNotNow, "nothing to change"},
		{"too short an idle rule", idle("vision", "ana-gpu", 14*time.Minute), model.ErrNotNow, "between 15m and 3d"},
		{"too long an idle rule", idle("vision", "ana-gpu", 73*time.Hour), model.ErrNotNow, "between 15m and 3d"},
		{"idle rule of a cluster", idle("vision", "gpu-train", time.Hour), model.ErrWrongKind, "this is a cluster"},
		{"idle rule of nothing", idle("vision", "gone", time.Hour), model.ErrNotFound, `"gone"`},
		{"schedule", schedule("vision", "ana-gpu", evening), nil, ""},
		{"no schedule where there is none", schedule("vision", "ana-gpu"), model.ErrNotNow, "nothing to change"},
		{"five schedules", schedule("vision", "ana-gpu", evening, evening, evening, evening, evening), model.ErrNotNow, "can have 4, not 5"},
		{"a schedule without a time", schedule("vision", "ana-gpu", model.InstanceSchedule{Action: "Stop"}), model.ErrNotNow, "schedule 1"},
		{"scale a deployment", instances("blue", 3), nil, ""},
		{"scale to nothing", instances("blue", 0), model.ErrNotNow, "at least 1"},
		{"scale beyond the service", instances("blue", 51), model.ErrNotNow, "more than the 50"},
		{"scale to what it is", instances("blue", 2), model.ErrNotNow, "nothing to change"},
		{"scale what failed", instances("green", 4), model.ErrNotNow, "nothing to scale"},
		{"delete an endpoint", deleteEndpoint(), nil, ""},
	} {
		err := model.Check(modeltest.Fleet(), c.cmd)
		switch {
		case c.class == nil && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.class == nil:
		case !errors.Is(err, c.class), !strings.Contains(err.Error(), c.says):
			t.Errorf("%s: %v, want %q of class %v", c.name, err, c.says, c.class)
		}
	}
}

func TestBatchDeploymentsDoNotScale(t *testing.T) {
	s := modeltest.Fleet()
	for _, d := range s.Deployments {
		if err := model.AllowScale(s, d); d.Kind == model.TargetBatch && !errors.Is(err, model.ErrWrongKind) {
			t.Errorf("%s: %v", d.Name, err)
		}
	}
}

func TestComputeSpecValidate(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*model.ComputeSpec)
		says   string // "": valid
	}{
		"instance":             {nil, ""},
		"24 letters":           {func(s *model.ComputeSpec) { s.Name = "a" + strings.Repeat("b", 23) }, ""},
		"25 letters":           {func(s *model.ComputeSpec) { s.Name = "a" + strings.Repeat("b", 24) }, "3 to 24"},
		"digit first":          {func(s *model.ComputeSpec) { s.Name = "1ab" }, "starting with a letter"},
		"cluster":              {pool("pool-1", model.Scale{Max: 1}), ""},
		"32 letters":           {pool("a"+strings.Repeat("b", 31), model.Scale{Max: 1}), ""},
		"dash at the end":      {pool("pool-", model.Scale{Max: 1}), "not ending with a dash"},
		"no maximum":           {pool("pool", model.Scale{}), "maximum 0"},
		"a cluster's idle":     {func(s *model.ComputeSpec) { pool("pool", model.Scale{Max: 1})(s); s.Idle = time.Hour }, "an instance's"},
		"a cluster's priority": {func(s *model.ComputeSpec) { pool("pool", model.Scale{Max: 1})(s); s.Priority = "Spot" }, "Spot"},
		"low priority":         {func(s *model.ComputeSpec) { s.Priority = model.LowPriority }, "cannot be low priority"},
		"half a user":          {func(s *model.ComputeSpec) { s.Assigned.ObjectID = "x" }, "tenant id"},
		"idle in seconds":      {func(s *model.ComputeSpec) { s.Idle = 20*time.Minute + time.Second }, "whole minutes"},
		"kind":                 {func(s *model.ComputeSpec) { s.Kind = "Kubernetes" }, "Kubernetes"},
	} {
		err := create("vision", tt.change).Create.Validate()
		if (tt.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
}

func TestParseSchedule(t *testing.T) {
	for text, want := range map[string]string{
		"stop 0 19 * * 1-5 Romance Standard Time":                "stop 0 19 * * 1-5 Romance Standard Time",
		`START  30 7 1,15 */2 MON-FRI "UTC"`:                     "start 30 7 1,15 */2 MON-FRI UTC",
		"disabled stop every day at 19:00":                       "disabled stop every day at 19:00 UTC",
		"start every 2 weeks on mon, Friday at 7:30 UTC":         "start every 2 weeks on Monday,Friday at 07:30 UTC",
		"stop every month on 1,15 at 06:00,18:00 W. Europe Time": "stop every month on 1,15 at 06:00,18:00 W. Europe Time",
		"stop every 90 minutes":                                  "stop every 90 minutes UTC",
	} {
		s, err := model.ParseSchedule(text)
		if err != nil || s.String() != want {
			t.Errorf("%s: %q, %v; want %q", text, s, err, want)
			continue
		}
		if again, err := model.ParseSchedule(s.String()); err != nil || again.String() != want {
			t.Errorf("read back: %q, %v; want %q", again, err, want)
		}
	}
	for text, says := range map[string]string{
		"": "write it as", "disabled": "write it as", "halt 0 19 * * *": "start or stop", "stop 0 19 * *": "five cron fields",
		"stop 60 19 * * *": "60", "stop 0 24 * * *": "24", "stop 0 19 x! * *": "x!", "stop every": "after every",
		"stop every fortnight": "fortnight", "stop every 0 days at 19:00": "interval", "stop every day on Monday at 19:00": "days of the week",
		"stop every week on Moonday": "Moonday", "stop every day at 19": "19:00", "stop every day at 25:00": "25", "stop every month on 32": "32",
		"stop every day at 07:30,19:00": "one schedule for each",
	} {
		if _, err := model.ParseSchedule(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

func TestSameSchedules(t *testing.T) {
	other := evening
	other.ID, other.StartTime = "x", "2026-01-01T00:00:00"
	off := evening
	off.Status = "Disabled"
	if !model.SameSchedules([]model.InstanceSchedule{off, other}, []model.InstanceSchedule{evening, off}) {
		t.Error("the service's id and beginning make a difference")
	}
	later := other
	later.StartTime = "2026-01-02T19:00:00"
	if model.SameSchedules([]model.InstanceSchedule{other}, []model.InstanceSchedule{later}) {
		t.Error("a beginning that was asked for makes no difference")
	}
	if later.StartTime += "Z"; !model.SameSchedules([]model.InstanceSchedule{later}, []model.InstanceSchedule{{
		Action: "Stop", Cron: later.Cron, TimeZone: later.TimeZone, StartTime: "2026-01-02T19:00:00"}}) {
		t.Error("how the beginning is written makes a difference")
	}
	if model.SameSchedules([]model.InstanceSchedule{evening}, []model.InstanceSchedule{off}) {
		t.Error("a disabled schedule is taken for an enabled one")
	}
}

func TestStuckSaysWhatToDo(t *testing.T) {
	for _, v := range []model.Verb{
		model.VerbStart, model.VerbStop, model.VerbRestart, model.VerbDelete, model.VerbDetach, model.VerbCreate, model.VerbScale, model.VerbIdle,
		model.VerbSchedule, model.VerbDeploy, model.VerbUndeploy, model.VerbTraffic, model.VerbCancelJob,
	} {
		if v.StuckAfter() < model.StuckAfter || (model.Command{Verb: v}).StuckNext() == "" {
			t.Errorf("%s: stuck after %v, then %q", v, v.StuckAfter(), model.Command{Verb: v}.StuckNext())
		}
	}
}
