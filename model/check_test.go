package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

// allowed is which instance commands the service accepts, by state, written
// out once more and by hand: start, stop, restart, delete.
var allowed = map[model.InstanceState]string{
	model.StateCreating: "---d", model.StateCreateFailed: "---d", model.StateDeleting: "----",
	model.StateRunning: "-srd", model.StateJobRunning: "-srd", model.StateRestarting: "-s-d",
	model.StateSettingUp: "-s-d", model.StateSetupFailed: "-srd", model.StateUserSettingUp: "-s-d", model.StateUserSetupFailed: "-srd",
	model.StateStarting: "---d", model.StateStopping: "---d", model.StateStopped: "S--d",
	model.StateUnknown: "-srd", model.StateUnusable: "-srd", "SomethingNew": "-srd", "": "-srd",
}

func TestInstanceCommandsByState(t *testing.T) {
	if known := len(model.InstanceStates()); known != 15 || len(allowed) != known+2 {
		t.Fatalf("%d states in the table, %d in the test", known, len(allowed))
	}
	verbs := []model.Verb{model.VerbStart, model.VerbStop, model.VerbRestart, model.VerbDelete}
	for state, marks := range allowed {
		i := modeltest.Instance("vision", "box", func(i *model.Instance) { i.State = state })
		s := (&model.Snapshot{Instances: []*model.Instance{i}}).Seal()
		for k, verb := range verbs {
			err := model.Check(s, on(verb, i))
			if want := marks[k] != '-'; (err == nil) != want {
				t.Errorf("%s in %q: %v, allowed %v", verb, state, err, want)
			}
			if err != nil && (!errors.Is(err, model.ErrNotNow) || !strings.Contains(err.Error(), "box is ")) {
				t.Errorf("%s in %q: %q does not say why", verb, state, err)
			}
		}
	}
}

func on(v model.Verb, i *model.Instance) model.Command {
	return model.Command{Verb: v, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace}
}

func compute(v model.Verb, ws, name string) model.Command {
	return model.Command{Verb: v, Target: string(modeltest.ComputeID(ws, name)), Name: name, Workspace: modeltest.WorkspaceID(ws)}
}

func scale(c model.Command, minimum, maximum int, idle time.Duration) model.Command {
	c.Scale = &model.Scale{Min: minimum, Max: maximum, IdleBeforeScaleDown: idle}
	return c
}

func undeploy(ws, endpoint, name string) model.Command {
	return model.Command{Verb: model.VerbUndeploy, Target: string(modeltest.DeploymentID(ws, endpoint, name)), Name: name, Workspace: modeltest.WorkspaceID(ws)}
}

func traffic(shares map[string]int) model.Command {
	return model.Command{Verb: model.VerbTraffic, Target: string(modeltest.EndpointID("fraud-prod", "fraud")), Name: "fraud",
		Workspace: modeltest.WorkspaceID("fraud-prod"), Traffic: shares}
}

func cancel(ws, name string) model.Command {
	return model.Command{Verb: model.VerbCancelJob, Target: string(modeltest.JobID(ws, name)), Name: name, Workspace: modeltest.WorkspaceID(ws)}
}

func deploy(change func(*model.DeploymentSpec)) model.Command {
	d := &model.DeploymentSpec{Kind: model.TargetManaged, Endpoint: "fraud", Name: "red", Location: "eastus", Model: "azureml:fraud:4",
		Environment: "azureml:env:1", VMSize: "Standard_DS3_v2", Instances: 2}
	if change != nil {
		change(d)
	}
	return model.Command{Verb: model.VerbDeploy, Target: string(modeltest.DeploymentID("fraud-prod", d.Endpoint, d.Name)), Name: d.Name,
		Workspace: modeltest.WorkspaceID("fraud-prod"), Deploy: d}
}

