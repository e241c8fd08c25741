package sim

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// serving is a world with an endpoint "score" that is ready, in a region with
// 24 DSv2 cores, 8 T4 cores and 40 in all.
func serving(t *testing.T) (*World, *Endpoint) {
	t.Helper()
	w, ws := small(t, `
[[subscriptions.workspaces.online]]
name = "score"`)
	return w, ws.FindEndpoint(false, "score")
}

func TestDeploymentOutcomes(t *testing.T) {
	good := DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Instances: 2, Model: "m:1", Environment: "env:1", Scoring: "score.py"}
	with := func(change func(*DeploymentSpec)) DeploymentSpec {
		s := good
		change(&s)
		return s
	}
	tests := []struct {
		name        string
		spec        DeploymentSpec
		code        string // "": succeeds
		least, most time.Duration
		bills       bool // at the end
		cores       int
		log         string
	}{
		{"success", good, "", 5 * time.Minute, 8 * time.Minute, true, 12, "worker ready"},
		{"one exempt instance", with(func(s *DeploymentSpec) { s.VMSize, s.Instances = "Standard_NC4as_T4_v3", 1 }), "", 5 * time.Minute, 8 * time.Minute, true, 8, "worker ready"},
		{"image", with(func(s *DeploymentSpec) { s.Environment = "x/environments/Broken-env/versions/3" }), "ImageBuildFailure", 3 * time.Minute, 5 * time.Minute, false, 0, "ResolvePackageNotFound"},
		{"crash", with(func(s *DeploymentSpec) { s.Scoring = "crash.py" }), "ResourceNotReady", 6 * time.Minute, 9 * time.Minute, true, 12, "Traceback"},
		{"family", with(func(s *DeploymentSpec) { s.Instances = 6 }), "OutOfQuota", 20 * time.Second, 50 * time.Second, false, 0, "OutOfQuota"},
		{"GPU", with(func(s *DeploymentSpec) { s.VMSize = "Standard_NC24ads_A100_v4" }), "OutOfQuota", 20 * time.Second, 50 * time.Second, false, 0, "OutOfQuota"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, e := serving(t)
			d, op, err := w.PutDeployment(e, tt.spec)
			if err != nil {
				t.Fatal(err)
			}
			if d.ProvisioningState != creating || op.Status != statusInProgress || !strings.HasPrefix(op.ID, "odidp:") {
				t.Errorf("at once: %s, operation %+v", d.ProvisioningState, op)
			}
			w.after(10 * time.Minute)
			if took := op.Ended.Sub(op.Started); took < tt.least || took > tt.most {
				t.Errorf("took %v", took)
			}
			state, status := provisioned, statusSucceeded
			if tt.code != "" {
				state, status = unsuccessful, statusFailed
				if op.Error == nil || op.Error.Code != tt.code || len(d.Faults) != 1 || d.Faults[0].Code != tt.code {
					t.Errorf("operation says %v, deployment says %v", op.Error, d.Faults)
				}
			}
			if d.ProvisioningState != state || op.Status != status {
				t.Errorf("ended %s, operation %s", d.ProvisioningState, op.Status)
			}
			if d.reserved != tt.cores || d.bound.used.dedicated != tt.cores {
				t.Errorf("%d cores reserved, %d in use", d.reserved, d.bound.used.dedicated)
			}
			if log := strings.Join(d.Logs, "\n"); !strings.Contains(log, tt.log) {
				t.Errorf("log: %s", log)
			}
			before := w.Billed(d.ID())
			w.after(time.Hour)
			if grew := w.Billed(d.ID()) - before; (grew > 0) != tt.bills {
				t.Errorf("an hour later %v more are billed", grew)
			}
		})
	}
}

// TestOutOfQuotaWording holds the service's sentence.
func TestOutOfQuotaWording(t *testing.T) {
	w, e := serving(t)
	_, op, err := w.PutDeployment(e, DeploymentSpec{Name: "big", VMSize: "Standard_DS3_v2", Instances: 6, Model: "m:1"})
	if err != nil {
		t.Fatal(err)
	}
	w.after(time.Minute)
	const want = "Not enough cluster CPU quota. The amount of additional CPU quota requested is 32, and you are currently using 0. Your amount of maximum quota is 24."
	if op.Error == nil || op.Error.Message != want {
		t.Errorf("operation says %v", op.Error)
	}
}

