package backendtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Replay tries a cloud that is nothing but a recording. What each recorded
// request is, its method and path tell: a list is read by the call for that
// list, a resource is read and described, a command is sent and followed to its
// end, and what this program never asks is at least understood. open gives a
// cloud over the tape, whose time goes by when advance is called.
func Replay(t *testing.T, tape *Tape, open func(t *testing.T) Fixture) {
	t.Helper()
	asked := 0
	for n, e := range tape.all {
		if tape.heard[e] && e.Method == http.MethodGet && isOperation(e.path()) {
			continue // a command before asked about it
		}
		t.Run(e.Method+" "+last(e.path(), 2), func(t *testing.T) {
			f := open(t)
			p := &player{Fixture: f, tape: tape, n: n, Exchange: e}
			tape.cue(n)
			p.play(t)
			for _, what := range tape.unknown {
				t.Errorf("%s was asked, which is not on the tape", what)
			}
			if !tape.heard[e] && !p.decoded {
				t.Errorf("nothing was made of it")
			}
		})
	}
	for _, e := range tape.all {
		if tape.heard[e] {
			asked++
		}
	}
	t.Logf("%d of %d requests were made again by the client, the rest was decoded", asked, len(tape.all))
}

// last are the last segments of a path.
func last(path string, n int) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[max(0, len(parts)-n):], "/")
}

// player plays one exchange of a tape.
type player struct {
	Fixture
	*Exchange
	tape    *Tape
	n       int
	decoded bool // understood without a call: there is none for it
}

// call tries an exchange, whose path matched; false: it is not for this one.
type call func(t *testing.T, p *player, id resourcePath) bool

// calls are what is tried, by method, kind of resource, and action or list.
// A kind is the types of an id, from the workspace on.
var calls = map[string]call{
	"GET subscriptions[]":                               playSubscriptions,
	"GET eventtypes/values[]":                           playEvents,
	"GET workspaces[]":                                  playWorkspaces,
	"GET workspaces/computes[]":                         playComputes,
	"GET workspaces/jobs[]":                             playJobs,
	"GET workspaces/onlineendpoints[]":                  playEndpoints,
	"GET workspaces/batchendpoints[]":                   playEndpoints,
	"GET workspaces/onlineendpoints/deployments[]":      playDeployments,
	"GET workspaces/batchendpoints/deployments[]":       playDeployments,
	"GET workspaces/onlineendpoints/deployments/skus[]": playCapacity,
	"GET locations/usages[]":                            playQuotas,
	"GET locations/vmsizes[]":                           playSizes,
	"GET workspaces/computes":                           playCompute,
	"GET workspaces/jobs":                               playJob,
	"GET workspaces/onlineendpoints/deployments":        playDeployment,
	"GET workspaces/batchendpoints/deployments":         playDeployment,

	"POST workspaces/computes listnodes":                  playNodes,
	"POST workspaces/onlineendpoints/deployments getlogs": playLogs,

	"POST workspaces/computes stop":                      playCommand(model.VerbStop),
	"POST workspaces/computes start":                     playCommand(model.VerbStart),
	"POST workspaces/computes restart":                   playCommand(model.VerbRestart),
	"POST workspaces/jobs cancel":                        playCommand(model.VerbCancelJob),
	"POST workspaces/computes updateidleshutdownsetting": playIdle,
	"DELETE workspaces/computes":                         playRemove,
	"DELETE workspaces/onlineendpoints":                  playCommand(model.VerbDelete),
	"DELETE workspaces/batchendpoints":                   playCommand(model.VerbDelete),
	"DELETE workspaces/onlineendpoints/deployments":      playCommand(model.VerbUndeploy),
	"DELETE workspaces/batchendpoints/deployments":       playCommand(model.VerbUndeploy),
	"PATCH workspaces/computes":                          playScale,
	"PATCH workspaces/onlineendpoints/deployments":       playCapacityPatch,
	"PUT workspaces/computes":                            playCreate,
	"PUT workspaces/onlineendpoints":                     playTraffic,
	"PUT workspaces/batchendpoints":                      playTraffic,
	"PUT workspaces/onlineendpoints/deployments":         playDeploy,
	"PUT workspaces/batchendpoints/deployments":          playDeploy,
}

