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
	switch {
	case i.State == StateJobRunning:
		return Idle{Known: true, Evidence: "a job is running on it"}
	case i.State != StateRunning:
		return Idle{Evidence: "not running"}
	case i.ActiveJobs > 0:
		return Idle{Known: true, Evidence: count(i.ActiveJobs, "active job")}
	case !i.JobsKnown:
		return Idle{Evidence: "jobs not listed yet"}
	}
	since, what := i.LastJobEnd, "no job for "
	if i.Last.Time.After(since) {
		since = i.Last.Time
		what = "no job since " + Fold(i.Last.Name) + " "
		if i.Last.Name == "" {
			what = "no job for "
		}
	}
	if since.IsZero() {
		return Idle{Evidence: "no job known, no last operation"}
	}
	d := max(0, now.Sub(since))
	text := what + Ago(d)
	if what != "no job for " {
		text += " ago"
	}
	return Idle{Known: true, For: d, Evidence: text}
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
