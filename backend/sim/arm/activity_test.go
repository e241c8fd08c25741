package arm

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// log asks for the activity log since the start of the town, or longer ago.
func (v *town) log(filter, rest string) map[string]any {
	v.t.Helper()
	if filter == "" {
		filter = "eventTimestamp ge '2026-11-23T13:59:00Z'"
	}
	return v.get(townSub + "/providers/microsoft.insights/eventtypes/management/values?api-version=2015-04-01&$filter=" + url.QueryEscape(filter) + rest)
}

// told are the events of a log as "verb status code" words.
func told(doc map[string]any) string {
	var list []string
	for _, e := range doc["value"].([]any) {
		action := dig(e, "operationName.value").(string)
		list = append(list, strings.TrimPrefix(action, "Microsoft.MachineLearningServices/workspaces/")+" "+dig(e, "status.value").(string))
	}
	return strings.Join(list, ", ")
}

func TestTheLogTellsWhoDidWhat(t *testing.T) {
	v := newTown(t, Options{})
	resp, _ := v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
	if got := told(v.log("", "")); got != "computes/stop/action Accepted, computes/stop/action Started" {
		t.Error(got)
	}
	v.pass(10 * time.Minute)
	doc := v.log("eventTimestamp ge '2026-11-23T14:00:00Z' and eventTimestamp le '2026-11-23T15:00:00Z' and resourceUri eq '"+strings.ToUpper(visionPath+"/computes/ana-gpu")+"'", "")
	if got := told(doc); !strings.HasPrefix(got, "computes/stop/action Succeeded, ") {
		t.Error(got)
	}
	e := doc["value"].([]any)[0]
	for path, want := range map[string]any{
		"caller": "you@amltop.example", "resourceGroupName": "rg-vision", "subStatus.value": "OK", "level": "Informational",
		"correlationId": resp.Header.Get("x-ms-correlation-request-id"), "httpRequest.method": "POST",
		"resourceType.value":   "Microsoft.MachineLearningServices/workspaces/computes",
		"authorization.action": "Microsoft.MachineLearningServices/workspaces/computes/stop/action",
		"tenantId":             "5f6d0f2c-8a0e-4e6b-9f0a-3b7c1d2e4f60",
	} {
		if got := dig(e, path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

func TestTheLogTellsOfRefusals(t *testing.T) {
	v := newTown(t, Options{})
	v.send("POST", visionPath+"/computes/ana-full/stop", "")
	v.send("GET", visionPath+"/computes/ana-full", "")
	v.ask("resources", "")
	doc := v.log("", "")
	if got := told(doc); got != "computes/stop/action Failed, computes/stop/action Started" {
		t.Fatal(got)
	}
	failed := doc["value"].([]any)[0]
	if message := dig(failed, "properties.statusMessage").(string); !strings.Contains(message, "disk is full") || dig(failed, "subStatus.value") != "BadRequest" {
		t.Errorf("%v", failed)
	}
}

// What people did before the world began is in the log as well.
func TestTheLogReachesBack(t *testing.T) {
	v := newTown(t, Options{})
	doc := v.log("eventTimestamp ge '2026-09-01T00:00:00Z' and resourceUri eq '"+visionPath+"/computes/ana-gpu'", "&$select=caller,operationName,status,eventTimestamp")
	first := doc["value"].([]any)[0].(map[string]any)
	if len(first) != 4 || first["caller"] != "ana@amltop.example" || dig(first, "status.value") != "Succeeded" || dig(first, "operationName.value") != "Microsoft.MachineLearningServices/workspaces/computes/start/action" {
		t.Error(first)
	}
	if at := first["eventTimestamp"]; at != "2026-11-20T14:01:35.0000000Z" {
		t.Error(at)
	}
}

func TestTheLogPages(t *testing.T) {
	v := newTown(t, Options{PageSize: 3})
	for range 4 {
		v.send("POST", visionPath+"/computes/ana-full/stop", "")
	}
	doc, seen, pages := v.log("", ""), map[string]bool{}, 0
	for {
		for _, e := range doc["value"].([]any) {
			seen[dig(e, "eventDataId").(string)] = true
		}
		pages++
		next, more := doc["nextLink"].(string)
		if !more {
			break
		}
		doc = v.get(next)
	}
	if len(seen) != 8 || pages != 3 {
		t.Errorf("%d events on %d pages", len(seen), pages)
	}
}

func TestTheLogRefusesOtherQuestions(t *testing.T) {
	v := newTown(t, Options{})
	for filter, says := range map[string]string{
		"resourceGroupName eq 'x'":                            "start time",
		"eventTimestamp ge 'soon'":                            "is not a time",
		"eventTimestamp ge '2026-01-01'":                      "90 days",
		"eventTimestamp ge '2026-11-23' and weather eq 'wet'": "'weather' is not supported",
		"eventTimestamp":                                      "not valid",
	} {
		resp, body := v.send("GET", fmt.Sprintf("%s/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=%s", townSub, url.QueryEscape(filter)), "")
		if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, says) {
			t.Errorf("%s: %s %s", filter, resp.Status, body)
		}
	}
}
