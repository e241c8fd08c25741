package arm

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// newDeployment is the smallest body of a managed deployment.
const newDeployment = `{"location":"eastus","sku":{"name":"default","capacity":1},"properties":{"endpointComputeType":"Managed",` +
	`"instanceType":"Standard_F4s_v2","model":"azureml:defect-yolo:13","environmentId":"azureml:yolo-serving:7"}}`

// TestOperationsAreAnnouncedAsTheServiceDoes is the table of recorded LRO
// headers: which status, whether there is a body, and where to poll.
func TestOperationsAreAnnouncedAsTheServiceDoes(t *testing.T) {
	const cluster = `{"properties":{"computeType":"AmlCompute","properties":{"vmSize":"Standard_DS3_v2","scaleSettings":{"maxNodeCount":2}}}}`
	const instance = `{"properties":{"computeType":"ComputeInstance","properties":{"vmSize":"Standard_DS3_v2"}}}`
	endpoint, online := `{"properties":{"authMode":"Key"}}`, visionPath+"/onlineEndpoints"
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		async, location    string // what the header's URL has in it; "": no header
		state              string // properties.provisioningState of the body; "": no body
	}{
		"stop":              {"POST", visionPath + "/computes/ana-gpu/stop", "", 202, computeOperations, "", ""},
		"start":             {"POST", visionPath + "/computes/ana-old/start", "", 202, computeOperations, "", ""},
		"restart":           {"POST", visionPath + "/computes/ana-gpu/restart", "", 202, computeOperations, "", ""},
		"put cluster":       {"PUT", visionPath + "/computes/fresh", cluster, 201, computeOperations, "", "Creating"},
		"put instance":      {"PUT", visionPath + "/computes/fresh", instance, 201, computeOperations, "", "Creating"},
		"patch cluster":     {"PATCH", visionPath + "/computes/cold", `{"properties":{"properties":{"scaleSettings":{"maxNodeCount":2}}}}`, 202, computeOperations, "", "Updating"},
		"delete compute":    {"DELETE", visionPath + "/computes/cold?api-version=2024-04-01&underlyingResourceAction=Delete", "", 202, computeOperations, "", ""},
		"put endpoint":      {"PUT", online + "/fresh", endpoint, 201, mfeOperations, "/onlineEndpoints/fresh", "Creating"},
		"patch endpoint":    {"PATCH", online + "/defects", `{"tags":{"a":"b"}}`, 202, "", mfeResults, ""},
		"delete endpoint":   {"DELETE", online + "/defects", "", 202, mfeOperations, mfeResults, ""},
		"put deployment":    {"PUT", online + "/defects/deployments/fresh", newDeployment, 201, mfeOperations, "/deployments/fresh", "Creating"},
		"patch deployment":  {"PATCH", online + "/defects/deployments/blue", `{"sku":{"capacity":3}}`, 202, "", mfeResults, ""},
		"delete deployment": {"DELETE", online + "/defects/deployments/green", "", 202, mfeOperations, mfeResults, ""},
		"put batch":         {"PUT", visionPath + "/batchEndpoints/fresh", endpoint, 201, mfeOperations, "/batchEndpoints/fresh", "Creating"},
		"cancel":            {"POST", "JOB/cancel", "", 200, "", "", ""},
		"idle":              {"POST", visionPath + "/computes/ana-gpu/updateIdleShutdownSetting?api-version=2021-07-01", `{"idleTimeBeforeShutdown":"PT45M"}`, 200, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := newTown(t, Options{})
			path := strings.Replace(tt.path, "JOB", firstJob(t, v), 1)
			resp, body := v.send(tt.method, path, tt.body)
			if resp.StatusCode != tt.status {
				t.Fatalf("%s, want %d: %s", resp.Status, tt.status, body)
			}
			checkHeader(t, resp, "Azure-AsyncOperation", tt.async)
			checkHeader(t, resp, "Location", tt.location)
			if tt.state == "" {
				if body != "" || resp.Header.Get("Content-Type") != "" {
					t.Errorf("a body: %s", body)
				}
			} else if got := dig(decode(t, body), "properties.provisioningState"); got != tt.state {
				t.Errorf("provisioningState %v, want %s", got, tt.state)
			}
		})
	}
}

func checkHeader(t *testing.T, resp *http.Response, name, has string) {
	t.Helper()
	got := resp.Header.Get(name)
	if (has == "") != (got == "") || !strings.Contains(got, has) {
		t.Errorf("%s: %q, want %q in it", name, got, has)
	}
	if got == "" {
		return
	}
	u, err := url.Parse(got)
	if err != nil || !u.IsAbs() || u.Query().Get("api-version") == "" {
		t.Errorf("%s: %q is no absolute URL with an api-version", name, got)
	}
	if signed := u.Query().Has("h"); signed == strings.HasPrefix(has, "/") {
		t.Errorf("%s: signed is %v", name, signed)
	}
}

