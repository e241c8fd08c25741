package model

import (
	"errors"
	"time"
)

// Outage is when nothing at all answered any more, and in which words; a zero
// time means that something does. One call that failed is no outage, and a
// refusal is an answer.
func (s *Snapshot) Outage() (since time.Time, err error) {
	var answered time.Time
	var silent []*Part
	for _, parts := range s.Parts {
		for _, p := range parts {
			if p.AsOf.After(answered) {
				answered = p.AsOf
			}
			if p.Err != nil && (errors.Is(p.Err, ErrUnreachable) || errors.Is(p.Err, ErrSignIn)) {
				silent = append(silent, p)
			}
		}
	}
	failed := 0
	for _, p := range silent {
		if !p.FailedAt.After(answered) {
			continue
		}
		failed++
		if since.IsZero() || p.FailedAt.Before(since) {
			since, err = p.FailedAt, p.Err
		}
	}
	if failed < 2 {
		return time.Time{}, nil
	}
	return since, err
}
