package azure

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// polls asks until it is over, and gives back every progress.
func polls(t *testing.T, p backend.Pending) ([]string, error) {
	t.Helper()
	var all []string
	for range 20 {
		done, progress, err := p.Poll(t.Context())
		all = append(all, progress)
		if done {
			return all, err
		}
	}
	t.Fatalf("not over after 20 polls: %q", all)
	return nil, nil
}

func accepted(method, path string) *exchange {
	return &exchange{method: method, path: path, status: 202, header: map[string]string{"Azure-AsyncOperation": testOps}}
}

func TestComputeCommands(t *testing.T) {
	scale := &model.Scale{Min: 1, Max: 4, IdleBeforeScaleDown: 120 * time.Second}
	for verb, e := range map[model.Verb]*exchange{
		model.VerbStart:   accepted("POST", "/computes/a/start?"),
		model.VerbStop:    accepted("POST", "/computes/a/stop?"),
		model.VerbRestart: accepted("POST", "/computes/a/restart?"),
		model.VerbDelete:  accepted("DELETE", "underlyingResourceAction=Delete"),
		model.VerbScale:   accepted("PATCH", "/computes/a?"),
	} {
		s := newScript(e, ok("GET", "/op1?", `{"status":"InProgress","percentComplete":40.0}`), ok("GET", "/op1?", `{"status":"succeeded","percentComplete":100.0}`))
		cmd := commandOn(verb, testWS+"/computes/a")
		cmd.Scale = scale
		p, err := clientOn(t, s).Begin(t.Context(), cmd)
		if err != nil {
			t.Fatalf("%s: %v", verb, err)
		}
		if p.Token() != testOps {
			t.Errorf("%s: token %q", verb, p.Token())
		}
		progress, err := polls(t, p)
		if err != nil || strings.Join(progress, ",") != "InProgress 40 %," || len(s.unused()) > 0 {
			t.Errorf("%s: %q, %v, unused %v", verb, progress, err, s.unused())
		}
		if p.Token() != "" {
			t.Errorf("%s: token %q after the end", verb, p.Token())
		}
		const want = `{"properties":{"properties":{"scaleSettings":{"maxNodeCount":4,"minNodeCount":1,"nodeIdleTimeBeforeScaleDown":"PT2M"}}}}`
		if verb == model.VerbScale && e.sentBody != want {
			t.Errorf("sent %s", e.sentBody)
		}
	}
}

// TestAcceptedWithoutURL takes a 202 that names nothing to ask: the resource
// itself is asked.
func TestAcceptedWithoutURL(t *testing.T) {
	s := newScript(
		&exchange{method: "POST", path: "/stop", status: 202},
		ok("GET", "/computes/a?", `{"properties":{"provisioningState":"Updating"}}`),
		ok("GET", "/computes/a?", `{"properties":{"provisioningState":"Succeeded","properties":{"state":"Stopping"}}}`),
		ok("GET", "/computes/a?", `{"properties":{"provisioningState":"Succeeded","properties":{"state":"Stopped"}}}`),
	)
	p, err := clientOn(t, s).Begin(t.Context(), commandOn(model.VerbStop, testWS+"/computes/a"))
	if err != nil || p.Token() != "" {
		t.Fatalf("%v, %v", p, err)
	}
	if progress, err := polls(t, p); err != nil || strings.Join(progress, ",") != "Updating,Stopping," {
		t.Errorf("%q, %v", progress, err)
	}
}

