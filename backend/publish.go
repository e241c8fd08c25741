package backend

import (
	"maps"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// How often a snapshot is published, in time on the wall.
const (
	publishGap = 250 * time.Millisecond // while something changes
	openingGap = 30 * time.Millisecond  // in the first second, when every answer is news
	ageGap     = time.Second            // when only the age of the rows changed
)

// rowGap is what each row adds to the gap while something changes: whoever
// shows a snapshot goes through all of its rows, and a hundred thousand four
// times a second would keep a core busy. They make the gap a second.
const rowGap = 7500 * time.Nanosecond

// changesKept is how many changes a snapshot holds.
const changesKept = 500

// record is what a snapshot holds beside rows, and what of it is new.
type record struct {
	seq        uint64
	published  wall
	content    bool // rows, errors, operations or changes are new
	age        bool // only ages are
	states     map[model.SectionKey]model.Parts
	partsStale map[model.SectionKey]bool
	parts      map[model.SectionKey]model.Parts // as published
	changes    []model.Change                   // newest first; replaced, never written to
	fresh      []model.Change                   // since the last publish, oldest first
}

func newRecord() record {
	return record{
		states:     map[model.SectionKey]model.Parts{},
		partsStale: map[model.SectionKey]bool{},
		parts:      map[model.SectionKey]model.Parts{},
	}
}

// note takes changes in.
func (r *record) note(changes ...model.Change) {
	if len(changes) > 0 {
		r.fresh = append(r.fresh, changes...)
		r.content = true
	}
}

// publishDue publishes if it is time to, and says when it will be next.
func (l *loop) publishDue(now wall) wall {
	if !l.content && !l.age {
		return never
	}
	gap := ageGap
	switch {
	case l.content && now < time.Second:
		gap = openingGap
	case l.content:
		gap = min(publishGap+wall(l.targets())*rowGap, ageGap)
	}
	if due := l.published + gap; l.seq > 0 && due > now {
		return due
	}
	l.publish(now)
	return never
}

// targets is how many rows the lists that grow with a fleet had when last
// published.
func (l *loop) targets() int {
	return len(l.clusters.all) + len(l.instances.all) + len(l.attached.all) + len(l.deployments.all) + len(l.jobs.all)
}

// publish hands a snapshot of everything to the feed.
func (l *loop) publish(now wall) {
	l.seq++
	l.published, l.content, l.age = now, false, false
	clock := l.cloud.Clock()
	clock.Wall, clock.Time = l.o.Now(), clock.At(l.o.Now()) // anchored here: no row is newer than its snapshot
	budgets, tightest := l.purses.budgets(l.cloud.Budgets(), now)
	s := &model.Snapshot{
		Seq: l.seq, Clock: clock, Origin: l.cloud.Origin(), Budget: tightest, Budgets: budgets, ReadOnly: l.o.ReadOnly,
		Notes:         l.notes(),
		Subscriptions: l.subscriptions.list([]string{""}),
		Workspaces:    l.workspaces.list(l.subscriptionScopes()),
		Clusters:      l.clusters.list(l.order),
		Instances:     l.instances.list(l.order),
		Attached:      l.attached.list(l.order),
		Nodes:         l.nodes,
		Jobs:          l.jobs.list(l.order),
		Endpoints:     l.endpoints.list(l.order),
		Deployments:   l.deployments.list(l.order),
		Sizes:         l.sizesView(),
		Quotas:        l.quotas.list(l.regions),
		Actuals:       l.actuals.list(l.subscriptionScopes()),
		Parts:         l.partsView(),
		Operations:    l.operations(),
		Held:          l.holding,
		Changes:       l.changesView(),
	}
	l.feed.publish(s.Seal())
}

func (l *loop) subscriptionScopes() []string {
	subs := l.subscriptions.of("")
	scopes := make([]string, len(subs))
	for i, s := range subs {
		scopes[i] = string(s.ID)
	}
	return scopes
}

// sizesView lists each size of a region once, though several subscriptions are
// told of it. Sizes that the service no longer lists, or does not list yet,
// come from the built-in table: they still stand in what people deployed.
func (l *loop) sizesView() []*model.Size {
	if !l.sizes.stale {
		return l.sizes.all
	}
	type place struct{ location, name string }
	seen := map[place]bool{}
	var regions []string
	list := slices.DeleteFunc(l.sizes.list(l.regions), func(s *model.Size) bool {
		at := place{model.RegionKey(s.Location), s.Name.Key()}
		again := seen[at]
		seen[at] = true
		if !slices.Contains(regions, at.location) {
			regions = append(regions, at.location)
		}
		return again
	})
	for _, region := range regions {
		for _, s := range catalog.Sizes() {
			if !s.Recorded && !seen[place{region, s.Name.Key()}] {
				list = append(list, l.prices.fallback(region, s.Name.Key()))
			}
		}
	}
	l.sizes.all = list
	return list
}

// partsView is the public state of the parts; sections in which nothing
// changed keep their map.
func (r *record) partsView() map[model.SectionKey]model.Parts {
	if len(r.partsStale) == 0 {
		return r.parts
	}
	view := maps.Clone(r.parts)
	for key := range r.partsStale {
		view[key] = maps.Clone(r.states[key])
	}
	clear(r.partsStale)
	r.parts = view
	return view
}

func (r *record) changesView() []model.Change {
	if len(r.fresh) == 0 {
		return r.changes
	}
	slices.Reverse(r.fresh)
	all := slices.Concat(r.fresh, r.changes)
	if len(all) > changesKept {
		all = slices.Clone(all[:changesKept])
	}
	r.changes, r.fresh = all, nil
	return all
}
