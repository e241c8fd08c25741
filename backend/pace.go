package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// purseKey names an allowance of the service's.
type purseKey struct {
	kind  model.BudgetKind
	scope string // subscription; "" for the tenant or the principal
}

// bucketSizes are the allowances until the service says what they are: tokens,
// and tokens a second.
var bucketSizes = map[model.BudgetKind][2]float64{
	model.BudgetReads:   {250, 25},
	model.BudgetWrites:  {200, 10},
	model.BudgetDeletes: {200, 10},
	model.BudgetGraph:   {15, 3},
	model.BudgetCost:    {12, 600. / 3600},
	model.BudgetRetail:  {20, 1}, // no limit is documented: a courtesy
}

// globalFactor is how many times larger the bucket of a subscription over all
// regions is.
const globalFactor = 15

// allowance keeps calls within a share of one of the service's buckets.
type allowance struct {
	share     int     // per cent
	limit     float64 // size of the service's bucket
	perSecond float64 // how fast it refills
	tokens    float64 // of the share
	at        wall    // when tokens was right
	until     wall    // no call before it: a Retry-After

	told   model.Budget // what the service last said
	toldAt wall
	spoken bool // it ever said anything
}

func newAllowance(kind model.BudgetKind, share int, now wall) *allowance {
	size := bucketSizes[kind]
	a := &allowance{share: share, limit: size[0], perSecond: size[1], at: now}
	a.tokens = a.size()
	return a
}

func (a *allowance) part() float64 { return float64(a.share) / 100 }
func (a *allowance) size() float64 { return a.limit * a.part() }
func (a *allowance) rate() float64 { return a.perSecond * a.part() }

func (a *allowance) refill(now wall) {
	a.tokens = min(a.size(), a.tokens+(now-a.at).Seconds()*a.rate())
	a.at = now
}

// reserve is the part of the share that is kept for what somebody looks at.
const reserve = 0.2

// wait is how long no call may go out; 0: one may now. eyes: somebody waits for
// it.
func (a *allowance) wait(now wall, eyes bool) wall {
	a.refill(now)
	lacks := 1 - a.tokens
	if !eyes {
		lacks = max(lacks+reserve*a.size(), a.short(now))
	}
	return a.comes(now, lacks)
}

// waitToAct is wait for a request of an operation. It may go into debt, up to
// overdraft, which whoever only looks then waits for.
func (a *allowance) waitToAct(now wall) wall {
	a.refill(now)
	return a.comes(now, 1-a.tokens-max(0, overdraft-a.part())*a.limit)
}

// overdraft is the part of the service's bucket that operations may use.
const overdraft = 0.9

// comes is how long it takes until there are so many tokens more.
func (a *allowance) comes(now wall, lacks float64) wall {
	wait := max(0, a.until-now)
	if lacks > 0 {
		wait = max(wait, wall(lacks/a.rate()*float64(time.Second))+time.Millisecond)
	}
	return wait
}

// short is how much less the service has left than the share that is not ours.
// What it said ages: the bucket refills meanwhile, of which no more than the
// share is counted, since others draw on it too.
func (a *allowance) short(now wall) float64 {
	if !a.spoken {
		return 0
	}
	refilled, others := (now-a.toldAt).Seconds()*a.rate(), a.limit*(1-a.part())
	lacks := others - float64(a.told.Remaining) - refilled
	if a.told.Global >= 0 {
		lacks = max(lacks, globalFactor*(others-refilled)-float64(a.told.Global))
	}
	return lacks
}

// roomy reports whether there is more than what is needed.
func (a *allowance) roomy(now wall) bool {
	a.refill(now)
	return a.tokens >= a.size()/2
}

func (a *allowance) spend(requests int) { a.tokens -= float64(max(1, requests)) }

// settle takes back what was put aside for a call that has ended, once the
// requests it really took are known to be counted.
func (a *allowance) settle(requests int) {
	if a.told.Sent > 0 {
		a.tokens += float64(max(1, requests))
	}
}

func (a *allowance) pause(until wall) { a.until = max(a.until, until) }

// heard takes in what the service last said of its allowance, and what has been
// sent by then: by the poller, or by an operation.
func (a *allowance) heard(b model.Budget, now wall) {
	a.refill(now)
	a.tokens -= float64(b.Sent - a.told.Sent)
	news := b.Limit > 0 && (!a.spoken || b.Sent != a.told.Sent || b.Remaining != a.told.Remaining)
	if news {
		a.toldAt, a.spoken = now, true
		a.limit = float64(b.Limit)
		if b.PerSecond > 0 {
			a.perSecond = b.PerSecond
		}
	}
	a.told = b
}

// left is what the service has left by now, by what it last said.
func (a *allowance) left(b model.Budget, now wall) model.Budget {
	if a.spoken && b.Limit > 0 {
		b.Remaining = min(b.Limit, b.Remaining+int((now-a.toldAt).Seconds()*a.perSecond))
	}
	return b
}

// purses are the allowances by kind and scope.
type purses struct {
	share int
	of    map[purseKey]*allowance
}

// purse is an allowance; it is opened full.
func (p *purses) purse(key purseKey, now wall) *allowance {
	a := p.of[key]
	if a == nil {
		a = newAllowance(key.kind, p.share, now)
		p.of[key] = a
	}
	return a
}

// heard takes in what the service said of all of them.
func (p *purses) heard(all []model.Budget, now wall) {
	for _, b := range all {
		p.purse(purseKey{b.Kind, b.Scope}, now).heard(b, now)
	}
}

// budgets are what is left of each by now, and the tightest of those that pace
// the lists: few queries of the graph or of costs are all that is ever needed.
func (p *purses) budgets(all []model.Budget, now wall) (left []model.Budget, tightest model.Budget) {
	for i, b := range all {
		all[i] = p.purse(purseKey{b.Kind, b.Scope}, now).left(b, now)
		if all[i].OfARM() && all[i].Low(tightest) {
			tightest = all[i]
		}
	}
	return all, tightest
}

// effort bounds the work spent on rows that nobody looks at.
type effort struct {
	perSecond float64
	left      float64
	at        wall
}

// callRows is what a call costs beside its rows, counted in rows; unchangedRows
// is how many rows that are not read since nothing changed cost as much as one
// that is.
const (
	callRows      = 10
	unchangedRows = 10
)

// effortKept is for how long unused effort is kept.
const effortKept = 10 * time.Second

func (e *effort) refill(now wall) {
	e.left = min(e.perSecond*effortKept.Seconds(), e.left+(now-e.at).Seconds()*e.perSecond)
	e.at = now
}

func (e *effort) spend(rows int) { e.left -= float64(rows + callRows) }

// spare gives back what an answer that was not read did not cost.
func (e *effort) spare(rows int) { e.left += float64(rows) * (1 - 1./unchangedRows) }

// rest is how long there is no effort left.
func (e *effort) rest() wall {
	return wall(max(0, -e.left)/e.perSecond*float64(time.Second)) + time.Millisecond
}