func TestDeploymentRefusals(t *testing.T) {
	ok := DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Model: "m:1"}
	tests := []struct {
		name   string
		spec   DeploymentSpec
		status int
		code   string
	}{
		{"unknown size", DeploymentSpec{Name: "blue", VMSize: "Standard_X1", Model: "m:1"}, 400, "BadArgument"},
		{"size not for serving", DeploymentSpec{Name: "blue", VMSize: "Standard_HB120rs_v3", Model: "m:1"}, 400, "BadArgument"},
		{"no model", DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2"}, 400, "BadArgument"},
		{"missing model", DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Model: "missing:1"}, 400, "BadArgument"},
		{"too many instances", DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Model: "m:1", Instances: 51}, 400, "BadArgument"},
		{"bad name", DeploymentSpec{Name: "b", VMSize: "Standard_DS3_v2", Model: "m:1"}, 400, "BadArgument"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, e := serving(t)
			_, _, err := w.PutDeployment(e, tt.spec)
			if d := denial(t, err); d.Status != tt.status || d.Code != tt.code {
				t.Errorf("answered %d %v", d.Status, d)
			}
			if len(e.Deployments) != 0 {
				t.Error("a refused deployment is there")
			}
		})
	}
	t.Run("endpoint updating", func(t *testing.T) {
		w, e := serving(t)
		if _, _, err := w.PutEndpoint(e.Workspace, false, EndpointSpec{Name: "score"}); err != nil {
			t.Fatal(err)
		}
		_, _, err := w.PutDeployment(e, ok)
		if d := denial(t, err); d.Status != http.StatusConflict {
			t.Errorf("answered %v", d)
		}
		w.after(time.Minute)
		if _, _, err := w.PutDeployment(e, ok); err != nil {
			t.Errorf("a minute later: %v", err)
		}
		if _, _, err := w.PutDeployment(e, ok); denial(t, err).Status != http.StatusConflict {
			t.Errorf("while it is created: %v", err)
		}
	})
}

// TestBlueGreen rolls a second deployment out, moves the traffic, and removes the first.
func TestBlueGreen(t *testing.T) {
	w, e := serving(t)
	ws := e.Workspace
	put := func(traffic map[string]int) error {
		_, _, err := w.PutEndpoint(ws, false, EndpointSpec{Name: "score", Traffic: traffic})
		w.after(time.Minute)
		return err
	}
	deploy := func(name string) *Deployment {
		d, _, err := w.PutDeployment(e, DeploymentSpec{Name: name, VMSize: "Standard_DS3_v2", Instances: 2, Model: "m:1"})
		if err != nil {
			t.Fatal(err)
		}
		w.after(9 * time.Minute)
		return d
	}
	if err := put(map[string]int{"blue": 100}); denial(t, err).Code != "BadArgument" {
		t.Errorf("traffic to a deployment that does not exist: %v", err)
	}
	blue := deploy("blue")
	if err := put(map[string]int{"blue": 100}); err != nil {
		t.Fatal(err)
	}
	deploy("green")
	if err := put(map[string]int{"blue": 60, "green": 60}); denial(t, err).Code != "BadArgument" {
		t.Errorf("120 per cent: %v", err)
	}
	if _, err := w.DeleteDeployment(blue); denial(t, err).Code != "BadArgument" {
		t.Errorf("deleting what gets traffic: %v", err)
	}
	if err := put(map[string]int{"blue": 0, "green": 100}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DeleteDeployment(blue); err != nil {
		t.Fatal(err)
	}
	w.after(2 * time.Minute)
	if _, there := e.Traffic["blue"]; there {
		t.Error("the traffic still names what is gone, so that setting it as it reads is refused")
	}
	if e.FindDeployment("blue") != nil || e.Traffic["green"] != 100 || blue.bound.used.dedicated != 12 {
		t.Errorf("left: %v, traffic %v, %d cores", e.Deployments, e.Traffic, blue.bound.used.dedicated)
	}
	if _, err := w.DeleteEndpoint(e); err != nil {
		t.Fatal(err)
	}
	w.after(2 * time.Minute)
	if ws.FindEndpoint(false, "score") != nil || blue.bound.used.dedicated != 0 || blue.bound.used.computes != 0 {
		t.Errorf("after the endpoint: %d cores, %d computes", blue.bound.used.dedicated, blue.bound.used.computes)
	}
}

func TestScaleDeployment(t *testing.T) {
	w, e := serving(t)
	d, _, err := w.PutDeployment(e, DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Instances: 1, Model: "m:1"})
	if err != nil {
		t.Fatal(err)
	}
	w.after(10 * time.Minute)
	op, err := w.ScaleDeployment(d, 3)
	if err != nil || d.ProvisioningState != scaling || d.Instances != 1 {
		t.Fatalf("%v, %s with %d", err, d.ProvisioningState, d.Instances)
	}
	w.after(5 * time.Minute)
	if op.Status != statusSucceeded || d.Instances != 3 || d.reserved != 16 {
		t.Errorf("operation %s, %d instances, %d cores", op.Status, d.Instances, d.reserved)
	}
	op, err = w.ScaleDeployment(d, 9)
	if err != nil {
		t.Fatal(err)
	}
	w.after(5 * time.Minute)
	if op.Status != statusFailed || op.Error.Code != "OutOfQuota" || d.Instances != 3 || d.ProvisioningState != provisioned {
		t.Errorf("beyond the quota: operation %s %v, %d instances, %s", op.Status, op.Error, d.Instances, d.ProvisioningState)
	}
}

