package sim

import (
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// How a cluster scales. The nodes it wants are those its queued and active jobs
// ask for, between its minimum and its maximum. It grows at once, as far as the
// quota goes; it gives a node up after the node has been idle for the idle time.
// Unusable nodes keep their place, and are billed, until someone resizes the
// cluster.

// Node states, as the service spells them.
const (
	nodeIdle      = "idle"
	nodeRunning   = "running"
	nodePreparing = "preparing"
	nodeUnusable  = "unusable"
	nodeLeaving   = "leaving"
	nodePreempted = "preempted"
)

// Counts are the cluster's nodes by state.
func (c *Cluster) Counts() model.NodeCounts {
	var n model.NodeCounts
	for _, node := range c.Nodes {
		switch node.State {
		case nodeIdle:
			n.Idle++
		case nodeRunning:
			n.Running++
		case nodePreparing:
			n.Preparing++
		case nodeUnusable:
			n.Unusable++
		case nodeLeaving:
			n.Leaving++
		case nodePreempted:
			n.Preempted++
		}
	}
	return n
}

// wanted is how many nodes the cluster's jobs and limits call for.
func (c *Cluster) wanted() int {
	n := 0
	for _, j := range c.queue {
		n += j.Nodes
	}
	for _, j := range c.active {
		n += j.Nodes
	}
	return min(c.Max, max(c.Min, n))
}

// reconcile brings a cluster a step nearer to what it should be. It is called
// after everything that changes its jobs, nodes or limits, and is idempotent.
func (w *World) reconcile(c *Cluster) {
	if c.Gone || c.ProvisioningState == creating || c.ProvisioningState == deleting {
		return
	}
	w.place(c)
	want, have := c.wanted(), c.Counts()
	working := have.Idle + have.Running + have.Preparing
	switch {
	case c.ScaleBlocked:
		if want != len(c.Nodes) {
			w.resizing(c, want)
		}
		return
	case want > working+have.Preempted:
		w.grow(c, min(want-working-have.Preempted, c.Max-len(c.Nodes)), want)
	default:
		w.unblock(c)
		c.Faults = nil
		w.shrink(c, working-want)
	}
	w.steady(c)
}

// place gives idle nodes to waiting jobs, first come first served: a job that
// needs more nodes than are idle holds those behind it up.
func (w *World) place(c *Cluster) {
	for len(c.queue) > 0 {
		j, idle := c.queue[0], c.in(nodeIdle)
		if len(idle) < j.Nodes {
			return
		}
		c.queue = c.queue[1:]
		c.active = append(c.active, j)
		j.nodes = idle[:j.Nodes:j.Nodes]
		for _, n := range j.nodes {
			n.Job = j
			w.turn(c, n, nodeRunning)
		}
		w.prepare(j)
	}
}

// grow adds nodes as far as the quota goes. If it ends before they do, the
// cluster says so and tries again when cores come free.
func (w *World) grow(c *Cluster, n, want int) {
	granted := n
	if c.hw.cores > 0 {
		granted = max(0, min(n, c.bound.room(c.hw, c.LowPriority)/c.hw.cores))
	}
	for range granted {
		w.add(c)
	}
	if granted >= n {
		w.unblock(c)
		c.Faults = nil
		return
	}
	c.Target = want
	if !c.starved {
		c.starved = true
		c.bound.blocked = append(c.bound.blocked, c)
	}
	c.Faults = c.starvation(want)
}

// starvation is what the service reports of a cluster that gets no more cores.
func (c *Cluster) starvation(want int) []Fault {
	what, used, limit := familyLabel(c.hw.label)+" Cluster Dedicated", c.bound.used.family[c.hw.family], c.bound.limit(c.hw.family)
	switch {
	case c.LowPriority:
		what, used, limit = "Total Cluster Low Priority Regional", c.bound.used.low, c.bound.LowPriorityLimit
	case c.bound.DedicatedLimit-c.bound.used.dedicated < limit-used:
		what, used, limit = "Total Cluster Dedicated Regional", c.bound.used.dedicated, c.bound.DedicatedLimit
	}
	return []Fault{{"ClusterCoreQuotaReached", fmt.Sprintf(
		"The cluster cannot be resized to %d nodes: the %s vCPU quota of this subscription in %s is used up (%d of %d vCPUs in use, %d more needed).",
		want, what, c.Location, used, limit, (want-len(c.Nodes))*c.hw.cores)}}
}

// unblock takes a cluster off the list of those waiting for cores.
func (w *World) unblock(c *Cluster) {
	if c.starved {
		c.starved = false
		c.bound.blocked = without(c.bound.blocked, c)
	}
}

// shrink lets surplus nodes go whose idle time is over, the longest idle first,
// and sets the alarm for the next one.
func (w *World) shrink(c *Cluster, surplus int) {
	c.drain.cancel()
	for _, n := range c.in(nodeIdle) {
		if surplus <= 0 {
			return
		}
		if left := c.IdleTime - w.now.Sub(n.Since); left > 0 {
			w.set(&c.drain, left, func() { w.reconcile(c) })
			return
		}
		w.leave(c, n)
		surplus--
	}
}

// steady derives the allocation state from the nodes.
func (w *World) steady(c *Cluster) {
	n := c.Counts()
	if n.Preparing > 0 || n.Leaving > 0 {
		w.resizing(c, len(c.Nodes)-n.Leaving)
		return
	}
	if !c.starved {
		c.Target = len(c.Nodes)
	}
	w.allocate(c, model.AllocationSteady)
}

func (w *World) resizing(c *Cluster, target int) {
	if !c.starved {
		c.Target = target
	}
	w.allocate(c, model.AllocationResizing)
}

func (w *World) allocate(c *Cluster, state string) {
	if c.AllocationState != state {
		w.note(c, "allocation", c.AllocationState, state)
		c.AllocationState, c.AllocationSince = state, w.now
	}
}

// idleTime is the idle time a spec means: the service's default where it says none.
func idleTime(d time.Duration) time.Duration {
	if d <= 0 {
		return 120 * time.Second
	}
	return d
}
