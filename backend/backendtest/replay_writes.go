package backendtest

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sosodev/duration"

	"github.com/amltop/amltop/model"
)

// playCommand sends a command that its verb and target say all about.
func playCommand(verb model.Verb) call {
	return func(t *testing.T, p *player, id resourcePath) bool { return p.obey(t, id, id.command(verb)) }
}

// obey sends a command, follows it to the end of the operation or of the
// recording, and judges what it left behind as far as that is recorded.
func (p *player) obey(t *testing.T, id resourcePath, c model.Command) bool {
	t.Helper()
	pending, err := p.Cloud.Begin(t.Context(), c)
	if p.Status >= http.StatusBadRequest && !p.tape.heard[p.Exchange] && err == nil {
		_, err = p.follow(t, pending) // it is a later step that is refused
	}
	if p.Status >= http.StatusBadRequest {
		p.judge(t, err, nil)
		return true
	}
	if err != nil {
		t.Fatalf("%s: %v", c.Verb, err)
	}
	over, err := p.follow(t, pending)
	if err != nil {
		wantClass(t, string(c.Verb)+", at its end", err, nil)
		return true
	}
	checkSent(t, p)
	if !over || !p.tape.later(p.n, id.resource) {
		return true
	}
	state, err := p.Cloud.State(t.Context(), c)
	if err != nil || state.State == "" || state.Reached && state.Failed {
		t.Errorf("state after the %s: %+v, %v", c.Verb, state, err)
	}
	return true
}

// later reports whether a resource is read after the n-th exchange, is there,
// and is not written before.
func (t *Tape) later(n int, armID string) bool {
	for _, e := range t.all[n+1:] {
		if e.path() == strings.ToLower(armID) {
			return e.Method == http.MethodGet && e.Status == http.StatusOK
		}
	}
	return false
}

// before reports whether a resource is read before the n-th exchange, and was
// there the last time.
func (t *Tape) before(n int, armID string) bool {
	for _, e := range slices.Backward(t.all[:n]) {
		if e.Method == http.MethodGet && e.path() == strings.ToLower(armID) {
			return e.Status == http.StatusOK
		}
	}
	return false
}

// checkSent holds that what was sent says the same as what was recorded,
// wherever both say something.
func checkSent(t *testing.T, p *player) {
	t.Helper()
	recorded := p.request()
	var sent map[string]any
	if len(recorded) == 0 || len(p.tape.sent) == 0 || json.Unmarshal(p.tape.sent, &sent) != nil {
		return
	}
	if at := differs(sent, recorded, ""); at != "" {
		t.Errorf("%s of what was sent is not what was recorded: %s; %s", at, p.tape.sent, p.Request)
	}
}

// request is the recorded body; nil for none.
func (p *player) request() map[string]any {
	raw := p.Request
	var quoted string
	if json.Unmarshal(raw, &quoted) == nil { // recorded as text
		raw = []byte(quoted)
	}
	var body map[string]any
	if json.Unmarshal(raw, &body) != nil {
		return nil
	}
	return body
}

// differs is the first path at which two bodies say different things.
func differs(a, b any, at string) string {
	left, ok := a.(map[string]any)
	right, both := b.(map[string]any)
	if ok && both {
		for key, value := range left {
			for other, theirs := range right {
				if strings.EqualFold(key, other) {
					if where := differs(value, theirs, at+"/"+key); where != "" {
						return where
					}
				}
			}
		}
		return ""
	}
	x, words := a.(string)
	y, bothWords := b.(string)
	switch {
	case a == nil || b == nil, words && bothWords && strings.EqualFold(x, y), reflect.DeepEqual(a, b):
		return ""
	case words && bothWords && isPeriod(x) && isPeriod(y) && period(x) == period(y):
		return ""
	}
	return at
}

func isPeriod(s string) bool { return strings.HasPrefix(s, "P") }

// period is an ISO 8601 duration.
func period(text string) time.Duration {
	d, err := duration.Parse(text)
	if err != nil {
		return 0
	}
	return d.ToTimeDuration()
}

// playRemove deletes or detaches. A detach reads first what it is about.
func playRemove(t *testing.T, p *player, id resourcePath) bool {
	if !strings.Contains(strings.ToLower(p.URL), "underlyingresourceaction=detach") {
		return p.obey(t, id, id.command(model.VerbDelete))
	}
	if !p.tape.before(p.n, id.resource) {
		p.decode(t)
		return true
	}
	return p.obey(t, id, id.command(model.VerbDetach))
}

func playScale(t *testing.T, p *player, id resourcePath) bool {
	var in computeIn
	if !p.into(&in) || in.Properties.Properties.Scale == nil || in.Properties.Properties.Scale.Max == nil {
		return false
	}
	c := id.command(model.VerbScale)
	scale := in.Properties.Properties.Scale.scale()
	c.Scale = &scale
	return p.obey(t, id, c)
}

func playCapacityPatch(t *testing.T, p *player, id resourcePath) bool {
	var in struct {
		SKU struct {
			Capacity int `json:"capacity"`
		} `json:"sku"`
	}
	if !p.into(&in) || in.SKU.Capacity == 0 {
		return false
	}
	c := id.command(model.VerbScale)
	c.Instances = in.SKU.Capacity
	p.tape.empty = true // the list of SKUs
	return p.obey(t, id, c)
}

// playTraffic sets the traffic of an endpoint, which is a PUT of what a GET
// brought: without the GET on the tape there is nothing to put.
func playTraffic(t *testing.T, p *player, id resourcePath) bool {
	var in struct {
		Properties struct {
			Traffic  map[string]int `json:"traffic"`
			Defaults struct {
				DeploymentName string `json:"deploymentName"`
			} `json:"defaults"`
		} `json:"properties"`
	}
	if !p.into(&in) || !p.tape.before(p.n, id.resource) {
		return false
	}
	c := id.command(model.VerbTraffic)
	c.Traffic = in.Properties.Traffic
	if name := in.Properties.Defaults.DeploymentName; name != "" {
		c.Traffic = map[string]int{name: 100}
	}
	if len(c.Traffic) == 0 {
		return false
	}
	return p.obey(t, id, c)
}

func playIdle(t *testing.T, p *player, id resourcePath) bool {
	var in struct {
		Idle string `json:"idleTimeBeforeShutdown"`
	}
	if !p.into(&in) {
		return false
	}
	c := id.command(model.VerbIdle)
	c.Idle = period(in.Idle)
	return p.obey(t, id, c)
}
