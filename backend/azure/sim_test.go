package azure_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// bench is a client on the simulator, and the wall that both look at.
type bench struct {
	*azure.Client
	wall atomic.Int64
}

func (b *bench) now() time.Time          { return time.Unix(0, b.wall.Load()).UTC() }
func (b *bench) advance(d time.Duration) { b.wall.Add(int64(d)) }

func onSimulator(t *testing.T) *bench {
	t.Helper()
	scenario, err := sim.Load("demo")
	if err != nil {
		t.Fatal(err)
	}
	world, err := sim.New(scenario, 1)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{}
	b.wall.Store(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).UnixNano())
	server := arm.New(world, arm.Options{Now: b.now, Speed: 60, PageSize: 7, Seed: 1})
	b.Client, err = azure.New(azure.Options{Carrier: model.CarrierSim, Transport: server.Transport(), Now: b.now})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// verify carries a command out to its end and reads it back.
func (b *bench) verify(t *testing.T, cmd model.Command) backend.TargetState {
	t.Helper()
	p, err := b.Begin(t.Context(), cmd)
	if err != nil {
		t.Fatalf("%s %s: %v", cmd.Verb, cmd.Name, err)
	}
	for range 600 {
		b.advance(2 * time.Second)
		done, progress, err := p.Poll(t.Context())
		if err != nil {
			t.Fatalf("%s %s, %s: %v", cmd.Verb, cmd.Name, progress, err)
		}
		if done {
			state, err := b.State(t.Context(), cmd)
			if err != nil || !state.Reached || state.Failed {
				t.Fatalf("%s %s: %+v, %v", cmd.Verb, cmd.Name, state, err)
			}
			return state
		}
	}
	t.Fatalf("%s %s does not end", cmd.Verb, cmd.Name)
	return backend.TargetState{}
}

// fail carries a command out to the end that the service puts to it.
func (b *bench) fail(t *testing.T, cmd model.Command) error {
	t.Helper()
	p, err := b.Begin(t.Context(), cmd)
	for range 600 {
		if err != nil {
			return err
		}
		b.advance(2 * time.Second)
		var done bool
		if done, _, err = p.Poll(t.Context()); done && err == nil {
			break
		}
	}
	t.Fatalf("%s %s does not fail", cmd.Verb, cmd.Name)
	return nil
}

func command(verb model.Verb, r model.Resource) model.Command {
	return model.Command{Verb: verb, Target: model.Fold(r.ARMID), ARMID: r.ARMID, Name: r.Name}
}

// fleet is everything the client can list.
type fleet struct {
	workspaces  []*model.Workspace
	computes    backend.Computes
	jobs        []*model.Job
	endpoints   []*model.Endpoint
	deployments []*model.Deployment
}

func (b *bench) list(t *testing.T) fleet {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	subs, err := b.Subscriptions(ctx)
	must(err)
	var f fleet
	for _, sub := range subs {
		ws, _, err := b.Workspaces(ctx, sub.ID, 0)
		must(err)
		f.workspaces = append(f.workspaces, ws...)
	}
	for _, ws := range f.workspaces {
		c, err := b.Computes(ctx, ws, 0)
		if errors.Is(err, model.ErrDenied) { // the demo has a workspace of somebody else's
			continue
		}
		must(err)
		f.computes.Clusters = append(f.computes.Clusters, c.Clusters...)
		f.computes.Instances = append(f.computes.Instances, c.Instances...)
		f.computes.Attached = append(f.computes.Attached, c.Attached...)
		jobs, _, err := b.Jobs(ctx, ws, 0)
		must(err)
		f.jobs = append(f.jobs, jobs...)
		found, err := b.Endpoints(ctx, ws, 0)
		e, d := found.Endpoints, found.Deployments
		must(err)
		f.endpoints, f.deployments = append(f.endpoints, e...), append(f.deployments, d...)
	}
	return f
}

