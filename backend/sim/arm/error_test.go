package arm

import (
	"strings"
	"testing"
)

func TestRefusals(t *testing.T) {
	const version = "?api-version=2024-04-01"
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code, says         string
	}{
		"no version":           {"GET", visionPath + "/computes?x=y", "", 400, "MissingApiVersionParameter", "api-version"},
		"odd version":          {"GET", visionPath + "/computes?api-version=latest", "", 400, "InvalidApiVersionParameter", "latest"},
		"old version":          {"GET", visionPath + "/computes?api-version=2018-11-19", "", 400, "NoRegisteredProviderFound", "2018-11-19"},
		"no subscription":      {"GET", "/subscriptions/none" + version, "", 404, "SubscriptionNotFound", "'none'"},
		"no group":             {"GET", strings.Replace(visionPath, "rg-vision", "rg-none", 1), "", 404, "ResourceGroupNotFound", "'rg-none'"},
		"no workspace":         {"GET", strings.Replace(visionPath, "workspaces/vision", "workspaces/none", 1), "", 404, "ResourceNotFound", "Microsoft.MachineLearningServices/workspaces/none"},
		"no parent":            {"GET", strings.Replace(visionPath, "workspaces/vision", "workspaces/none", 1) + "/computes", "", 404, "ParentResourceNotFound", "Parent resource 'none' not found"},
		"no compute":           {"GET", visionPath + "/computes/none", "", 404, "ResourceNotFound", "workspaces/Vision/computes/none"},
		"no endpoint":          {"GET", visionPath + "/onlineEndpoints/none/deployments", "", 404, "ParentResourceNotFound", "none"},
		"no deployment":        {"GET", visionPath + "/onlineEndpoints/defects/deployments/none", "", 404, "ResourceNotFound", "deployments/none"},
		"no job":               {"GET", visionPath + "/jobs/none", "", 404, "ResourceNotFound", "jobs/none"},
		"no operation":         {"GET", eastus + "/computeOperationsStatus/none", "", 404, "NotFound", "none"},
		"no region":            {"GET", strings.Replace(eastus, "eastus", "atlantis", 1) + "/vmSizes", "", 400, "LocationNotAvailableForResourceType", "atlantis"},
		"no such metric":       {"GET", visionPath + "/providers/Microsoft.Insights/castles", "", 404, "InvalidResourceType", "in the namespace 'Microsoft.Insights'"},
		"unsupported verb":     {"PUT", visionPath + "/computes", "", 405, "MethodNotAllowed", "'PUT'"},
		"no path":              {"GET", "/", "", 404, "InvalidUri", "'/'"},
		"old type":             {"GET", visionPath + "/onlineEndpoints?api-version=2020-01-01", "", 400, "NoRegisteredProviderFound", "location 'eastus' and API version '2020-01-01' for type 'workspaces/onlineEndpoints'"},
		"no such type":         {"GET", visionPath + "/castles", "", 404, "InvalidResourceType", "workspaces/castles"},
		"no such provider":     {"GET", townSub + "/providers/Microsoft.Castles/castles", "", 404, "InvalidResourceNamespace", "Microsoft.Castles"},
		"no such path":         {"GET", "/castle", "", 404, "InvalidUri", "/castle"},
		"no such method":       {"PUT", visionPath + "/computes", "{}", 405, "MethodNotAllowed", "PUT"},
		"forbidden":            {"GET", secretPath + "/computes", "", 403, "AuthorizationFailed", "perform action 'Microsoft.MachineLearningServices/workspaces/computes/read' over scope '/subscriptions/8C1F2b1e"},
		"nodes of an instance": {"POST", visionPath + "/computes/ana-gpu/listNodes", "", 400, "UserError", "ComputeListNodes with computeType ComputeInstance is not supported."},
		"stop a cluster":       {"POST", visionPath + "/computes/cold/stop", "", 400, "UserError", "AmlCompute"},
		"patch an instance":    {"PATCH", visionPath + "/computes/ana-gpu", "{}", 400, "UserError", "ComputeInstance"},
		"full disk":            {"POST", visionPath + "/computes/ana-full/stop", "", 400, "BadRequest", "disk is full"},
		"short idle time":      {"POST", visionPath + "/computes/ana-gpu/updateIdleShutdownSetting", `{"idleTimeBeforeShutdown":"PT1M"}`, 400, "BadRequest", "15 minutes"},
		"odd idle time":        {"POST", visionPath + "/computes/ana-gpu/updateIdleShutdownSetting", `{"idleTimeBeforeShutdown":"soon"}`, 400, "UserError", "soon"},
		"delete what":          {"DELETE", visionPath + "/computes/cold", "", 400, "UserError", "underlyingResourceAction"},
		"no body":              {"PUT", visionPath + "/computes/fresh", "", 400, "InvalidRequestContent", "empty"},
		"no JSON":              {"PUT", visionPath + "/computes/fresh", "{", 400, "InvalidRequestContent", "deserialized"},
		"an array":             {"PUT", visionPath + "/computes/fresh", "[1]", 400, "InvalidRequestContent", "object is expected"},
		"null":                 {"PUT", visionPath + "/computes/fresh", "null", 400, "InvalidRequestContent", "object is expected"},
		"a number for a name":  {"PUT", visionPath + "/computes/fresh", `{"properties":{"properties":{"vmSize":5}}}`, 400, "InvalidRequestContent", "Error converting a value of type number. Path 'properties.properties.vmSize'."},
		"compute on Mars":      {"PUT", visionPath + "/computes/fresh", `{"location":"mars"}`, 400, "LocationNotAvailableForResourceType", "'mars' is not available for resource type 'Microsoft.MachineLearningServices/workspaces/computes'"},
		"endpoint on Mars":     {"PUT", visionPath + "/batchEndpoints/fresh", `{"location":"mars"}`, 400, "LocationNotAvailableForResourceType", "workspaces/batchEndpoints"},
		"deployment on Mars":   {"PUT", visionPath + "/onlineEndpoints/defects/deployments/red", `{"location":"mars"}`, 400, "LocationNotAvailableForResourceType", "workspaces/onlineEndpoints/deployments"},
		"no maximum":           {"PATCH", visionPath + "/computes/cold", `{"properties":{"properties":{"scaleSettings":{"minNodeCount":1}}}}`, 400, "UserError", "maxNodeCount"},
		"odd kind of compute":  {"PUT", visionPath + "/computes/fresh", `{"properties":{"computeType":"HDInsight","properties":{}}}`, 400, "UserError", "HDInsight"},
		"beyond quota":         {"PUT", visionPath + "/computes/fresh", `{"properties":{"computeType":"AmlCompute","properties":{"vmSize":"Standard_ND40rs_v2","scaleSettings":{"maxNodeCount":1}}}}`, 400, "ClusterMinNodesExceedCoreQuota", "vCPU quota"},
		"odd skip token":       {"GET", visionPath + "/computes" + version + "&$skip=!!", "", 400, "InvalidSkipToken", "$skip"},
		"odd view":             {"GET", visionPath + "/jobs" + version + "&listViewType=Some", "", 400, "UserError", "ActiveOnly"},
		"keys of nothing":      {"POST", visionPath + "/onlineEndpoints/none/listKeys", "", 404, "ResourceNotFound", "none"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newTown(t, Options{})
			resp, body := v.send(tt.method, tt.path, tt.body)
			doc := decode(t, body)
			if resp.StatusCode != tt.status || dig(doc, "error.code") != tt.code || !strings.Contains(dig(doc, "error.message").(string), tt.says) {
				t.Errorf("%s %s\nwant %d %s with %q", resp.Status, body, tt.status, tt.code, tt.says)
			}
			gateway := resp.Header.Get("x-ms-failure-cause") == "gateway"
			if limits := resp.Header.Get(limitHeader+"reads") != ""; gateway && limits {
				t.Error("an answer of the gateway has no rate-limit headers")
			}
			if details := dig(doc, "error.details") != nil; details == gateway {
				t.Error("details are the provider's, not the gateway's")
			}
		})
	}
}

