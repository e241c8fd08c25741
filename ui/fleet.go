package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// fleet is the cost of everything there is, and what it was summed up from.
type fleet struct {
	model.Tally
	of sources
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
	sum := func() fleet { return fleet{sumOf(s, now, zone), of} }
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
	add := func(m model.Meter) {
		t.Targets++
		if len(m) == 0 {
			return
		}
		t.Burn += m.Burn(now)
		t.Today += m.Between(day, now)
		t.Month += m.Between(month, now)
		if m.Unpriced(now) {
			t.Unpriced++
		}
	}
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
