package model

import (
	"testing"
	"time"
)

func TestRequestsCondensesTheLog(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	const stop, start = "Microsoft.X/w/computes/stop/action", "Microsoft.X/w/computes/start/action"
	log := []Event{
		{At: at.Add(95 * time.Second), Caller: "ana", Action: stop, Status: "Failed", Detail: "disk full", Correlation: "1"},
		{At: at, Caller: "ana", Action: stop, Status: "Accepted", Correlation: "1"},
		{At: at, Caller: "ana", Action: stop, Status: "Started", Correlation: "1"},
		{At: at.Add(time.Minute), Caller: "ben", Action: start, Status: "Started", Correlation: "2"},
		{At: at.Add(-time.Hour), Caller: "x", Action: start, Status: "Started"},
		{At: at.Add(-2 * time.Hour), Caller: "y", Action: start, Status: "Started"},
	}
	got := Requests(log)
	if len(got) != 4 || got[0].Caller != "ben" || got[3].Caller != "y" {
		t.Fatalf("%+v", got)
	}
	if e := got[1]; !e.At.Equal(at) || e.Status != "Failed" || e.Detail != "disk full" {
		t.Errorf("%+v", e)
	}
	if log[0].Status != "Failed" || log[2].Status != "Started" {
		t.Error("the log was changed")
	}
}

func TestVerbOfAnEvent(t *testing.T) {
	for action, want := range map[string]string{
		"Microsoft.X/workspaces/computes/stop/action": "stop",
		"Microsoft.X/workspaces/computes/write":       "write",
		"MICROSOFT.X/WORKSPACES/COMPUTES/STOP/ACTION": "STOP",
		"": "",
	} {
		if got := (Event{Action: action}).Verb(); got != want {
			t.Errorf("%q: %q", action, got)
		}
	}
}
