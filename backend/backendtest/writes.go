package backendtest

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func stopAndStart(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	stop, start := on(model.VerbStop, &up.Target), on(model.VerbStart, &up.Target)
	if state, err := b.Cloud.State(t.Context(), stop); err != nil || state.Reached || state.Failed || state.State != "Running" {
		t.Errorf("before the stop: %+v, %v", state, err)
	}
	if state := b.fulfil(t, stop); state.State != "Stopped" {
		t.Errorf("after the stop: %+v", state)
	}
	if got := b.instance(t, "up"); got.State != model.StateStopped || got.Last.Name != "Stop" || got.Last.Trigger != "User" {
		t.Errorf("after the stop: %s, last operation %+v", got.State, got.Last)
	}
	if state := b.fulfil(t, start); state.State != "Running" {
		t.Errorf("after the start: %+v", state)
	}
}

func restart(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	c := on(model.VerbRestart, &up.Target)
	if state := b.fulfil(t, c); state.State != "Running" {
		t.Errorf("after the restart: %+v", state)
	}
	if got := b.instance(t, "up"); got.Last.Name != "Restart" {
		t.Errorf("last operation %+v", got.Last)
	}
}

func remove(t *testing.T, b *bench) {
	off, spare := b.instance(t, "off"), b.cluster(t, "spare")
	for _, target := range []*model.Target{&off.Target, &spare.Target} {
		if state := b.fulfil(t, on(model.VerbDelete, target)); !state.Gone {
			t.Errorf("after the delete of %s: %+v", target.Name, state)
		}
	}
	left := b.computes(t)
	if len(left.Instances) != 2 || len(left.Clusters) != 1 {
		t.Errorf("%d instances, %d clusters are left; want 2 and 1", len(left.Instances), len(left.Clusters))
	}
}

func scale(t *testing.T, b *bench) {
	spare := b.cluster(t, "spare")
	want := model.Scale{Min: 1, Max: 3, IdleBeforeScaleDown: 7 * time.Minute}
	c := on(model.VerbScale, &spare.Target)
	c.Scale = &want
	b.fulfil(t, c)
	if got := b.cluster(t, "spare").Scale; got != want {
		t.Errorf("scale read back: %+v, want %+v", got, want)
	}
	b.Advance(time.Hour)
	if n := b.cluster(t, "spare").Current; n != 1 {
		t.Errorf("an hour later the cluster has %d nodes, want its minimum of 1", n)
	}
}

