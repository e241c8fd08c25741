package azure

import (
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// recordedWorkspace is the workspace that the n-th recorded URL is in.
func recordedWorkspace(t *testing.T, rec recorded, n int) *model.Workspace {
	t.Helper()
	u, err := url.Parse(rec.Interactions[n].URL)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	id := "/" + strings.Join(parts[:8], "/")
	r, err := model.ParseResourceID(id)
	if err != nil {
		t.Fatal(err)
	}
	return &model.Workspace{
		Resource: model.Resource{ARMID: id, Name: r.Name()}, ID: model.WorkspaceIDOf(id),
		Subscription: model.SubscriptionID(r.Subscription), ResourceGroup: r.ResourceGroup,
	}
}

func TestReplayComputes(t *testing.T) {
	s, rec := replay(t, "Get-AzMLWorkspaceCompute")
	c := clientOn(t, s)
	got, err := c.Computes(t.Context(), recordedWorkspace(t, rec, 0), 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Clusters) != 1 || len(got.Instances) != 1 || len(got.Attached) != 0 {
		t.Fatalf("got %d clusters, %d instances, %d attached", len(got.Clusters), len(got.Instances), len(got.Attached))
	}
	cl, in := got.Clusters[0], got.Instances[0]
	if cl.Name != "batch-cluster" || cl.VMSize != "STANDARD_DS3_V2" || cl.Scale != (model.Scale{Min: 0, Max: 1, IdleBeforeScaleDown: 2 * time.Minute}) || cl.AllocationState != "Steady" {
		t.Errorf("cluster: %+v", cl)
	}
	if in.State != model.StateRunning || in.Owner != "6205f759-1234-453c-9712-34d7671bceff" || in.SSH != "" || !in.Identity || len(in.Applications) != 2 {
		t.Errorf("instance: %+v", in)
	}
	if want := time.Date(2024, 7, 24, 8, 42, 35, 907e6, time.UTC); !in.RunningSince.Equal(want) {
		t.Errorf("running since %s, want %s", in.RunningSince, want)
	}
	one, err := c.Compute(t.Context(), in.ARMID)
	if err != nil || len(one.Instances) != 1 || one.Instances[0].ID != in.ID || one.Instances[0].Workspace != in.Workspace {
		t.Errorf("read again: %+v, %v", one, err)
	}
	if b := c.Budgets(); len(b) != 1 || b[0].Remaining == 0 || b[0].Limit == 0 {
		t.Errorf("budgets %+v were not learned", b)
	}
}

func TestReplayStop(t *testing.T) {
	s, rec := replay(t, "Stop-AzMLWorkspaceCompute")
	c := clientOn(t, s)
	u, _ := url.Parse(rec.Interactions[0].URL)
	p, err := c.Begin(t.Context(), commandOn(model.VerbStop, strings.TrimSuffix(u.Path, "/stop")))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Token(), "computeOperationsStatus") {
		t.Errorf("token %q does not say what to poll", p.Token())
	}
	var progress []string
	for range 10 {
		done, word, err := p.Poll(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		progress = append(progress, word)
		if done {
			break
		}
	}
	if got := strings.Join(progress, ","); got != "InProgress,InProgress," {
		t.Errorf("progress %q", got)
	}
}

// TestReplayCluster replays the recorded change (answered 202, which the SDK
// takes for an error) and deletion of a cluster.
func TestReplayCluster(t *testing.T) {
	s, rec := replay(t, "New-AzMLWorkspaceCompute")
	c := clientOn(t, s)
	u, _ := url.Parse(rec.Interactions[0].URL)
	scale := commandOn(model.VerbScale, u.Path)
	scale.Scale = &model.Scale{Min: 0, Max: 8, IdleBeforeScaleDown: 2 * time.Minute}
	for _, cmd := range []model.Command{scale, commandOn(model.VerbDelete, u.Path)} {
		p, err := c.Begin(t.Context(), cmd)
		if err != nil {
			t.Fatalf("%s: %v", cmd.Verb, err)
		}
		done := false
		for range 5 {
			if done, _, err = p.Poll(t.Context()); err != nil || done {
				break
			}
		}
		if !done || err != nil {
			t.Errorf("%s: done %v, %v", cmd.Verb, done, err)
		}
	}
	st, err := c.State(t.Context(), scale)
	if err != nil || !st.Reached {
		t.Errorf("state after the change: %+v, %v", st, err)
	}
	for _, i := range rec.Interactions { // every recorded body of it decodes
		if i.Method != "GET" && i.Method != "PUT" && i.Method != "PATCH" {
			continue
		}
		var w wireCompute
		if err := decode(i.Body, &w); err != nil {
			t.Errorf("%s %s: %v", i.Method, i.URL, err)
		}
	}
}

func TestReplayLists(t *testing.T) {
	ctx := t.Context()
	t.Run("nodes", func(t *testing.T) {
		s, rec := replay(t, "Get-AzMLWorkspaceComputeNode")
		u, _ := url.Parse(rec.Interactions[0].URL)
		id := strings.TrimSuffix(u.Path, "/listNodes")
		nodes, err := clientOn(t, s).Nodes(ctx, &model.Cluster{Target: model.Target{Resource: model.Resource{ARMID: id}}})
		if err != nil || len(nodes) != 0 {
			t.Errorf("%v, %v", nodes, err)
		}
	})
	t.Run("usages", func(t *testing.T) {
		s, rec := replay(t, "Get-AzMLServiceUsage")
		sub := strings.Split(rec.Interactions[0].URL, "/")[4]
		quotas, _, err := clientOn(t, s).Quotas(ctx, model.SubscriptionID(sub), "eastus", 0)
		if err != nil {
			t.Fatal(err)
		}
		checkRecordedQuotas(t, quotas)
	})
	t.Run("workspaces", func(t *testing.T) {
		s, rec := replay(t, "Get-AzMLWorkspace")
		sub := strings.Split(rec.Interactions[0].URL, "/")[4]
		all, _, err := clientOn(t, s).Workspaces(ctx, model.SubscriptionID(sub), 0)
		if err != nil || len(all) == 0 {
			t.Fatalf("%d workspaces, %v", len(all), err)
		}
		w := all[0]
		if w.Name != "mlworkspace-test2" || w.Kind != "Default" || w.ResourceGroup != "ml-test" || w.DiscoveryURL == "" || w.Tenant == "" || w.CreatedAt.IsZero() {
			t.Errorf("%+v", w)
		}
	})
	t.Run("jobs", func(t *testing.T) {
		s, rec := replay(t, "Get-AzMLWorkspaceJob")
		jobs, _, err := clientOn(t, s).Jobs(ctx, recordedWorkspace(t, rec, 0), 0)
		if err != nil || len(jobs) == 0 {
			t.Fatalf("%d jobs, %v", len(jobs), err)
		}
		j := jobs[0]
		if j.Status != model.JobCompleted || j.ComputeName != "commandjobcompute" || j.EndedAt.Sub(j.StartedAt) != 67*time.Second || j.StudioURL == "" || j.Owner == "" {
			t.Errorf("%+v", j)
		}
	})
}

func TestReplaySizes(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(sharedDir(t, "recorded"), "vmSizes-eastus-2025-11-04.json"))
	if err != nil {
		t.Fatal(err)
	}
	sizes, _, err := clientOn(t, newScript(ok("GET", "/vmSizes", string(raw)))).Sizes(t.Context(), testSub, "eastus", 0)
	if err != nil || len(sizes) != 260 {
		t.Fatalf("%d sizes, %v", len(sizes), err)
	}
	unpriced := 0
	for _, s := range sizes {
		if !s.Standard.Known() {
			unpriced++
		}
	}
	if unpriced != 48 {
		t.Errorf("%d sizes without a price, the recording has 48", unpriced)
	}
}

