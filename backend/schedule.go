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
	case model.SectionSubscriptions:
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

// due is when a part is to be asked next, and how it ranks then.
func (l *loop) due(p *part) (wall, class) {
	eyes := l.visible(p)
	rank := classRest
	switch {
	case p.ops > 0 || p.urgent && eyes:
		rank = classAction
	case eyes:
		rank = classEyes
	case p.tried == 0:
		rank = classFirst
	}
	switch {
	case p.tried == 0 || p.urgent:
		return p.notUntil, rank
	case l.once && !l.again(p):
		return never, rank
	case p.fails > 0:
		pause := l.o.Cadence.retry(p.key, p.fails)
		return max(p.notUntil, p.last+scaled(pause, p.jitter)), rank
	case l.focus.Blurred && !p.transition():
		return never, rank
	}
	every := l.o.Cadence.rest(p.key)
	if eyes && !l.focus.Blurred {
		every = l.o.Cadence.visible(p.key)
	}
	if p.transition() {
		every = min(every, l.o.Cadence.Transition)
	} else if p.key == model.SectionNodes && !eyes {
		return never, rank
	}
	return max(p.notUntil, p.last+scaled(every, p.jitter)), rank
}

func scaled(d time.Duration, factor float64) wall { return wall(float64(d) * factor) }

// evidenceOf is of how many workspaces in sight the jobs are asked for as often
// as the targets they tell of. Of more they come at their own pace: lists of
// jobs are long.
const evidenceOf = 24

// attempts is how often a one-shot load asks for what the network or the
// service's throttling denied.
const attempts = 3

// again reports whether a one-shot load still has to ask a part.
func (l *loop) again(p *part) bool {
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
	evidence := l.focus.Section == model.SectionComputes && p.key == model.SectionJobs && len(l.inSight) <= evidenceOf
	if p.key != l.focus.Section && !evidence {
		return false
	}
	return p.workspace == "" || l.inSight[p.workspace]
}

// choice is a part that is due.
type choice struct {
	p     *part
	order int     // among those never asked
	late  float64 // how many intervals overdue
}

func (c choice) before(d choice) bool {
	switch {
	case c.p.rank != d.p.rank:
		return c.p.rank < d.p.rank
	case c.order != d.order:
		return c.order < d.order
	default:
		return c.late > d.late
	}
}

// schedule sends off what is due, as far as slots and allowances go, and
// returns when to look again.
func (l *loop) schedule(now wall) wall {
	for _, a := range l.allowances {
		a.open(now)
	}
	l.effort.refill(now)
	free, wait := l.slots(now)
	best, next, held := l.choose(now, free)
	for _, c := range best {
		if l.tired(c.p) {
			next = min(next, now+l.effort.rest())
			continue
		}
		if !c.p.purse.grants(now, l.awaited(c.p)) {
			held = true
			continue
		}
		c.p.purse.spend(c.p.reads)
		if c.p.rank == classRest {
			l.effort.spend(c.p.rows)
		}
		l.dispatch(c.p)
	}
	if held {
		next = min(next, now+refillPause)
	}
	return min(next, wait)
}

// refillPause is how long the loop waits for an allowance to refill.
const refillPause = 100 * time.Millisecond

// choose finds the most pressing of the parts that are due, as many as there
// are free slots; when the next one will be; and whether an allowance held any
// back.
func (l *loop) choose(now wall, free int) (best []choice, next wall, held bool) {
	best, next = make([]choice, 0, free), never
	for _, p := range l.parts {
		if p.inFlight {
			continue
		}
		if !p.planned {
			p.next, p.rank = l.due(p)
			p.planned = true
		}
		switch {
		case p.next > now:
			next = min(next, p.next)
		case l.tired(p):
			next = min(next, now+l.effort.rest())
		case p.purse.rest || p.purse.eyes && l.awaited(p):
			best = insert(best, l.choice(p, now-p.next), free)
		default:
			held = true
		}
	}
	return best, next, held
}

// awaited reports whether somebody waits for a part.
func (l *loop) awaited(p *part) bool { return p.rank <= classEyes || l.once }

// tired reports whether enough work went into what nobody looks at for now.
func (l *loop) tired(p *part) bool { return p.rank == classRest && !l.once && l.effort.left <= 0 }

func (l *loop) choice(p *part, late wall) choice {
	if p.rank == classFirst {
		return choice{p: p, order: sectionRank(p.key)}
	}
	every := l.o.Cadence.rest(p.key)
	if p.transition() {
		every = l.o.Cadence.Transition
	}
	return choice{p: p, late: float64(late) / float64(every)}
}

// insert puts a choice in its place among the best limit ones.
func insert(best []choice, c choice, limit int) []choice {
	if len(best) == limit {
		if limit == 0 || !c.before(best[limit-1]) {
			return best
		}
		best = best[:limit-1]
	}
	best = append(best, c)
	for i := len(best) - 1; i > 0 && best[i].before(best[i-1]); i-- {
		best[i], best[i-1] = best[i-1], best[i]
	}
	return best
}
