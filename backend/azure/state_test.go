package azure

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

func TestStateOfInstance(t *testing.T) {
	for _, tc := range []struct {
		verb                model.Verb
		state, name, status string
		reached, failed     bool
	}{
		{model.VerbStop, "Stopped", "Stop", "Succeeded", true, false},
		{model.VerbStop, "Stopping", "Stop", "InProgress", false, false},
		{model.VerbStop, "Running", "Start", "Succeeded", false, false}, // the read may lag
		{model.VerbStop, "Running", "Stop", "StopFailed", false, true},
		{model.VerbStop, "Unusable", "Start", "Succeeded", false, true},
		{model.VerbStart, "Running", "Start", "Succeeded", true, false},
		{model.VerbStart, "JobRunning", "", "", true, false},
		{model.VerbStart, "Starting", "Start", "InProgress", false, false},
		{model.VerbStart, "SettingUp", "Start", "InProgress", false, false},
		{model.VerbStart, "Stopped", "Start", "StartFailed", false, true},
		{model.VerbStart, "SetupFailed", "Start", "Succeeded", false, true},
		{model.VerbRestart, "Running", "Restart", "Succeeded", true, false},
		{model.VerbRestart, "Running", "Start", "Succeeded", false, false}, // where it came from
		{model.VerbRestart, "Running", "", "", true, false},
		{model.VerbRestart, "Restarting", "Restart", "InProgress", false, false},
		{model.VerbDelete, "Deleting", "Delete", "InProgress", false, false},
		{model.VerbDelete, "Unusable", "", "", false, false},
		{model.VerbDelete, "Running", "Delete", "DeleteFailed", false, true},
	} {
		body := `{"id":"` + testWS + `/computes/a","properties":{"computeType":"ComputeInstance","properties":{"state":"` + tc.state +
			`","lastOperation":{"operationName":"` + tc.name + `","operationStatus":"` + tc.status + `"}}}}`
		s, err := clientOn(t, newScript(ok("GET", "/computes/a?", body))).State(t.Context(), commandOn(tc.verb, testWS+"/computes/a"))
		if err != nil || s.Reached != tc.reached || s.Failed != tc.failed || s.Gone || s.State != tc.state {
			t.Errorf("%s at %s after %s %s: %+v, %v", tc.verb, tc.state, tc.name, tc.status, s, err)
		}
	}
}

func TestStateGone(t *testing.T) {
	for verb, wanted := range map[model.Verb]bool{model.VerbDelete: true, model.VerbStop: false} {
		s, err := clientOn(t, newScript(missing("GET", "/computes/a?"))).State(t.Context(), commandOn(verb, testWS+"/computes/a"))
		if err != nil || !s.Gone || s.Reached != wanted || s.Failed == wanted {
			t.Errorf("%s: %+v, %v", verb, s, err)
		}
	}
	s, err := clientOn(t, newScript(missing("GET", "/deployments/d?"))).State(t.Context(), commandOn(model.VerbUndeploy, onlineID+"/deployments/d"))
	if err != nil || !s.Gone || !s.Reached {
		t.Errorf("undeploy: %+v, %v", s, err)
	}
	_, err = clientOn(t, newScript(&exchange{method: "GET", path: "/computes/a?", status: 503})).State(t.Context(), commandOn(model.VerbStop, testWS+"/computes/a"))
	if !errors.Is(err, model.ErrUnreachable) {
		t.Errorf("unreachable: %v", err)
	}
}

