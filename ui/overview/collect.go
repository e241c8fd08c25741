package overview

import (
	"cmp"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// collector fills a digest in.
type collector struct {
	*Digest
	now, day, month time.Time
	byOwner         map[string]*model.Tally
	bySpace         map[model.WorkspaceID]*model.Tally
}

// bill counts one target's cost in, and returns what it burns.
func (c *collector) bill(m model.Meter, owner string, ws model.WorkspaceID) model.Money {
	if len(m) == 0 {
		c.tally.Targets++
		return 0
	}
	costs, currency := m.Costs(c.day, c.month, c.now), m.Currency()
	c.tally.Count(costs, currency)
	c.account.count(m, ws, costs.MonthGap)
	burn := costs.Burn
	if burn > 0 {
		spend(c.byOwner, owner, burn, currency)
		spend(c.bySpace, ws, burn, currency)
	}
	return burn
}

// spend counts what one target costs an hour in.
func spend[K comparable](by map[K]*model.Tally, key K, burn model.Money, currency string) {
	t := by[key]
	if t == nil {
		t = &model.Tally{}
		by[key] = t
	}
	t.Count(model.Costs{Burn: burn}, currency)
}

func (c *collector) instance(i *model.Instance) {
	c.counts.instances++
	if burn := c.bill(i.Meter, i.Owner, i.Workspace); burn > 0 {
		c.target(i.Name, i.Workspace, i.Owner, burn, i.Meter, entryFor(i))
	}
	info := i.State.Info()
	if info.Bills == model.Yes {
		c.counts.running++
	}
	switch {
	case info.Health == model.HealthBad:
		c.fail(failure{instance: i})
	case info.Transient && i.Last.Status == "InProgress" && !i.Last.Time.IsZero() && c.now.Sub(i.Last.Time) > model.StuckAfter:
		c.fail(failure{instance: i})
	}
	if _, idle := i.StandsIdle(c.now); idle {
		c.idler(i)
	}
}

// idler is an instance that nobody has used for long, with what ranks it.
type idler struct {
	*model.Instance
	rank int         // of its leash
	burn model.Money // of its VM, an hour
}

func (c *collector) idler(i *model.Instance) {
	row := idler{Instance: i, burn: i.Meter.BurnOf(model.ChargeCompute, c.now)}
	c.idling++
	c.idleBurn.Count(model.Costs{Burn: row.burn}, i.Meter.Currency())
	state := i.LeashAt(c.now).State
	row.rank = state.Rank()
	switch state {
	case model.LeashLate:
		c.late++
	case model.LeashNone:
		c.unleashed++
	}
	c.idle.add(row)
}

// worse puts broken promises before missing ones, and dear before cheap.
func worse(a, b idler) bool {
	switch {
	case a.rank != b.rank:
		return a.rank < b.rank
	case a.burn != b.burn:
		return a.burn > b.burn
	default:
		return a.ID < b.ID
	}
}

func (c *collector) cluster(cl *model.Cluster) {
	c.counts.clusters++
	c.counts.nodes += cl.Nodes.Billed()
	if cl.Priority == model.LowPriority {
		c.counts.low += cl.Nodes.Billed()
	}
	c.counts.queued += cl.QueuedJobs
	c.counts.jobs += cl.ActiveJobs
	if burn := c.bill(cl.Meter, cl.CreatedBy, cl.Workspace); burn > 0 {
		c.target(cl.Name, cl.Workspace, "", burn, cl.Meter, entryFor(cl))
	}
	switch cl.ScaleToZero(c.now).State {
	case model.ZeroCounting, model.ZeroLeaving:
		c.draining.add(cl)
	case model.ZeroNever:
		c.floor.Count(model.Costs{Burn: cl.Floor()}, cl.Price.Currency)
		c.floors.add(cl)
	}
	if len(cl.Faults) > 0 || cl.Nodes.Unusable > 0 || stuck(cl, c.now) {
		c.fail(failure{cluster: cl})
	}
}

func (c *collector) deployment(d *model.Deployment) {
	c.counts.deployments++
	if burn := c.bill(d.Meter, d.CreatedBy, d.Workspace); burn > 0 {
		c.target(d.EndpointName+"/"+d.Name, d.Workspace, "", burn, d.Meter, entryFor(d))
	}
	if model.ProvisioningHealth(d.ProvisioningState) == model.HealthBad {
		c.fail(failure{deployment: d})
	}
}

func (c *collector) target(name string, ws model.WorkspaceID, owner string, burn model.Money, m model.Meter, to Entry) {
	if n := len(c.targets.rows); n == kept && burn <= c.targets.rows[n-1].burn {
		return
	}
	about := c.snap.WorkspaceName(ws)
	if owner != "" {
		about += ", " + owner
	}
	c.targets.add(spender{name: name, about: about, burn: burn, currency: m.Currency(), to: to})
}

// finish ranks what was summed up.
func (c *collector) finish() {
	nobodys := c.byOwner[""]
	delete(c.byOwner, "")
	for name, t := range c.byOwner {
		c.owners = append(c.owners, spenders(name, t, among("instances", "owner", name))...)
	}
	for id, t := range c.bySpace {
		name := c.snap.WorkspaceName(id)
		c.spaces = append(c.spaces, spenders(name, t, among("instances", "workspace", name))...)
	}
	dearest := func(a, b spender) int { return cmp.Or(cmp.Compare(b.burn, a.burn), cmp.Compare(a.name, b.name)) }
	slices.SortFunc(c.owners, dearest)
	if nobodys != nil { // last: it is nobody's to stop
		c.owners = append(c.owners, spenders("(not said)", nobodys, Entry{})...)
	}
	slices.SortFunc(c.spaces, dearest)
	slices.SortStableFunc(c.failing, func(a, b failure) int { return cmp.Compare(a.rank(c.now), b.rank(c.now)) })
}

// spenders are what somebody costs an hour, in each currency.
func spenders(name string, t *model.Tally, to Entry) []spender {
	var list []spender
	about := plural(t.Targets, "target")
	for p := t; p != nil; p = p.Other {
		s := spender{name: name, about: about, burn: p.Burn, currency: p.Currency, to: to}
		s.to.Key += p.Currency
		list = append(list, s)
	}
	return list
}
