package backend

import (
	"errors"
	"math"
	"time"

	"github.com/amltop/amltop/model"
)

// class orders what is due: a lower one goes first.
type class uint8

const (
	classAction class = iota // an operation of ours, or what the user asked for
	classEyes                // on the screen
	classFirst               // never asked yet
	classRest                // by how late it is
)

// never is a due time that does not come.
const never = wall(math.MaxInt64)

// sectionRank is the order in which sections are loaded at the start: what
// shows rows first.
func sectionRank(key model.SectionKey) int {
	switch key {
	case model.SectionSubscriptions, model.SectionDiscovery:
		return 0
	case model.SectionWorkspaces:
		return 1
	case model.SectionComputes, model.SectionNodes:
		return 2
	case model.SectionEndpoints:
		return 3
	case model.SectionJobs:
		return 4
	case model.SectionSizes:
		return 5
	default:
		return 6
	}
}

// plan works out when a part is to be asked next. It is called whenever
// something that matters for that has changed.
func (l *loop) plan(p *part) {
	if p.inFlight || p.dropped {
		l.agenda.remove(p)
		return
	}
	p.next, p.rank = l.due(p)
	p.order, p.every = 0, l.o.Cadence.rest(p.key)
	switch {
	case p.rank == classFirst:
		p.order = 2 * sectionRank(p.key)
		if p.workspace != "" && !l.favourite[p.workspace] {
			p.order++
		}
	case p.transition(): // where there is too much, it is not to starve the rest
		p.every /= transitionWeight
	case l.favourite[p.workspace]:
		p.every /= 2 // half as late counts as much
	}
	l.agenda.put(p)
}

// transitionWeight is how many times more being late counts of what is in
// transition and not in sight.
const transitionWeight = 3

// due is when a part is to be asked next, and how it ranks then.
func (l *loop) due(p *part) (wall, class) {
	eyes := l.visible(p)
	rank := classRest
	switch {
	case p.ops > 0 || p.urgent && eyes:
		rank = classAction
	case eyes:
		rank = classEyes
	case p.tried == 0 && p.shade == 0:
		rank = classFirst
	}
	switch {
	case p.urgent:
		return p.notUntil, rank
	case p.tried == 0 && l.foretold(p):
		return max(p.notUntil, p.grown+patience), rank
	case p.tried == 0 && (p.shade == 0 || eyes):
		return p.notUntil, rank
	case l.once && (p.shade > 0 || !l.retries(p)):
		return never, rank
	case p.fails > 0:
		pause := l.o.Cadence.retry(p.key, p.fails)
		return max(p.notUntil, p.last+scaled(pause, p.jitter)), rank
	case l.focus.Blurred && !p.transition():
		return never, rank
	}
	every := l.rest(p.key)
	if eyes {
		every = l.o.Cadence.visible(p.key)
	}
	switch {
	case p.transition():
		every = min(every, l.o.Cadence.Transition)
	case p.key == model.SectionNodes && !eyes:
		return never, rank
	case p.shade > 0 && !eyes:
		return max(p.notUntil, min(p.confirm, max(p.shade, p.last+scaled(every, p.jitter)))), rank
	}
	return max(p.notUntil, p.last+scaled(every, p.jitter)), rank
}

// rest is the interval of a section's parts that nobody looks at. Bills come by
// the cloud's time, which in a simulator runs faster.
func (l *loop) rest(key model.SectionKey) wall {
	every := l.o.Cadence.rest(key)
	if key == model.SectionActuals {
		every = max(min(every, time.Minute), l.cloud.Clock().OnWall(every))
	}
	return every
}

func scaled(d time.Duration, factor float64) wall { return wall(float64(d) * factor) }

// evidenceOf is of how many workspaces in sight the jobs are asked for as often
// as the targets they tell of. Of more they come at their own pace: lists of
// jobs are long.
const evidenceOf = 24

// attempts is how often a one-shot load asks for what the network or the
// service's throttling denied.
const attempts = 3

// retries reports whether a one-shot load still has to ask a part.
func (l *loop) retries(p *part) bool {
	err := p.state.Err
	return p.tried < attempts && (errors.Is(err, model.ErrThrottled) || errors.Is(err, model.ErrUnreachable))
}

// visible reports whether somebody looks at what a part holds.
func (l *loop) visible(p *part) bool {
	if l.focus.Blurred {
		return false
	}
	if p.key == model.SectionNodes {
		return string(l.focus.Cluster) == p.scope
	}
	// Whether a target is used, and what waits for it, is told by its jobs.
	evidence := l.focus.Section == model.SectionComputes && p.key == model.SectionJobs &&
		len(l.inSight) <= evidenceOf && p.purse.roomy(l.now())
	if p.key == model.SectionDiscovery {
		return model.SectionKey(p.scope) == l.focus.Section
	}
	if p.key != l.focus.Section && !evidence {
		return false
	}
	return p.workspace == "" || l.inSight[p.workspace]
}

// schedule sends off what is due, as far as slots and allowances go, and
// returns when to look again.
func (l *loop) schedule(now wall) wall {
	l.effort.refill(now)
	l.agenda.advance(now)
	free, next := l.slots(now)
	for ; free > 0; free-- {
		p := l.agenda.best(now, func(due *lane) bool { return l.held(due, now) == 0 })
		if p == nil {
			break
		}
		l.dispatch(p)
	}
	if free > 0 { // else an answer will come first
		for _, due := range l.agenda.lanes {
			next = min(next, now+l.held(due, now))
		}
	}
	return min(next, l.agenda.next())
}

// held is for how long what is due in a lane may not be asked yet: for want of
// effort, or of allowance.
func (l *loop) held(due *lane, now wall) wall {
	switch {
	case len(due.due) == 0:
		return never - now
	case l.tired(due.rank):
		return l.effort.rest()
	}
	return due.purse.wait(now, due.rank <= classEyes || l.once)
}

// tired reports whether enough work went into what nobody looks at for now.
func (l *loop) tired(rank class) bool { return rank == classRest && !l.once && l.effort.left <= 0 }