// A second operation while one is in flight is a conflict with an ordinary body.
func TestConflict(t *testing.T) {
	v := newTown(t, Options{})
	stop := visionPath + "/computes/ana-gpu/stop"
	v.send("POST", stop, "")
	if resp, body := v.send("POST", stop, ""); resp.StatusCode != 409 || dig(decode(t, body), "error.code") != "Conflict" {
		t.Errorf("%s: %s", resp.Status, body)
	}
}

func TestAForbiddenWorkspaceIsListed(t *testing.T) {
	v := newTown(t, Options{})
	if got := dig(v.get(secretPath), "kind"); got != "Hub" {
		t.Errorf("kind %v", got)
	}
}

func TestForeignHostsAreTurnedAway(t *testing.T) {
	v := newTown(t, Options{AllowHosts: []string{"127.0.0.1", "localhost", "[::1]", "fixed:7070"}})
	for host, want := range map[string]int{
		"127.0.0.1:7070": 200, "localhost": 200, "LOCALHOST:1": 200, "[::1]:7070": 200, "fixed:7070": 200,
		"fixed:7071": 421, "evil.example": 421, "127.0.0.1.evil.example:7070": 421,
	} {
		resp, body := v.send("GET", "http://"+host+"/subscriptions?api-version=2022-12-01", "")
		if resp.StatusCode != want {
			t.Errorf("%s: %s %s", host, resp.Status, body)
		}
	}
}
