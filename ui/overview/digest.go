// Package overview is the first screen: what the fleet burns, what of it is
// idle, what drains and what never will, who spends, what fails and what
// happened lately. It tells that without a key being pressed.
package overview

import (
	"time"

	"github.com/amltop/amltop/model"
)

// kept is how many rows of each kind a digest holds: more than any screen shows.
const kept = 40

// Digest is a snapshot boiled down to what the overview says. It is computed
// once for a snapshot and is read-only then; the lines drawn from it advance
// with the clock.
type Digest struct {
	snap  *model.Snapshot
	tally model.Tally

	idle      top[idler]
	idleBurn  model.Tally
	idling    int // instances idle for long
	late      int // of them, those whose idle rule should have stopped them
	unleashed int // of them, those that nothing will stop

	draining top[*model.Cluster] // soonest first
	floors   top[*model.Cluster] // dearest first
	floor    model.Tally         // of all clusters that never reach zero

	targets top[spender]
	owners  []spender
	spaces  []spender

	failing []failure
	failed  int // failures there are, shown or not
	counts  counts
	account account
}

// counts is how much of everything there is.
type counts struct {
	instances, running   int
	clusters, nodes, low int // low: nodes of low priority
	deployments          int
	queued, jobs         int
	workspaces, answered int // whose targets were ever listed
}

// spender is a target, an owner or a workspace with what it costs an hour.
type spender struct {
	name, about string
	burn        model.Money
	currency    string
	to          Entry
}

// NewDigest boils a snapshot down. It looks at every row once. zone decides
// when days and months begin.
func NewDigest(snap *model.Snapshot, now time.Time, zone *time.Location) *Digest {
	if snap == nil {
		return &Digest{tally: model.NewTally(now)}
	}
	if zone == nil {
		zone = time.UTC
	}
	d := &Digest{snap: snap, tally: model.NewTally(now), idleBurn: model.NewTally(now), floor: model.NewTally(now)}
	c := collector{
		Digest: d, now: now, day: model.StartOfDay(now, zone), month: model.StartOfMonth(now, zone),
		byOwner: map[string]*model.Tally{}, bySpace: map[model.WorkspaceID]*model.Tally{},
	}
	d.account = newAccount(snap)
	d.idle.less = worse
	d.draining.less = func(a, b *model.Cluster) bool { return a.ScaleToZero(now).At.Before(b.ScaleToZero(now).At) }
	d.floors.less = func(a, b *model.Cluster) bool { return a.Floor() > b.Floor() }
	d.targets.less = func(a, b spender) bool { return a.burn > b.burn }
	for _, i := range snap.Instances {
		c.instance(i)
	}
	for _, cl := range snap.Clusters {
		c.cluster(cl)
	}
	for _, dp := range snap.Deployments {
		c.deployment(dp)
	}
	c.unreadable()
	c.finish()
	return d
}

// Tally is the cost of the whole fleet, as of the digest's moment.
func (d *Digest) Tally() model.Tally { return d.tally }
