package backendtest_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// faultCase is a fault of the service, and what a session makes of it: of a
// list that was read before and fails from then on, and of a stop.
type faultCase struct {
	fault        string
	list, next   string // parts of the list's error and of its way out; "" for no error
	phase        model.Phase
	detail, then string // parts of what the stop says, and of its way out
}

var faultTable = []faultCase{
	{"latency=300ms", "", "", model.PhaseVerified, "Stopped, verified", ""},
	{"400", "BadRequest: The request is not valid", "refused again", model.PhaseRefused, "BadRequest", "refused again"},
	{"401", "ExpiredAuthenticationToken: ", "az login", model.PhaseRefused, "ExpiredAuthenticationToken", "az login"},
	{"403", "AuthorizationFailed: ", "Needs Microsoft.MachineLearningServices/workspaces/computes/read on Vision; Reader has it", model.PhaseRefused, "AuthorizationFailed", "computes/stop/action on up; AzureML Compute Operator has it"},
	{"404", "ResourceNotFound: ", "gone", model.PhaseRefused, "ResourceNotFound", "gone"},
	{"409", "Conflict: ", "under way", model.PhaseRefused, "Conflict", "wait until it is over"},
	{"lock", "", "", model.PhaseRefused, "ScopeLocked", "A lock on the resource group rg-Vision"},
	{"quota", "", "", model.PhaseRefused, "ClusterMinNodesExceedCoreQuota", "Quota 6, needs 8."},
	{"429", "TooManyRequests: ", "a pause", model.PhaseFailed, "TooManyRequests", "a pause"},
	{"500", "InternalServerError: ", "service's side", model.PhaseFailed, "InternalServerError", "service's side"},
	{"503", "ServiceUnavailable: ", "service's side", model.PhaseFailed, "ServiceUnavailable", "service's side"},
	{"html", "a web page came back", "proxy", model.PhaseFailed, "a web page came back", "proxy"},
	{"html=404", "HTTP 404 Not Found, from something that is not Azure", "proxy", model.PhaseFailed, "web page", "proxy"},
	{"html=502", "HTTP 502 Bad Gateway, from something that is not Azure", "proxy", model.PhaseFailed, "web page", "proxy"},
	{"errorbody", "InternalServerError: The server failed and said 200", "service's side", model.PhaseFailed, "said 200", "service's side"},
	{"cut", "broke off", "asked again", model.PhaseVerified, "Stopped, verified", ""},
	{"malformed", "broke off", "asked again", model.PhaseVerified, "Stopped, verified", ""},
	{"truncated", "broke off", "asked again", model.PhaseVerified, "Stopped, verified", ""},
	{"huge=65", "goes on beyond 64 MB", "endpoint", model.PhaseVerified, "Stopped, verified", ""},
	{"type", "", "", model.PhaseVerified, "Stopped, verified", ""},
	{"escape", "", "", model.PhaseVerified, "Stopped, verified", ""},
	{"skew", "", "", model.PhaseVerified, "Stopped, verified", ""},
	{"loop", "its pages lead round in a circle", "endpoint", model.PhaseVerified, "Stopped, verified", ""},
	{"foreign", "points to https://collector.example", "Nothing was sent there", model.PhaseVerified, "Stopped, verified", ""},
	{"noheader", "", "", model.PhaseVerified, "Stopped, verified", ""},
	{"stale", "", "", model.PhaseVerified, "Stopped, verified", ""},
}

// TestEveryFault strikes the list of a workspace's computes once it has been
// read, and a stop. The rows stay, unless the service says that they are gone,
// the other workspace keeps its own trouble, and whatever went wrong is told
// with the way out.
func TestEveryFault(t *testing.T) {
	for _, tc := range faultTable {
		t.Run(tc.fault, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { tc.try(t) })
		})
	}
}

