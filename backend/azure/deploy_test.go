package azure

import (
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

const (
	onlineID = testWS + "/onlineEndpoints/score"
	opsMFE   = "https://management.azure.com/subscriptions/" + testSub + "/providers/Microsoft.MachineLearningServices/locations/eastus/mfeOperationsStatus/"
)

func created(path, operation string) *exchange {
	return &exchange{
		method: "PUT", path: path, status: 201, body: `{"properties":{"provisioningState":"Creating"}}`,
		header: map[string]string{"Azure-AsyncOperation": opsMFE + operation + "?api-version=2024-04-01", "Location": "https://management.azure.com" + onlineID},
	}
}

func missing(method, path string) *exchange {
	return &exchange{method: method, path: path, status: 404, body: `{"error":{"code":"ResourceNotFound","message":"none"}}`}
}

func deployCommand(spec model.DeploymentSpec) model.Command {
	kind := "/onlineEndpoints/"
	if spec.Kind == model.TargetBatch {
		kind = "/batchEndpoints/"
	}
	cmd := commandOn(model.VerbDeploy, testWS+kind+spec.Endpoint+"/deployments/"+spec.Name)
	cmd.Deploy = &spec
	return cmd
}

func managed() model.DeploymentSpec {
	return model.DeploymentSpec{
		Kind: model.TargetManaged, Endpoint: "score", Name: "blue", Location: "eastus", Model: "azureml:iris:3",
		Environment: "azureml:sklearn:1", CodeID: "azureml:code:2", Scoring: "score.py", VMSize: "Standard_DS3_v2", Instances: 2,
	}
}

// sameJSON compares what was sent without regard to order and spacing.
func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var a, b any
	if json.Unmarshal([]byte(got), &a) != nil || json.Unmarshal([]byte(want), &b) != nil {
		t.Fatalf("not JSON: %s", got)
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	if string(x) != string(y) {
		t.Errorf("sent %s\nwant %s", x, y)
	}
}

// TestDeployOnNewEndpoint walks the whole way: endpoint, deployment (refused
// once, as the endpoint is still settling), traffic.
func TestDeployOnNewEndpoint(t *testing.T) {
	endpoint, deployment := created("/onlineEndpoints/score?", "e"), created("/deployments/blue?", "d")
	traffic := created("/onlineEndpoints/score?", "t")
	s := newScript(
		missing("GET", "/onlineEndpoints/score?"),
		endpoint,
		ok("GET", "mfeOperationsStatus/e?", `{"status":"Updating","percentComplete":0.0}`),
		ok("GET", "mfeOperationsStatus/e?", `{"status":"Succeeded"}`),
		&exchange{method: "PUT", path: "/deployments/blue?", status: 409, body: `{"error":{"code":"Conflict","message":"Endpoint score is in Updating state."}}`},
		deployment,
		ok("GET", "mfeOperationsStatus/d?", `{"status":"Succeeded"}`),
		ok("GET", "/onlineEndpoints/score?", `{"location":"eastus","properties":{"authMode":"Key","traffic":{}}}`),
		traffic,
		ok("GET", "mfeOperationsStatus/t?", `{"status":"Succeeded"}`),
	)
	spec := managed()
	spec.NewEndpoint, spec.Traffic = true, 100
	p, err := clientOn(t, s).Begin(t.Context(), deployCommand(spec))
	if err != nil {
		t.Fatal(err)
	}
	progress, err := polls(t, p)
	if err != nil || len(s.unused()) > 0 {
		t.Fatalf("%q, %v, unused %v", progress, err, s.unused())
	}
	want := "endpoint: Updating|deployment: next|deployment: waiting: Conflict|deployment: sent|traffic: next|traffic: sent|"
	if got := strings.Join(progress, "|"); got != want {
		t.Errorf("progress %q\nwant     %q", got, want)
	}
	sameJSON(t, endpoint.sentBody, `{"location":"eastus","identity":{"type":"SystemAssigned"},"properties":{"authMode":"Key"}}`)
	sameJSON(t, deployment.sentBody, `{"location":"eastus","sku":{"name":"Default","capacity":2},"properties":{"endpointComputeType":"Managed",
		"instanceType":"Standard_DS3_v2","model":"`+testWS+`/models/iris/versions/3","environmentId":"`+testWS+`/environments/sklearn/versions/1",
		"codeConfiguration":{"codeId":"`+testWS+`/codes/code/versions/2","scoringScript":"score.py"},"scaleSettings":{"scaleType":"Default"}}}`)
	sameJSON(t, traffic.sentBody, `{"location":"eastus","properties":{"authMode":"Key","traffic":{"blue":100}}}`)
}

// TestDeployAgain repeats a command whose endpoint is there by now: a PUT would
// reset its traffic.
func TestDeployAgain(t *testing.T) {
	s := newScript(
		ok("GET", "/onlineEndpoints/score?", `{"properties":{"provisioningState":"Succeeded"}}`),
		created("/deployments/blue?", "d"),
		ok("GET", "mfeOperationsStatus/d?", `{"status":"Failed","error":{"code":"ImageBuildFailure","message":"pip failed"}}`),
	)
	spec := managed()
	spec.NewEndpoint = true
	p, err := clientOn(t, s).Begin(t.Context(), deployCommand(spec))
	if err != nil {
		t.Fatal(err)
	}
	_, err = polls(t, p)
	if model.Short(err) != "ImageBuildFailure" || len(s.unused()) > 0 {
		t.Errorf("%v, unused %v", err, s.unused())
	}
}

func TestDeployBatch(t *testing.T) {
	put := created("/batchEndpoints/nightly/deployments/one?", "d")
	s := newScript(
		ok("GET", "/workspaces/vision?", `{"id":"`+testWS+`","location":"westeurope"}`),
		put, ok("GET", "mfeOperationsStatus/d?", `{"status":"Succeeded"}`),
	)
	p, err := clientOn(t, s).Begin(t.Context(), deployCommand(model.DeploymentSpec{
		Kind: model.TargetBatch, Endpoint: "nightly", Name: "one", Model: testWS + "/models/m/versions/1",
		Environment: "azureml://registries/azureml/environments/x/versions/1", Cluster: "cpu-cluster", Instances: 3,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := polls(t, p); err != nil {
		t.Error(err)
	}
	sameJSON(t, put.sentBody, `{"location":"westeurope","properties":{"compute":"`+testWS+`/computes/cpu-cluster",
		"environmentId":"azureml://registries/azureml/environments/x/versions/1","resources":{"instanceCount":3},
		"model":{"referenceType":"Id","assetId":"`+testWS+`/models/m/versions/1"}}}`)
}

// TestDeployImage registers the image first: a deployment names environments only.
func TestDeployImage(t *testing.T) {
	env := &exchange{method: "PUT", path: "/environments/amltop-images/versions/", status: 201, body: `{"id":"x"}`}
	put := created("/deployments/blue?", "d")
	s := newScript(env, put, ok("GET", "mfeOperationsStatus/d?", `{"status":"Succeeded"}`))
	spec := managed()
	spec.Environment, spec.Model = "ghcr.io/acme/scorer:1", ""
	p, err := clientOn(t, s).Begin(t.Context(), deployCommand(spec))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := polls(t, p); err != nil {
		t.Error(err)
	}
	sameJSON(t, env.sentBody, `{"properties":{"image":"ghcr.io/acme/scorer:1"}}`)
	if !strings.Contains(put.sentBody, "/environments/amltop-images/versions/"+imageVersion("ghcr.io/acme/scorer:1")) {
		t.Errorf("sent %s", put.sentBody)
	}
}

// TestDeployStopsAtRefusal ends where the service refuses a later step, and
// tries again where only the network was away.
func TestDeployStopsAtRefusal(t *testing.T) {
	s := newScript(
		missing("GET", "/onlineEndpoints/score?"), created("/onlineEndpoints/score?", "e"), ok("GET", "mfeOperationsStatus/e?", `{"status":"Succeeded"}`),
		&exchange{method: "PUT", path: "/deployments/blue?", status: 503},
		&exchange{method: "PUT", path: "/deployments/blue?", status: 400, body: `{"error":{"code":"OutOfQuota","message":"Not enough quota"}}`},
	)
	spec := managed()
	spec.NewEndpoint = true
	p, err := clientOn(t, s).Begin(t.Context(), deployCommand(spec))
	if err != nil {
		t.Fatal(err)
	}
	if done, _, err := p.Poll(t.Context()); done || err != nil {
		t.Fatalf("endpoint: %v, %v", done, err)
	}
	if done, _, err := p.Poll(t.Context()); done || !errors.Is(err, model.ErrUnreachable) {
		t.Errorf("network away: done %v, %v", done, err)
	}
	if done, _, err := p.Poll(t.Context()); !done || model.Short(err) != "OutOfQuota" {
		t.Errorf("refused: done %v, %v", done, err)
	}
}

func TestShareOut(t *testing.T) {
	for _, tc := range []struct {
		now  map[string]int
		give int
		want map[string]int
	}{
		{nil, 100, map[string]int{"new": 100}},
		{map[string]int{"a": 100}, 10, map[string]int{"new": 10, "a": 90}},
		{map[string]int{"a": 70, "b": 30}, 50, map[string]int{"new": 50, "a": 35, "b": 15}},
		{map[string]int{"a": 33, "b": 33, "c": 34}, 1, map[string]int{"new": 1, "a": 33, "b": 33, "c": 33}},
		{map[string]int{"new": 20, "a": 80}, 100, map[string]int{"new": 100, "a": 0}},
		{map[string]int{"a": 0}, 30, map[string]int{"new": 30, "a": 0}},
	} {
		got := shareOut(tc.now, "new", tc.give)
		if !maps.Equal(got, tc.want) {
			t.Errorf("%v, %d %%: %v, want %v", tc.now, tc.give, got, tc.want)
		}
	}
}

// TestShareOutAddsUp tries every share of many splits.
func TestShareOutAddsUp(t *testing.T) {
	for a := 0; a <= 100; a += 7 {
		for give := 0; give <= 100; give++ {
			sum := 0
			for _, share := range shareOut(map[string]int{"a": a, "b": (100 - a) / 2, "c": 100 - a - (100-a)/2}, "new", give) {
				if share < 0 {
					t.Fatalf("a negative share: %d, %d", a, give)
				}
				sum += share
			}
			if sum != 100 {
				t.Fatalf("a %d, give %d: adds up to %d", a, give, sum)
			}
		}
	}
}
