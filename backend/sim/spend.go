package sim

import (
	"slices"
	"strings"
	"time"
)

// What Azure sends a bill for, by resource and day: the truth behind cost
// queries. VM time comes from the meters of the ledger; what was billed before
// the world began is taken from when the present run began. A compute
// instance's disk, load balancer and address are paid for from its creation to
// its deletion, stopped or not; a cluster's load balancers while it has nodes.

// Meters that are billed.
const (
	MeterCompute      = "Compute Hours"
	MeterDisk         = "P10 LRS Disk"
	MeterLoadBalancer = "Standard Included LB Rules and Outbound Rules"
	MeterAddress      = "Standard IPv4 Static Public IP"
)

// Spending is what one meter of one resource counted within a day.
type Spending struct {
	Workspace   *Workspace
	Resource    string // ARM id
	Endpoint    string // of a managed deployment; "": it is none
	Deployment  string
	Meter       string
	VMSize      string // of MeterCompute
	LowPriority bool
	Location    string
	Day         time.Time     // its start, UTC
	Used        time.Duration // two VMs for an hour are two hours
}

// sold is what a meter's units are.
type sold struct {
	of          *Base // nil for a deployment
	deployment  *Deployment
	size        string
	lowPriority bool
	cluster     bool
}

// daily is unit-time within a day.
type daily struct {
	day  time.Time
	sold sold
	used time.Duration
}

// dailyAt is a meter's time by day until now.
func (m *meter) dailyAt(now time.Time) []daily { return m.book(slices.Clone(m.days), m.units, now) }

// balancedNodes is how many nodes of a cluster share a load balancer.
const balancedNodes = 50

// balancersFor is how many load balancers a cluster has for its nodes.
func balancersFor(nodes int) int { return (nodes + balancedNodes - 1) / balancedNodes }

// book adds the meter's present stretch to a list of days, in place.
func (m *meter) book(list []daily, units int, now time.Time) []daily {
	if units == 0 {
		return list
	}
	byDay(m.since, now, func(day time.Time, d time.Duration) {
		d *= time.Duration(units)
		if n := len(list) - 1; n >= 0 && list[n].day.Equal(day) && list[n].sold == m.sold {
			list[n].used += d
			return
		}
		list = append(list, daily{day, m.sold, d})
	})
	return list
}

// byDay cuts a stretch of time at midnight.
func byDay(from, to time.Time, visit func(day time.Time, d time.Duration)) {
	for from.Before(to) {
		day := from.UTC().Truncate(24 * time.Hour)
		end := day.Add(24 * time.Hour)
		if end.After(to) {
			end = to
		}
		visit(day, end.Sub(from))
		from = end
	}
}

// past is a run that began before the world did.
type past struct {
	units int
	since time.Time
	sold  sold
}

// backdate says since when what is billed at the start has been.
func (w *World) backdate() {
	for _, m := range w.meters {
		switch s := m.sold; {
		case s.deployment != nil:
			m.past = past{m.units, s.deployment.CreatedAt, s}
		case s.of != nil:
			m.past = past{m.units, s.of.billedSince(w.start), s}
		}
	}
}

// billedSince is when the run began in which a compute is at the start.
func (b *Base) billedSince(start time.Time) time.Time {
	since := start
	if i, ok := b.Workspace.FindCompute(b.Name).(*Instance); ok {
		return i.Last.Time
	}
	if c, ok := b.Workspace.FindCompute(b.Name).(*Cluster); ok {
		for _, n := range c.Nodes {
			if n.Since.Before(since) {
				since = n.Since
			}
		}
	}
	return since
}

// Spent visits what was billed between two moments, in no order.
func (w *World) Spent(from, to time.Time, visit func(Spending)) {
	if to.After(w.now) {
		to = w.now
	}
	within := func(s Spending, begin, end time.Time) {
		if begin.Before(from) {
			begin = from
		}
		if end.After(to) {
			end = to
		}
		byDay(begin, end, func(day time.Time, d time.Duration) {
			s.Day, s.Used = day, d
			visit(s)
		})
	}
	for _, m := range w.meters {
		m.spent(w.now, w.start, from, to, visit)
	}
	standing := func(i *Instance, end time.Time) {
		for _, meter := range []string{MeterDisk, MeterLoadBalancer, MeterAddress} {
			s := Spending{Workspace: i.Workspace, Resource: i.ID(), Meter: meter, Location: i.Location}
			within(s, i.CreatedAt, end)
		}
	}
	for _, sub := range w.subs {
		for _, ws := range sub.Workspaces {
			for _, i := range ws.Instances {
				standing(i, w.now)
			}
		}
	}
	for _, i := range w.buried {
		standing(i, i.goneAt)
	}
}

// spent visits a meter's days: its VMs, and of a cluster the load balancers.
func (m *meter) spent(now, start, from, to time.Time, visit func(Spending)) {
	m.spread(m.past.units, m.dailyAt(now), now, start, from, to, visit)
	if !m.sold.cluster {
		return
	}
	balancers := m.book(slices.Clone(m.balancers), balancersFor(m.units), now)
	m.spread(balancersFor(m.past.units), balancers, now, start, from, to, func(s Spending) {
		s.Meter, s.VMSize, s.LowPriority = MeterLoadBalancer, "", false
		visit(s)
	})
}

// spread visits days, and before them those of the run that began before the
// world did. A day that lies only partly within the stretch counts in
// proportion: the ledger does not know the hour.
func (m *meter) spread(before int, days []daily, now, start, from, to time.Time, visit func(Spending)) {
	tell := func(of sold, day time.Time, used time.Duration, begun, ended time.Time) {
		begin, end := later(from, begun), earlier(to, ended)
		if whole := ended.Sub(begun); end.After(begin) && whole > 0 && used > 0 {
			s := of.spending()
			s.Day, s.Used = day, time.Duration(float64(used)*float64(end.Sub(begin))/float64(whole))
			visit(s)
		}
	}
	if p := m.past; before > 0 {
		byDay(later(p.since, from.Truncate(24*time.Hour)), start, func(day time.Time, d time.Duration) {
			begun := later(day, p.since)
			tell(p.sold, day, d*time.Duration(before), begun, begun.Add(d))
		})
	}
	for _, d := range days {
		tell(d.sold, d.day, d.used, later(d.day, start), earlier(d.day.Add(24*time.Hour), now))
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// spending is what is sold, without when and how much.
func (s sold) spending() Spending {
	if d := s.deployment; d != nil {
		return Spending{Workspace: d.Endpoint.Workspace, Resource: d.ID(), Endpoint: d.Endpoint.Name, Deployment: d.Name,
			Meter: MeterCompute, VMSize: s.size, Location: d.Endpoint.Location}
	}
	return Spending{Workspace: s.of.Workspace, Resource: s.of.ID(), Meter: MeterCompute, VMSize: s.size,
		LowPriority: s.lowPriority, Location: strings.ToLower(s.of.Location)}
}
