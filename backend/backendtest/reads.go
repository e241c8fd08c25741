package backendtest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func tree(t *testing.T, b *bench) {
	ws := b.vision(t)
	if ws.ID != model.WorkspaceID(model.Fold(string(ws.ID))) || !strings.EqualFold(string(ws.ID), ws.ARMID) {
		t.Errorf("identity %q of a workspace spelled %q", ws.ID, ws.ARMID)
	}
	if ws.ResourceGroup == "" || ws.Location != "eastus" || ws.Subscription == "" {
		t.Errorf("workspace: %+v", ws)
	}
	if kind := b.workspace(t, "secret").Kind; kind != "Hub" {
		t.Errorf("kind %q, want Hub", kind)
	}
}

func computes(t *testing.T, b *bench) {
	all := b.computes(t)
	if len(all.Instances) != 3 || len(all.Clusters) != 2 || len(all.Attached) != 2 {
		t.Fatalf("%d instances, %d clusters, %d attached; want 3, 2, 2", len(all.Instances), len(all.Clusters), len(all.Attached))
	}
	up := b.instance(t, "up")
	if up.State != model.StateRunning || up.VMSize.Key() != "standard_ds3_v2" || up.Workspace != b.vision(t).ID {
		t.Errorf("instance: %+v", up)
	}
	if b.instance(t, "off").State != model.StateStopped {
		t.Error("the stopped instance is not Stopped")
	}
	pool := b.cluster(t, "pool")
	if pool.Scale != (model.Scale{Max: 4, IdleBeforeScaleDown: 15 * time.Minute}) || pool.Priority != model.Dedicated {
		t.Errorf("cluster: %+v, %s", pool.Scale, pool.Priority)
	}
	if pool.Nodes.Running != 1 || pool.Current != 1 {
		t.Errorf("nodes of the cluster with a job: %+v, current %d", pool.Nodes, pool.Current)
	}
	one, err := b.Cloud.Compute(t.Context(), up.ARMID)
	if err != nil || len(one.Instances) != 1 || one.Instances[0].ID != up.ID || len(one.Clusters)+len(one.Attached) != 0 {
		t.Errorf("the same read alone: %+v, %v", one, err)
	}
	nodes, err := b.Cloud.Nodes(t.Context(), pool)
	if err != nil || len(nodes) != 1 || nodes[0].State != "running" || nodes[0].Cluster != pool.ID || nodes[0].RunID == "" {
		t.Errorf("nodes: %+v, %v", nodes, err)
	}
}

func unknownKinds(t *testing.T, b *bench) {
	var types []string
	for _, a := range b.computes(t).Attached {
		types = append(types, a.ComputeType)
	}
	slices.Sort(types)
	if !slices.Equal(types, []string{"Kubernetes", "QuantumAnnealer"}) {
		t.Errorf("attached computes of the types %q", types)
	}
}

func work(t *testing.T, b *bench) {
	ws := b.vision(t)
	jobs, _, err := b.Cloud.Jobs(t.Context(), ws, 0)
	if err != nil || len(jobs) != 2 {
		t.Fatalf("%d jobs, %v; want 2", len(jobs), err)
	}
	if jobs[0].DisplayName != "train-long" || jobs[0].Status != model.JobRunning || jobs[1].Status != model.JobCompleted {
		t.Errorf("jobs: %+v, %+v", jobs[0], jobs[1])
	}
	if jobs[0].Compute != b.cluster(t, "pool").ID || jobs[0].Workspace != ws.ID || jobs[1].EndedAt.IsZero() {
		t.Errorf("the running job is on %q, the other ended %v", jobs[0].Compute, jobs[1].EndedAt)
	}
	found, err := b.Cloud.Endpoints(t.Context(), ws, 0)
	endpoints, deployments := found.Endpoints, found.Deployments
	if err != nil || len(endpoints) != 2 || len(deployments) != 3 {
		t.Fatalf("%d endpoints, %d deployments, %v; want 2 and 3", len(endpoints), len(deployments), err)
	}
	blue, green := b.deployment(t, "blue"), b.deployment(t, "green")
	if blue.Kind != model.TargetManaged || blue.Instances != 2 || blue.VMSize.Key() != "standard_f4s_v2" || blue.EndpointName != "defects" {
		t.Errorf("deployment: %+v", blue)
	}
	if green.ProvisioningState != "Failed" {
		t.Errorf("the failed deployment is %s", green.ProvisioningState)
	}
	if first := b.deployment(t, "first"); first.Kind != model.TargetBatch || first.Compute != "pool" {
		t.Errorf("batch deployment: %+v", first)
	}
	if _, err := b.Cloud.Logs(t.Context(), blue.ARMID, 20); err != nil {
		t.Errorf("logs: %v", err)
	}
}

