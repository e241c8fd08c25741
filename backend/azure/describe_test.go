package azure

import (
	"errors"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

func TestDescribe(t *testing.T) {
	for id, version := range map[string]string{
		testWS + "/computes/a":      "2024-04-01",
		"/subscriptions/" + testSub: "2022-12-01",
		"/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerService/managedClusters/k": "2024-05-01",
	} {
		s := newScript(ok("GET", id+"?api-version="+version, `{"b": 1.0, "a": "\u001b[2J"}`))
		doc, err := clientOn(t, s).Describe(t.Context(), id)
		if err != nil || string(doc) != `{"b": 1.0, "a": "␛[2J"}` {
			t.Errorf("%s: %s, %v", id, doc, err)
		}
	}
}

// TestDescribeStaysAPath gives ids that try to be more than a path.
func TestDescribeStaysAPath(t *testing.T) {
	for _, id := range []string{testWS + "/computes/a?x=1#y", testWS + "/computes/..", testWS + "/computes/a%2Fb", testWS + "/computes/ü b"} {
		s := newScript(ok("GET", "/subscriptions/", `{}`))
		if _, err := clientOn(t, s).Describe(t.Context(), id); err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		u := s.requests[0].URL
		if u.Host != "management.azure.com" || u.RawQuery != "api-version=2024-04-01" || u.Fragment != "" || u.Path != id {
			t.Errorf("%s became %s", id, u)
		}
	}
}

func TestDescribeRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		id     string
		answer *exchange
		says   string
	}{
		"not an id": {"https://evil.example/x", ok("GET", "", `{}`), "resource id"},
		"no such":   {testWS, missing("GET", testWS), "ResourceNotFound"},
		"cut":       {testWS, ok("GET", testWS, `{"a":`), "broke off"},
		"html":      {testWS, ok("GET", testWS, html), "web page"},
	} {
		_, err := clientOn(t, newScript(tc.answer)).Describe(t.Context(), tc.id)
		var r *model.Refusal
		if !errors.As(err, &r) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLogs(t *testing.T) {
	e := ok("POST", "/onlineEndpoints/score/deployments/blue/getLogs?", `{"content":"one\n\u001b[31mtwo\u001b[0m\u001b[2J\n"}`)
	text, err := clientOn(t, newScript(e)).Logs(t.Context(), onlineID+"/deployments/blue", 100)
	if err != nil || text != "one\ntwo␛[2J\n" {
		t.Errorf("%q, %v", text, err)
	}
	sameJSON(t, e.sentBody, `{"containerType":"InferenceServer","tail":100}`)
	_, err = clientOn(t, newScript()).Logs(t.Context(), testWS+"/batchEndpoints/n/deployments/v1", 100)
	var r *model.Refusal
	if !errors.As(err, &r) || r.Next == "" {
		t.Errorf("batch: %v", err)
	}
}
