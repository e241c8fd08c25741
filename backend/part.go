package backend

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/amltop/amltop/model"
)

// wall is time on the wall since the session was opened.
type wall = time.Duration

// call asks the cloud, outside the loop, and returns what to do with the answer.
type call func(ctx context.Context) (apply, error)

// apply takes an answer in, on the loop. now and seen are the cloud's time of
// this answer and of the last good one before it; seen is zero for the first.
type apply func(now, seen time.Time)

// part is one list call that is asked again and again: the computes of one
// workspace, the quota of one region. The loop owns it.
type part struct {
	key       model.SectionKey
	scope     string
	sub       model.SubscriptionID // whose read allowance it takes from
	workspace model.WorkspaceID    // "" where it is not of one workspace
	reads     int                  // how many requests the call takes, about
	rows      int                  // how many rows the last answer had
	version   Version              // of the answer its rows are from
	prepare   func() call          // on the loop, before each call
	kind      model.BudgetKind     // what the call counts as; "" for reads

	begun   time.Time // the cloud's time of the first good answer
	heir    bool      // it was told what is known of the time before
	moving  bool      // holds something on its way, by its last answer
	ops     int       // operations under way on what it holds
	dropped bool      // no longer wanted; an answer still to come is thrown away

	inFlight bool
	urgent   bool    // asked for by name
	tried    int     // attempts so far
	fails    int     // failures in a row
	last     wall    // end of the last attempt
	notUntil wall    // what a Retry-After forbids
	jitter   float64 // factor on the interval, drawn after each attempt

	number int // in the order they were grown
	purse  *allowance
	saved  int       // requests put aside for the call in flight
	saves  bool      // and the effort of reading it
	next   wall      // when it is to be asked
	rank   class     // how it ranks then
	order  int       // among those never asked
	every  wall      // the interval that lateness is counted in
	in     *partHeap // where on the agenda it is, or nil
	place  int

	shadow

	state model.Part
}

// loaded reports whether the part ever had an answer.
func (p *part) loaded() bool { return !p.state.AsOf.IsZero() }

// bucket is the allowance that the part's call counts against.
func (p *part) bucket() purseKey {
	key := purseKey{cmp.Or(p.kind, model.BudgetReads), string(p.sub)}
	if p.kind == model.BudgetCost { // counted for the principal
		key.scope = ""
	}
	return key
}

// transition reports whether the part is worth asking at the fastest pace.
func (p *part) transition() bool { return p.moving || p.ops > 0 }

// pageRows is how many rows a page of a list is taken to hold, to know what a
// list costs. The service does not document it.
const pageRows = 50

// pages is how many requests a list of n rows takes, about.
func pages(n int) int { return max(1, (n+pageRows-1)/pageRows) }

// dispatch sends the part's call off.
func (l *loop) dispatch(p *part) {
	p.saved, p.saves = p.reads, p.rank == classRest && !l.once
	p.purse.spend(p.saved)
	if p.saves {
		l.effort.spend(p.rows)
	}
	ask := p.prepare()
	p.inFlight, p.urgent = true, false
	l.plan(p)
	p.tried++
	l.inFlight++
	p.state.Polling = true
	l.touch(p)
	l.owner.Go(func() {
		take, err := guarded(l.ctx, ask)
		l.post(func() { l.answered(p, take, err) })
	})
}

// guarded turns a panic of a call into its error: one bad answer must not end
// the program.
func guarded(ctx context.Context, ask call) (take apply, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicError(r)
		}
	}()
	return ask(ctx)
}

// answered takes a call's end in.
func (l *loop) answered(p *part, take apply, err error) {
	l.inFlight--
	p.inFlight = false
	p.last = l.now()
	l.purses.heard(l.cloud.Budgets(), p.last)
	p.purse.settle(p.saved)
	if p.dropped {
		return
	}
	p.jitter = 0.85 + 0.15*l.random.Float64() // never later than asked for
	p.state.Polling = false
	defer l.plan(p)
	now := l.cloudNow()
	if err == nil {
		seen := p.state.AsOf
		if now.Before(seen) {
			now = seen // the learned clock may be corrected backwards
		}
		err = l.take(p, take, now, seen)
		l.growPrices()
	}
	if err != nil {
		l.failed(p, err, now)
	}
	l.felt(p, err, p.last)
	l.touch(p)
}

// take applies a good answer. A panic in it is a bug of the program, and a
// failure of this part only.
func (l *loop) take(p *part, take apply, now, seen time.Time) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicError(r)
		}
	}()
	if take != nil {
		take(now, seen)
	}
	p.fails, p.direct = 0, true
	l.content = l.content || p.state.Err != nil || !p.loaded()
	if p.begun.IsZero() {
		p.begun = now
	}
	p.state.AsOf = now
	p.state.Err, p.state.FailedAt, p.state.RetryAt = nil, time.Time{}, time.Time{}
	return nil
}

// failed notes a failure and when to try again. The rows stay, unless the
// service says that what held them is gone.
func (l *loop) failed(p *part, err error, now time.Time) {
	p.fails++
	l.content = l.content || p.state.Err == nil || model.Short(p.state.Err) != model.Short(err)
	if p.state.Err == nil {
		p.state.FailedAt = now
	}
	p.state.Err = err
	var no *model.Refusal
	if errors.As(err, &no) && no.RetryAfter > 0 {
		p.notUntil = p.last + no.RetryAfter
		if errors.Is(err, model.ErrThrottled) {
			p.purse.pause(p.notUntil)
		}
	}
	due, _ := l.due(p)
	p.state.RetryAt = l.cloudAt(due)
	switch {
	case p.key == model.SectionDiscovery:
		l.unforetold(p, err)
	case errors.Is(err, model.ErrNotFound) && p.workspace != "":
		l.vanished(p)
	}
}

// touch marks a part's public state as changed.
func (l *loop) touch(p *part) {
	if p.dropped {
		return
	}
	state := p.state
	parts := l.states[p.key]
	if parts == nil {
		parts = model.Parts{}
		l.states[p.key] = parts
	}
	parts[p.scope] = &state
	l.partsStale[p.key] = true
	l.age = true
}
