package azure

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// laterClient is a client whose clock the test moves on.
func laterClient(t *testing.T, s *script) (*Client, func()) {
	t.Helper()
	var moved atomic.Int64
	c, err := New(Options{Carrier: model.CarrierSim, Transport: s, Now: func() time.Time { return testNow.Add(time.Duration(moved.Load())) }})
	if err != nil {
		t.Fatal(err)
	}
	return c, func() { moved.Add(int64(staysFree)) }
}

// carried begins a command, waits until the name has stayed free, and polls it
// to its end.
func carried(t *testing.T, s *script, cmd model.Command) error {
	t.Helper()
	c, later := laterClient(t, s)
	p, err := c.Begin(t.Context(), cmd)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.requests); n != 1 {
		t.Errorf("%d requests before the name has stayed free, want 1", n)
	}
	later()
	_, err = polls(t, p)
	return err
}

func creating(path string) *exchange {
	return &exchange{method: "PUT", path: path, status: 201, header: map[string]string{"Azure-AsyncOperation": testOps},
		body: `{"properties":{"provisioningState":"Creating","properties":{"state":null,"errors":null}}}`}
}

// TestCreateSendsEverything holds the bodies of an instance and a cluster, and
// that the idle rule is a request of its own, after the instance is there.
func TestCreateSendsEverything(t *testing.T) {
	stop, err := model.ParseSchedule("stop 0 19 * * 1-5 Romance Standard Time")
	if err != nil {
		t.Fatal(err)
	}
	start, err := model.ParseSchedule("disabled start every 2 weeks on Monday,Friday at 07:30")
	if err != nil {
		t.Fatal(err)
	}
	put, rule := creating("/computes/eva?"), ok("POST", "/computes/eva/updateIdleShutdownSetting?api-version=2021-07-01", "")
	s := newScript(missing("GET", "/computes/eva?"), put, ok("GET", "/op1?", `{"status":"Succeeded","percentComplete":100.0}`), rule)
	ws := testWorkspace()
	ws.Location = "eastus"
	cmd := model.CreateCommand(ws, model.ComputeSpec{
		Kind: model.TypeInstance, Name: "eva", VMSize: "Standard_DS3_v2", Idle: time.Hour, Schedules: []model.InstanceSchedule{stop, start},
		Assigned: model.AssignedUser{ObjectID: "oid", TenantID: "tid"}, SSHKey: "ssh-rsa AAAA",
	})
	if err := carried(t, s, cmd); err != nil || len(s.unused()) > 0 {
		t.Fatalf("%v, unused %v", err, s.unused())
	}
	const want = `{"location":"eastus","properties":{"computeType":"ComputeInstance","computeLocation":"eastus","properties":` +
		`{"vmSize":"Standard_DS3_v2","computeInstanceAuthorizationType":"personal","sshSettings":{"sshPublicAccess":"Enabled","adminPublicKey":"ssh-rsa AAAA"},` +
		`"personalComputeInstanceSettings":{"assignedUser":{"objectId":"oid","tenantId":"tid"}},"schedules":{"computeStartStop":[` +
		`{"action":"Stop","status":"Enabled","triggerType":"Cron","cron":{"expression":"0 19 * * 1-5","timeZone":"Romance Standard Time"}},` +
		`{"action":"Start","status":"Disabled","triggerType":"Recurrence","recurrence":{"frequency":"Week","interval":2,"timeZone":"UTC",` +
		`"schedule":{"hours":[7],"minutes":[30],"weekDays":["Monday","Friday"]}}}]}}}}`
	if put.sentBody != want {
		t.Errorf("sent %s\nwant %s", put.sentBody, want)
	}
	if rule.sentBody != `{"idleTimeBeforeShutdown":"PT1H"}` {
		t.Errorf("idle rule: sent %s", rule.sentBody)
	}
}