// TestUpdateWithoutRoom: the old VMs go on.
func TestUpdateWithoutRoom(t *testing.T) {
	w, e := serving(t)
	spec := DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Instances: 2, Model: "m:1"}
	d, _, err := w.PutDeployment(e, spec)
	if err != nil {
		t.Fatal(err)
	}
	w.after(10 * time.Minute)
	spec.VMSize, spec.Instances = "Standard_NC4as_T4_v3", 5
	if _, _, err := w.PutDeployment(e, spec); err != nil {
		t.Fatal(err)
	}
	w.after(10 * time.Minute)
	if d.ProvisioningState != unsuccessful || d.Instances != 2 || d.reserved != 12 || d.bound.used.family["standarddsv2family"] != 12 {
		t.Errorf("%s with %d of %s, %d cores", d.ProvisioningState, d.Instances, d.VMSize, d.reserved)
	}
}

// TestDeletedWhileComingUp: what its endpoint takes along does not come up any more.
func TestDeletedWhileComingUp(t *testing.T) {
	begin := func() (*World, *Endpoint, *Deployment) {
		w, e := serving(t)
		d, _, err := w.PutDeployment(e, DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Instances: 1, Model: "m:1"})
		if err != nil {
			t.Fatal(err)
		}
		return w, e, d
	}
	w, _, d := begin()
	var takes time.Duration
	for d.ProvisioningState != provisioned {
		w.after(time.Second)
		takes += time.Second
	}
	w, e, d := begin()
	w.after(takes - 30*time.Second)
	if _, err := w.DeleteEndpoint(e); err != nil {
		t.Fatal(err)
	}
	w.after(31 * time.Second)
	if d.Gone || d.ProvisioningState != deleting {
		t.Errorf("gone %v, %s", d.Gone, d.ProvisioningState)
	}
}

func TestBatchDeployment(t *testing.T) {
	w, ws := small(t, `
[[subscriptions.workspaces.clusters]]
name = "pool"
vm_size = "Standard_DS3_v2"
max = 2`)
	e, op, err := w.PutEndpoint(ws, true, EndpointSpec{Name: "nightly"})
	if err != nil {
		t.Fatal(err)
	}
	w.after(time.Minute)
	if op.Status != statusSucceeded || ws.FindEndpoint(true, "NIGHTLY") != e || ws.FindEndpoint(false, "nightly") != nil {
		t.Fatalf("operation %s", op.Status)
	}
	if _, _, err := w.PutDeployment(e, DeploymentSpec{Name: "v01", Model: "m:1", Cluster: "nowhere"}); denial(t, err).Code != "BadArgument" {
		t.Errorf("an unknown cluster: %v", err)
	}
	d, _, err := w.PutDeployment(e, DeploymentSpec{Name: "v01", Model: "m:1", Cluster: ws.ID() + "/computes/pool"})
	if err != nil {
		t.Fatal(err)
	}
	w.after(time.Minute)
	if d.ProvisioningState != provisioned || w.Billed(d.ID()) != 0 {
		t.Errorf("%s, billed %v", d.ProvisioningState, w.Billed(d.ID()))
	}
	if _, _, err := w.PutEndpoint(ws, true, EndpointSpec{Name: "nightly", Default: "v01"}); err != nil || e.Default != "v01" {
		t.Errorf("default %q, %v", e.Default, err)
	}
}

func TestLogsAreBounded(t *testing.T) {
	w := demo(t, 1)
	w.after(10 * 24 * time.Hour)
	d := w.FindWorkspace(w.Subscriptions()[1].ID, "rg-recsys", "recsys").FindEndpoint(false, "rec-api").FindDeployment("blue")
	if n := len(d.Logs); n < mostLogged || n > 2*mostLogged {
		t.Errorf("%d lines", n)
	}
	if last := d.Logs[len(d.Logs)-1]; !strings.Contains(last, "POST /score 200") {
		t.Errorf("last line: %s", last)
	}
}

func TestEndpointNames(t *testing.T) {
	for name, want := range map[string]bool{
		"abc": true, "a-b": true, "a1-2": true, strings.Repeat("a", 32): true, "a" + strings.Repeat("-b", 15): true,
		"": false, "ab": false, "1ab": false, "ab-": false, "a--b": false, "a_b": false,
		strings.Repeat("a", 33): false, "a" + strings.Repeat("-b", 16): false,
	} {
		if got := isEndpointName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
