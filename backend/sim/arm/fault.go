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
	// Duration is how long latency is, how long a stale answer stays, what a
	// 429 or 503 asks to wait, and how far a skewed clock is ahead; 0: a default
	// for the kind.
	Duration time.Duration
	// Amount is the status of a proxy's page, and the MiB of a huge answer; 0:
	// a default for the kind.
	Amount int
}

// faultState is a fault and how often it has been met.
type faultState struct {
	Fault
	seen, struck int
}

// covers reports whether the fault is about a request.
func (f *faultState) covers(c *call) bool {
	if c.route == nil || about(f.Kind).changes && c.route.reads() {
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