func TestCreateClusterBody(t *testing.T) {
	for status, header := range map[int]map[string]string{200: nil, 201: {"Azure-AsyncOperation": testOps}, 202: {"Azure-AsyncOperation": testOps}} {
		put := &exchange{method: "PUT", path: "/computes/pool?", status: status, header: header,
			body: `{"properties":{"provisioningState":"Succeeded","properties":{"scaleSettings":{"maxNodeCount":4}}}}`}
		s := newScript(missing("GET", "/computes/pool?"), put, ok("GET", "/op1?", `{"status":"Succeeded"}`))
		ws := testWorkspace()
		ws.Location = "eastus"
		err := carried(t, s, model.CreateCommand(ws, model.ComputeSpec{
			Kind: model.TypeCluster, Name: "pool", VMSize: "Standard_NC6s_v3", Priority: model.LowPriority, Location: "westeurope",
			Scale: model.Scale{Max: 4, IdleBeforeScaleDown: 5 * time.Minute},
		}))
		if err != nil {
			t.Errorf("%d: %v", status, err)
		}
		const want = `{"location":"westeurope","properties":{"computeType":"AmlCompute","computeLocation":"westeurope","properties":` +
			`{"vmSize":"Standard_NC6s_v3","vmPriority":"LowPriority","scaleSettings":{"minNodeCount":0,"maxNodeCount":4,"nodeIdleTimeBeforeScaleDown":"PT5M"}}}}`
		if put.sentBody != want {
			t.Errorf("%d: sent %s", status, put.sentBody)
		}
	}
}

// TestCreateLooksTwice holds that nothing is created over a target that is
// there, also where one appears between two looks.
func TestCreateLooksTwice(t *testing.T) {
	ws := testWorkspace()
	ws.Location = "eastus"
	cmd := model.CreateCommand(ws, model.ComputeSpec{Kind: model.TypeInstance, Name: "eva", VMSize: "Standard_DS3_v2"})
	there := ok("GET", "/computes/eva?", `{"properties":{"provisioningState":"Succeeded"}}`)
	s := newScript(there)
	_, err := clientOn(t, s).Begin(t.Context(), cmd)
	if err == nil || !strings.Contains(err.Error(), "eva") || len(s.requests) != 1 {
		t.Errorf("over what is there: %v after %d requests", err, len(s.requests))
	}
	s = newScript(missing("GET", "/computes/eva?"), there)
	err = carried(t, s, cmd)
	var no *model.Refusal
	if !errors.As(err, &no) || no.Code != "NameTaken" || len(s.requests) != 2 {
		t.Errorf("what appeared meanwhile: %v after %d requests", err, len(s.requests))
	}
}