// TestFailedWithinOK lets operations end badly inside an HTTP 200.
func TestFailedWithinOK(t *testing.T) {
	for name, tc := range map[string]struct {
		body, code string
		class      error
		next       string
	}{
		"started already": {`{"status":"Failed","error":{"code":"StartComputeInstanceOnlyAllowedInStoppedState","message":"only allowed when the instance a is in 'stopped' state"}}`, "StartComputeInstanceOnlyAllowedInStoppedState", model.ErrConflict, "running already"},
		"quota":           {`{"status":"Failed","error":{"code":"OutOfQuota","message":"Not enough quota"}}`, "OutOfQuota", nil, "more quota"},
		"cancelled":       {`{"status":"Canceled","error":{"code":"OperationCanceled","message":"by user"}}`, "OperationCanceled", nil, ""},
		"details":         {`{"status":"Failed","error":{"code":"","message":"","details":[{"code":"StopFailed","message":"no"}]}}`, "StopFailed", nil, ""},
		"no reason":       {`{"status":"Failed"}`, "", nil, ""},
	} {
		p, err := clientOn(t, newScript(accepted("POST", "/start"), ok("GET", "/op1?", tc.body))).Begin(t.Context(), commandOn(model.VerbStart, testWS+"/computes/a"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = polls(t, p)
		var r *model.Refusal
		if !errors.As(err, &r) || r.Code != tc.code || r.Class != tc.class || r.Status != 0 || !strings.Contains(r.Next, tc.next) || r.Message == "" || strings.Contains(err.Error(), "200") {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// TestAskingFails keeps an operation alive while asking about it fails.
func TestAskingFails(t *testing.T) {
	s := newScript(
		accepted("POST", "/stop"),
		&exchange{method: "GET", path: "/op1?", status: 429, header: map[string]string{"Retry-After": "3"}},
		&exchange{method: "GET", path: "/op1?", status: 500, body: `{"error":{"code":"InternalServerError"}}`},
		ok("GET", "/op1?", html),
		ok("GET", "/op1?", `{}`),
		&exchange{method: "GET", path: "/op1?", status: 404, body: `{"error":{"code":"NotFound"}}`},
		ok("GET", "/computes/a?", `{"properties":{"provisioningState":"Succeeded"}}`),
	)
	p, err := clientOn(t, s).Begin(t.Context(), commandOn(model.VerbStop, testWS+"/computes/a"))
	if err != nil {
		t.Fatal(err)
	}
	for i, failing := range []bool{true, true, true, true, false} {
		done, _, err := p.Poll(t.Context())
		if done || (err != nil) != failing {
			t.Errorf("poll %d: done %v, %v", i, done, err)
		}
	}
	if done, _, err := p.Poll(t.Context()); !done || err != nil {
		t.Errorf("in the end: done %v, %v", done, err)
	}
}

// TestLocationOnly polls a URL that answers 202 until it is over, or with a
// status document.
func TestLocationOnly(t *testing.T) {
	for name, last := range map[string]*exchange{
		"204":    {method: "GET", path: "/op1?", status: 204},
		"200":    {method: "GET", path: "/op1?", status: 200, body: ``},
		"status": ok("GET", "/op1?", `{"id":"x","status":"Succeeded","endTime":"2026-11-23T09:00:00+00:00"}`),
	} {
		s := newScript(
			&exchange{method: "DELETE", path: "/deployments/d?", status: 202, header: map[string]string{"Location": testOps}},
			&exchange{method: "GET", path: "/op1?", status: 202},
			ok("GET", "/op1?", `{"id":"x","status":"Updating","endTime":"0001-01-01T00:00:00+00:00"}`),
			last,
		)
		p, err := clientOn(t, s).Begin(t.Context(), commandOn(model.VerbUndeploy, testWS+"/batchEndpoints/e/deployments/d"))
		if err != nil {
			t.Fatal(err)
		}
		if progress, err := polls(t, p); err != nil || len(progress) != 3 {
			t.Errorf("%s: %q, %v", name, progress, err)
		}
	}
	s := newScript(&exchange{method: "DELETE", path: "/deployments/d?", status: 202, header: map[string]string{"Location": testOps}}, ok("GET", "/op1?", html))
	p, err := clientOn(t, s).Begin(t.Context(), commandOn(model.VerbUndeploy, testWS+"/batchEndpoints/e/deployments/d"))
	if err != nil {
		t.Fatal(err)
	}
	if done, _, err := p.Poll(t.Context()); done || err == nil {
		t.Errorf("a web page counts as the end: %v, %v", done, err)
	}
}

func TestCancelJob(t *testing.T) {
	s := newScript(&exchange{method: "POST", path: "/jobs/j/cancel?", status: 200})
	p, err := clientOn(t, s).Begin(t.Context(), commandOn(model.VerbCancelJob, testWS+"/jobs/j"))
	if err != nil {
		t.Fatal(err)
	}
	if progress, err := polls(t, p); err != nil || len(progress) != 1 {
		t.Errorf("%q, %v", progress, err)
	}
}

func TestCommandsRefusedHere(t *testing.T) {
	compute := testWS + "/computes/a"
	for name, cmd := range map[string]model.Command{
		"no such verb":     {Verb: "paint", ARMID: compute},
		"no id":            {Verb: model.VerbStop, ARMID: "a"},
		"not a compute":    {Verb: model.VerbStop, ARMID: testWS},
		"scale, how":       {Verb: model.VerbScale, ARMID: compute},
		"scale, backwards": {Verb: model.VerbScale, ARMID: compute, Scale: &model.Scale{Min: 3, Max: 1}},
		"deploy, what":     {Verb: model.VerbDeploy, ARMID: testWS + "/onlineEndpoints/e/deployments/d"},
		"deploy, nonsense": {Verb: model.VerbDeploy, ARMID: testWS + "/onlineEndpoints/e/deployments/d", Deploy: &model.DeploymentSpec{}},
		"traffic, whose":   {Verb: model.VerbTraffic, ARMID: testWS + "/onlineEndpoints/e"},
		"traffic, 90":      {Verb: model.VerbTraffic, ARMID: testWS + "/onlineEndpoints/e", Traffic: map[string]int{"a": 90}},
		"traffic, -1":      {Verb: model.VerbTraffic, ARMID: testWS + "/onlineEndpoints/e", Traffic: map[string]int{"a": 101, "b": -1}},
		"batch, none":      {Verb: model.VerbTraffic, ARMID: testWS + "/batchEndpoints/e", Traffic: map[string]int{"a": 0}},
	} {
		s := newScript()
		_, err := clientOn(t, s).Begin(t.Context(), cmd)
		var r *model.Refusal
		if !errors.As(err, &r) || r.Message == "" || len(s.requests) > 0 {
			t.Errorf("%s: %v, %d requests", name, err, len(s.requests))
		}
	}
}

func TestTrafficCommand(t *testing.T) {
	const before = `{"id":"x","name":"e","location":"eastus","tags":{"a":"b"},"identity":{"type":"SystemAssigned"},"systemData":{},"kind":"Managed",` +
		`"properties":{"authMode":"Key","futureSetting":{"x":1},"mirrorTraffic":{"green":5},"traffic":{"blue":100},"provisioningState":"Succeeded","scoringUri":"https://x"}}`
	put := &exchange{method: "PUT", path: "/onlineEndpoints/e?", status: 201, header: map[string]string{"Azure-AsyncOperation": testOps, "Location": "https://elsewhere.example"}, body: `{"properties":{"provisioningState":"Updating"}}`}
	s := newScript(ok("GET", "/onlineEndpoints/e?", before), put, ok("GET", "/op1?", `{"status":"Succeeded","percentComplete":0.0}`))
	cmd := commandOn(model.VerbTraffic, testWS+"/onlineEndpoints/e")
	cmd.Traffic = map[string]int{"blue": 80, "green": 20}
	p, err := clientOn(t, s).Begin(t.Context(), cmd)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := polls(t, p); err != nil {
		t.Error(err)
	}
	const want = `{"identity":{"type":"SystemAssigned"},"kind":"Managed","location":"eastus","properties":{"authMode":"Key","futureSetting":{"x":1},"mirrorTraffic":{"green":5},"traffic":{"blue":80,"green":20}},"tags":{"a":"b"}}`
	if put.sentBody != want {
		t.Errorf("sent %s\nwant %s", put.sentBody, want)
	}
}

func TestBatchDefault(t *testing.T) {
	put := &exchange{method: "PUT", path: "/batchEndpoints/e?", status: 200, body: `{"properties":{"provisioningState":"Succeeded"}}`}
	s := newScript(ok("GET", "/batchEndpoints/e?", `{"location":"eastus","properties":{"authMode":"AADToken","defaults":{"deploymentName":"v1"}}}`), put)
	cmd := commandOn(model.VerbTraffic, testWS+"/batchEndpoints/e")
	cmd.Traffic = map[string]int{"v1": 0, "v2": 100}
	p, err := clientOn(t, s).Begin(t.Context(), cmd)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := polls(t, p); err != nil {
		t.Error(err)
	}
	if !json.Valid([]byte(put.sentBody)) || !strings.Contains(put.sentBody, `"defaults":{"deploymentName":"v2"}`) {
		t.Errorf("sent %s", put.sentBody)
	}
}
