package model

import "time"

// LeashState says whether something will stop an instance.
type LeashState string

// The leash states, from the one that needs somebody most.
const (
	LeashLate    LeashState = "late"    // what is set should have stopped it by now
	LeashBlocked LeashState = "blocked" // a rule is set, and something known keeps it from firing
	LeashNone    LeashState = "none"    // nothing will stop it
	LeashSlack   LeashState = "slack"   // what is set will stop it, so seldom that it hardly saves: see [SlackIdle], [SlackStops]
	LeashOn      LeashState = "on"      // an idle rule or a stop schedule is set
)

// Rank orders leashes by who needs somebody most, from 0.
func (s LeashState) Rank() int {
	for k, state := range []LeashState{LeashLate, LeashBlocked, LeashNone, LeashSlack} {
		if s == state {
			return k
		}
	}
	return 4
}

// Leash is what will stop an instance, and whether it does what it promised.
type Leash struct {
	State   LeashState
	Text    string
	Blocker string    // of one late or blocked: the likely reason; "" if none is known
	Sure    bool      // of one late: nobody is using it, as far as can be known
	Next    time.Time // when it will act if nothing happens till then; zero: not known
	NextBy  string    // what will: "idle rule", "stop schedule"
}

// LateGrace is how long past its rule an instance without a job may run before
// the rule counts as late. The service looks only now and then, and it counts
// notebooks, terminals and editors as use, of which it tells nobody: a rule a
// little past its time says nothing.
const LateGrace = 2 * time.Hour

// A leash that hardly saves: an idle rule longer than a day lets every night
// pass, and stops further apart than a long weekend let whole weeks pass.
const (
	SlackIdle  = 24 * time.Hour
	SlackStops = 4 * 24 * time.Hour
)

// scheduleGrace is how long after a stop schedule ran the instance may still be
// up: its user is given notice, and a stop takes minutes.
const scheduleGrace = 30 * time.Minute

// LeashAt is the leash of an instance at now.
func (i *Instance) LeashAt(now time.Time) Leash {
	stops := i.stopsAt(now)
	running := i.State == StateRunning || i.State == StateJobRunning
	switch {
	case i.IdleShutdown > 0 && running:
		return i.idleLeash(now, stops)
	case i.IdleShutdown > 0:
		return Leash{State: LeashOn, Text: "idle " + Ago(i.IdleShutdown) + " rule", Next: stops.next, NextBy: stops.by()}
	case stops.missed && running:
		return Leash{State: LeashLate, Text: "late: stop schedule", Blocker: missedBlocker, Sure: true, Next: stops.next, NextBy: stops.by()}
	case stops.n > 0:
		return Leash{State: stops.state(), Text: stops.text(now), Next: stops.next, NextBy: stops.by()}
	default:
		return Leash{State: LeashNone, Text: "none"}
	}
}

// What likely keeps a leash from acting, in the service's own conditions.
const (
	appBlocker      = "a custom application keeps it awake"
	identityBlocker = "its managed identity may not be Contributor on the workspace"
	sessionBlocker  = "somebody may be at a notebook, a terminal or VS Code; or its disk is full"
	missedBlocker   = "its user may have dismissed the notice; or its disk is full"
)

// idleLeash compares the promise of an idle rule with the facts.
func (i *Instance) idleLeash(now time.Time, stops stops) Leash {
	rule := "idle " + Ago(i.IdleShutdown) + " rule"
	idle := i.IdleAt(now)
	late := idle.Known && idle.For > i.IdleShutdown+LateGrace
	l := Leash{State: LeashOn, Text: rule, Next: stops.next, NextBy: stops.by()}
	switch {
	case i.CustomApps > 0 && stops.n > 0 && !stops.missed && stops.state() == LeashOn:
		l.Text, l.Blocker = stops.text(now)+"; "+rule+" blocked", appBlocker
	case i.CustomApps > 0:
		l.State, l.Text, l.Blocker = LeashBlocked, "blocked: "+rule+", a custom app keeps it awake", appBlocker
	case late:
		l.State, l.Text, l.Blocker = LeashLate, "late: "+rule, sessionBlocker
		l.Sure = idle.Confidence == ConfidenceHigh
		if i.Identity {
			l.Text, l.Blocker = l.Text+"; is its identity Contributor?", identityBlocker
		}
	case stops.missed:
		l.State, l.Text, l.Blocker, l.Sure = LeashLate, "late: stop schedule", missedBlocker, true
	case idle.Known && idle.For > 0 && idle.For <= i.IdleShutdown:
		l.Text = "stops in " + Ago(i.IdleShutdown-idle.For) + " if idle"
		if at := now.Add(i.IdleShutdown - idle.For); l.Next.IsZero() || at.Before(l.Next) {
			l.Next, l.NextBy = at, "idle rule"
		} else {
			l.Text = stops.text(now)
		}
	case idle.Known && idle.For > i.IdleShutdown:
		l.Text = rule + ", maybe in use"
	}
	if l.State == LeashOn && i.IdleShutdown > SlackIdle && (stops.n == 0 || stops.state() == LeashSlack) {
		l.State, l.Text = LeashSlack, "slack: "+l.Text
	}
	return l
}

// Pulls reports whether something stops an instance of this leash without
// anybody's doing.
func (l Leash) Pulls() bool { return l.State == LeashOn || l.State == LeashSlack }