func TestSimulatorLists(t *testing.T) {
	b := onSimulator(t)
	b.advance(time.Minute)
	f := b.list(t)
	for what, n := range map[string]int{
		"workspaces": len(f.workspaces), "clusters": len(f.computes.Clusters), "instances": len(f.computes.Instances),
		"attached": len(f.computes.Attached), "jobs": len(f.jobs), "endpoints": len(f.endpoints), "deployments": len(f.deployments),
	} {
		if n == 0 {
			t.Errorf("no %s", what)
		}
	}
	ws := f.workspaces[0]
	sizes, _, err := b.Sizes(t.Context(), ws.Subscription, ws.Location, 0)
	if err != nil || len(sizes) == 0 {
		t.Errorf("%d sizes, %v", len(sizes), err)
	}
	quotas, _, err := b.Quotas(t.Context(), ws.Subscription, ws.Location, 0)
	if err != nil || len(quotas) == 0 {
		t.Errorf("%d quotas, %v", len(quotas), err)
	}
	if doc, err := b.Describe(t.Context(), f.computes.Instances[0].ARMID); err != nil || len(doc) == 0 {
		t.Errorf("%s, %v", doc, err)
	}
	if b.Clock().Speed != 60 || len(b.Budgets()) == 0 {
		t.Errorf("clock %+v, budget %+v", b.Clock(), b.Budgets())
	}
	for _, c := range f.computes.Clusters {
		nodes, err := b.Nodes(t.Context(), c)
		if err != nil || len(nodes) < c.Nodes.Running {
			t.Errorf("%s: %d nodes, %v", c.Name, len(nodes), err)
		}
	}
}

// TestSimulatorSaysWhy: the demo's canary names its reason by its operation only.
func TestSimulatorSaysWhy(t *testing.T) {
	for _, d := range onSimulator(t).list(t).deployments {
		switch failed := d.ProvisioningState == "Failed"; {
		case failed != (len(d.Faults) > 0):
			t.Errorf("%s is %s with faults %v", d.Name, d.ProvisioningState, d.Faults)
		case d.Name == "canary" && (!failed || d.Faults[0].Code != "ResourceNotReady"):
			t.Errorf("the canary is %s with faults %v", d.ProvisioningState, d.Faults)
		}
	}
}

func TestSimulatorCommands(t *testing.T) {
	b := onSimulator(t)
	f := b.list(t)
	for _, i := range f.computes.Instances {
		if i.State == model.StateRunning {
			if s := b.verify(t, command(model.VerbStop, i.Resource)); s.State != "Stopped" {
				t.Errorf("after the stop: %+v", s)
			}
			b.verify(t, command(model.VerbStart, i.Resource))
			b.verify(t, command(model.VerbRestart, i.Resource))
			b.verify(t, command(model.VerbDelete, i.Resource))
			break
		}
	}
	cluster := f.computes.Clusters[0]
	scale := command(model.VerbScale, cluster.Resource)
	scale.Scale = &model.Scale{Min: cluster.Scale.Min, Max: cluster.Scale.Max, IdleBeforeScaleDown: 7 * time.Minute}
	b.verify(t, scale)
}

func TestSimulatorDeploys(t *testing.T) {
	b := onSimulator(t)
	f := b.list(t)
	ws := f.workspaces[0]
	deploy := command(model.VerbDeploy, model.Resource{ARMID: ws.ARMID + "/onlineEndpoints/trial/deployments/blue", Name: "blue"})
	deploy.Deploy = &model.DeploymentSpec{
		Kind: model.TargetManaged, Endpoint: "trial", Name: "blue", NewEndpoint: true, Model: "azureml:m:1", Environment: "azureml:e:1",
		VMSize: "Standard_DS3_v2", Instances: 1, Traffic: 100,
	}
	b.verify(t, deploy)
	undeploy := command(model.VerbUndeploy, model.Resource{ARMID: deploy.ARMID, Name: "blue"})
	if _, err := b.Begin(t.Context(), undeploy); err == nil {
		t.Error("a deployment with all the traffic could be deleted")
	}
	traffic := command(model.VerbTraffic, model.Resource{ARMID: ws.ARMID + "/onlineEndpoints/trial", Name: "trial"})
	traffic.Traffic = map[string]int{"blue": 0}
	b.verify(t, traffic)
	b.verify(t, undeploy)
}

