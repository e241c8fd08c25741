package azure

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

func listComputes(t *testing.T) backend.Computes {
	t.Helper()
	got, err := clientOn(t, newScript(ok("GET", "/workspaces/vision/computes?", testdata(t, "computes.json")))).Computes(t.Context(), testWorkspace(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestClusters(t *testing.T) {
	clusters := listComputes(t).Clusters
	if len(clusters) != 2 {
		t.Fatalf("%d clusters", len(clusters))
	}
	c := clusters[0]
	if c.Priority != model.LowPriority || c.Scale != (model.Scale{Min: 1, Max: 8, IdleBeforeScaleDown: 15 * time.Minute}) ||
		c.AllocationState != model.AllocationResizing || c.Current != 4 || c.TargetNodes != 6 || c.OSType != "Linux" ||
		c.Nodes != (model.NodeCounts{Idle: 1, Running: 2, Preparing: 1}) || c.AllocationSince.IsZero() {
		t.Errorf("%+v", c)
	}
	if len(c.Faults) != 1 || c.Faults[0].Code != "ClusterCoreQuotaReached" {
		t.Errorf("faults %v", c.Faults)
	}
	if !reflect.DeepEqual(c.Tags, map[string]string{"team": "vision", "cost": "ml"}) {
		t.Errorf("tags %v", c.Tags)
	}
	if fresh := clusters[1]; fresh.ProvisioningState != "Creating" || fresh.Scale.IdleBeforeScaleDown != 120*time.Second || fresh.Current != 0 {
		t.Errorf("a cluster whose fields are null yet: %+v", fresh)
	}
}

func TestInstances(t *testing.T) {
	byName := map[string]*model.Instance{}
	for _, i := range listComputes(t).Instances {
		byName[i.Name] = i
	}
	ana := byName["ana-gpu"]
	if ana.Owner != "ana@contoso.com" || ana.IdleShutdown != time.Hour || ana.SSH != "azureuser@203.0.113.7:4001" || ana.CustomApps != 1 || !ana.Identity ||
		ana.Last.Trigger != "Schedule" || !ana.RunningSince.Equal(ana.Last.Time) || ana.CreatedAt.IsZero() || ana.CreatedBy != "ana@contoso.com" {
		t.Errorf("ana-gpu: %+v", ana)
	}
	want := []model.InstanceSchedule{
		{ID: "s1", Action: "Stop", Status: "Enabled", Cron: "0 19 * * 1-5", TimeZone: "W. Europe Standard Time"},
		{ID: "s2", Action: "Start", Status: "Disabled", TimeZone: "UTC",
			Recurrence: model.Recurrence{Frequency: "Week", Interval: 1, Hours: []int{8}, Minutes: []int{30}, WeekDays: []string{"Monday", "Friday"}}},
	}
	if !reflect.DeepEqual(ana.Schedules, want) {
		t.Errorf("schedules %+v", ana.Schedules)
	}
	if bo := byName["bo-new"]; bo.State != model.StateCreating || bo.Owner != "bbbb" || !bo.RunningSince.Equal(bo.CreatedAt) {
		t.Errorf("bo-new: %+v", bo)
	}
	if cy := byName["cy-stuck"]; cy.Owner != "cccc" || !cy.RunningSince.IsZero() || cy.Identity || len(cy.Faults) != 1 {
		t.Errorf("cy-stuck: %+v", cy)
	}
	if f := byName["future"]; f.State != "Hibernating" || !f.RunningSince.IsZero() {
		t.Errorf("future: %+v", f)
	}
}

func TestRunningSince(t *testing.T) {
	at := testNow.Add(-time.Hour)
	for _, tc := range []struct {
		state        model.InstanceState
		name, status string
		known        bool
	}{
		{model.StateRunning, "Start", "Succeeded", true},
		{model.StateStarting, "Start", "InProgress", true},
		{model.StateRunning, "Restart", "Succeeded", true},
		{model.StateJobRunning, "Create", "Succeeded", true},
		{model.StateRunning, "Stop", "StopFailed", false},
		{model.StateStopping, "Stop", "InProgress", false},
		{model.StateRunning, "Start", "StartFailed", false},
		{model.StateRunning, "Reimage", "Succeeded", false},
		{model.StateRunning, "", "", false},
		{model.StateStopped, "Start", "Succeeded", false},
		{"Hibernating", "Start", "Succeeded", false},
	} {
		i := &model.Instance{State: tc.state, Last: model.LastOperation{Name: tc.name, Status: tc.status, Time: at}}
		if got := runningSince(i); got.IsZero() == tc.known {
			t.Errorf("%s after %s %s: %s", tc.state, tc.name, tc.status, got)
		}
	}
}

func TestAttached(t *testing.T) {
	want := map[string]struct {
		kind, detail string
		nodes        int
		size         model.SizeName
	}{
		"k8s":   {"Kubernetes", "namespace default, instance types gpu, small, default small", 0, ""},
		"aks":   {"AKS", "FastProd, aks.example", 3, "Standard_D3_v2"},
		"vm":    {"VirtualMachine", "198.51.100.4:22", 0, "Standard_D2_v3"},
		"hdi":   {"HDInsight", "hdi-ssh.example:22", 0, ""},
		"dbx":   {"Databricks", "https://adb-1.azuredatabricks.net", 0, ""},
		"lake":  {"DataLakeAnalytics", "store lakestore", 0, ""},
		"spark": {"SynapseSpark", "pool pool1, Medium nodes, Spark 3.4", 5, ""},
		"odd":   {"QuantumAnnealer", "", 0, ""},
		"adf":   {"DataFactory", "", 0, ""},
	}
	attached := listComputes(t).Attached
	if len(attached) != len(want) {
		t.Errorf("%d attached, want %d", len(attached), len(want))
	}
	for _, a := range attached {
		w := want[a.Name]
		if a.ComputeType != w.kind || a.Detail != w.detail || a.Nodes != w.nodes || a.VMSize != w.size {
			t.Errorf("%s: %q %q %d %q", a.Name, a.ComputeType, a.Detail, a.Nodes, a.VMSize)
		}
		if a.Name == "hdi" && (a.ProvisioningState != "Failed" || len(a.Faults) != 1) {
			t.Errorf("hdi: %+v", a)
		}
	}
}

func TestNodes(t *testing.T) {
	s := newScript(ok("POST", "/computes/cpu-cluster/listNodes?", testdata(t, "nodes.json")))
	cluster := &model.Cluster{Target: model.Target{ID: "the-cluster", Resource: model.Resource{ARMID: testWS + "/computes/cpu-cluster"}}}
	nodes, err := clientOn(t, s).Nodes(t.Context(), cluster)
	want := []model.Node{
		{ID: "tvm-1", Cluster: "the-cluster", State: "running", PrivateIP: "10.0.0.5", PublicIP: "203.0.113.9", Port: 50000, RunID: "live"},
		{ID: "tvm-2", Cluster: "the-cluster", State: "idle", PrivateIP: "10.0.0.6", Port: 50001},
	}
	if err != nil || !reflect.DeepEqual(nodes, want) {
		t.Errorf("%+v, %v", nodes, err)
	}
}

func TestJobs(t *testing.T) {
	c := clientOn(t, newScript(ok("GET", "/workspaces/vision/jobs?", testdata(t, "jobs.json"))))
	jobs, _, err := c.Jobs(t.Context(), testWorkspace(), 0)
	if err != nil || len(jobs) != 3 {
		t.Fatalf("%d jobs, %v", len(jobs), err)
	}
	cluster := model.ComputeID(model.Fold(testWS + "/computes/cpu-cluster"))
	live, old, free := jobs[0], jobs[1], jobs[2]
	if live.Name != "live" || live.Compute != cluster || live.Instances != 4 || live.StartedAt.IsZero() || !live.EndedAt.IsZero() || live.Owner != "Ana" {
		t.Errorf("live: %+v", live)
	}
	if old.Compute != cluster || old.ComputeName != "CPU-Cluster" || old.EndedAt.Sub(old.StartedAt) != 90*time.Minute || old.StudioURL == "" || old.Instances != 2 || old.Tags["a"] != "b" {
		t.Errorf("old: %+v", old)
	}
	if free.Compute != "" || free.Status != "Sleeping" || free.Type != "Pipeline" {
		t.Errorf("free: %+v", free)
	}
	c.jobs = 1
	if jobs, _, err = c.Jobs(t.Context(), testWorkspace(), 0); err != nil || len(jobs) != 1 || jobs[0].Name != "live" {
		t.Errorf("at most one: %v, %v", jobs, err)
	}
}

func TestEndpoints(t *testing.T) {
	s := newScript(
		ok("GET", "/vision/onlineEndpoints?", testdata(t, "online_endpoints.json")),
		ok("GET", "/vision/batchEndpoints?", testdata(t, "batch_endpoints.json")),
		ok("GET", "/onlineEndpoints/score/deployments?", testdata(t, "online_deployments.json")),
		ok("GET", "/onlineEndpoints/edge/deployments?", testdata(t, "kubernetes_deployments.json")),
		ok("GET", "/batchEndpoints/nightly/deployments?", testdata(t, "batch_deployments.json")),
	)
	found, err := clientOn(t, s).Endpoints(t.Context(), testWorkspace(), 0)
	endpoints, deployments := found.Endpoints, found.Deployments
	if err != nil || len(endpoints) != 3 || len(deployments) != 4 {
		t.Fatalf("%d endpoints, %d deployments, %v", len(endpoints), len(deployments), err)
	}
	if e := endpoints[1]; e.Compute != "k8s" || e.Traffic != nil || e.ProvisioningState != "Updating" || e.AuthMode != "AMLToken" {
		t.Errorf("edge: %+v", e)
	}
	if e := endpoints[2]; e.Kind != model.BatchEndpoint || e.Default != "v1" {
		t.Errorf("nightly: %+v", e)
	}
	for i, want := range []struct {
		name      string
		kind      model.TargetKind
		size      model.SizeName
		n, share  int
		faultCode string
	}{
		{"blue", model.TargetManaged, "Standard_DS3_v2", 3, 90, ""},
		{"green", model.TargetManaged, "Standard_F4s_v2", 1, 10, "ImageBuildFailure"},
		{"k", model.TargetKubernetes, "small", 0, -1, ""},
		{"v1", model.TargetBatch, "", 5, 100, ""},
	} {
		d := deployments[i]
		code := ""
		if len(d.Faults) > 0 {
			code = d.Faults[0].Code
		}
		if d.Name != want.name || d.Kind != want.kind || d.VMSize != want.size || d.Instances != want.n || d.Traffic != want.share || code != want.faultCode {
			t.Errorf("%s: %+v", want.name, d)
		}
	}
	if d := deployments[3]; d.Compute != "cpu-cluster" || d.Model != "m:1" {
		t.Errorf("v1: %+v", d)
	}
}

// TestEndpointDeletedMeanwhile asks an endpoint that is gone for its deployments.
func TestEndpointDeletedMeanwhile(t *testing.T) {
	s := newScript(
		ok("GET", "/vision/onlineEndpoints?", `{"value":[]}`),
		ok("GET", "/vision/batchEndpoints?", testdata(t, "batch_endpoints.json")),
		&exchange{method: "GET", path: "/batchEndpoints/nightly/deployments?", status: 404, body: `{"error":{"code":"ResourceNotFound","message":"gone"}}`},
	)
	found, err := clientOn(t, s).Endpoints(t.Context(), testWorkspace(), 0)
	endpoints, deployments := found.Endpoints, found.Deployments
	if err != nil || len(endpoints) != 1 || len(deployments) != 0 {
		t.Errorf("%d endpoints, %d deployments, %v", len(endpoints), len(deployments), err)
	}
}

func TestSizes(t *testing.T) {
	sizes, _, err := clientOn(t, newScript(ok("GET", "/locations/eastus/vmSizes?", testdata(t, "sizes.json")))).Sizes(t.Context(), testSub, "eastus", 0)
	if err != nil || len(sizes) != 3 {
		t.Fatalf("%d sizes, %v", len(sizes), err)
	}
	ds3, test, odd := sizes[0], sizes[1], sizes[2]
	if ds3.Standard != (model.Price{PerHour: 229_000, Currency: "USD", Source: model.PriceService}) || ds3.LowPriority.PerHour != 45_800 || ds3.Spot.Known() ||
		ds3.Series == "" || ds3.MemoryMiB != 14*1024 || ds3.Location != "eastus" || !ds3.Supports("computeinstance") {
		t.Errorf("%+v", ds3)
	}
	if test.MemoryMiB != 448_000 || test.Standard.Known() || test.GPUs != 8 || !test.RDMA {
		t.Errorf("%+v", test)
	}
	if odd.Standard.Known() {
		t.Errorf("a null price became %+v", odd.Standard)
	}
}

func TestQuotas(t *testing.T) {
	quotas, _, err := clientOn(t, newScript(ok("GET", "/locations/eastus/usages?", testdata(t, "usages.json")))).Quotas(t.Context(), testSub, "eastus", 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range quotas {
		got = append(got, strings.Join([]string{q.Name, q.Family, q.Priority}, "|"))
		if _, limited := q.Room(); limited == (q.Limit < 0) {
			t.Errorf("%s: limit %d", q.Name, q.Limit)
		}
	}
	want := []string{
		"Total Clusters||", "Total dedicated||dedicated", "DSv2 dedicated|standardDSv2Family|dedicated",
		"DSv2 low priority|standardDSv2Family|lowPriority", "TotalLowPriorityCores||lowPriority", "A thing||",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWorkspacesAndSubscriptions(t *testing.T) {
	s := newScript(
		ok("GET", "/Microsoft.MachineLearningServices/workspaces?", testdata(t, "workspaces.json")),
		ok("GET", "/subscriptions?", `{"value":[{"id":"/subscriptions/ABC","subscriptionId":"ABC","displayName":"Research","tenantId":"t","state":"Enabled"},null]}`),
	)
	c := clientOn(t, s)
	all, _, err := c.Workspaces(t.Context(), testSub, 0)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d workspaces, %v", len(all), err)
	}
	if w := all[0]; w.ResourceGroup != "rg" || w.FriendlyName != "Vision" || w.Tags["env"] != "prod" || w.Subscription != testSub || w.CreatedBy != "ops@contoso.com" {
		t.Errorf("%+v", w)
	}
	if w := all[1]; w.Kind != "Hub" || w.CreatedAt.Year() != 2025 {
		t.Errorf("%+v", w)
	}
	subs, err := c.Subscriptions(t.Context())
	if err != nil || len(subs) != 1 || *subs[0] != (model.Subscription{ID: "abc", Name: "Research", Tenant: "t", State: "Enabled"}) {
		t.Errorf("%+v, %v", subs, err)
	}
}

// TestPaging follows nextLink to the end, as it stands.
func TestPaging(t *testing.T) {
	next := "https://management.azure.com" + testWS + "/computes?api-version=2024-04-01&%24skip=opaque%2Btoken"
	s := newScript(
		ok("GET", "$skip=opaque+token", `{"value":[{"id":"`+testWS+`/computes/b","properties":{"computeType":"AmlCompute"}}]}`),
		ok("GET", "/computes?", `{"value":[{"id":"`+testWS+`/computes/a","properties":{"computeType":"AmlCompute"}}],"nextLink":"`+next+`"}`),
	)
	got, err := clientOn(t, s).Computes(t.Context(), testWorkspace(), 0)
	if err != nil || len(got.Clusters) != 2 || got.Clusters[0].Name != "a" || got.Clusters[1].Name != "b" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestPagingInCircles ends a list whose pages name themselves, or each other, as
// the next.
func TestPagingInCircles(t *testing.T) {
	link := func(to string) string {
		return `{"value":[],"nextLink":"https://management.azure.com` + testWS + "/computes?api-version=2024-04-01&%24skip=" + to + `"}`
	}
	for _, s := range []*script{
		newScript(ok("GET", "/computes?", link("x"))),
		newScript(ok("GET", "$skip=x", link("y")), ok("GET", "/computes?", link("x"))),
	} {
		_, err := clientOn(t, s).Computes(t.Context(), testWorkspace(), 0)
		var r *model.Refusal
		if !errors.As(err, &r) || !strings.Contains(r.Message, "round in a circle") {
			t.Errorf("%v", err)
		}
	}
}
