package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// joins are what the rows of one workspace are joined with: prices, jobs, and
// when they were observed. All times are the cloud's.
type joins struct {
	workspace *model.Workspace
	prices    *priceBook
	standing  model.Price
	jobs      map[model.ComputeID]jobLoad // nil: the jobs were never listed
	now       time.Time                   // of this observation
	seen      time.Time                   // of the one before; zero: this is the first
	keepFrom  time.Time                   // spans that ended before it are dropped
	recorded  bool                        // time that nobody watched is told apart
	month     time.Time                   // when the month began
	blank     []model.Span                // from then to now
	tolerance time.Duration               // how far apart observations may be that are no gap; 0: any
}

// target joins what every compute target has, and returns the target's jobs.
func (j *joins) target(t *model.Target) jobLoad {
	t.Workspace = j.workspace.ID
	load := j.jobs[t.ID]
	t.JobsKnown = j.jobs != nil
	t.ActiveJobs, t.LastJobEnd = load.active, load.lastEnd
	return load
}

// price finds a size in the region of a target, which is the workspace's where
// the target does not name one.
func (j *joins) price(location string, name model.SizeName, tier model.Tier) (*model.Size, model.Price) {
	if location == "" {
		location = j.workspace.Location
	}
	return j.prices.find(j.workspace.Subscription, location, name, tier)
}

// since reports whether t lies after the observation before and not after this one.
func (j *joins) since(t time.Time) bool {
	return !t.IsZero() && t.After(j.seen) && !t.After(j.now)
}

// charge is a meter's charge of a kind, or an empty one.
func charge(m model.Meter, kind model.ChargeKind) model.Charge {
	for _, c := range m {
		if c.Kind == kind {
			return c
		}
	}
	return model.Charge{Kind: kind}
}

// meter builds a meter from the charge that goes on for a target's VMs, and the
// others that have spans.
func meter(vms model.Charge, others ...model.Charge) model.Meter {
	n, keep := 0, len(vms.Spans) > 0
	for _, c := range others {
		if len(c.Spans) > 0 {
			n++
			keep = keep || c.Kind == vms.Kind // the first of a kind is the one that goes on
		}
	}
	if n == 0 && !keep {
		return nil
	}
	m := make(model.Meter, 0, n+1)
	if keep {
		m = append(m, vms)
	}
	for _, c := range others {
		if len(c.Spans) > 0 {
			m = append(m, c)
		}
	}
	return m
}

// trim drops spans that ended before keep: no figure on the screen reaches
// further back than the month, and a session may last for many.
func trim(spans []model.Span, keep time.Time) []model.Span {
	n := 0
	for n < len(spans) && !spans[n].Open() && spans[n].To.Before(keep) {
		n++
	}
	return spans[n:]
}
