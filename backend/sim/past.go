package sim

import (
	"sort"
	"time"

	"github.com/amltop/amltop/model"
)

// How many changes of its node counts a cluster remembers; in a fleet there is
// no room for many.
const mostCounts, mostCountsOfFleet = 2000, 8

// counted is a cluster's node counts from a moment on.
type counted struct {
	at     time.Time
	counts model.NodeCounts
}

// count remembers the counts of a cluster's nodes.
func (w *World) count(c *Cluster, now model.NodeCounts) {
	n := len(c.past)
	switch {
	case n > 0 && c.past[n-1].counts == now:
		return
	case n > 0 && c.past[n-1].at.Equal(w.now):
		c.past[n-1].counts = now
		return
	}
	most := mostCounts
	if w.hushed {
		most = mostCountsOfFleet
	}
	if n >= most {
		c.past = append(c.past[:0], c.past[n/2:]...)
	}
	c.past = append(c.past, counted{w.now, now})
}

// CountsAt are the cluster's nodes by state at a moment; false if that is too
// long ago, or yet to come.
func (w *World) CountsAt(c *Cluster, t time.Time) (model.NodeCounts, bool) {
	if t.After(w.now) {
		return model.NodeCounts{}, false
	}
	next := sort.Search(len(c.past), func(i int) bool { return c.past[i].at.After(t) })
	if next == 0 {
		return model.NodeCounts{}, false
	}
	return c.past[next-1].counts, true
}
