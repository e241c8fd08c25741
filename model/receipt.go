package model

import (
	"strings"
	"time"
)

// Receipt is what a command that was carried out and verified at a time came
// to. s is a snapshot from before the end, in which the target still is as it
// was; what it does not know is left out.
func Receipt(s *Snapshot, c Command, at time.Time) string {
	id := ComputeID(c.Target)
	switch c.Verb {
	case VerbStop:
		return StopReceipt(s.Instance(id), at)
	case VerbStart:
		return StartReceipt(s.Instance(id), at)
	case VerbRestart:
		return RestartReceipt(s.Instance(id))
	case VerbDelete:
		if i := s.Instance(id); i != nil {
			return DeleteReceipt(i.Meter, at)
		}
		if cl := s.Cluster(id); cl != nil {
			return DeleteReceipt(cl.Meter, at)
		}
		return "Deleted, verified."
	case VerbScale:
		return ScaleReceipt(s.Cluster(id), c.Scale)
	case VerbDeploy:
		return DeployReceipt(s, c)
	case VerbUndeploy:
		if d := s.Deployment(DeploymentID(c.Target)); d != nil {
			return DeleteReceipt(d.Meter, at)
		}
		return "Deleted, verified."
	case VerbTraffic:
		return "Set, verified: " + trafficSorted(c.Traffic) + "."
	case VerbCancelJob:
		return CancelReceipt(s.Job(JobID(c.Target)), at)
	}
	return "Done, verified."
}

// StopReceipt is the receipt of a stop. i is the instance as it was while it
// ran, or nil; at is when it was seen stopped.
func StopReceipt(i *Instance, at time.Time) string {
	if i == nil {
		return "Stopped, verified."
	}
	parts := []string{"Stopped, verified"}
	cost, ok := i.RunCost(at)
	up, known := i.Uptime(at)
	switch {
	case ok:
		parts = append(parts, "this run cost "+cost.In(i.Price.Currency)+" over "+Ago(up))
	case known:
		parts = append(parts, "it ran "+Ago(up)+", price unknown")
	}
	standing := i.Meter.Only(ChargeStanding)
	if rate := standing.Burn(at); rate > 0 {
		parts = append(parts, "disk, load balancer and IP go on at "+rate.In(standing.Currency())+"/h")
	}
	return strings.Join(parts, "; ") + "."
}

// StartReceipt is the receipt of a start. i may be nil.
func StartReceipt(i *Instance, at time.Time) string {
	if i == nil {
		return "Running, verified."
	}
	leash := i.LeashAt(at)
	text := "Running, verified; bills " + i.Price.Rate()
	if leash.State == LeashNone {
		return text + " until somebody stops it."
	}
	return text + "; leash: " + leash.Text + "."
}

// RestartReceipt is the receipt of a restart. i may be nil.
func RestartReceipt(i *Instance) string {
	if i == nil {
		return "Running again, verified."
	}
	return "Running again, verified; bills on at " + i.Price.Rate() + "."
}

// DeleteReceipt is the receipt of a deletion: what no longer bills.
func DeleteReceipt(m Meter, at time.Time) string {
	if rate := m.Burn(at); rate > 0 {
		return "Deleted, verified; " + rate.In(m.Currency()) + "/h ended."
	}
	return "Deleted, verified."
}

// ScaleReceipt is the receipt of new scale settings. c is the cluster as it
// was, or nil.
func ScaleReceipt(c *Cluster, now *Scale) string {
	if c == nil || now == nil {
		return "Scale settings verified."
	}
	text := "Scale settings verified: " + nodesRange(c.Scale) + " → " + nodesRange(*now) +
		", nodes go after " + Ago(now.IdleBeforeScaleDown) + " idle"
	if c.Price.Known() && now.Min != c.Scale.Min {
		text += "; floor " + c.Price.Times(now.Min).Rate()
	}
	return text + "."
}

// DeployReceipt is the receipt of a deployment that came up.
func DeployReceipt(s *Snapshot, c Command) string {
	if c.Deploy == nil {
		return "Deployed, verified."
	}
	d := c.Deploy
	text := "Deployed behind " + d.Endpoint + ", verified"
	if z := s.SizeIn(d.VMSize, d.Location); d.Kind == TargetManaged && z != nil && z.Standard.Known() {
		text += "; bills " + z.Standard.Times(d.Instances).Rate()
	}
	if d.Traffic > 0 {
		text += "; takes " + itoa(d.Traffic) + " % of the traffic"
	}
	return text + "."
}

// CancelReceipt is the receipt of a cancelled job. j may be nil.
func CancelReceipt(j *Job, at time.Time) string {
	if j == nil || j.StartedAt.IsZero() {
		return "Cancelled, verified."
	}
	return "Cancelled, verified, after " + Ago(at.Sub(j.StartedAt)) + "."
}