func TestCheck(t *testing.T) {
	idle := 2 * time.Minute
	gpu := compute(model.VerbScale, "vision", "gpu-train")
	for _, c := range []struct {
		name  string
		cmd   model.Command
		class error  // nil: allowed
		says  string // part of the reason
	}{
		{"stop what idles", compute(model.VerbStop, "vision", "ana-gpu"), nil, ""},
		{"operation under way", compute(model.VerbRestart, "vision", "ana-dev"), model.ErrConflict, "stop is already under way"},
		{"operation long over", compute(model.VerbStart, "nlp", "ana-old"), nil, ""},
		{"unknown target", compute(model.VerbStop, "vision", "nobody"), model.ErrNotFound, `"nobody"`},
		{"stop a cluster", compute(model.VerbStop, "vision", "gpu-train"), model.ErrWrongKind, "this is a cluster"},
		{"stop what is attached", compute(model.VerbStop, "nlp", "spark"), model.ErrWrongKind, "does not manage"},
		{"delete what is attached", compute(model.VerbDelete, "nlp", "spark"), model.ErrWrongKind, "does not manage"},
		{"delete a cluster", compute(model.VerbDelete, "vision", "gpu-train"), nil, ""},
		{"scale", scale(gpu, 0, 4, idle), nil, ""},
		{"scale without settings", gpu, model.ErrNotNow, "needs a minimum"},
		{"scale an instance", scale(compute(model.VerbScale, "vision", "ana-gpu"), 0, 1, idle), model.ErrWrongKind, "does not scale"},
		{"scale what is not there", scale(compute(model.VerbScale, "vision", "gone"), 0, 1, idle), model.ErrNotFound, `"gone"`},
		{"minimum below zero", scale(gpu, -1, 4, idle), model.ErrNotNow, "minimum -1"},
		{"minimum above maximum", scale(gpu, 5, 4, idle), model.ErrNotNow, "above the maximum"},
		{"maximum zero", scale(gpu, 0, 0, idle), model.ErrNotNow, "maximum 0"},
		{"maximum beyond the service", scale(gpu, 0, model.MaxNodes+1, idle), model.ErrNotNow, "maximum 65001"},
		{"negative idle time", scale(gpu, 0, 4, -1), model.ErrNotNow, "negative"},
		{"scale to what it is", scale(gpu, 0, 8, idle), model.ErrNotNow, "nothing to change"},
		{"undeploy what gets requests", undeploy("fraud-prod", "fraud", "blue"), model.ErrNotNow, "carries 100 %"},
		{"undeploy what failed", undeploy("fraud-prod", "fraud", "green"), nil, ""},
		{"undeploy nothing", undeploy("fraud-prod", "fraud", "gone"), model.ErrNotFound, `deployment "gone"`},
		{"move traffic", traffic(map[string]int{"blue": 90, "green": 10}), nil, ""},
		{"no traffic at all", traffic(map[string]int{"blue": 0}), nil, ""},
		{"traffic does not add up", traffic(map[string]int{"blue": 90}), model.ErrNotNow, "add up to 90"},
		{"traffic to nobody", traffic(map[string]int{"blue": 50, "pink": 50}), model.ErrNotFound, `"pink"`},
		{"traffic beyond all", traffic(map[string]int{"blue": 150, "green": -50}), model.ErrNotNow, "150 %"},
		{"cancel a running job", cancel("vision", "job-train"), nil, ""},
		{"cancel a queued job", cancel("nlp", "job-q1"), nil, ""},
		{"cancel what is over", cancel("vision", "job-done"), model.ErrNotNow, "eval is over: Completed"},
		{"cancel nothing", cancel("vision", "gone"), model.ErrNotFound, `job "gone"`},
		{"deploy", deploy(nil), nil, ""},
		{"deploy behind nothing", deploy(func(d *model.DeploymentSpec) { d.Endpoint = "fresh" }), model.ErrNotFound, `endpoint "fresh"`},
		{"deploy with its endpoint", deploy(func(d *model.DeploymentSpec) { d.Endpoint, d.NewEndpoint = "fresh", true }), nil, ""},
		{"deploy what is incomplete", deploy(func(d *model.DeploymentSpec) { d.VMSize, d.Instances = "", 0 }), errAny, "instances: 0"},
		{"batch behind an online endpoint", deploy(func(d *model.DeploymentSpec) { d.Kind, d.Cluster = model.TargetBatch, "batch" }), model.ErrWrongKind, "online endpoint"},
		{"batch on no cluster", deploy(func(d *model.DeploymentSpec) {
			d.Kind, d.Cluster, d.Endpoint, d.NewEndpoint = model.TargetBatch, "gone", "nights", true
		}), model.ErrNotFound, `cluster "gone"`},
		{"deploy without a specification", model.Command{Verb: model.VerbDeploy, Name: "x"}, model.ErrNotNow, "specification"},
		{"no such verb", compute("dance", "vision", "ana-gpu"), model.ErrWrongKind, "dance"},
	} {
		err := model.Check(modeltest.Fleet(), c.cmd)
		switch {
		case c.class == nil && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.class == nil:
		case err == nil:
			t.Errorf("%s: allowed", c.name)
		case c.class != errAny && !errors.Is(err, c.class), !strings.Contains(err.Error(), c.says):
			t.Errorf("%s: %q, want %q of class %v", c.name, err, c.says, c.class)
		}
	}
}

