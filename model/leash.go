package model

import "time"

// LeashState says whether something will stop an instance.
type LeashState string

// The leash states.
const (
	LeashNone    LeashState = "none"    // nothing will stop it
	LeashOn      LeashState = "on"      // an idle rule or a stop schedule is set
	LeashLate    LeashState = "late"    // the idle rule should have stopped it by now
	LeashBlocked LeashState = "blocked" // a rule is set, and something known keeps it from firing
)

// Leash is what will stop an instance, and whether it does what it promised.
type Leash struct {
	State LeashState
	Text  string
}

// LateGrace is how long past its rule an instance without a job may run before
// the rule counts as late. The service looks only now and then, and it counts
// notebooks, terminals and editors as use, of which it tells nobody: a rule a
// little past its time says nothing.
const LateGrace = 2 * time.Hour

// LeashAt is the leash of an instance at now.
func (i *Instance) LeashAt(now time.Time) Leash {
	stops := 0
	for _, s := range i.Schedules {
		if s.Action == ScheduleStop && !s.Off() {
			stops++
		}
	}
	running := i.State == StateRunning || i.State == StateJobRunning
	switch {
	case i.IdleShutdown > 0 && running:
		return i.idleLeash(now)
	case i.IdleShutdown > 0:
		return Leash{LeashOn, "idle " + Ago(i.IdleShutdown) + " rule"}
	case stops > 0:
		return Leash{LeashOn, count(stops, "stop schedule")}
	default:
		return Leash{LeashNone, "none"}
	}
}

// idleLeash compares the promise of an idle rule with the facts.
func (i *Instance) idleLeash(now time.Time) Leash {
	rule := "idle " + Ago(i.IdleShutdown) + " rule"
	idle := i.IdleAt(now)
	late := idle.Known && idle.For > i.IdleShutdown+LateGrace
	switch {
	case i.CustomApps > 0:
		return Leash{LeashBlocked, "blocked: " + rule + ", a custom app keeps it awake"}
	case late && i.Identity:
		return Leash{LeashLate, "late: " + rule + "; is its identity Contributor?"}
	case late:
		return Leash{LeashLate, "late: " + rule}
	case idle.Known && idle.For > 0 && idle.For <= i.IdleShutdown:
		return Leash{LeashOn, "stops in " + Ago(i.IdleShutdown-idle.For) + " if idle"}
	case idle.Known && idle.For > i.IdleShutdown:
		return Leash{LeashOn, rule + ", maybe in use"}
	default:
		return Leash{LeashOn, rule}
	}
}
