// Package costs works out what the cost pane shows: what targets cost, by whom
// and by what, with what history remembers and the bars over time. It is pure;
// the pane decides when, and where.
package costs

import (
	"time"

	"github.com/amltop/amltop/model"
)

// BySeries groups by the series of the VM size. History knows sizes only; see
// [Grouping.Asked].
const BySeries model.CostBy = "series"

// target is one thing that costs, of whichever kind.
type target struct {
	row       any    // the model's value
	pane      string // the pane it is a row of
	id        string // identity; history's key of it
	name      string
	owner     string
	workspace model.WorkspaceID
	endpoint  model.EndpointID
	size      model.SizeName
	sized     *model.Size
	meter     model.Meter
	idle      model.Money // an hour, of what stands idle
	idled     model.Money // this month, as long as it has stood idle now
}

// The panes that targets are rows of, in the order in which one is chosen where
// they cost the same.
var paneNames = [...]string{"instances", "clusters", "deployments", "attached"}

// each hands every target of a snapshot to a function. The target is only good
// until the function returns.
func each(s *model.Snapshot, now, month time.Time, visit func(*target)) {
	var t target
	for _, i := range s.Instances {
		t = target{row: i, pane: "instances", id: string(i.ID), name: i.Name, owner: i.Owner, workspace: i.Workspace,
			size: i.VMSize, sized: i.Size, meter: i.Meter}
		if idle, is := i.StandsIdle(now); is {
			t.idle = i.Meter.BurnOf(model.ChargeCompute, now)
			t.idled = i.Meter.Only(model.ChargeCompute).Between(later(month, now.Add(-idle)), now)
		}
		visit(&t)
	}
	for _, c := range s.Clusters {
		t = target{row: c, pane: "clusters", id: string(c.ID), name: c.Name, owner: c.CreatedBy, workspace: c.Workspace,
			size: c.VMSize, sized: c.Size, meter: c.Meter}
		if c.Price.Known() && c.Nodes.Idle > 0 {
			t.idle = c.Price.PerHour.Times(c.Nodes.Idle)
			if !c.IdleSince.IsZero() {
				t.idled = t.idle.For(now.Sub(later(month, c.IdleSince)))
			}
		}
		visit(&t)
	}
	for _, d := range s.Deployments {
		t = target{row: d, pane: "deployments", id: string(d.ID), name: d.EndpointName + "/" + d.Name, owner: d.CreatedBy,
			workspace: d.Workspace, endpoint: d.Endpoint, size: d.VMSize, sized: d.Size, meter: d.Meter}
		visit(&t)
	}
	for _, a := range s.Attached {
		if len(a.Meter) > 0 {
			t = target{row: a, pane: "attached", id: string(a.ID), name: a.Name, owner: a.CreatedBy, workspace: a.Workspace,
				size: a.VMSize, meter: a.Meter}
			visit(&t)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// subscription is the subscription of a workspace, from its id.
func subscription(ws model.WorkspaceID) string {
	id, err := model.ParseResourceID(string(ws))
	if err != nil {
		return ""
	}
	return id.Subscription
}

// series is the series of a target's size, or the size where the catalog does
// not say.
func (t *target) series() string {
	if t.sized != nil && t.sized.Series != "" {
		return t.sized.Series
	}
	return t.size.Short()
}
