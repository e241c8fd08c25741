package backend

import (
	"cmp"
	"time"

	"github.com/amltop/amltop/model"
)

// Cadence is how often, in time on the wall, the cloud is asked. A field that
// is zero takes the default beside it.
type Cadence struct {
	Transition time.Duration // 2 s: parts with a target on its way somewhere
	Visible    time.Duration // 5 s: how old rows on the screen get at most

	Subscriptions time.Duration // 5 min
	Discovery     time.Duration // 60 s: Resource Graph
	Confirm       time.Duration // 30 min: lists that Resource Graph stands in for
	Workspaces    time.Duration // 60 s
	Computes      time.Duration // 30 s
	Endpoints     time.Duration // 60 s
	Jobs          time.Duration // 60 s
	Quotas        time.Duration // 2 min
	Sizes         time.Duration // 24 h
	Prices        time.Duration // 24 h: retail price lists
	Actuals       time.Duration // 4 h of the cloud's time: bills

	// Retry is the first pause after a failure; it doubles up to RetryCap.
	Retry    time.Duration // 2 s
	RetryCap time.Duration // 60 s; 5 min for sizes and Resource Graph, 1 h for price lists and bills

	// InFlight is how many calls may be under way together: 8.
	InFlight int
	// RowsPerSecond is how many rows that nobody looks at are asked for again,
	// at most: 200. Reading a row takes some 50 µs of processor time, one that
	// did not change a tenth of it, so that a fleet of 100,000 targets that
	// mostly stand still is gone through in two minutes at a fiftieth of a core.
	// A fleet of 10,000 does not come near it.
	RowsPerSecond int
	// Share is the part of each of the service's allowances to spend, in per cent: 50.
	Share int
}

// defaultShare is the part of each allowance that is spent, in per cent.
const defaultShare = 50

func (c Cadence) withDefaults() Cadence {
	return Cadence{
		Transition:    cmp.Or(c.Transition, 2*time.Second),
		Visible:       cmp.Or(c.Visible, 5*time.Second),
		Subscriptions: cmp.Or(c.Subscriptions, 5*time.Minute),
		Discovery:     cmp.Or(c.Discovery, time.Minute),
		Confirm:       cmp.Or(c.Confirm, 30*time.Minute),
		Workspaces:    cmp.Or(c.Workspaces, time.Minute),
		Computes:      cmp.Or(c.Computes, 30*time.Second),
		Endpoints:     cmp.Or(c.Endpoints, time.Minute),
		Jobs:          cmp.Or(c.Jobs, time.Minute),
		Quotas:        cmp.Or(c.Quotas, 2*time.Minute),
		Sizes:         cmp.Or(c.Sizes, 24*time.Hour),
		Prices:        cmp.Or(c.Prices, 24*time.Hour),
		Actuals:       cmp.Or(c.Actuals, ActualsFresh),
		Retry:         cmp.Or(c.Retry, 2*time.Second),
		RetryCap:      cmp.Or(c.RetryCap, time.Minute),
		InFlight:      cmp.Or(c.InFlight, 8),
		RowsPerSecond: cmp.Or(c.RowsPerSecond, 200),
		Share:         cmp.Or(c.Share, defaultShare),
	}
}

// rest is the interval of a section's parts that nobody looks at and in which
// nothing moves.
func (c Cadence) rest(key model.SectionKey) time.Duration {
	switch key {
	case model.SectionSubscriptions:
		return c.Subscriptions
	case model.SectionDiscovery:
		return c.Discovery
	case model.SectionWorkspaces:
		return c.Workspaces
	case model.SectionEndpoints:
		return c.Endpoints
	case model.SectionJobs:
		return c.Jobs
	case model.SectionQuotas:
		return c.Quotas
	case model.SectionSizes:
		return c.Sizes
	case model.SectionPrices:
		return c.Prices
	case model.SectionActuals:
		return c.Actuals
	default:
		return c.Computes
	}
}

// answerTime is about how long a call takes from being due to its answer.
const answerTime = 250 * time.Millisecond

// visible is the interval of a section's parts on the screen. What changes
// slowly is not asked for faster because somebody looks at it.
func (c Cadence) visible(key model.SectionKey) time.Duration {
	switch key {
	case model.SectionSubscriptions, model.SectionSizes, model.SectionPrices, model.SectionActuals:
		return c.rest(key)
	case model.SectionQuotas, model.SectionWorkspaces, model.SectionDiscovery:
		return min(3*c.Visible, c.rest(key))
	default: // an answer takes its time, and a new age alone waits to be published
		return min(max(c.Visible-ageGap-answerTime, c.Visible/2), c.rest(key))
	}
}

// retry is the pause before attempt number fails+1.
func (c Cadence) retry(key model.SectionKey, fails int) time.Duration {
	limit, d := c.RetryCap, c.Retry
	switch key {
	case model.SectionSizes, model.SectionDiscovery:
		limit *= 5
	case model.SectionPrices, model.SectionActuals: // nobody waits for them, and what is refused stays so
		limit, d = 60*limit, 15*d
	}
	for range fails - 1 {
		if d *= 2; d >= limit {
			return limit
		}
	}
	return min(d, limit)
}