// play finds the call for the exchange. What there is none for, or what the
// tape lacks a part of, is understood by itself.
func (p *player) play(t *testing.T) {
	id := parsePath(p.Method, p.URL)
	if p.paged() || isOperation(p.path()) {
		p.decode(t)
		return
	}
	if try := calls[p.Method+" "+id.kind()]; try != nil && try(t, p, id) {
		return
	}
	if _, err := model.ParseResourceID(id.resource); err != nil || id.list != "" || len(id.parsed.Names) == 0 {
		p.decode(t)
		return
	}
	if p.Status >= http.StatusBadRequest || p.Method == http.MethodGet {
		p.tape.cue(p.n, p.as(http.MethodGet, id.resource))
		raw, err := p.Cloud.Describe(t.Context(), id.resource)
		p.decoded = true
		p.judge(t, err, func() { checkSame(t, id.resource, raw) })
		return
	}
	p.decode(t)
}

// as is the exchange as the answer to another request.
func (p *player) as(method, path string) *Exchange {
	e := *p.Exchange
	e.Method, e.URL = method, "https://management.azure.com"+path
	return &e
}

// judge holds a read's outcome against the recorded status.
func (p *player) judge(t *testing.T, err error, ok func()) {
	t.Helper()
	switch {
	case p.Status >= http.StatusBadRequest:
		checkRefused(t, p.Method+" "+p.path(), err, p.Status)
	case err != nil:
		t.Errorf("%s %s: %v", p.Method, p.path(), err)
	default:
		ok()
	}
}

// decode holds that a body is what ARM writes: nothing, an object, or a list of
// objects whose ids and names fit.
func (p *player) decode(t *testing.T) {
	t.Helper()
	p.decoded = true
	if len(p.Body) == 0 || string(p.Body) == "null" {
		return
	}
	var doc struct {
		Value []struct {
			ID   string
			Name rowName
		}
		Error *struct{ Code, Message string }
	}
	if err := json.Unmarshal(p.Body, &doc); err != nil {
		t.Errorf("%s %s: %v in %s", p.Method, p.path(), err, p.Body)
		return
	}
	if p.Status >= http.StatusBadRequest && (doc.Error == nil || doc.Error.Code == "" || doc.Error.Message == "") {
		t.Errorf("%s %s: a %d that says nothing: %s", p.Method, p.path(), p.Status, p.Body)
	}
	for _, row := range doc.Value {
		if id, err := model.ParseResourceID(row.ID); row.ID != "" && (err != nil || row.Name != "" && id.Name() != "" && !strings.HasSuffix(strings.ToLower(string(row.Name)), strings.ToLower(id.Name()))) {
			t.Errorf("%s: the row %s is called %s, %v", p.path(), row.ID, row.Name, err)
		}
	}
}

// rowName is the name of a row; Azure Monitor's are objects with a value.
type rowName string

// UnmarshalJSON implements json.Unmarshaler.
func (n *rowName) UnmarshalJSON(b []byte) error {
	var labelled struct{ Value string }
	if json.Unmarshal(b, &labelled) == nil {
		*n = rowName(labelled.Value)
		return nil
	}
	return json.Unmarshal(b, (*string)(n))
}

// checkSame holds that a description is of what was asked for.
func checkSame(t *testing.T, armID string, raw json.RawMessage) {
	t.Helper()
	var doc struct{ ID string }
	if err := json.Unmarshal(raw, &doc); err != nil || doc.ID != "" && !strings.EqualFold(doc.ID, armID) {
		t.Errorf("%s is described as %s, %v", armID, raw, err)
	}
}

// rows is how many rows the recorded list has on its first page, and whether
// there are more.
func (p *player) rows() (n int, more bool) {
	var doc struct {
		Value    []json.RawMessage `json:"value"`
		NextLink string            `json:"nextLink"`
	}
	if json.Unmarshal(p.Body, &doc) != nil {
		return -1, false
	}
	return len(doc.Value), doc.NextLink != ""
}

// counted holds that a list has as many rows as were recorded.
func (p *player) counted(t *testing.T, got int) {
	t.Helper()
	if want, more := p.rows(); got != want && !(more && got > want) {
		t.Errorf("%s: %d rows of %d", p.path(), got, want)
	}
}

// follow asks about a command until it is over, for as long as the recording
// goes on, and reports whether it came to its end.
func (p *player) follow(t *testing.T, pending backend.Pending) (over bool, err error) {
	t.Helper()
	for range len(p.tape.all) + 10 {
		done, _, err := pending.Poll(t.Context())
		switch {
		case done:
			return true, err
		case len(p.tape.unknown) > 0: // the recording ends before the operation does
			p.tape.unknown = nil
			return false, nil
		case err != nil:
			t.Fatalf("poll: %v", err)
		}
		p.Advance(10 * time.Second)
	}
	return false, nil
}
