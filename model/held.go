package model

import "time"

// HeldID names something amltop holds back.
type HeldID string

// Held is a command that amltop itself gives at a moment, because Azure cannot
// hold it: "stop in 30m". It lives as long as the program, no longer.
type Held struct {
	ID      HeldID
	Command Command
	At      time.Time // when it is given, in the service's time
	Why     string    // "stop in 30m", "puts the idle rule back": for people
}

// HeldNote goes with everything that amltop holds.
const HeldNote = "only while amltop runs"

// Text says what will be done and when: "stop in 29m, only while amltop runs".
func (h *Held) Text(now time.Time) string {
	verb := string(h.Command.Verb)
	if h.Command.Verb != VerbStop {
		verb = h.Why
	}
	return verb + " in " + Ago(h.At.Sub(now)) + ", " + HeldNote
}

// HeldFor is the next thing that amltop will do to a target, or nil.
func (s *Snapshot) HeldFor(target string) *Held {
	if s == nil {
		return nil
	}
	for _, h := range s.Held { // soonest first
		if h.Command.Target == target {
			return h
		}
	}
	return nil
}