// TestDetachIsNotForManaged holds that only what is attached is detached, and
// that it is detached and not deleted.
func TestDetachIsNotForManaged(t *testing.T) {
	s := newScript(ok("GET", "/computes/k8s?", `{"id":"`+testWS+`/computes/k8s","name":"k8s","properties":{"computeType":"Kubernetes"}}`),
		&exchange{method: "DELETE", path: "underlyingResourceAction=Detach", status: 204})
	p, err := clientOn(t, s).Begin(t.Context(), commandOn(model.VerbDetach, testWS+"/computes/k8s"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := polls(t, p); err != nil || len(s.unused()) > 0 {
		t.Errorf("%v, unused %v", err, s.unused())
	}
	s = newScript(ok("GET", "/computes/c?", `{"id":"`+testWS+`/computes/c","name":"c","properties":{"computeType":"AmlCompute","properties":{}}}`))
	_, err = clientOn(t, s).Begin(t.Context(), commandOn(model.VerbDetach, testWS+"/computes/c"))
	if !errors.Is(err, model.ErrWrongKind) || len(s.requests) != 1 {
		t.Errorf("a cluster: %v", err)
	}
}

// TestRulesAreReadBack lets the service take a setting and drop it.
func TestRulesAreReadBack(t *testing.T) {
	const id = testWS + "/computes/a"
	body := func(inner string) *exchange {
		return ok("GET", "/computes/a?", `{"id":"`+id+`","name":"a","properties":{"computeType":"ComputeInstance","provisioningState":"Succeeded","properties":{"state":"Running"`+inner+`}}}`)
	}
	idle := commandOn(model.VerbIdle, id)
	idle.Idle = 30 * time.Minute
	schedule := commandOn(model.VerbSchedule, id)
	schedule.Schedules = []model.InstanceSchedule{{Action: "Stop", Status: "Enabled", Cron: "0 19 * * *", TimeZone: "UTC"}}
	const kept = `,"schedules":{"computeStartStop":[{"id":"x","status":"Enabled","action":"Stop","triggerType":"Cron","cron":{"expression":"0 19 * * *","startTime":"2026-01-01T00:00:00","timeZone":"UTC"}}]}`
	for name, tc := range map[string]struct {
		cmd     model.Command
		inner   string
		reached bool
		state   string
	}{
		"idle kept":        {idle, `,"idleTimeBeforeShutdown":"PT30M"`, true, "idle shutdown after 30m"},
		"idle dropped":     {idle, ``, false, "no idle shutdown"},
		"schedule kept":    {schedule, kept, true, "stop 0 19 * * * UTC"},
		"schedule dropped": {schedule, `,"schedules":null`, false, "no schedule"},
	} {
		s, err := clientOn(t, newScript(body(tc.inner))).State(t.Context(), tc.cmd)
		if err != nil || s.Reached != tc.reached || s.State != tc.state || s.Failed || (s.Detail == "") != tc.reached {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
	off := ok("POST", "/updateIdleShutdownSetting?api-version=2021-07-01", "")
	idle.Idle = 0
	if _, err := clientOn(t, newScript(off)).Begin(t.Context(), idle); err != nil || off.sentBody != `{"idleTimeBeforeShutdown":null}` {
		t.Errorf("off: sent %s, %v", off.sentBody, err)
	}
	none := ok("POST", "/updateSchedules?api-version=2024-04-01", "")
	schedule.Schedules = nil
	if _, err := clientOn(t, newScript(none)).Begin(t.Context(), schedule); err != nil || none.sentBody != `{"schedules":{"computeStartStop":[]}}` {
		t.Errorf("no schedule: sent %s, %v", none.sentBody, err)
	}
}

// TestScaleDeployment takes a 202 to a PATCH, whose Location answers a status
// document and not the resource.
func TestScaleDeployment(t *testing.T) {
	const id = testWS + "/onlineEndpoints/score/deployments/blue"
	patch := &exchange{method: "PATCH", path: "/deployments/blue?", status: 202, header: map[string]string{"Location": testOps}}
	const skus = `{"value":[{"resourceType":"Microsoft.MachineLearning.Services/endpoints/deployments","sku":{"name":"default"},"capacity":{"minimum":1,"maximum":10,"default":1}}]}`
	list := ok("GET", "/deployments/blue/skus?", skus)
	s := newScript(patch, list, &exchange{method: "GET", path: "/op1?", status: 202}, ok("GET", "/op1?", `{"status":"Failed","error":{"code":"OutOfQuota","message":"Not enough quota"}}`))
	cmd := commandOn(model.VerbScale, id)
	cmd.Instances = 3
	p, err := clientOn(t, s).Begin(t.Context(), cmd)
	if err != nil {
		t.Fatal(err)
	}
	_, err = polls(t, p)
	var no *model.Refusal
	if !errors.As(err, &no) || no.Code != "OutOfQuota" || patch.sentBody != `{"sku":{"capacity":3}}` {
		t.Errorf("%v, sent %s", err, patch.sentBody)
	}
	cmd.Instances = 11
	s = newScript(patch, list)
	if _, err := clientOn(t, s).Begin(t.Context(), cmd); err == nil || !strings.Contains(err.Error(), "between 1 and 10") || len(s.requests) != 1 {
		t.Errorf("beyond its SKU: %v after %d requests", err, len(s.requests))
	}
}