func regions(t *testing.T, b *bench) {
	sub := b.vision(t).Subscription
	sizes, _, err := b.Cloud.Sizes(t.Context(), sub, "eastus", 0)
	if err != nil {
		t.Fatalf("sizes: %v", err)
	}
	at := slices.IndexFunc(sizes, func(s *model.Size) bool { return s.Name.Key() == "standard_ds3_v2" })
	if at < 0 || sizes[at].VCPUs != 4 || !sizes[at].Standard.Known() || sizes[at].Standard.Source != model.PriceService {
		t.Errorf("Standard_DS3_v2 among %d sizes: index %d", len(sizes), at)
	}
	quotas, _, err := b.Cloud.Quotas(t.Context(), sub, "eastus", 0)
	if err != nil || len(quotas) == 0 {
		t.Fatalf("%d quotas, %v", len(quotas), err)
	}
	if !slices.ContainsFunc(quotas, func(q *model.Quota) bool { return q.Limit == 400 && q.Used > 0 }) {
		t.Error("no quota has the subscription's limit of 400 and something used")
	}
}

func timeAndBudget(t *testing.T, b *bench) {
	b.vision(t)
	ok := func(b model.Budget) bool {
		return b.Kind == model.BudgetReads && b.Scope != "" && b.Limit > 0 && b.Remaining > 0 && b.Remaining < b.Limit && b.Sent > 0
	}
	if budgets := b.Cloud.Budgets(); !slices.ContainsFunc(budgets, ok) {
		t.Errorf("budgets after two reads: %+v", budgets)
	}
	start := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	clock := b.Cloud.Clock()
	if off := clock.At(clock.Wall).Sub(start); off < 0 || off > time.Minute {
		t.Errorf("the other end's time is %v off", off)
	}
	b.Advance(time.Hour)
	b.vision(t)
	later := b.Cloud.Clock()
	if passed := later.At(later.Wall).Sub(clock.At(clock.Wall)); passed < time.Hour || passed > time.Hour+time.Minute {
		t.Errorf("an hour there was learned as %v", passed)
	}
}

func describe(t *testing.T, b *bench) {
	raw, err := b.Cloud.Describe(t.Context(), b.instance(t, "up").ARMID)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Name       string `json:"name"`
		Properties struct {
			ComputeType string `json:"computeType"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil || doc.Name != "up" || doc.Properties.ComputeType != "ComputeInstance" {
		t.Errorf("described as %s, %v", raw, err)
	}
}

// events wants the log to say what this client did, and nothing of what others
// did to other targets.
func events(t *testing.T, b *bench) {
	target := b.instance(t, "up")
	before, err := b.Cloud.Events(t.Context(), target.ARMID, time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	stop := model.Command{Verb: model.VerbStop, Target: string(target.ID), ARMID: target.ARMID, Name: target.Name, Workspace: target.Workspace}
	if _, err := b.Cloud.Begin(t.Context(), stop); err != nil {
		t.Fatal(err)
	}
	b.Advance(10 * time.Minute)
	after, err := b.Cloud.Events(t.Context(), target.ARMID, time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	requests := model.Requests(after)
	if len(after)-len(before) != 3 || len(requests) == 0 || requests[0].Verb() != "stop" || requests[0].Status != "Succeeded" || requests[0].Caller == "" {
		t.Errorf("%d events, then %d: %+v", len(before), len(after), requests)
	}
}