var errAny = errors.New("any class")

func TestReadOnlyRefusesEverything(t *testing.T) {
	s := modeltest.Fleet()
	s.ReadOnly = true
	for _, c := range []model.Command{
		compute(model.VerbStop, "vision", "ana-gpu"), scale(compute(model.VerbScale, "vision", "gpu-train"), 0, 4, 0),
		undeploy("fraud-prod", "fraud", "green"), traffic(nil), cancel("vision", "job-train"), deploy(nil),
	} {
		if err := model.Check(s, c); !errors.Is(err, model.ErrReadOnly) {
			t.Errorf("%s: %v", c.Verb, err)
		}
	}
	if err := model.Check(nil, compute(model.VerbStop, "a", "b")); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("nothing known: %v", err)
	}
}

func TestBusyResourcesRefuseChanges(t *testing.T) {
	for _, c := range []struct {
		state   string
		scale   bool
		deletes bool
	}{
		{"Succeeded", true, true}, {"Failed", true, true}, {"Creating", false, true}, {"Updating", false, false}, {"Deleting", false, false},
		{"", true, true}, {"SomethingNew", true, true},
	} {
		cl := modeltest.Cluster("vision", "gpu", func(cl *model.Cluster) { cl.ProvisioningState = c.state })
		s := (&model.Snapshot{Clusters: []*model.Cluster{cl}}).Seal()
		if err := model.AllowCluster(s, cl, model.VerbScale); (err == nil) != c.scale {
			t.Errorf("scale while %q: %v", c.state, err)
		}
		if err := model.AllowCluster(s, cl, model.VerbDelete); (err == nil) != c.deletes {
			t.Errorf("delete while %q: %v", c.state, err)
		}
	}
}

func TestBatchDefaultIsKept(t *testing.T) {
	s := modeltest.Fleet()
	var v1 *model.Deployment
	for _, d := range s.Deployments {
		if d.Kind == model.TargetBatch {
			v1 = d
		}
	}
	if err := model.AllowUndeploy(s, v1); err != nil {
		t.Errorf("the only deployment: %v", err)
	}
	other := *v1
	other.ID, other.Name = v1.ID+"2", "v2"
	s.Deployments = append(s.Deployments, &other)
	s.Seal()
	if err := model.AllowUndeploy(s, v1); !errors.Is(err, model.ErrNotNow) {
		t.Errorf("the default of two: %v", err)
	}
	if err := model.AllowUndeploy(s, &other); err != nil {
		t.Errorf("not the default: %v", err)
	}
}