func (tc faultCase) try(t *testing.T) {
	s, _ := simulated(t, scenario(t, "testdata/contract.toml"), 60,
		parsed(t, "computes.list/vision:"+tc.fault+":after=1"), parsed(t, "computes.stop:"+tc.fault))
	time.Sleep(5 * time.Second)
	up := find(t, newest(t, s), "up")
	if _, err := s.Execute(t.Context(), command(model.VerbStop, up)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(3 * time.Minute)
	snap := newest(t, s)
	op := snap.Operation(string(up.ID))
	if op.Phase != tc.phase || !strings.Contains(op.Detail, tc.detail) || !strings.Contains(op.Next, tc.then) {
		t.Errorf("stop: %s, %q, next %q", op.Phase, op.Detail, op.Next)
	}
	tc.checkList(t, snap, up.Workspace)
	want := 3
	if tc.fault == "404" { // they are gone, the service says
		want = 0
	}
	if len(snap.Instances) != want {
		t.Errorf("%d instances are left, want %d", len(snap.Instances), want)
	}
	for _, i := range snap.Instances {
		if strings.ContainsFunc(i.Name+i.Owner, func(r rune) bool { return r < ' ' || r == '\u202e' }) {
			t.Errorf("a terminal would obey %q", i.Name+i.Owner)
		}
	}
}

func (tc faultCase) checkList(t *testing.T, snap *model.Snapshot, ws model.WorkspaceID) {
	t.Helper()
	part := snap.Part(model.SectionComputes, string(ws))
	r, refused := part.Err.(*model.Refusal)
	switch {
	case tc.list == "":
		if part.Err != nil {
			t.Errorf("list: %v", part.Err)
		}
	case !refused || !strings.Contains(r.Error(), tc.list) || !strings.Contains(r.Next, tc.next):
		t.Errorf("list: %#v", part.Err)
	case part.AsOf.IsZero() || part.FailedAt.IsZero() || part.RetryAt.IsZero():
		t.Errorf("list: as of %v, failed %v, asked again %v", part.AsOf, part.FailedAt, part.RetryAt)
	}
	for _, p := range snap.Parts[model.SectionComputes] {
		if p.Name == "secret" && model.Short(p.Err) != "AuthorizationFailed" {
			t.Errorf("the other workspace says %v", p.Err)
		}
	}
}

// TestEveryFaultFromTheStart strikes everything from the first request on: there
// is nothing to show, and that says why and what to do. What only looks odd is
// read all the same.
func TestEveryFaultFromTheStart(t *testing.T) {
	for _, tc := range faultTable {
		t.Run(tc.fault, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				clock := time.Now
				cloud := client(t, azure.Options{Carrier: model.CarrierSim, Now: clock, Transport: faultyServer(t, clock, "*:"+tc.fault).Transport()})
				snap, err := backend.Load(t.Context(), cloud, backend.Options{Now: clock}, model.SectionComputes)
				var r *model.Refusal
				switch {
				case tc.list == "":
					if err != nil || len(snap.Instances) != 3 {
						t.Errorf("%d instances, %v", len(snap.Instances), err)
					}
				case !errors.As(err, &r) || r.Error() == "" || tc.next != "" && r.Next == "":
					t.Errorf("%#v", err)
				}
			})
		})
	}
}

// TestCarriersTellTheSame holds what the simulator in process says of a fault
// against what the emulator says over a socket, but for its host's name.
func TestCarriersTellTheSame(t *testing.T) {
	for _, tc := range faultTable {
		var said []string
		for _, overTCP := range []bool{false, true} {
			o := azure.Options{Carrier: model.CarrierSim, Now: time.Now}
			srv, home := faultyServer(t, newHand().Now, "computes.list:"+tc.fault), "https://management.azure.com"
			o.Transport = srv.Transport()
			if overTCP {
				socket := httptest.NewServer(srv)
				defer socket.Close()
				o, home = azure.Options{Carrier: model.CarrierEmulator, Endpoint: socket.URL, Now: time.Now}, socket.URL
			}
			cloud := client(t, o)
			ws := &model.Workspace{ID: contractVision, Subscription: contractSub, ResourceGroup: "rg-Vision"}
			ws.Name, ws.ARMID = "Vision", string(contractVision)
			got, err := cloud.Computes(t.Context(), ws, 0)
			said = append(said, strings.ReplaceAll(fmt.Sprintf("%d rows, %v", len(got.Instances), err), home, "HOME"))
		}
		if said[0] != said[1] || strings.Contains(said[0], "nil") != (tc.list == "") {
			t.Errorf("%s: in process %s\nover a socket %s", tc.fault, said[0], said[1])
		}
	}
}

const (
	contractSub    = "8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01"
	contractVision = "/subscriptions/" + contractSub + "/resourcegroups/rg-vision/providers/microsoft.machinelearningservices/workspaces/vision"
)

func faultyServer(t *testing.T, now func() time.Time, fault string) *arm.Server {
	t.Helper()
	world, err := sim.New(scenario(t, "testdata/contract.toml"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return arm.New(world, arm.Options{Now: now, Speed: 60, Faults: []arm.Fault{parsed(t, fault)}})
}

// TestOperationsThatLie strikes the polling of an accepted stop.
func TestOperationsThatLie(t *testing.T) {
	for fault, want := range map[string]struct {
		phase  model.Phase
		detail string
	}{
		"stuck":     {model.PhaseVerified, "Stopped, verified"},
		"failed":    {model.PhaseRefused, "InternalServerError: The operation failed"},
		"404":       {model.PhaseVerified, "Stopped, verified"}, // its record is gone: the resource tells
		"html:3":    {model.PhaseVerified, "Stopped, verified"},
		"500:2":     {model.PhaseVerified, "Stopped, verified"},
		"429:2":     {model.PhaseVerified, "Stopped, verified"},
		"errorbody": {model.PhaseVerified, "Stopped, verified"},
		"malformed": {model.PhaseVerified, "Stopped, verified"},
	} {
		t.Run(fault, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, _ := simulated(t, scenario(t, "testdata/contract.toml"), 60, parsed(t, "operations:"+fault))
				time.Sleep(5 * time.Second)
				up := find(t, newest(t, s), "up")
				if _, err := s.Execute(t.Context(), command(model.VerbStop, up)); err != nil {
					t.Fatal(err)
				}
				time.Sleep(10 * time.Minute)
				if op := newest(t, s).Operation(string(up.ID)); op.Phase != want.phase || !strings.Contains(op.Detail, want.detail) {
					t.Errorf("%s, %q, progress %q", op.Phase, op.Detail, op.Progress)
				}
			})
		})
	}
}

func parsed(t *testing.T, text string) arm.Fault {
	t.Helper()
	f, err := arm.ParseFault(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