func checkRecordedQuotas(t *testing.T, quotas []*model.Quota) {
	t.Helper()
	ids := map[string]bool{}
	var full, noLimit bool
	for _, q := range quotas {
		if ids[q.ID] {
			t.Errorf("id %q twice", q.ID)
		}
		ids[q.ID] = true
		full = full || q.Name == "Total Cluster Dedicated Regional vCPUs" && q.Used == 20 && q.Limit == 20 && q.Priority == "dedicated" && q.Family == ""
		noLimit = noLimit || q.Family == "standardDFamily" && q.Priority == "lowPriority" && q.Limit == -1
	}
	if !full || !noLimit {
		t.Errorf("full total found: %v; low priority without a limit found: %v", full, noLimit)
	}
}

func TestReplayDeployments(t *testing.T) {
	online, rec := replay(t, "Get-AzMLWorkspaceOnlineDeployment")
	ws := recordedWorkspace(t, rec, 0)
	batch, _ := replay(t, "Get-AzMLWorkspaceBatchDeployment")
	both := newScript(append(online.exchanges, batch.exchanges...)...)
	both.exchanges = append(both.exchanges,
		ok("GET", "/onlineEndpoints?", `{"value":[{"id":"`+ws.ARMID+`/onlineEndpoints/online-pwsh01","name":"online-pwsh01","properties":{"traffic":{"online-pwsh01-blue01":100}}}]}`),
		ok("GET", "/batchEndpoints?", `{"value":[{"id":"`+ws.ARMID+`/batchEndpoints/batchenpoint01","name":"batchenpoint01","properties":{"defaults":{"deploymentName":null}}}]}`))
	found, err := clientOn(t, both).Endpoints(t.Context(), ws, 0)
	endpoints, deployments := found.Endpoints, found.Deployments
	if err != nil || len(endpoints) != 2 || len(deployments) != 2 {
		t.Fatalf("%d endpoints, %d deployments, %v", len(endpoints), len(deployments), err)
	}
	blue, b := deployments[0], deployments[1]
	if blue.Kind != model.TargetManaged || blue.VMSize != "Standard_F4s_v2" || blue.Instances != 3 || blue.Traffic != 100 || !strings.HasSuffix(blue.Model, "/models/work-online-model/versions/1") {
		t.Errorf("online: %+v", blue)
	}
	if b.Kind != model.TargetBatch || b.Compute != "batch-cluster" || b.Instances != 1 || b.Traffic != 0 || !strings.HasSuffix(b.Model, "/models/heart-classifier-batch/versions/1") {
		t.Errorf("batch: %+v", b)
	}
	for _, name := range []string{"Get-AzMLWorkspaceOnlineEndpoint", "Get-AzMLWorkspaceBatchEndpoint"} {
		_, rec := replay(t, name)
		for _, i := range rec.Interactions {
			var p page[wireEndpoint]
			if err := decode(i.Body, &p); err != nil {
				t.Errorf("%s: %v", i.URL, err)
			}
		}
	}
}

