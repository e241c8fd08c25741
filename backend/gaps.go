package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// vmTime is what a target's VMs were billed for so far.
type vmTime struct {
	live model.Charge   // at the price of now
	over []model.Charge // at other prices
	gaps model.Charge   // when nobody knew
}

// soFar takes the VMs' part from the meter of the observation before. Where
// another size is billed from now on, what the old one cost stays what it was.
func (j *joins) soFar(before model.Meter, price model.Price, resized bool) vmTime {
	v := vmTime{live: model.Charge{Kind: model.ChargeCompute}, gaps: model.Charge{Kind: model.ChargeUnobserved}}
	first := true
	for _, c := range before {
		switch {
		case c.Kind == model.ChargeUnobserved:
			v.gaps.Spans = trim(c.Spans, j.keepFrom)
		case c.Kind != model.ChargeCompute:
		case first:
			first = false
			v.live = c
			v.live.Spans = trim(c.Spans, j.keepFrom)
		default:
			if c.Spans = trim(c.Spans, j.keepFrom); len(c.Spans) > 0 {
				v.over = append(v.over, c)
			}
		}
	}
	if resized && len(v.live.Spans) > 0 {
		v.live.Spans = model.Extend(v.live.Spans, 0, j.now)
		v.over = append(v.over[:len(v.over):len(v.over)], v.live)
		v.live.Spans = nil
	}
	v.live.Price = price
	return v
}

// meter is a meter of it, and of other charges.
func (v *vmTime) meter(others ...model.Charge) model.Meter {
	return meter(v.live, append(append(others, v.over...), v.gaps)...)
}

// unseen notes what is not known of a target that is seen for the first time:
// the time since the month, or since it was created, but for what its service
// says of it.
func (v *vmTime) unseen(j *joins, created time.Time) {
	if !j.recorded {
		return
	}
	from := j.month
	switch {
	case created.After(from):
		from = created
	case created.IsZero() && !j.seen.IsZero():
		return // it appeared before our eyes
	}
	if len(v.live.Spans) == 0 && from.Equal(j.month) && from.Before(j.now) {
		if j.blank == nil { // most of a fleet is told nothing else of: they share it
			j.blank = []model.Span{{From: from, To: j.now, Units: 1}}
		}
		v.gaps.Spans = j.blank
		return
	}
	known := make([]model.Window, 0, len(v.live.Spans))
	for _, s := range v.live.Spans {
		w := model.Window{From: s.From, To: s.To}
		if s.Open() {
			w.To = j.now
		}
		known = append(known, w)
	}
	for _, g := range (model.Window{From: from, To: j.now}).Without(known) {
		v.gaps.Spans = append(v.gaps.Spans, model.Span{From: g.From, To: g.To, Units: 1})
	}
}

// missed notes that nobody watched since the observation before, if that was
// too long ago. steady is when the last thing was done to the target that the
// service tells of: since then it is as it is now.
func (v *vmTime) missed(j *joins, units int, steady time.Time) {
	if j.tolerance == 0 || j.seen.IsZero() || j.now.Sub(j.seen) <= j.tolerance {
		return
	}
	was := 0
	if n := len(v.live.Spans) - 1; n >= 0 && v.live.Spans[n].Open() {
		was = v.live.Spans[n].Units
	}
	until := j.now
	switch {
	case steady.IsZero() || steady.After(j.now):
	case !steady.After(j.seen) && was == units:
		return // nothing was done to it meanwhile
	case steady.After(j.seen):
		until = steady
	}
	v.live.Spans = model.Extend(v.live.Spans, 0, j.seen)
	if until.Before(j.now) {
		v.live.Spans = model.Extend(v.live.Spans, units, until)
	}
	v.gaps.Spans = append(v.gaps.Spans[:len(v.gaps.Spans):len(v.gaps.Spans)], model.Span{From: j.seen, To: until, Units: 1})
}

// inherit takes in what is known of the targets of a workspace from before
// this session first saw them, by their identity.
func (l *loop) inherit(key model.SectionKey, ws model.WorkspaceID, past map[string]model.Past) {
	p := l.part(key, string(ws))
	if p == nil || p.begun.IsZero() || p.heir {
		return
	}
	p.heir = true
	month := model.StartOfMonth(p.begun, l.o.Zone)
	take := func(id string, m model.Meter, price model.Price, created time.Time) model.Meter {
		w := model.Window{From: month, To: p.begun}
		if created.After(month) {
			w.From = created
		}
		if known, ok := past[id]; ok && w.From.Before(w.To) {
			return m.Inherit(known, price, w)
		}
		return m
	}
	changed := false
	switch key {
	case model.SectionComputes:
		changed = l.instances.set(p.scope, remeter(l.instances.of(p.scope), func(r *model.Instance) { r.Meter = take(string(r.ID), r.Meter, r.Price, r.CreatedAt) }))
		changed = l.clusters.set(p.scope, remeter(l.clusters.of(p.scope), func(r *model.Cluster) { r.Meter = take(string(r.ID), r.Meter, r.Price, r.CreatedAt) })) || changed
	case model.SectionEndpoints:
		changed = l.deployments.set(p.scope, remeter(l.deployments.of(p.scope), func(r *model.Deployment) { r.Meter = take(string(r.ID), r.Meter, r.Price, r.CreatedAt) }))
	}
	l.content = l.content || changed
}

// remeter copies rows and changes the copies.
func remeter[R any](old []*R, change func(*R)) []*R {
	rows := make([]*R, len(old))
	for i, was := range old {
		row := *was
		change(&row)
		rows[i] = &row
	}
	return rows
}