func TestStateOfCluster(t *testing.T) {
	want := &model.Scale{Min: 1, Max: 8, IdleBeforeScaleDown: 15 * time.Minute}
	for name, tc := range map[string]struct {
		provisioning, max string
		errors            string
		reached, failed   bool
		state             string
	}{
		"as sent":   {"Succeeded", "8", "[]", true, false, "Resizing 0 → 1 nodes, 1–8"},
		"lagging":   {"Succeeded", "4", "[]", false, false, "Resizing 0 → 1 nodes, 1–4"},
		"under way": {"Updating", "8", "[]", false, false, "Updating 0 → 1 nodes, 1–8"},
		"failed":    {"Failed", "4", `[{"error":{"code":"ClusterMinNodesExceedCoreQuota","message":"quota of 6"}}]`, false, true, "Failed 0 → 1 nodes, 1–4"},
	} {
		body := `{"id":"` + testWS + `/computes/a","properties":{"computeType":"AmlCompute","provisioningState":"` + tc.provisioning + `","properties":{"allocationState":"Resizing",
			"currentNodeCount":0,"targetNodeCount":1,"scaleSettings":{"minNodeCount":1,"maxNodeCount":` + tc.max + `,"nodeIdleTimeBeforeScaleDown":"PT900S"},"errors":` + tc.errors + `}}}`
		cmd := commandOn(model.VerbScale, testWS+"/computes/a")
		cmd.Scale = want
		s, err := clientOn(t, newScript(ok("GET", "/computes/a?", body))).State(t.Context(), cmd)
		if err != nil || s.Reached != tc.reached || s.Failed != tc.failed || s.State != tc.state || s.Failed && !strings.Contains(s.Detail, "quota of 6") {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

func TestStateOfDeployment(t *testing.T) {
	spec := managed()
	spec.Traffic = 30
	cmd := deployCommand(spec)
	deployment := func(state string) *exchange {
		return ok("GET", "/deployments/blue?", `{"properties":{"provisioningState":"`+state+`","provisioningErrors":[{"code":"OutOfQuota","message":"no"}]}}`)
	}
	endpoint := func(share string) *exchange {
		return ok("GET", "/onlineEndpoints/score?", `{"id":"`+onlineID+`","properties":{"traffic":{"blue":`+share+`}}}`)
	}
	for name, tc := range map[string]struct {
		answers []*exchange
		want    backend.TargetState
	}{
		"up":         {[]*exchange{deployment("Succeeded"), endpoint("30")}, backend.TargetState{State: "Succeeded", Reached: true, Detail: "carries 30 % of the traffic"}},
		"no traffic": {[]*exchange{deployment("Succeeded"), endpoint("0")}, backend.TargetState{State: "Succeeded", Detail: "carries 0 % of the traffic"}},
		"creating":   {[]*exchange{deployment("Creating")}, backend.TargetState{State: "Creating"}},
		"failed":     {[]*exchange{deployment("Failed")}, backend.TargetState{State: "Failed", Failed: true, Detail: "OutOfQuota: no"}},
		"gone":       {[]*exchange{missing("GET", "/deployments/blue?")}, backend.TargetState{State: "gone", Gone: true, Failed: true}},
	} {
		got, err := clientOn(t, newScript(tc.answers...)).State(t.Context(), cmd)
		if err != nil || got != tc.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestStateOfTraffic(t *testing.T) {
	cmd := commandOn(model.VerbTraffic, onlineID)
	cmd.Traffic = map[string]int{"blue": 80, "green": 20, "old": 0}
	for body, reached := range map[string]bool{
		`{"properties":{"provisioningState":"Succeeded","traffic":{"blue":80,"green":20}}}`:          true,
		`{"properties":{"provisioningState":"Succeeded","traffic":{"blue":80,"green":20,"red":0}}}`:  true,
		`{"properties":{"provisioningState":"Succeeded","traffic":{"blue":100}}}`:                    false,
		`{"properties":{"provisioningState":"Updating","traffic":{"blue":80,"green":20}}}`:           false,
		`{"properties":{"provisioningState":"Succeeded","traffic":{"blue":80,"green":20,"red":10}}}`: false,
	} {
		s, err := clientOn(t, newScript(ok("GET", "/onlineEndpoints/score?", body))).State(t.Context(), cmd)
		if err != nil || s.Reached != reached {
			t.Errorf("%s: %+v, %v", body, s, err)
		}
	}
	batch := commandOn(model.VerbTraffic, testWS+"/batchEndpoints/nightly")
	batch.Traffic = map[string]int{"v2": 100}
	s, err := clientOn(t, newScript(ok("GET", "/batchEndpoints/nightly?", `{"properties":{"provisioningState":"Succeeded","defaults":{"deploymentName":"V2"}}}`))).State(t.Context(), batch)
	if err != nil || !s.Reached {
		t.Errorf("batch: %+v, %v", s, err)
	}
}

func TestStateOfJob(t *testing.T) {
	for status, want := range map[string][2]bool{
		"Canceled": {true, false}, "CancelRequested": {false, false}, "Running": {false, false}, "Completed": {false, true}, "Failed": {false, true},
	} {
		s, err := clientOn(t, newScript(ok("GET", "/jobs/j?", `{"properties":{"status":"`+status+`"}}`))).State(t.Context(), commandOn(model.VerbCancelJob, testWS+"/jobs/j"))
		if err != nil || s.Reached != want[0] || s.Failed != want[1] || s.State != status {
			t.Errorf("%s: %+v, %v", status, s, err)
		}
	}
}
