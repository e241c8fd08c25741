package azure

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

const (
	headerClock = "X-Amltop-Clock" // <RFC 3339 time>;speed=<factor>, of the simulator
	headerID    = "x-ms-request-id"
)

// skewShown is how far a Date header, which has whole seconds only, may be off
// before the clocks count as different.
const skewShown = 2 * time.Second

// leapDoubted is how far one answer may move the clock by itself.
const leapDoubted = 30 * time.Second

// watcher is the policy that learns from every answer: what is left of the
// allowances, and what time it is over there.
type watcher struct {
	now        func() time.Time
	log        *slog.Logger
	trustClock bool // whether the other end may say how fast its time runs

	mu      sync.Mutex
	budgets map[bucket]*model.Budget
	clock   model.Clock
	leap    model.Clock // what one answer said and no other yet; zero: none
}

// Do implements policy.Policy.
func (w *watcher) Do(req *policy.Request) (*http.Response, error) {
	sent := w.now()
	resp, err := req.Next()
	now := w.now()
	raw := req.Raw()
	if err != nil {
		w.spend(raw) // whether it arrived is not known
		w.log.DebugContext(raw.Context(), "arm", "method", raw.Method, "path", clean(raw.URL.Path), "took", now.Sub(sent), "error", model.Short(refuse("", err)))
		return resp, err
	}
	w.log.DebugContext(raw.Context(), "arm", "method", raw.Method, "path", clean(raw.URL.Path), "took", now.Sub(sent),
		"status", resp.StatusCode, "request", clean(resp.Header.Get(headerID)))
	w.learn(resp, now)
	return resp, nil
}

func (w *watcher) learn(resp *http.Response, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.account(resp)
	if c, ok := parseClock(resp.Header.Get(headerClock), now); ok && w.trustClock {
		w.clock = c
		return
	}
	if resp.Header.Get(headerID) == "" {
		return // not ARM's: a proxy's time is nobody's
	}
	if there, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		w.set(there, now)
	}
}

// set takes in what the other end's Date says. A clock that runs on as before
// is left alone; a leap is believed once a second answer confirms it, as one of
// many servers may be wrong.
func (w *watcher) set(there, now time.Time) {
	at := w.clock.At(now)
	off := there.Sub(at).Abs()
	heard := w.leap
	w.leap = model.Clock{}
	switch {
	case off <= skewShown:
	case off <= leapDoubted, !heard.Wall.IsZero() && there.Sub(heard.At(now)).Abs() <= skewShown:
		w.clock = model.Clock{Wall: now, Time: there, Speed: 1}
	default:
		w.leap = model.Clock{Wall: now, Time: there, Speed: 1}
	}
}

// parseClock reads the simulator's clock header.
func parseClock(header string, now time.Time) (model.Clock, bool) {
	at, rest, _ := strings.Cut(header, ";")
	there, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(at))
	if err != nil {
		return model.Clock{}, false
	}
	speed := 1.0
	if text, ok := strings.CutPrefix(strings.TrimSpace(rest), "speed="); ok {
		if f, err := strconv.ParseFloat(text, 64); err == nil && f >= 0 && f <= 1e6 {
			speed = f
		}
	}
	return model.Clock{Wall: now, Time: there, Speed: speed}, true
}

func (w *watcher) clockNow() model.Clock {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}
