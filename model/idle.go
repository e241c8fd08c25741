package model

import (
	"cmp"
	"slices"
	"time"
)

// Confidence is how sure a verdict of idleness is.
type Confidence string

// The grades of confidence, from none to high.
const (
	ConfidenceNone   Confidence = "none"   // in use, or nothing to judge by
	ConfidenceLow    Confidence = "low"    // a pause: shorter than [LongIdle]
	ConfidenceMedium Confidence = "medium" // no job, though somebody may sit at a notebook, a terminal or a custom application
	ConfidenceHigh   Confidence = "high"   // nothing known of it for longer than a working day: see [SureIdle]
)

var confidences = map[Confidence]int{ConfidenceNone: 0, ConfidenceLow: 1, ConfidenceMedium: 2, ConfidenceHigh: 3}

// AtLeast reports whether a confidence is no lower than another.
func (c Confidence) AtLeast(other Confidence) bool { return confidences[c] >= confidences[other] }

// ParseConfidence reads a grade of confidence.
func ParseConfidence(text string) (Confidence, bool) {
	_, ok := confidences[Confidence(text)]
	return Confidence(text), ok
}

// Idle is a verdict on whether anyone uses an instance, with its evidence. It
// says what is known ("no job for 3h 12m"), not more: the service does not
// report notebooks or terminals.
type Idle struct {
	Known      bool          // whether there is anything to base a verdict on
	For        time.Duration // how long nothing is known to have used it; 0: in use
	Evidence   string
	Confidence Confidence
}

// LongIdle is from when on an idle instance is called idle in counts and
// previews; below it, a pause.
const LongIdle = 30 * time.Minute

// SureIdle is from when on nothing but a missing job makes idleness sure: no
// working day is as long, so that a night without a job lies in it.
const SureIdle = 12 * time.Hour

// busyShare is from how many per cent of use on metrics speak of work.
const busyShare = 5

// IdleAt is the verdict on an instance at now.
func (i *Instance) IdleAt(now time.Time) Idle {
	d, known := i.IdleFor(now)
	return Idle{Known: known, For: d, Evidence: i.evidence(d, now), Confidence: i.confidence(d, known, now)}
}

// measuredIdle is from when on idleness is sure where metrics of the VM say so.
const measuredIdle = 2 * time.Hour

// confidence grades a verdict of d. A custom application may have users of whom
// neither jobs nor operations tell, for as long as it runs.
func (i *Instance) confidence(d time.Duration, known bool, now time.Time) Confidence {
	switch {
	case !known || d == 0:
		return ConfidenceNone
	case d < LongIdle:
		return ConfidenceLow
	case i.Usage.still(now, measuredIdle) && d >= measuredIdle:
		return ConfidenceHigh
	case d < SureIdle || i.CustomApps > 0:
		return ConfidenceMedium
	default:
		return ConfidenceHigh
	}
}

// evidence says what the verdict of d rests on.
func (i *Instance) evidence(d time.Duration, now time.Time) string {
	switch {
	case i.State == StateJobRunning:
		return "a job is running on it"
	case i.State != StateRunning:
		return "not running"
	case i.ActiveJobs > 0:
		return count(i.ActiveJobs, "active job")
	case !i.JobsKnown:
		return "jobs not listed yet"
	case i.Usage.busy(now):
		return "no job listed, and " + i.Usage.String()
	case i.quietSince().IsZero():
		return "no job known, no last operation"
	case i.Last.Name != "" && i.Last.Time.After(i.LastJobEnd) && i.Last.Time.After(i.Usage.Busy):
		return "no job since " + Fold(i.Last.Name) + " " + Ago(d) + " ago" + i.Usage.quiet()
	default:
		return "no job for " + Ago(d) + i.Usage.quiet()
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
	case i.Usage.busy(now):
		return 0, true
	default:
		return max(0, now.Sub(since)), true
	}
}

// StandsIdle is for how long an instance has stood idle, and whether it is
// called that: where the verdict of [Instance.IdleAt] is of medium confidence
// or better. Sums of idle money and lists of idle instances go by it.
func (i *Instance) StandsIdle(now time.Time) (time.Duration, bool) {
	d, known := i.IdleFor(now)
	return d, i.confidence(d, known, now).AtLeast(ConfidenceMedium)
}

// quietSince is when the last thing known to have used the instance was over:
// a job, listed or seen in the metrics, or what started it. Zero if nothing is
// known.
func (i *Instance) quietSince() time.Time {
	since := i.LastJobEnd
	for _, t := range []time.Time{i.Last.Time, i.Usage.Busy} {
		if t.After(since) {
			since = t
		}
	}
	return since
}

// StoppableIdle are the instances that nothing is known to have used for
// [LongIdle] and that can be stopped, the surest verdicts first, the dearest
// among equals.
func StoppableIdle(s *Snapshot, now time.Time) []*Instance {
	var list []*Instance
	for _, i := range s.Instances {
		if _, idle := i.StandsIdle(now); idle && AllowInstance(s, i, VerbStop) == nil {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b *Instance) int {
		x, y := a.IdleAt(now).Confidence, b.IdleAt(now).Confidence
		return cmp.Or(cmp.Compare(confidences[y], confidences[x]),
			cmp.Compare(b.Meter.BurnOf(ChargeCompute, now), a.Meter.BurnOf(ChargeCompute, now)))
	})
	return list
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return itoa(n) + " " + what + "s"
}
