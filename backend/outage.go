package backend

import (
	"errors"
	"time"

	"github.com/amltop/amltop/model"
)

// outageAfter is how many calls in a row, of whatever parts, have to find
// nobody there before it counts as an outage and not as one part's trouble.
const outageAfter = 8

// outage is the state in which nothing can be reached, or nobody is signed in.
// One call at a time then finds out whether it is over: a thousand parts
// knocking on a dead network, or each having the Azure CLI started for a token,
// would help nobody.
type outage struct {
	fails int
	until wall
}

func (o *outage) on() bool { return o.fails >= outageAfter }

// blamed reports whether an error is of the kind that outages are made of.
func blamed(err error) bool {
	return errors.Is(err, model.ErrUnreachable) || errors.Is(err, model.ErrSignIn)
}

// felt takes in how a part's call ended. When an outage is over, what failed in
// it is asked for again at once. Price lists are on a host of their own, which
// says nothing of the others.
func (l *loop) felt(p *part, err error, now wall) {
	switch {
	case p.key == model.SectionPrices:
	case blamed(err):
		l.outage.fails++
		if l.outage.on() {
			l.outage.until = now + l.o.Cadence.retry(model.SectionComputes, l.outage.fails-outageAfter+1)
		}
	case l.outage.on():
		l.outage = outage{}
		for _, p := range l.parts {
			if blamed(p.state.Err) {
				l.urge(p)
			}
		}
	default:
		l.outage = outage{}
	}
}

// slots is how many calls may go out now; wait is when there may be one, if an
// outage holds them back.
func (l *loop) slots(now wall) (free int, wait wall) {
	switch {
	case !l.outage.on() || l.once:
		return max(0, l.o.Cadence.InFlight-l.inFlight), never
	case l.inFlight > 0:
		return 0, never
	case now < l.outage.until:
		return 0, l.outage.until
	default:
		return 1, never
	}
}

// minDelay keeps the loop from spinning when a part is due but has no slot.
const minDelay = time.Millisecond
