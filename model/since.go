package model

import (
	"cmp"
	"slices"
	"time"
)

// What is what became of a target between two moments.
type What string

// What can become of a target, what needs somebody first.
const (
	WhatFailed    What = "failed"
	WhatStarted   What = "started"
	WhatGrew      What = "grew"
	WhatAppeared  What = "appeared"
	WhatResized   What = "another size"
	WhatRan       What = "ran in between"
	WhatStopped   What = "stopped"
	WhatShrank    What = "shrank"
	WhatRecovered What = "recovered"
	WhatWent      What = "gone"
)

var whats = []What{WhatFailed, WhatStarted, WhatGrew, WhatAppeared, WhatResized, WhatRan, WhatStopped, WhatShrank, WhatRecovered, WhatWent}

// Health judges what became of a target.
func (w What) Health() Health {
	switch w {
	case WhatFailed:
		return HealthBad
	case WhatStarted, WhatGrew, WhatAppeared, WhatRan, WhatResized:
		return HealthChange
	case WhatRecovered:
		return HealthGood
	default:
		return HealthQuiet
	}
}

// Happening is what became of one target between two moments.
type Happening struct {
	What   What
	ID     string
	Target DigestTarget // as it is now; of one that is gone, as it was
	Detail string       // "Stopped → Running", "4 → 0 VMs"
	At     time.Time    // when it last changed; zero: not known
}

// Turns is how often a target changed within a stretch of time.
type Turns struct {
	N    int       // changes
	Last time.Time // the last of them
	Peak int       // the most VMs that billed after any of them
}

// Since says what became of targets between two digests: what needs somebody
// first, the newest first among equals. Targets of a part that is unknown at
// either moment are left out: that amltop saw them for the first time does not
// mean that they are new. turns, of the time between, may be nil.
func Since(then, now Digest, turns map[string]Turns) []Happening {
	var list []Happening
	for id, t := range now.Targets {
		if !then.Known[t.Part] {
			continue
		}
		was, had := then.Targets[id]
		if what, detail := became(was, had, t, turns[id]); what != "" {
			list = append(list, Happening{what, id, t, detail, turns[id].Last})
		}
	}
	for id, was := range then.Targets {
		if _, has := now.Targets[id]; !has && now.Known[was.Part] {
			list = append(list, Happening{WhatWent, id, was, "was " + stateText(was), turns[id].Last})
		}
	}
	slices.SortFunc(list, func(a, b Happening) int {
		return cmp.Or(slices.Index(whats, a.What)-slices.Index(whats, b.What), b.At.Compare(a.At),
			cmp.Compare(a.Target.Name, b.Target.Name), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// became compares a target with what it was; "" if nothing became of it.
func became(was DigestTarget, had bool, t DigestTarget, turns Turns) (What, string) {
	states := was.State + " → " + t.State
	switch {
	case !had && t.Bad():
		return WhatFailed, "new, " + stateText(t)
	case !had:
		return WhatAppeared, stateText(t)
	case t.Bad() && !was.Bad():
		return WhatFailed, states
	case was.Bad() && !t.Bad():
		return WhatRecovered, states
	case t.Kind == "instance" && was.Units == 0 && t.Units > 0:
		return WhatStarted, states
	case t.Kind == "instance" && was.Units > 0 && t.Units == 0:
		return WhatStopped, states
	case t.Units > was.Units:
		return WhatGrew, vms(was.Units, t.Units)
	case t.Units < was.Units:
		return WhatShrank, vms(was.Units, t.Units)
	case was.Size.Key() != t.Size.Key():
		return WhatResized, was.Size.Short() + " → " + t.Size.Short()
	case turns.Peak > t.Units:
		return WhatRan, "up to " + count(turns.Peak, "VM") + ", " + count(turns.N, "change")
	default:
		return "", ""
	}
}

func vms(from, to int) string { return itoa(from) + " → " + count(to, "VM") }

func stateText(t DigestTarget) string {
	text := t.State
	if text == "" {
		text = "state unknown"
	}
	if t.Units > 0 && t.Kind != "instance" {
		text += ", " + count(t.Units, "VM")
	}
	if t.Size != "" {
		text += ", " + t.Size.Short()
	}
	return text
}
