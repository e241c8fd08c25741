// Package backendtest holds what every backend.Cloud has to do, as tests that
// run against any of them.
package backendtest

import (
	"errors"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Fixture is a cloud to try, holding the tenant of testdata/contract.toml.
type Fixture struct {
	Cloud backend.Cloud
	// Advance lets time go by at the other end.
	Advance func(time.Duration)
}

// Run tries a cloud. open gives a fresh one to every test.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	t.Helper()
	tests := []struct {
		name string
		try  func(*testing.T, *bench)
	}{
		{"Tree", tree}, {"Computes", computes}, {"UnknownKinds", unknownKinds}, {"Work", work}, {"Regions", regions},
		{"Anything", anything}, {"TimeAndBudget", timeAndBudget}, {"Describe", describe}, {"Events", events}, {"Usage", usage}, {"Snooze", snooze},
		{"StopAndStart", stopAndStart}, {"Restart", restart}, {"Delete", remove}, {"Scale", scale}, {"Cancel", cancel},
		{"CreateInstance", createInstance}, {"CreateCluster", createCluster}, {"CreateAgain", createAgain}, {"CreateRefused", createRefused},
		{"Detach", detach}, {"IdleRule", idleRule}, {"Schedules", schedules},
		{"ScaleDeployment", scaleDeployment}, {"DeleteEndpoint", deleteEndpoint},
		{"Deploy", deploy}, {"Traffic", traffic}, {"Undeploy", undeploy},
		{"NotFound", notFound}, {"Denied", denied}, {"Busy", busy}, {"Refused", refused}, {"Ended", ended},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := open(t)
			tt.try(t, &bench{Fixture: f})
		})
	}
}

// bench is a cloud on the bench, with what every test needs of it.
type bench struct{ Fixture }

// vision is the workspace with something in it.
func (b *bench) vision(t *testing.T) *model.Workspace {
	t.Helper()
	return b.workspace(t, "Vision")
}

func (b *bench) workspace(t *testing.T, name string) *model.Workspace {
	t.Helper()
	subs, err := b.Cloud.Subscriptions(t.Context())
	if err != nil || len(subs) != 1 {
		t.Fatalf("subscriptions: %d, %v; want one", len(subs), err)
	}
	all, _, err := b.Cloud.Workspaces(t.Context(), subs[0].ID, 0)
	if err != nil {
		t.Fatalf("workspaces: %v", err)
	}
	for _, ws := range all {
		if ws.Name == name {
			return ws
		}
	}
	t.Fatalf("no workspace %s among %d", name, len(all))
	return nil
}

func (b *bench) computes(t *testing.T) backend.Computes {
	t.Helper()
	all, err := b.Cloud.Computes(t.Context(), b.vision(t), 0)
	if err != nil {
		t.Fatalf("computes: %v", err)
	}
	return all
}

func (b *bench) instance(t *testing.T, name string) *model.Instance {
	t.Helper()
	for _, i := range b.computes(t).Instances {
		if i.Name == name {
			return i
		}
	}
	t.Fatalf("no instance %s", name)
	return nil
}

func (b *bench) cluster(t *testing.T, name string) *model.Cluster {
	t.Helper()
	for _, c := range b.computes(t).Clusters {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no cluster %s", name)
	return nil
}

func (b *bench) deployment(t *testing.T, name string) *model.Deployment {
	t.Helper()
	found, err := b.Cloud.Endpoints(t.Context(), b.vision(t), 0)
	all := found.Deployments
	if err != nil {
		t.Fatalf("endpoints: %v", err)
	}
	for _, d := range all {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("no deployment %s", name)
	return nil
}

// on is a command on a compute target.
func on(v model.Verb, target *model.Target) model.Command {
	return model.Command{Verb: v, Target: string(target.ID), ARMID: target.ARMID, Name: target.Name, Workspace: target.Workspace}
}

// step and patience are how a command is followed, in time at the other end.
const (
	step     = 10 * time.Second
	patience = 2 * time.Hour
)

// carry begins a command, follows it to its end and returns how it ended.
func (b *bench) carry(t *testing.T, c model.Command) error {
	t.Helper()
	pending, err := b.Cloud.Begin(t.Context(), c)
	if err != nil {
		t.Fatalf("%s of %s: %v", c.Verb, c.Name, err)
	}
	for waited := time.Duration(0); waited < patience; waited += step {
		done, _, err := pending.Poll(t.Context())
		if done {
			return err
		}
		if err != nil {
			t.Fatalf("poll of %s of %s: %v", c.Verb, c.Name, err)
		}
		b.Advance(step)
	}
	t.Fatalf("%s of %s did not end in %s", c.Verb, c.Name, patience)
	return nil
}

// reach reads the state until it is what was asked for.
func (b *bench) reach(t *testing.T, c model.Command) backend.TargetState {
	t.Helper()
	var state backend.TargetState
	for waited := time.Duration(0); waited < patience; waited += step {
		var err error
		if state, err = b.Cloud.State(t.Context(), c); err != nil {
			t.Fatalf("state after %s of %s: %v", c.Verb, c.Name, err)
		}
		if state.Reached {
			return state
		}
		b.Advance(step)
	}
	t.Fatalf("%s of %s did not reach its end state, but %+v", c.Verb, c.Name, state)
	return state
}

// fulfil carries a command out and reads it back.
func (b *bench) fulfil(t *testing.T, c model.Command) backend.TargetState {
	t.Helper()
	if err := b.carry(t, c); err != nil {
		t.Fatalf("%s of %s ended: %v", c.Verb, c.Name, err)
	}
	return b.reach(t, c)
}

// wantClass holds that an error is the service's no of a class.
func wantClass(t *testing.T, what string, err, class error) {
	t.Helper()
	var no *model.Refusal
	if !errors.As(err, &no) {
		t.Errorf("%s: %v (%T) is no *model.Refusal", what, err, err)
		return
	}
	if class != nil && !errors.Is(err, class) {
		t.Errorf("%s: %v is not of the class %q", what, err, class)
	}
	if err.Error() == "" {
		t.Errorf("%s: the refusal says nothing", what)
	}
}