// TestSimulatorDeploysImages deploys container images, which become environments
// first: one that holds its model, and one that does not build.
func TestSimulatorDeploysImages(t *testing.T) {
	b := onSimulator(t)
	ws := b.list(t).workspaces[0]
	deploy := command(model.VerbDeploy, model.Resource{ARMID: ws.ARMID + "/onlineEndpoints/trial/deployments/blue", Name: "blue"})
	deploy.Deploy = &model.DeploymentSpec{
		Kind: model.TargetManaged, Endpoint: "trial", Name: "blue", NewEndpoint: true, Environment: "ghcr.io/acme/churn:1.4",
		VMSize: "Standard_DS3_v2", Instances: 1, Traffic: 100,
	}
	if s := b.verify(t, deploy); s.State != "Succeeded" || s.Detail != "carries 100 % of the traffic" {
		t.Errorf("after the deployment: %+v", s)
	}
	b.verify(t, deploy) // the image is registered by now

	spec := *deploy.Deploy
	spec.Name, spec.NewEndpoint, spec.Traffic, spec.Environment = "green", false, 0, "ghcr.io/acme/broken:1.4"
	deploy = command(model.VerbDeploy, model.Resource{ARMID: ws.ARMID + "/onlineEndpoints/trial/deployments/green", Name: "green"})
	deploy.Deploy = &spec
	if err := b.fail(t, deploy); model.Short(err) != "ImageBuildFailure" || !strings.Contains(err.Error(), spec.Environment) {
		t.Errorf("a broken image: %v", err)
	}
	state, err := b.State(t.Context(), deploy)
	if err != nil || !state.Failed || !strings.HasPrefix(state.Detail, "ImageBuildFailure: ") {
		t.Errorf("a broken image: %+v, %v", state, err)
	}
	for _, d := range b.list(t).deployments {
		if d.ARMID == deploy.ARMID && (len(d.Faults) != 1 || d.Faults[0].Code != "ImageBuildFailure") {
			t.Errorf("%s is listed with faults %v", d.ProvisioningState, d.Faults)
		}
	}
}

func TestSimulatorBatch(t *testing.T) {
	b := onSimulator(t)
	f := b.list(t)
	cluster := f.computes.Clusters[0]
	var ws *model.Workspace
	for _, w := range f.workspaces {
		if w.ID == cluster.Workspace {
			ws = w
		}
	}
	deploy := command(model.VerbDeploy, model.Resource{ARMID: ws.ARMID + "/batchEndpoints/trial/deployments/one", Name: "one"})
	deploy.Deploy = &model.DeploymentSpec{
		Kind: model.TargetBatch, Endpoint: "trial", Name: "one", NewEndpoint: true, Model: "azureml:m:1",
		Cluster: cluster.Name, Instances: 1, Traffic: 100,
	}
	b.verify(t, deploy)
	for _, j := range b.list(t).jobs {
		if j.Status == model.JobRunning || j.Status == model.JobQueued {
			b.verify(t, command(model.VerbCancelJob, j.Resource))
			return
		}
	}
	t.Error("the demo has no job to cancel")
}

// Over the simulator the prices of the public list are those of the service,
// and the bill is of what the workspaces hold.
func TestMoneyOnTheSimulator(t *testing.T) {
	b := onSimulator(t)
	subs, err := b.Subscriptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sizes, _, err := b.Sizes(t.Context(), subs[0].ID, "eastus", 0)
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.Retail(t.Context(), "eastus", "USD")
	if err != nil {
		t.Fatal(err)
	}
	type at struct {
		size string
		tier model.Tier
	}
	retail := map[at]model.Money{}
	for _, p := range list {
		retail[at{p.Size.Key(), p.Tier}] = p.Price.PerHour
	}
	compared := 0
	for _, s := range sizes {
		for _, tier := range []model.Tier{model.TierStandard, model.TierLowPriority, model.TierSpot} {
			if p := s.Price(tier); p.Known() {
				compared++
				if got := retail[at{s.Name.Key(), tier}]; got != p.PerHour {
					t.Errorf("%s %s: %s in the list, %s by the service", s.Name, tier, got.Decimal(), p.PerHour.Decimal())
				}
			}
		}
	}
	if compared < 300 {
		t.Errorf("only %d prices compared", compared)
	}
	if _, err := b.Retail(t.Context(), "eastus", "EUR"); err == nil {
		t.Error("the simulator has prices in euros")
	}
	for _, sub := range subs {
		a, err := b.Actual(t.Context(), sub.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range a.Days {
			if model.WorkspaceIDOf(d.Resource) == "" || d.Amount < 0 || d.Currency != "USD" || !d.Day.Known() || d.Day.Time().Before(a.Month) {
				t.Fatalf("a row of the bill: %+v", d)
			}
		}
		if len(a.Days) == 0 {
			t.Errorf("%s was billed nothing", sub.Name)
		}
	}
}
