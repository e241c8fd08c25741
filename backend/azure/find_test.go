package azure

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// graphAnswer is an answer of Resource Graph; token leads to the next page.
func graphAnswer(token string, rows ...string) string {
	next := ""
	if token != "" {
		next = `,"$skipToken":"` + token + `"`
	}
	return fmt.Sprintf(`{"totalRecords":%d,"count":%d,"data":[%s],"facets":[],"resultTruncated":"false"%s}`, len(rows), len(rows), strings.Join(rows, ","), next)
}

// found is a row of the graph below the test workspace.
func found(path, kind, rest string) string {
	return `{"id":"` + testWS + path + `","name":"` + model.BaseName(path) + `","type":"microsoft.machinelearningservices/workspaces` + kind +
		`","kind":"","location":"eastus","subscriptionId":"` + testSub + `","tags":null` + rest + `}`
}

const (
	foundOnline = `,"sku":null,"properties":{"provisioningState":"Succeeded","traffic":{"blue":100}}`
	foundBlue   = `,"sku":{"name":"Default","capacity":3},"properties":{"provisioningState":"Succeeded","instanceType":"Standard_DS3_v2","endpointComputeType":"Managed"}`
)

func TestFindWorkspaces(t *testing.T) {
	first := &exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("t1",
		found("", "", `,"kind":"Project","properties":{"friendlyName":"a\u001b[31m","hubResourceId":"/x/workspaces/the-hub"}`))}
	second := &exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("",
		strings.ReplaceAll(found("", "", `,"kind":"Default"`), "vision", "nlp"))}
	s := newScript(first, second)
	c := clientOn(t, s)
	all, version, err := c.FindWorkspaces(t.Context(), []model.SubscriptionID{testSub}, 0)
	if err != nil || len(all) != 2 || version == 0 {
		t.Fatalf("%d workspaces, version %d, %v", len(all), version, err)
	}
	if ws := all[0]; ws.Name != "vision" || ws.Kind != "Project" || ws.Hub != "the-hub" || ws.ResourceGroup != "rg" ||
		ws.Subscription != testSub || strings.ContainsRune(ws.FriendlyName, 0x1b) {
		t.Errorf("got %+v", ws)
	}
	var q graphQuery
	if err := json.Unmarshal([]byte(second.sentBody), &q); err != nil {
		t.Fatal(err)
	}
	if q.Options.SkipToken != "t1" || len(q.Subscriptions) != 1 || q.Options.Top != 1000 || !strings.Contains(q.Query, "order by id asc") {
		t.Errorf("the second page was asked for with %s", second.sentBody)
	}
}

func TestFindEndpoints(t *testing.T) {
	s := newScript(&exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("",
		found("/batchEndpoints/b", "/batchendpoints", `,"properties":{"provisioningState":"Succeeded","defaults":{"deploymentName":"d"}}`),
		found("/onlineEndpoints/e", "/onlineendpoints", foundOnline),
		found("/onlineEndpoints/e/deployments/blue", "/onlineendpoints/deployments", foundBlue),
		found("/onlineEndpoints/gone/deployments/x", "/onlineendpoints/deployments", foundBlue),
		`{"type":"microsoft.machinelearningservices/workspaces/batchendpoints"}`, `{"type":7}`,
	)})
	c := clientOn(t, s)
	all, err := c.FindEndpoints(t.Context(), []model.SubscriptionID{testSub}, 0)
	if err != nil || len(all.Endpoints) != 2 || len(all.Deployments) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	if e := all.Endpoints[0]; e.Kind != model.BatchEndpoint || e.Workspace != model.WorkspaceID(model.Fold(testWS)) || e.Default != "d" {
		t.Errorf("endpoint %+v", e)
	}
	if d := all.Deployments[0]; d.EndpointName != "e" || d.Instances != 3 || d.Traffic != 100 || d.VMSize != "Standard_DS3_v2" {
		t.Errorf("deployment %+v", d)
	}
	again, err := c.FindEndpoints(t.Context(), []model.SubscriptionID{testSub}, all.Version)
	if err != nil || again.Version != all.Version || len(again.Endpoints) != 0 {
		t.Errorf("asked again: %+v, %v", again, err)
	}
}

func TestTheGraphIsNotAskedForNothing(t *testing.T) {
	s := newScript()
	if all, _, err := clientOn(t, s).FindWorkspaces(t.Context(), nil, 0); err != nil || len(all) != 0 || len(s.requests) != 0 {
		t.Errorf("%v, %v, %d requests", all, err, len(s.requests))
	}
}

func TestManySubscriptionsAreAskedInTurns(t *testing.T) {
	s := newScript(&exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("")})
	subs := make([]model.SubscriptionID, 2*graphScope+1)
	for i := range subs {
		subs[i] = model.SubscriptionID(fmt.Sprint(i))
	}
	if _, _, err := clientOn(t, s).FindWorkspaces(t.Context(), subs, 0); err != nil || len(s.requests) != 3 {
		t.Errorf("%d requests, %v", len(s.requests), err)
	}
}

func TestTheGraphRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		answer *exchange
		class  error
	}{
		"denied":    {&exchange{method: "POST", path: graphPath, status: 403, body: `{"error":{"code":"AuthorizationFailed","message":"no"}}`}, model.ErrDenied},
		"throttled": {&exchange{method: "POST", path: graphPath, status: 429, body: `{"error":{"code":"RateLimiting","message":"no"}}`}, model.ErrThrottled},
		"not there": {&exchange{method: "POST", path: graphPath, status: 404, body: `{"error":{"code":"InvalidResourceNamespace","message":"no"}}`}, model.ErrNotFound},
		"a proxy":   {&exchange{method: "POST", path: graphPath, status: 404, body: `<html>`}, model.ErrUnreachable},
		"a loop":    {&exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("t1", found("", "", ""))}, nil},
		"no table":  {&exchange{method: "POST", path: graphPath, status: 200, body: `{"count":0}`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := clientOn(t, newScript(tt.answer)).FindWorkspaces(t.Context(), []model.SubscriptionID{testSub}, 0)
			if no, ok := errors.AsType[*model.Refusal](err); !ok || tt.class != nil && !errors.Is(err, tt.class) {
				t.Errorf("%v (%+v)", err, no)
			}
		})
	}
}

// Pages leave half of the graph's quota to others.
func TestTheGraphsQuotaIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		low := map[string]string{headerGraph: "7", headerGraphReset: "00:00:04"}
		s := newScript(
			&exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("t1", found("", "", "")), header: low},
			&exchange{method: "POST", path: graphPath, status: 200, body: graphAnswer("", found("", "", "")), header: low},
		)
		start := time.Now()
		if _, _, err := clientOn(t, s).FindWorkspaces(t.Context(), []model.SubscriptionID{testSub}, 0); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("it took %v, want the four seconds after the first page", took)
		}
	})
}

func TestResetsAfter(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"00:00:05": 5 * time.Second, "01:02:03": time.Hour + 2*time.Minute + 3*time.Second, "": time.Second, "soon": time.Second, "00:-1:00": time.Second,
	} {
		if got := resetsAfter(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Every list is compared with the one held.
func TestEveryListMayBeUnchanged(t *testing.T) {
	s := newScript(
		ok("GET", "/onlineEndpoints/e/deployments", `{"value":[{"id":"`+testWS+`/onlineEndpoints/e/deployments/blue","name":"blue"}]}`),
		ok("GET", "/onlineEndpoints?", `{"value":[{"id":"`+testWS+`/onlineEndpoints/e","name":"e"}]}`),
		ok("GET", "/batchEndpoints?", `{"value":[]}`),
		ok("GET", "/jobs?", `{"value":[{"id":"`+testWS+`/jobs/j","name":"j"}]}`),
		ok("GET", "/workspaces?", `{"value":[{"id":"`+testWS+`","name":"vision"}]}`),
		ok("GET", "/vmSizes?", `{"value":[{"name":"Standard_DS3_v2"}]}`),
		ok("GET", "/usages?", `{"value":[{"id":"x","name":{"value":"Total"},"limit":3}]}`),
	)
	c, ctx, ws := clientOn(t, s), t.Context(), testWorkspace()
	for name, ask := range map[string]func(held backend.Version) (int, backend.Version, error){
		"workspaces": func(held backend.Version) (int, backend.Version, error) {
			rows, v, err := c.Workspaces(ctx, testSub, held)
			return len(rows), v, err
		},
		"jobs": func(held backend.Version) (int, backend.Version, error) {
			rows, v, err := c.Jobs(ctx, ws, held)
			return len(rows), v, err
		},
		"sizes": func(held backend.Version) (int, backend.Version, error) {
			rows, v, err := c.Sizes(ctx, testSub, "eastus", held)
			return len(rows), v, err
		},
		"quotas": func(held backend.Version) (int, backend.Version, error) {
			rows, v, err := c.Quotas(ctx, testSub, "eastus", held)
			return len(rows), v, err
		},
		"endpoints": func(held backend.Version) (int, backend.Version, error) {
			all, err := c.Endpoints(ctx, ws, held)
			return min(len(all.Endpoints), len(all.Deployments)), all.Version, err
		},
	} {
		n, version, err := ask(0)
		if n != 1 || version == 0 || err != nil {
			t.Errorf("%s: %d rows, version %d, %v", name, n, version, err)
		}
		if n, again, err := ask(version); n != 0 || again != version || err != nil {
			t.Errorf("%s unchanged: %d rows, version %d after %d, %v", name, n, again, version, err)
		}
		if n, again, err := ask(version + 1); n != 1 || again != version || err != nil {
			t.Errorf("%s, another held: %d rows, version %d, %v", name, n, again, err)
		}
	}
}

// One deployment that changed makes all of a workspace's endpoints be read,
// those put aside included.
func TestOneDeploymentChanged(t *testing.T) {
	deployments := func(state string) string {
		return `{"value":[{"id":"` + testWS + `/onlineEndpoints/e/deployments/blue","name":"blue","properties":{"provisioningState":"` + state + `"}}]}`
	}
	s := newScript(
		ok("GET", "/onlineEndpoints/e/deployments", deployments("Updating")), ok("GET", "/onlineEndpoints/e/deployments", deployments("Succeeded")),
		ok("GET", "/onlineEndpoints?", `{"value":[{"id":"`+testWS+`/onlineEndpoints/e","name":"e"}]}`),
		ok("GET", "/batchEndpoints?", `{"value":[{"id":"`+testWS+`/batchEndpoints/b","name":"b"}]}`),
		ok("GET", "/batchEndpoints/b/deployments", `{"value":[{"id":"`+testWS+`/batchEndpoints/b/deployments/d","name":"d"}]}`),
	)
	c := clientOn(t, s)
	held, err := c.Endpoints(t.Context(), testWorkspace(), 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Endpoints(t.Context(), testWorkspace(), held.Version)
	if err != nil || len(got.Endpoints) != 2 || len(got.Deployments) != 2 || got.Version == held.Version || got.Deployments[0].ProvisioningState != "Succeeded" {
		t.Errorf("%+v, %v", got, err)
	}
}
