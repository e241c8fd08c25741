package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// row is what history keeps of one row of a snapshot.
type row struct {
	id, kind, name string
	workspace      model.WorkspaceID
	section        model.SectionKey
	billing        model.Billing
	edge           time.Time // when the number of VMs that bill last changed, as the meter has it
	steady         time.Time // see [Sighting]
	ended          bool
	source         string
}

func (r *row) part() PartKey { return PartKey{r.section, r.workspace} }

// kept reports whether the row bills at all, so that history is about it.
func (r *row) kept() bool { return r.kind != "" }

func instanceRow(i *model.Instance) row {
	info := i.State.Info()
	r := row{
		id: string(i.ID), kind: "instance", name: i.Name, workspace: i.Workspace, section: model.SectionComputes,
		billing: model.Billing{State: string(i.State), Unsure: info.Bills == model.Unsure, VMSize: i.VMSize, Tier: model.TierStandard, Location: i.Location, Owner: i.Owner, Price: i.Price},
		source:  "last operation",
	}
	r.meter(i.Meter)
	if i.Last.Status == "Succeeded" && !info.Transient {
		started := i.Last.Name == "Start" || i.Last.Name == "Create" || i.Last.Name == "Restart"
		stopped := i.Last.Name == "Stop"
		if started && r.billing.Units > 0 || stopped && r.billing.Units == 0 {
			r.steady, r.ended = i.Last.Time, i.Last.Name == "Start" || stopped
		}
	}
	return r
}

func clusterRow(c *model.Cluster) row {
	r := row{
		id: string(c.ID), kind: "cluster", name: c.Name, workspace: c.Workspace, section: model.SectionComputes,
		billing: model.Billing{State: c.AllocationState, Idle: c.Nodes.Idle, VMSize: c.VMSize, Tier: c.Priority.Tier(), Location: c.Location, Owner: c.CreatedBy, Price: c.Price},
		source:  "last resize",
	}
	r.meter(c.Meter)
	if c.AllocationState == model.AllocationSteady {
		r.steady = c.AllocationSince
	}
	return r
}

// deploymentRow is the row of a deployment. Those that do not bill for
// themselves have no kind, and are not kept.
func deploymentRow(d *model.Deployment) row {
	r := row{
		id: string(d.ID), kind: "deployment", name: d.EndpointName + "/" + d.Name, workspace: d.Workspace, section: model.SectionEndpoints,
		billing: model.Billing{State: d.ProvisioningState, VMSize: d.VMSize, Tier: model.TierStandard, Location: d.Location, Owner: d.CreatedBy, Price: d.Price},
	}
	r.meter(d.Meter)
	if d.Kind != model.TargetManaged {
		r.kind = ""
	}
	return r
}

// meter takes from a meter what bills now, and since when.
func (r *row) meter(m model.Meter) {
	vms := 0
	for i := range m {
		c := &m[i]
		last := len(c.Spans) - 1
		if c.Kind == model.ChargeCompute {
			vms++
		}
		switch {
		case c.Kind == model.ChargeStanding:
			r.billing.Standing = c.Price
		case c.Kind != model.ChargeCompute || vms > 1: // over
		case last >= 0 && c.Spans[last].Open():
			r.billing.Units, r.edge = c.Spans[last].Units, c.Spans[last].From
		case last >= 0:
			r.edge = c.Spans[last].To
		}
	}
}

// sighting is the row as seen at a moment. before is until when its part had
// been watched without a break.
func (r *row) sighting(part Part, before, seen time.Time) Sighting {
	s := Sighting{
		ID: r.id, Kind: r.kind, Name: r.name, Part: part, Billing: r.billing, At: seen, Seen: seen, Before: before,
		Steady: r.steady, Ended: r.ended, Source: r.source,
	}
	if !r.edge.IsZero() && r.edge.After(before) && r.edge.Before(seen) {
		s.At = r.edge
	}
	return s
}
