package sim

import (
	"fmt"
	"slices"
	"time"
)

// in lists the nodes in a state, those longest in it first.
func (c *Cluster) in(state string) []*Node {
	var list []*Node
	for _, n := range c.Nodes {
		if n.State == state {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b *Node) int { return a.Since.Compare(b.Since) })
	return list
}

// add orders one more node: its VM is allocated and prepares itself.
func (w *World) add(c *Cluster) *Node {
	n := c.newNode(nodePreparing, w.now)
	c.bound.take(c.hw, c.LowPriority, c.hw.cores)
	w.note(c, n.ID, "", n.State)
	w.billCluster(c)
	w.boot(c, n)
	if c.LowPriority {
		w.threaten(c, n)
	}
	return n
}

// newNode makes a node with an id and addresses in the service's manner.
func (c *Cluster) newNode(state string, since time.Time) *Node {
	c.serial++
	n := &Node{
		ID:    fmt.Sprintf("tvm-%d_%d-%s", 1000000000+digest(c.ID())%3000000000, c.serial, since.Format("20060102t150405z")),
		State: state, Since: since, Port: 50000 + (c.serial-1)%200,
		PrivateIP: fmt.Sprintf("10.0.%d.%d", c.serial/250, 4+c.serial%250),
		PublicIP:  fmt.Sprintf("20.%d.%d.%d", 40+digest(c.Name)%80, digest(c.Workspace.Name)%250, 4+c.serial%250),
	}
	c.Nodes = append(slices.Clip(c.Nodes), n)
	return n
}

// boot prepares a node: minutes, more of them with a GPU. Now and then the VM
// comes up unusable.
func (w *World) boot(c *Cluster, n *Node) {
	takes := c.rng.between(2*time.Minute, 5*time.Minute)
	if c.hw.gpu {
		takes = c.rng.between(4*time.Minute, 10*time.Minute)
	}
	spoilt := c.rng.chance(c.unreliable)
	w.set(&n.timer, takes, func() {
		if !spoilt {
			w.turn(c, n, nodeIdle)
			w.reconcile(c)
			return
		}
		w.turn(c, n, nodeUnusable)
		w.set(&n.timer, c.rng.between(time.Hour, 3*time.Hour), func() { w.leave(c, n); w.reconcile(c) })
		w.reconcile(c)
	})
}

// leave releases a node's VM, which takes a minute or more.
func (w *World) leave(c *Cluster, n *Node) {
	w.turn(c, n, nodeLeaving)
	w.set(&n.timer, c.rng.between(60*time.Second, 180*time.Second), func() {
		w.drop(c, n)
		w.reconcile(c)
	})
}

// drop removes a node from the cluster and gives its cores back.
func (w *World) drop(c *Cluster, n *Node) {
	n.timer.cancel()
	w.note(c, n.ID, n.State, "")
	held := n.State != nodePreempted
	c.Nodes = without(c.Nodes, n)
	w.billCluster(c)
	if held {
		w.free(c.bound, c.hw, c.LowPriority, c.hw.cores)
	}
}

// turn is the only place where a node changes its state.
func (w *World) turn(c *Cluster, n *Node, state string) {
	w.note(c, n.ID, n.State, state)
	n.State, n.Since = state, w.now
	if state != nodeRunning {
		n.Job = nil
	}
	w.billCluster(c)
}

func (w *World) billCluster(c *Cluster) {
	counts := c.Counts()
	w.count(c, counts)
	w.bill(&c.meter, c.ID, counts.Billed(), sold{of: &c.Base, size: c.VMSize, lowPriority: c.LowPriority, cluster: true})
}

// threaten plans the moment at which Azure wants a low-priority node back.
func (w *World) threaten(c *Cluster, n *Node) {
	if c.eviction <= 0 {
		return
	}
	w.plan(c.rng.gap(c.eviction), func() {
		if c.Gone || !slices.Contains(c.Nodes, n) {
			return
		}
		if n.State == nodeIdle || n.State == nodeRunning {
			w.preempt(c, n)
		}
		w.threaten(c, n)
	})
}

// preempt takes a node away. The job on it goes back to the head of the queue
// and starts over; the node comes back when there is capacity again, or is
// given up if nothing needs it by then.
func (w *World) preempt(c *Cluster, n *Node) {
	j := n.Job
	w.turn(c, n, nodePreempted)
	w.free(c.bound, c.hw, c.LowPriority, c.hw.cores)
	if j != nil {
		w.requeue(j, "A low-priority node of the cluster was preempted: the job waits for capacity and starts over.")
	}
	w.await(c, n)
	w.reconcile(c)
}

// await lets a preempted node ask for capacity until it gets some.
func (w *World) await(c *Cluster, n *Node) {
	w.set(&n.timer, c.rng.between(5*time.Minute, 20*time.Minute), func() {
		have := c.Counts()
		switch {
		case have.Idle+have.Running+have.Preparing >= c.wanted():
			w.drop(c, n)
		case c.bound.room(c.hw, true) < c.hw.cores:
			w.await(c, n)
		default:
			c.bound.take(c.hw, true, c.hw.cores)
			w.turn(c, n, nodePreparing)
			w.boot(c, n)
		}
		w.reconcile(c)
	})
}
