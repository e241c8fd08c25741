package arm

import (
	"bytes"
	"context"
	"net/http"
	"time"
)

// strike is what the faults do to one request. A nil strike does nothing.
type strike struct {
	delay time.Duration
	kind  FaultKind // beside latency; "" if there is none
	pause time.Duration
}

// kept is an answer that a stale fault repeats.
type kept struct {
	body  []byte
	until time.Time // on the wall
}

// inject asks the faults about a request. Latency adds up and goes with one
// other kind: the first that strikes.
func (s *Server) inject(c *call) *strike {
	s.mu.Lock()
	defer s.mu.Unlock()
	var hit strike
	for i := range s.faults {
		f := &s.faults[i]
		if f.Kind != faultLatency && hit.kind != "" || !f.covers(c) || !f.strikes(s.ids.Float64) {
			continue
		}
		pause := f.Duration
		if pause == 0 {
			pause = defaultPause(f.Kind)
		}
		if f.Kind == faultLatency {
			hit.delay += pause
			continue
		}
		hit.kind, hit.pause = f.Kind, pause
	}
	if hit.kind == "" && hit.delay == 0 {
		return nil
	}
	return &hit
}

func defaultPause(kind FaultKind) time.Duration {
	for _, k := range faultKinds {
		if k.kind == kind {
			return k.pause
		}
	}
	return 0
}

// wait is the latency. It ends early, with an error, when the client gives up.
func (h *strike) wait(ctx context.Context) error {
	if h == nil || h.delay <= 0 {
		return nil
	}
	timer := time.NewTimer(h.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// refusal is the error that the strike answers with instead of doing the work.
func (h *strike) refusal(c *call) error {
	switch h.kind {
	case fault429:
		return throttled(c.route.kind, c.arg("sub"), h.pause)
	case fault403:
		return c.forbidden(c.resource())
	case fault404:
		return notFound("ResourceNotFound", "The Resource '%s' was not found: a fault was injected.", c.request.URL.Path)
	case fault409:
		return &refusal{status: http.StatusConflict, code: "Conflict", message: "Another operation is in progress: a fault was injected."}
	case fault500:
		return &refusal{status: http.StatusInternalServerError, code: "InternalServerError", message: "The server failed: a fault was injected."}
	case fault503:
		return &refusal{status: http.StatusServiceUnavailable, code: "ServiceUnavailable", retryAfter: h.pause,
			message: "The server is not available: a fault was injected."}
	}
	return nil
}

// keepStale replaces the answer by the one that the first struck request for
// the same URL got, until that is too old.
func (s *Server) keepStale(c *call, h *strike) {
	if h == nil || h.kind != faultStale || c.request.Method != http.MethodGet {
		return
	}
	key := c.request.URL.RequestURI()
	old, ok := s.stale[key]
	if !ok || c.wall.After(old.until) {
		s.stale[key] = kept{bytes.Clone(c.b), c.wall.Add(h.pause)}
		return
	}
	c.b = bytes.Clone(old.body)
}

// spoil breaks a finished answer.
func (h *strike) spoil(a *answer) {
	if h == nil {
		return
	}
	switch h.kind {
	case faultCut:
		a.cut = true
	case faultMalformed:
		a.body = append(a.body[:len(a.body)/2:len(a.body)/2], `<html>`...)
	}
}
