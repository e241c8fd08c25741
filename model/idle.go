package model

import "time"

// Idle is a verdict on whether anyone uses an instance, with its evidence. It
// says what is known ("no job for 3h 12m"), not more: the service does not
// report notebooks or terminals.
type Idle struct {
	Known    bool          // whether there is anything to base a verdict on
	For      time.Duration // how long nothing is known to have used it; 0: in use
	Evidence string
}

// IdleAt is the verdict on an instance at now.
func (i *Instance) IdleAt(now time.Time) Idle {
	d, known := i.IdleFor(now)
	return Idle{Known: known, For: d, Evidence: i.evidence(d)}
}

// evidence says what the verdict of d rests on.
func (i *Instance) evidence(d time.Duration) string {
	switch {
	case i.State == StateJobRunning:
		return "a job is running on it"
	case i.State != StateRunning:
		return "not running"
	case i.ActiveJobs > 0:
		return count(i.ActiveJobs, "active job")
	case !i.JobsKnown:
		return "jobs not listed yet"
	case i.quietSince().IsZero():
		return "no job known, no last operation"
	case i.Last.Name != "" && i.Last.Time.After(i.LastJobEnd):
		return "no job since " + Fold(i.Last.Name) + " " + Ago(d) + " ago"
	default:
		return "no job for " + Ago(d)
	}
}

// IdleFor is the verdict of [Instance.IdleAt] without its evidence: for how long
// nothing is known to have used the instance, and whether that can be said.
func (i *Instance) IdleFor(now time.Time) (time.Duration, bool) {
	switch since := i.quietSince(); {
	case i.State == StateJobRunning:
		return 0, true
	case i.State != StateRunning:
		return 0, false
	case i.ActiveJobs > 0:
		return 0, true
	case !i.JobsKnown || since.IsZero():
		return 0, false
	default:
		return max(0, now.Sub(since)), true
	}
}

// quietSince is when the last thing known to have used the instance was over:
// a job, or what started it. Zero if nothing is known.
func (i *Instance) quietSince() time.Time {
	if i.Last.Time.After(i.LastJobEnd) {
		return i.Last.Time
	}
	return i.LastJobEnd
}

// LongIdle is from when on an idle instance is called idle in counts and
// previews; below it, a pause.
const LongIdle = 30 * time.Minute

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return itoa(n) + " " + what + "s"
}
