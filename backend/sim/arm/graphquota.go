package arm

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Resource Graph counts queries itself, by user, in windows of fixed length.
const (
	graphQueries = 15
	graphWindow  = 5 * time.Second
)

// window counts what is left of an allowance, in the time of the wall. The
// zero value is one that has not begun.
type window struct {
	ends time.Time
	used int
}

// take counts one request. It begins a new window if the last is over.
func (w *window) take(now time.Time, allowed int, length time.Duration) (left int, resets time.Duration, ok bool) {
	if !now.Before(w.ends) {
		*w = window{ends: now.Add(length)}
	}
	if ok = w.used < allowed; ok {
		w.used++
	}
	return allowed - w.used, w.ends.Sub(now), ok
}

// takeGraph is the quota of a query, and says what is left of it.
func takeGraph(c *call) error {
	left, resets, ok := c.s.graph.take(c.wall, graphQueries, graphWindow)
	seconds := (resets + time.Second - 1) / time.Second
	c.header.Set("x-ms-user-quota-remaining", strconv.Itoa(left))
	c.header.Set("x-ms-user-quota-resets-after", fmt.Sprintf("00:00:%02d", seconds))
	if ok || !c.s.opts.Throttle {
		return nil
	}
	return &refusal{
		status: http.StatusTooManyRequests, code: "RateLimiting", retryAfter: resets,
		message: c.support(),
		details: []detail{{code: "RateLimiting", message: "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed."}},
	}
}
