package arm

import (
	"path"
	"slices"
	"strings"
	"time"
)

// Fault is something that goes wrong with some of the requests.
type Fault struct {
	// Route says which requests: the name of an operation such as
	// "computes.stop", of a group such as "computes", a pattern such as
	// "*.list", or "*". A slash and a name restrict it to requests with that
	// name in their path: "computes.stop/ana-gpu", or "*/vision" for a whole
	// workspace.
	Route string
	// Kind says what goes wrong.
	Kind FaultKind
	// Count is how many requests it strikes at most; 0: no limit.
	Count int
	// Every strikes each n-th request only; 0 or 1: each.
	Every int
	// Probability is the chance of a request to be struck; 0: certain.
	Probability float64
	// After spares the first requests.
	After int
	// Duration is how long latency is, how long a stale answer stays, and what
	// a 429 or 503 asks to wait; 0: a default for the kind.
	Duration time.Duration
}

// FaultKind is what goes wrong.
type FaultKind string

// The kinds of fault.
const (
	faultLatency   FaultKind = "latency"   // the answer is late
	fault429       FaultKind = "429"       // TooManyRequests with Retry-After
	fault403       FaultKind = "403"       // AuthorizationFailed
	fault404       FaultKind = "404"       // ResourceNotFound
	fault409       FaultKind = "409"       // Conflict
	fault500       FaultKind = "500"       // InternalServerError
	fault503       FaultKind = "503"       // ServiceUnavailable
	faultCut       FaultKind = "cut"       // done, but the connection breaks within the answer
	faultMalformed FaultKind = "malformed" // done, but the answer is no JSON
	faultStuck     FaultKind = "stuck"     // polling an operation says InProgress for ever
	faultFailed    FaultKind = "failed"    // polling an operation says Failed
	faultStale     FaultKind = "stale"     // a GET goes on answering with what it once said
)

// faultKinds lists them for error messages, and holds each kind's default
// duration.
var faultKinds = []struct {
	kind    FaultKind
	pause   time.Duration
	meaning string
}{
	{faultLatency, 2 * time.Second, "answers late"},
	{fault429, 10 * time.Second, "answers TooManyRequests with Retry-After"},
	{fault403, 0, "answers AuthorizationFailed"},
	{fault404, 0, "answers ResourceNotFound"},
	{fault409, 0, "answers Conflict"},
	{fault500, 0, "answers InternalServerError"},
	{fault503, 5 * time.Second, "answers ServiceUnavailable with Retry-After"},
	{faultCut, 0, "does the work and cuts the connection within the answer"},
	{faultMalformed, 0, "does the work and answers with broken JSON"},
	{faultStuck, 0, "says InProgress for ever when an operation is polled"},
	{faultFailed, 0, "says Failed when an operation is polled"},
	{faultStale, 30 * time.Second, "repeats an old answer to a GET"},
}

// faultState is a fault and how often it has been met.
type faultState struct {
	Fault
	seen, struck int
}

// covers reports whether the fault is about a request.
func (f *faultState) covers(c *call) bool {
	if c.route == nil {
		return false
	}
	pattern, name, named := strings.Cut(f.Route, "/")
	if named && !slices.ContainsFunc(c.args, func(arg string) bool { return strings.EqualFold(arg, name) }) {
		return false
	}
	group, _, _ := strings.Cut(c.route.name, ".")
	if strings.EqualFold(pattern, c.route.name) || strings.EqualFold(pattern, group) {
		return true
	}
	ok, err := path.Match(strings.ToLower(pattern), strings.ToLower(c.route.name))
	return err == nil && ok
}

// strikes counts the request and decides. chance is uniform in [0, 1).
func (f *faultState) strikes(chance func() float64) bool {
	f.seen++
	n := f.seen - f.After
	switch {
	case n <= 0,
		f.Count > 0 && f.struck >= f.Count,
		f.Every > 1 && n%f.Every != 0,
		f.Probability > 0 && chance() >= f.Probability:
		return false
	}
	f.struck++
	return true
}