func cancel(t *testing.T, b *bench) {
	jobs, _, err := b.Cloud.Jobs(t.Context(), b.vision(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	j := jobs[0]
	c := model.Command{Verb: model.VerbCancelJob, Target: string(j.ID), ARMID: j.ARMID, Name: j.Name, Workspace: j.Workspace}
	if state := b.fulfil(t, c); state.State != string(model.JobCanceled) {
		t.Errorf("after the cancel: %+v", state)
	}
	b.Advance(2 * time.Hour)
	if n := b.cluster(t, "pool").Current; n != 0 {
		t.Errorf("without its job the cluster has %d nodes two hours later, want 0", n)
	}
}

// child is the id of something in a workspace.
func child(ws *model.Workspace, path string) string { return ws.ARMID + "/" + path }

func deploy(t *testing.T, b *bench) {
	ws := b.vision(t)
	id := child(ws, "onlineEndpoints/fresh-one/deployments/violet")
	c := model.Command{
		Verb: model.VerbDeploy, Target: model.Fold(id), ARMID: id, Name: "violet", Workspace: ws.ID,
		Deploy: &model.DeploymentSpec{
			Kind: model.TargetManaged, Endpoint: "fresh-one", Name: "violet", NewEndpoint: true, AuthMode: "Key", Location: ws.Location,
			Model:       child(ws, "models/defect-yolo/versions/12"),
			Environment: child(ws, "environments/yolo-serving/versions/7"),
			VMSize:      "Standard_DS3_v2", Instances: 2, Traffic: 100,
		},
	}
	b.fulfil(t, c)
	violet := b.deployment(t, "violet")
	if violet.ProvisioningState != "Succeeded" || violet.Instances != 2 || violet.EndpointName != "fresh-one" {
		t.Errorf("deployment: %+v", violet)
	}
	found, err := b.Cloud.Endpoints(t.Context(), ws, 0)
	endpoints := found.Endpoints
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range endpoints {
		if e.Name == "fresh-one" && e.Traffic["violet"] != 100 {
			t.Errorf("traffic of the new endpoint: %v", e.Traffic)
		}
	}
}

func traffic(t *testing.T, b *bench) {
	ws := b.vision(t)
	id := child(ws, "onlineEndpoints/defects")
	c := model.Command{
		Verb: model.VerbTraffic, Target: model.Fold(id), ARMID: id, Name: "defects", Workspace: ws.ID,
		Traffic: map[string]int{"blue": 80, "green": 20},
	}
	if state, err := b.Cloud.State(t.Context(), c); err != nil || state.Reached {
		t.Errorf("before: %+v, %v", state, err)
	}
	b.fulfil(t, c)
	found, err := b.Cloud.Endpoints(t.Context(), ws, 0)
	endpoints := found.Endpoints
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range endpoints {
		if e.Name == "defects" && (e.Traffic["blue"] != 80 || e.Traffic["green"] != 20) {
			t.Errorf("traffic: %v", e.Traffic)
		}
	}
}

func undeploy(t *testing.T, b *bench) {
	green := b.deployment(t, "green")
	c := model.Command{Verb: model.VerbUndeploy, Target: string(green.ID), ARMID: green.ARMID, Name: "green", Workspace: green.Workspace}
	if state := b.fulfil(t, c); !state.Gone {
		t.Errorf("after the delete: %+v", state)
	}
}

func notFound(t *testing.T, b *bench) {
	ws := b.vision(t)
	id := child(ws, "computes/nobody")
	_, err := b.Cloud.Compute(t.Context(), id)
	wantClass(t, "read", err, model.ErrNotFound)
	c := model.Command{Verb: model.VerbStop, Target: model.Fold(id), ARMID: id, Name: "nobody", Workspace: ws.ID}
	_, err = b.Cloud.Begin(t.Context(), c)
	wantClass(t, "stop", err, model.ErrNotFound)
	if state, err := b.Cloud.State(t.Context(), c); err != nil || !state.Gone || state.Reached {
		t.Errorf("state of what is not there: %+v, %v", state, err)
	}
	c.Verb = model.VerbDelete
	if state, err := b.Cloud.State(t.Context(), c); err != nil || !state.Gone || !state.Reached {
		t.Errorf("state of a delete of what is not there: %+v, %v", state, err)
	}
	gone := *ws
	gone.Name = "nowhere"
	gone.ARMID = strings.TrimSuffix(ws.ARMID, ws.Name) + "nowhere"
	gone.ID = model.WorkspaceID(model.Fold(gone.ARMID))
	_, err = b.Cloud.Computes(t.Context(), &gone, 0)
	wantClass(t, "list of a workspace that is gone", err, model.ErrNotFound)
}

func denied(t *testing.T, b *bench) {
	_, err := b.Cloud.Computes(t.Context(), b.workspace(t, "secret"), 0)
	wantClass(t, "list", err, model.ErrDenied)
}

func busy(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	if _, err := b.Cloud.Begin(t.Context(), on(model.VerbStop, &up.Target)); err != nil {
		t.Fatal(err)
	}
	_, err := b.Cloud.Begin(t.Context(), on(model.VerbRestart, &up.Target))
	wantClass(t, "restart while it stops", err, model.ErrConflict)
}

func refused(t *testing.T, b *bench) {
	full := b.instance(t, "full")
	_, err := b.Cloud.Begin(t.Context(), on(model.VerbStop, &full.Target))
	wantClass(t, "stop with a full disk", err, nil)
	if err != nil && !strings.Contains(err.Error(), "disk") {
		t.Errorf("the refusal does not name the disk: %v", err)
	}
	pool := b.cluster(t, "pool")
	_, err = b.Cloud.Begin(t.Context(), on(model.VerbStop, &pool.Target))
	wantClass(t, "stop of a cluster", err, nil)
}

// ended is a command that the service accepts and then fails.
func ended(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	err := b.carry(t, on(model.VerbStart, &up.Target))
	wantClass(t, "start of what runs", err, nil)
	if err != nil && !strings.Contains(err.Error(), "Stopped") {
		t.Errorf("the refusal does not name the state that start wants: %v", err)
	}
}
