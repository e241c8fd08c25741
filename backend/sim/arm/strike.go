package arm

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"time"
)

// strike is what the faults do to one request. A nil strike does nothing.
type strike struct {
	delay  time.Duration
	kind   FaultKind // beside latency; "" if there is none
	pause  time.Duration
	amount int
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
		usual := about(f.Kind)
		pause, amount := cmp.Or(f.Duration, usual.pause), cmp.Or(f.Amount, usual.amount)
		if f.Kind == faultLatency {
			hit.delay += pause
			continue
		}
		hit.kind, hit.pause, hit.amount = f.Kind, pause, amount
	}
	if hit.kind == "" && hit.delay == 0 {
		return nil
	}
	return &hit
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
