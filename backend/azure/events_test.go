package azure

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

const logOf = "/subscriptions/" + testSub + "/providers/Microsoft.Insights/eventtypes/management/values?"

func TestEvents(t *testing.T) {
	first := ok("GET", logOf, `{"value":[{"caller":"ana\u001b[2J@x.example","operationName":{"value":"Microsoft.MachineLearningServices/workspaces/computes/stop/action"},
		"status":{"value":"Failed"},"subStatus":{"value":"BadRequest","localizedValue":"Bad Request (HTTP Status Code: 400)"},"eventTimestamp":"2026-11-23T14:00:01.5Z","correlationId":"c",
		"properties":{"statusMessage":"{\"error\":{\"code\":\"BadRequest\",\"message\":\"disk\\u001bfull\"}}"}}],
		"nextLink":"https://management.azure.com`+logOf+`$skipToken=2"}`)
	second := ok("GET", logOf+"$skipToken=2", `{"value":[{"caller":7,"operationName":{"value":"x/write"},"status":{"value":"Failed"},"subStatus":{"localizedValue":"Conflict (HTTP Status Code: 409)"}}]}`)
	s := newScript(first, second)
	since := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	events, err := clientOn(t, s).Events(t.Context(), testWS+"/computes/o'brien", since)
	if err != nil || len(events) != 2 {
		t.Fatalf("%v, %v", events, err)
	}
	want := model.Event{At: since.Add(14*time.Hour + 1500*time.Millisecond), Caller: "ana␛[2J@x.example", Status: "Failed", Correlation: "c",
		Action: "Microsoft.MachineLearningServices/workspaces/computes/stop/action", Detail: "BadRequest: disk␛full"}
	if events[0] != want {
		t.Errorf("%+v, want %+v", events[0], want)
	}
	if events[1].Caller != "" || events[1].Detail != "Conflict (HTTP Status Code: 409)" {
		t.Errorf("%+v", events[1])
	}
	query := s.requests[0].URL.Query()
	if filter := query.Get("$filter"); !strings.HasSuffix(filter, "Z' and resourceUri eq '"+testWS+"/computes/o''brien'") || query.Get("api-version") != "2015-04-01" {
		t.Error(query)
	}
}

// A log that points to itself or elsewhere ends, and no token leaves.
func TestEventsOfAStrangeLog(t *testing.T) {
	loop := `{"value":[],"nextLink":"https://management.azure.com` + logOf + `x=1"}`
	list := make([]*exchange, mostActivity)
	for i := range list {
		list[i] = ok("GET", logOf, loop)
	}
	if _, err := clientOn(t, newScript(list...)).Events(t.Context(), testWS, time.Time{}); err != nil {
		t.Error(err)
	}
	for name, tc := range map[string]struct {
		answer *exchange
		says   string
	}{
		"foreign": {ok("GET", logOf, `{"value":[],"nextLink":"https://evil.example/x"}`), "evil.example"},
		"html":    {ok("GET", logOf, html), "web page"},
		"no list": {ok("GET", logOf, `{"error":{}}`), "no list"},
	} {
		_, err := clientOn(t, newScript(tc.answer)).Events(t.Context(), testWS, time.Time{})
		var r *model.Refusal
		if !errors.As(err, &r) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
