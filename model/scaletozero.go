package model

import "time"

// ZeroState says whether a cluster is on its way to zero nodes.
type ZeroState uint8

// The states of scale-to-zero.
const (
	ZeroAt       ZeroState = iota // at zero nodes
	ZeroCounting                  // nodes idle, the countdown runs
	ZeroLeaving                   // nodes are being released
	ZeroBusy                      // jobs are running or nodes preparing
	ZeroNever                     // the minimum is above zero
	ZeroBlocked                   // unusable nodes hold it
	ZeroUnknown                   // idle nodes, but not seen since when
)

// Zero is the scale-to-zero state of a cluster at a moment.
type Zero struct {
	State ZeroState
	At    time.Time     // for ZeroCounting: when the nodes will be released
	Left  time.Duration // for ZeroCounting: until then; 0 when overdue
}

// ScaleToZero is a pure function of what was observed: when the surplus nodes
// were first seen idle, and the cluster's idle time.
func (c *Cluster) ScaleToZero(now time.Time) Zero {
	switch n := c.Nodes; {
	case c.Scale.Min > 0:
		return Zero{State: ZeroNever}
	case c.Current == 0 && n.Billed() == 0:
		return Zero{State: ZeroAt}
	case n.Running > 0 || n.Preparing > 0:
		return Zero{State: ZeroBusy}
	case n.Leaving > 0 || c.TargetNodes == 0 && c.AllocationState == AllocationResizing:
		return Zero{State: ZeroLeaving}
	case n.Unusable > 0:
		return Zero{State: ZeroBlocked}
	case c.IdleSince.IsZero():
		return Zero{State: ZeroUnknown}
	default:
		at := c.IdleSince.Add(c.Scale.IdleBeforeScaleDown)
		return Zero{State: ZeroCounting, At: at, Left: max(0, at.Sub(now))}
	}
}

// Draining reports whether every node above the minimum stands idle.
func (c *Cluster) Draining() bool {
	return c.Nodes.Idle > 0 && c.Nodes.Running == 0 && c.Nodes.Preparing == 0 && c.Current > c.Scale.Min
}

// Floor is what the nodes a cluster never gives up cost an hour.
func (c *Cluster) Floor() Money { return c.Price.PerHour.Times(c.Scale.Min) }
