package backendtest

import (
	"errors"
	"testing"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// The checks of this file hold for any cloud that answers, whatever is in it.

func asRefusal(err error) (*model.Refusal, bool) { return errors.AsType[*model.Refusal](err) }

// anything reads all there is in a world, and holds it to what is true of any.
func anything(t *testing.T, b *bench) {
	subs, err := b.Cloud.Subscriptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sub := range subs {
		for _, ws := range readWorkspaces(t, b.Cloud, sub.ID) {
			if _, err := b.Cloud.Computes(t.Context(), ws, 0); errors.Is(err, model.ErrDenied) {
				checkRefused(t, ws.Name, err, 403)
				continue
			}
			for _, target := range readComputes(t, b.Cloud, ws) {
				readCompute(t, b.Cloud, target.ARMID, target)
			}
			for _, j := range readJobs(t, b.Cloud, ws) {
				readResource(t, b.Cloud, j.ARMID)
			}
			found := readEndpoints(t, b.Cloud, ws)
			for _, e := range found.Endpoints {
				readDescribed(t, b.Cloud, &e.Resource)
			}
			for _, d := range found.Deployments {
				readDescribed(t, b.Cloud, &d.Resource)
			}
			readQuotas(t, b.Cloud, ws.Subscription, ws.Location)
			readSizes(t, b.Cloud, ws.Subscription, ws.Location)
		}
	}
}

func readWorkspaces(t *testing.T, cloud backend.Cloud, sub model.SubscriptionID) []*model.Workspace {
	t.Helper()
	all, version, err := cloud.Workspaces(t.Context(), sub, 0)
	if err != nil {
		t.Fatalf("workspaces: %v", err)
	}
	checkWorkspaces(t, sub, all)
	checkHeld(t, "workspaces", version, func(v backend.Version) (int, backend.Version, error) {
		rows, same, err := cloud.Workspaces(t.Context(), sub, v)
		return len(rows), same, err
	})
	return all
}

func readComputes(t *testing.T, cloud backend.Cloud, ws *model.Workspace) []*model.Target {
	t.Helper()
	all, err := cloud.Computes(t.Context(), ws, 0)
	if err != nil {
		t.Fatalf("computes: %v", err)
	}
	checkHeld(t, "computes", all.Version, func(v backend.Version) (int, backend.Version, error) {
		again, err := cloud.Computes(t.Context(), ws, v)
		return len(again.Clusters) + len(again.Instances) + len(again.Attached), again.Version, err
	})
	return checkComputes(t, ws.ID, all)
}

// readCompute reads one target again. listed is its row in a list; nil: none.
func readCompute(t *testing.T, cloud backend.Cloud, armID string, listed *model.Target) {
	t.Helper()
	one, err := cloud.Compute(t.Context(), armID)
	if err != nil {
		t.Fatalf("compute %s: %v", armID, err)
	}
	targets := checkComputes(t, model.WorkspaceIDOf(armID), one)
	if len(targets) != 1 {
		t.Fatalf("the read of %s brought %d targets", armID, len(targets))
	}
	got := targets[0]
	if listed != nil && (got.ID != listed.ID || got.Name != listed.Name || got.ComputeType != listed.ComputeType || !got.CreatedAt.Equal(listed.CreatedAt)) {
		t.Errorf("listed as %+v, read as %+v", listed, got)
	}
	readDescribed(t, cloud, &got.Resource)
	state, err := cloud.State(t.Context(), model.Command{Verb: model.VerbStop, Target: string(got.ID), ARMID: got.ARMID, Name: got.Name, Workspace: got.Workspace})
	if err != nil || state.State == "" || state.Gone || state.Reached && state.Failed {
		t.Errorf("state of %s: %+v, %v", armID, state, err)
	}
}

func readDescribed(t *testing.T, cloud backend.Cloud, r *model.Resource) {
	t.Helper()
	raw, err := cloud.Describe(t.Context(), r.ARMID)
	if err != nil {
		t.Fatalf("describe %s: %v", r.ARMID, err)
	}
	checkDescribed(t, raw, r)
}

func readJobs(t *testing.T, cloud backend.Cloud, ws *model.Workspace) []*model.Job {
	t.Helper()
	all, version, err := cloud.Jobs(t.Context(), ws, 0)
	if err != nil {
		t.Fatalf("jobs: %v", err)
	}
	checkJobs(t, ws.ID, all)
	checkHeld(t, "jobs", version, func(v backend.Version) (int, backend.Version, error) {
		rows, same, err := cloud.Jobs(t.Context(), ws, v)
		return len(rows), same, err
	})
	return all
}

func readEndpoints(t *testing.T, cloud backend.Cloud, ws *model.Workspace) backend.Endpoints {
	t.Helper()
	all, err := cloud.Endpoints(t.Context(), ws, 0)
	if err != nil {
		t.Fatalf("endpoints: %v", err)
	}
	checkEndpoints(t, ws.ID, all)
	if all.Version != 0 { // a reason that is still asked for is a change to come
		checkHeld(t, "endpoints", all.Version, func(v backend.Version) (int, backend.Version, error) {
			again, err := cloud.Endpoints(t.Context(), ws, v)
			return len(again.Endpoints) + len(again.Deployments), again.Version, err
		})
	}
	return all
}

func readQuotas(t *testing.T, cloud backend.Cloud, sub model.SubscriptionID, location string) int {
	t.Helper()
	all, version, err := cloud.Quotas(t.Context(), sub, location, 0)
	if err != nil {
		t.Fatalf("quotas: %v", err)
	}
	checkQuotas(t, all)
	checkHeld(t, "quotas", version, func(v backend.Version) (int, backend.Version, error) {
		rows, same, err := cloud.Quotas(t.Context(), sub, location, v)
		return len(rows), same, err
	})
	return len(all)
}

func readSizes(t *testing.T, cloud backend.Cloud, sub model.SubscriptionID, location string) int {
	t.Helper()
	all, version, err := cloud.Sizes(t.Context(), sub, location, 0)
	if err != nil {
		t.Fatalf("sizes: %v", err)
	}
	for _, z := range all {
		if z.Name == "" || z.VCPUs <= 0 {
			t.Errorf("size: %+v", z)
		}
	}
	checkHeld(t, "sizes", version, func(v backend.Version) (int, backend.Version, error) {
		rows, same, err := cloud.Sizes(t.Context(), sub, location, v)
		return len(rows), same, err
	})
	return len(all)
}

// readResource reads whatever has an id, and holds that it is described as a
// JSON object with that id.
func readResource(t *testing.T, cloud backend.Cloud, armID string) {
	t.Helper()
	raw, err := cloud.Describe(t.Context(), armID)
	if err != nil {
		t.Fatalf("describe %s: %v", armID, err)
	}
	checkSame(t, armID, raw)
}