func TestPollingAComputeOperation(t *testing.T) {
	v := newTown(t, Options{})
	resp, _ := v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
	poll := resp.Header.Get("Azure-AsyncOperation")
	if n := len(poll); n < 2500 {
		t.Errorf("the URL has %d characters, the service's about 3,100", n)
	}
	if _, body := v.send("GET", poll, ""); body != `{"status":"InProgress"}` {
		t.Errorf("running: %s", body)
	}
	if state := dig(v.get(visionPath+"/computes/ana-gpu"), "properties.properties.state"); state != "Stopping" {
		t.Errorf("state %v meanwhile", state)
	}
	v.pass(10 * time.Minute)
	if _, body := v.send("GET", poll, ""); body != `{"status":"Succeeded","percentComplete":100.0}` {
		t.Errorf("done: %s", body)
	}
	doc := v.get(visionPath + "/computes/ana-gpu")
	if state := dig(doc, "properties.properties.state"); state != "Stopped" {
		t.Errorf("state %v at the end", state)
	}
	if trigger := dig(doc, "properties.properties.lastOperation.operationTrigger"); trigger != "User" {
		t.Errorf("trigger %v", trigger)
	}
}

// Starting what is not stopped is accepted and fails within the operation.
func TestAnOperationFailsInsideA200(t *testing.T) {
	v := newTown(t, Options{})
	resp, _ := v.send("POST", visionPath+"/computes/ana-gpu/start", "")
	v.pass(time.Minute)
	resp, body := v.send("GET", resp.Header.Get("Azure-AsyncOperation"), "")
	doc := decode(t, body)
	if resp.StatusCode != 200 || dig(doc, "status") != "Failed" || dig(doc, "error.code") != "StartComputeInstanceOnlyAllowedInStoppedState" {
		t.Errorf("%s: %s", resp.Status, body)
	}
}

func TestPollingADeployment(t *testing.T) {
	v := newTown(t, Options{})
	resp, body := v.send("PUT", visionPath+"/onlineEndpoints/defects/deployments/fresh", newDeployment)
	poll, uri := resp.Header.Get("Azure-AsyncOperation"), dig(decode(t, body), "properties.properties.AzureAsyncOperationUri").(string)
	if !strings.HasPrefix(poll, uri+"&") {
		t.Errorf("the body's URL %s is not the header's without its signature", uri)
	}
	doc := v.get(uri)
	if dig(doc, "status") != "Updating" || dig(doc, "endTime") != "0001-01-01T00:00:00+00:00" {
		t.Errorf("running: %v", doc)
	}
	if id := dig(doc, "name").(string); !regexp.MustCompile(`^odidp:[0-9a-f-]{36}:[0-9a-f-]{36}$`).MatchString(id) {
		t.Errorf("operation id %s", id)
	}
	v.pass(time.Hour)
	if doc := v.get(uri); dig(doc, "status") != "Succeeded" && dig(doc, "error.code") == nil {
		t.Errorf("done: %v", doc)
	}
}

func TestPollingByLocation(t *testing.T) {
	v := newTown(t, Options{})
	resp, _ := v.send("PATCH", visionPath+"/onlineEndpoints/defects/deployments/blue", `{"sku":{"capacity":3}}`)
	location := resp.Header.Get("Location")
	if resp, body := v.send("GET", location, ""); resp.StatusCode != http.StatusAccepted || body != "" {
		t.Errorf("running: %s %s", resp.Status, body)
	}
	v.pass(time.Hour)
	if doc := v.get(location); dig(doc, "status") != "Succeeded" {
		t.Errorf("done: %v", doc)
	}
	if n := dig(v.get(visionPath+"/onlineEndpoints/defects/deployments/blue"), "sku.capacity"); n != json.Number("3") {
		t.Errorf("capacity %v", n)
	}
}

// A deployment that failed before anyone looked still says why, by the
// operation it names.
func TestAnOldFailureIsFoundByItsOperation(t *testing.T) {
	v := newTown(t, Options{})
	uri := dig(v.get(visionPath+"/onlineEndpoints/defects/deployments/green"), "properties.properties.AzureAsyncOperationUri").(string)
	if doc := v.get(uri); dig(doc, "status") != "Failed" || dig(doc, "error.code") != "ImageBuildFailure" {
		t.Errorf("%v", doc)
	}
}

func TestIdleShutdownIsReadBack(t *testing.T) {
	v := newTown(t, Options{})
	path := visionPath + "/computes/ana-gpu"
	for _, tt := range []struct{ set, read any }{{"PT45M", "PT45M"}, {"PT120M", "PT2H"}, {nil, nil}} {
		body := `{"idleTimeBeforeShutdown":null}`
		if tt.set != nil {
			body = `{"idleTimeBeforeShutdown":"` + tt.set.(string) + `"}`
		}
		if resp, text := v.send("POST", path+"/updateIdleShutdownSetting?api-version=2021-07-01", body); resp.StatusCode != 200 {
			t.Fatal(resp.Status, text)
		}
		if got := dig(v.get(path), "properties.properties.idleTimeBeforeShutdown"); got != tt.read {
			t.Errorf("set %v, read %v, want %v", tt.set, got, tt.read)
		}
	}
}

// The URL of an operation is as long as the service's: some three thousand
// characters, which not every client has room for.
func TestOperationsAreSignedAtLength(t *testing.T) {
	v := newTown(t, Options{})
	resp, _ := v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
	u, err := url.Parse(resp.Header.Get("Azure-AsyncOperation"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"t", "c", "s", "h"} {
		if u.Query().Get(part) == "" {
			t.Errorf("no %s in %s", part, u.RawQuery)
		}
	}
	if n := len(u.RawQuery); n < 3000 || n > 3300 {
		t.Errorf("%d characters", n)
	}
}
