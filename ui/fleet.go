package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// fleet is the cost of everything there is, and what it was summed up from.
type fleet struct {
	model.Tally
	of    sources
	lists *model.Snapshot // what of stands for; nil: nothing yet
}

// sources are the lists a sum was made of. A list in which nothing changed is
// the same slice, so its first row and its length tell whether to sum anew.
type sources struct {
	clusters, instances, attached, deployments int
	cluster                                    **model.Cluster
	instance                                   **model.Instance
	deployment                                 **model.Deployment
	day                                        time.Time
}

// targets is how many there are.
func (s sources) targets() int { return s.clusters + s.instances + s.attached + s.deployments }

// fleetMsg is a sum made in the background; [App.sumFleet] sends it.
type fleetMsg struct{ fleet fleet }

// fleetInline is how many targets are summed up on the spot.
const fleetInline = 2000

// sumFleet sums everything up if something changed: at once, or in the
// background where there is much.
func (a *App) sumFleet() tea.Cmd {
	s, now, zone := a.snap, a.now(), a.opt.Zone
	of := sourcesOf(s, now, zone)
	if of == a.fleet.of || of == a.summing {
		return nil
	}
	was := a.fleet
	sum := func() fleet {
		if t, ok := was.next(s, of, now, zone); ok {
			return fleet{t, of, s}
		}
		return fleet{sumOf(s, now, zone), of, s}
	}
	if of.targets() <= fleetInline {
		a.fleet = sum()
		return nil
	}
	a.summing = of
	return func() tea.Msg { return fleetMsg{sum()} }
}

// summed takes a sum, unless it is older than the one there is.
func (a *App) summed(msg fleetMsg) tea.Cmd {
	if msg.fleet.of == a.summing {
		a.fleet = msg.fleet
	}
	return nil
}

func sourcesOf(s *model.Snapshot, now time.Time, zone *time.Location) sources {
	of := sources{
		clusters: len(s.Clusters), instances: len(s.Instances), attached: len(s.Attached),
		deployments: len(s.Deployments), day: model.StartOfDay(now, zone),
	}
	if len(s.Clusters) > 0 {
		of.cluster = &s.Clusters[0]
	}
	if len(s.Instances) > 0 {
		of.instance = &s.Instances[0]
	}
	if len(s.Deployments) > 0 {
		of.deployment = &s.Deployments[0]
	}
	return of
}

// sumOf is the cost of a snapshot's targets at a moment.
func sumOf(s *model.Snapshot, now time.Time, zone *time.Location) model.Tally {
	t := model.NewTally(now)
	day, month := model.StartOfDay(now, zone), model.StartOfMonth(now, zone)
	add := func(m model.Meter) { t.Count(m.Costs(day, month, now), m.Currency()) }
	for _, c := range s.Clusters {
		add(c.Meter)
	}
	for _, i := range s.Instances {
		add(i.Meter)
	}
	for _, c := range s.Attached {
		add(c.Meter)
	}
	for _, d := range s.Deployments {
		add(d.Meter)
	}
	return t
}

// next is the cost of a snapshot whose targets are those of before but for a
// few: what one answer in a large fleet brings. The moment of the sum stays
// that of before; the line through it is the same.
func (f *fleet) next(s *model.Snapshot, of sources, now time.Time, zone *time.Location) (model.Tally, bool) {
	if f.lists == nil || !f.of.day.Equal(of.day) || now.Before(f.At) {
		return model.Tally{}, false
	}
	before, after := model.NewTally(now), model.NewTally(now)
	ok := swap(f.lists.Clusters, s.Clusters, func(b, a *model.Cluster) { before.Add(b.Meter, zone); after.Add(a.Meter, zone) }) &&
		swap(f.lists.Instances, s.Instances, func(b, a *model.Instance) { before.Add(b.Meter, zone); after.Add(a.Meter, zone) }) &&
		swap(f.lists.Attached, s.Attached, func(b, a *model.Attached) { before.Add(b.Meter, zone); after.Add(a.Meter, zone) }) &&
		swap(f.lists.Deployments, s.Deployments, func(b, a *model.Deployment) { before.Add(b.Meter, zone); after.Add(a.Meter, zone) })
	if !ok || mixed(f.Tally, before) || mixed(f.Tally, after) {
		return model.Tally{}, false
	}
	t, gone := f.Tally, now.Sub(f.At)
	t.Burn += after.Burn - before.Burn
	t.Today += after.Today - before.Today + before.Burn.For(gone) - after.Burn.For(gone)
	t.Month += after.Month - before.Month + before.Burn.For(gone) - after.Burn.For(gone)
	t.Unpriced += after.Unpriced - before.Unpriced
	t.TodayGap += after.TodayGap - before.TodayGap
	t.MonthGap += after.MonthGap - before.MonthGap
	return t, true
}

// mixed reports whether a tally has amounts in other currencies than a sum.
func mixed(sum, t model.Tally) bool {
	return sum.Other != nil || t.Other != nil || !t.Free() && t.Currency != sum.Currency
}

// fewer is the part of a list, one in so many, up to which it pays to count
// what changed instead of everything.
const fewer = 50

// swap tells which rows stand where others stood. ok is false if rows came or
// went, or if too many differ.
func swap[R any](before, after []*R, changed func(before, after *R)) (ok bool) {
	if len(before) != len(after) {
		return false
	}
	left := len(after) / fewer
	for i, was := range before {
		if after[i] == was {
			continue
		}
		if left--; left < 0 {
			return false
		}
		changed(was, after[i])
	}
	return true
}
