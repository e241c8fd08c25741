package sim

import (
	"time"

	"github.com/amltop/amltop/model"
)

// Ages of what is there at the start. Where a scenario does not date a thing,
// its name does: it was made at some time between what it is part of and the
// first thing known of it.

// drawn is a moment between two that belongs to a name, whatever the world's
// seed. Late ones are likelier: of what was made early, most is gone.
func drawn(name string, earliest, latest time.Time) time.Time {
	span := latest.Sub(earliest)
	if span <= 0 {
		return latest
	}
	s := newStream(0, "age of "+name)
	u := s.unit()
	return latest.Add(-time.Duration(u * u * float64(span)).Truncate(time.Second))
}

// founded is when a workspace that is not dated was made.
func (w *World) founded(id string) time.Time {
	return drawn(id, w.start.AddDate(0, 0, -1000), w.start.AddDate(0, 0, -300))
}

// opened is when an endpoint that is not dated was made: before what is behind it.
func (w *World) opened(e *Endpoint, def endpointDef) time.Time {
	if def.State == creating {
		return w.start
	}
	return drawn(e.ID(), e.Workspace.CreatedAt, w.firstOf(def.Deployments).Add(-time.Hour))
}

// rolledOut is when a deployment that is not dated was made: before those that are.
func (w *World) rolledOut(d *Deployment, def deploymentDef, siblings []deploymentDef) time.Time {
	if def.State == creating {
		return w.start
	}
	return drawn(d.ID(), d.Endpoint.CreatedAt.Add(10*time.Minute), w.firstOf(siblings))
}

// firstOf is the earliest date that is said of deployments.
func (w *World) firstOf(defs []deploymentDef) time.Time {
	first := w.start
	for _, d := range defs {
		if at := d.Created.in(w.start, first); at.Before(first) {
			first = at
		}
	}
	return first
}

// signs are the earliest signs of life of computes.
type signs map[*Base]time.Time

func (s signs) see(b *Base, at time.Time) {
	if first, seen := s[b]; !seen || at.Before(first) {
		s[b] = at
	}
}

// date dates the computes of a workspace that its scenario leaves undated: each
// was there for an hour or more before anything happened on it.
func (w *World) date(ws *Workspace) {
	seen := signsIn(ws)
	settle := func(b *Base) {
		if !b.CreatedAt.IsZero() {
			return
		}
		latest := w.start
		if first, ok := seen[b]; ok {
			latest = first
		}
		b.CreatedAt = drawn(b.ID(), ws.CreatedAt, latest.Add(-time.Hour))
		b.ModifiedAt = b.CreatedAt.Add(4 * time.Minute)
	}
	for _, a := range ws.Attached {
		settle(&a.Base)
	}
	for _, c := range ws.Clusters {
		settle(&c.Base)
		if c.AllocationSince.IsZero() {
			c.AllocationSince = c.ModifiedAt
		}
	}
	for _, i := range ws.Instances {
		if i.CreatedAt.IsZero() && i.Last.Name == "Create" { // all that ever happened to it
			i.CreatedAt, i.ModifiedAt = i.Last.Time, i.Last.Time
		}
		settle(&i.Base)
	}
}

// signsIn finds what is known of the computes of a workspace: nodes, jobs, last
// operations, and what is deployed on them.
func signsIn(ws *Workspace) signs {
	s := signs{}
	for _, j := range ws.Jobs {
		switch {
		case j.Cluster != nil:
			s.see(&j.Cluster.Base, j.CreatedAt)
		case j.Instance != nil:
			s.see(&j.Instance.Base, j.CreatedAt)
		}
	}
	for _, c := range ws.Clusters {
		for _, n := range c.Nodes {
			s.see(&c.Base, n.Since)
		}
		if !c.AllocationSince.IsZero() {
			s.see(&c.Base, c.AllocationSince)
		}
	}
	for _, i := range ws.Instances {
		s.see(&i.Base, i.Last.Time)
		s.see(&i.Base, i.LastActivity)
	}
	for _, e := range ws.Online {
		if a, ok := ws.FindCompute(model.BaseName(e.Compute)).(*Attached); ok {
			s.see(&a.Base, e.CreatedAt)
		}
	}
	for _, e := range ws.Batch {
		for _, d := range e.Deployments {
			if c, ok := ws.FindCompute(model.BaseName(d.Cluster)).(*Cluster); ok {
				s.see(&c.Base, d.CreatedAt)
			}
		}
	}
	return s
}
