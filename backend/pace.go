package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// ARM grants a principal a bucket of reads per subscription that refills at a
// tenth of its size a second: 250, and 25 a second.
const (
	bucketReads    = 250
	refillFraction = 10
)

// allowance keeps a subscription's calls within a share of its read allowance.
type allowance struct {
	share  int // per cent
	limit  int // size of the service's bucket
	tokens float64
	at     wall // when tokens was right
	until  wall // no call before it: a Retry-After

	left   int // what the service last said is left; -1: nothing yet
	leftAt wall

	eyes, rest bool // what it grants in the pass of the schedule under way
}

func newAllowance(share int, now wall) *allowance {
	return &allowance{
		share: share, limit: bucketReads, at: now, left: -1,
		tokens: float64(bucketReads * share / 100),
	}
}

func (a *allowance) size() float64 { return float64(a.limit*a.share) / 100 }

func (a *allowance) refill(now wall) {
	a.tokens = min(a.size(), a.tokens+(now-a.at).Seconds()*a.size()/refillFraction)
	a.at = now
}

// open says what the allowance grants at the start of a pass.
func (a *allowance) open(now wall) {
	a.eyes, a.rest = a.grants(now, true), a.grants(now, false)
}

// reserve is the part of the share that is kept for what somebody looks at.
const reserve = 0.2

// grants reports whether a call may go out now. eyes: somebody waits for it.
func (a *allowance) grants(now wall, eyes bool) bool {
	if now < a.until {
		return false
	}
	a.refill(now)
	if eyes {
		return a.tokens >= 1
	}
	return a.tokens >= 1+reserve*a.size() && !a.short(now)
}

// short reports whether the service has less left than the share that is not
// ours. What it said ages: the bucket refills meanwhile, of which no more than
// the share is counted, since others draw on it too.
func (a *allowance) short(now wall) bool {
	if a.left < 0 {
		return false
	}
	refilled := (now - a.leftAt).Seconds() * a.size() / refillFraction
	return float64(a.left)+refilled < float64(a.limit*(100-a.share))/100
}

func (a *allowance) spend(reads int) { a.tokens -= float64(max(1, reads)) }

func (a *allowance) pause(until wall) { a.until = max(a.until, until) }

// heard takes in what the service last said of its allowance.
func (a *allowance) heard(b model.Budget, now wall) {
	if b.Limit <= 0 {
		return
	}
	a.limit, a.left, a.leftAt = b.Limit, b.Remaining, now
}

// effort bounds the work spent on rows that nobody looks at.
type effort struct {
	perSecond float64
	left      float64
	at        wall
}

// callRows is what a call costs beside its rows, counted in rows.
const callRows = 5

// effortKept is for how long unused effort is kept.
const effortKept = 10 * time.Second

func (e *effort) refill(now wall) {
	e.left = min(e.perSecond*effortKept.Seconds(), e.left+(now-e.at).Seconds()*e.perSecond)
	e.at = now
}

func (e *effort) spend(rows int) { e.left -= float64(rows + callRows) }

// rest is how long there is no effort left.
func (e *effort) rest() wall {
	return wall(max(0, -e.left)/e.perSecond*float64(time.Second)) + time.Millisecond
}