func TestReplayErrors(t *testing.T) {
	for _, name := range []string{"error-404-ResourceNotFound", "error-404-ParentResourceNotFound"} {
		_, rec := replay(t, name)
		i := rec.Interactions[0]
		c := clientOn(t, newScript(&exchange{method: "GET", path: "/computes/x", status: i.Status, header: i.Headers, body: string(i.Body)}))
		_, err := c.Compute(t.Context(), testWS+"/computes/x")
		var r *model.Refusal
		if !errors.As(err, &r) || !errors.Is(err, model.ErrNotFound) || r.Status != 404 || r.Code != strings.TrimPrefix(name, "error-404-") || r.Message == "" {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// TestWireBodies decodes every example body of the API's specification.
func TestWireBodies(t *testing.T) {
	dir := sharedDir(t, "wire")
	seen := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var doc struct {
			Responses map[string]struct {
				Body json.RawMessage `json:"body"`
			} `json:"responses"`
		}
		if err := json.Unmarshal(raw, &doc); err != nil {
			return err
		}
		for status, r := range doc.Responses {
			if len(r.Body) == 0 {
				continue
			}
			seen++
			for _, into := range []any{
				&wireCompute{}, &wireWorkspace{}, &wireJob{}, &wireEndpoint{}, &wireDeployment{}, &wireStatus{}, &wireLogs{},
				&page[wireCompute]{}, &page[wireWorkspace]{}, &page[wireJob]{}, &page[wireEndpoint]{}, &page[wireDeployment]{},
				&page[wireNode]{}, &page[wireSize]{}, &page[wireUsage]{},
			} {
				if err := decode(r.Body, into); err != nil {
					t.Errorf("%s, %s, as %T: %v", path, status, into, err)
				}
			}
		}
		return nil
	})
	if err != nil || seen < 60 {
		t.Errorf("%d bodies seen, %v", seen, err)
	}
}
