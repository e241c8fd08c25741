package backend

import (
	"context"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// plant puts the root of the tree in: everything else grows from the
// subscriptions' answer.
func (l *loop) plant() {
	l.grow(&part{
		key: model.SectionSubscriptions, reads: 1,
		state:   model.Part{Name: "the tenant"},
		prepare: func() call { return l.askSubscriptions },
	})
}

// grow adds a part unless it is there already or nobody wants its section.
func (l *loop) grow(p *part) {
	key := partKey{p.key, p.scope}
	if l.byKey[key] != nil || l.wanted != nil && !l.wanted[p.key] {
		return
	}
	p.state.Scope = p.scope
	p.purse = l.purses.purse(p.bucket(), l.now())
	l.grown++
	p.number, p.grown = l.grown, l.now()
	l.byKey[key] = p
	l.parts = append(l.parts, p)
	l.touch(p)
	l.content = true
	l.plan(p)
}

// urge has a part asked as soon as it may be.
func (l *loop) urge(p *part) {
	p.urgent = true
	l.plan(p)
}

// part is the part of a section for a scope, or nil.
func (l *loop) part(key model.SectionKey, scope string) *part { return l.byKey[partKey{key, scope}] }

// prune drops the parts that cut says, with what the snapshot says of them.
func (l *loop) prune(cut func(*part) bool) {
	l.parts = slices.DeleteFunc(l.parts, func(p *part) bool {
		if !cut(p) {
			return false
		}
		p.dropped = true
		l.agenda.remove(p)
		delete(l.byKey, partKey{p.key, p.scope})
		delete(l.states[p.key], p.scope)
		l.partsStale[p.key] = true
		l.content = true
		return true
	})
}

func (l *loop) askSubscriptions(ctx context.Context) (apply, error) {
	fresh, err := l.cloud.Subscriptions(ctx)
	if err != nil {
		return nil, err
	}
	return func(_, _ time.Time) {
		rows, moved := merge(subscriptionKind(), l.narrow.subscriptions(fresh), l.subscriptions.of(""))
		if l.subscriptions.set("", rows) {
			l.content, l.workspaces.stale = true, true
		}
		for _, m := range moved {
			if m.after == nil {
				l.dropSubscription(m.before.ID)
			}
		}
		if len(rows) > 0 {
			l.growDiscovery(model.SectionWorkspaces, "Resource Graph, workspaces", l.findWorkspaces)
		}
		for _, sub := range rows {
			l.growSubscription(sub)
			l.growActuals(sub)
		}
	}, nil
}

func (l *loop) growSubscription(sub *model.Subscription) {
	id := sub.ID
	p := &part{key: model.SectionWorkspaces, scope: string(id), sub: id, reads: 1, state: model.Part{Name: sub.Name}}
	p.prepare = func() call {
		held := p.version
		return func(ctx context.Context) (apply, error) {
			fresh, version, err := l.cloud.Workspaces(ctx, id, held)
			return func(now, seen time.Time) {
				moved := false
				if version == 0 || version != p.version {
					moved = l.takeWorkspaces(id, l.narrow.workspaces(fresh), version, now, seen)
				}
				l.confirmed(p, moved)
			}, err
		}
	}
	l.grow(p)
}

func (l *loop) dropSubscription(id model.SubscriptionID) {
	for _, ws := range l.workspaces.of(string(id)) {
		l.forget(ws.ID)
	}
	l.workspaces.drop(string(id))
	l.actuals.drop(string(id))
	l.prune(func(p *part) bool { return p.sub == id })
	l.reorder()
}

// takeWorkspaces takes a subscription's workspaces in and reports whether
// anything changed. version is that of ARM's answer; 0 for one of the graph.
func (l *loop) takeWorkspaces(sub model.SubscriptionID, fresh []*model.Workspace, version Version, now, seen time.Time) bool {
	if p := l.part(model.SectionWorkspaces, string(sub)); p != nil {
		p.version, p.rows = version, len(fresh)
	}
	for _, ws := range fresh {
		ws.Subscription = sub
	}
	rows, moved := merge(workspaceKind(), fresh, l.workspaces.of(string(sub)))
	l.content = l.workspaces.set(string(sub), rows) || l.content
	for _, m := range moved {
		if m.after == nil {
			l.dropWorkspace(m.before, now)
			continue
		}
		l.workspace[m.after.ID] = m.after
		if m.before == nil {
			l.growWorkspace(m.after)
			if !seen.IsZero() {
				l.note(workspaceChange(m.after, now, "appeared", model.HealthGood))
			}
		}
	}
	l.reorder()
	return len(moved) > 0
}

func (l *loop) growWorkspace(ws *model.Workspace) {
	l.favourite[ws.ID] = l.narrow.favours(ws)
	for _, kind := range []struct {
		key     model.SectionKey
		reads   int
		prepare func(*model.Workspace, *part) call
	}{
		{model.SectionComputes, 1, l.askComputes},
		{model.SectionEndpoints, 2, l.askEndpoints},
		{model.SectionJobs, 1, l.askJobs},
	} {
		id := ws.ID
		p := &part{
			key: kind.key, scope: string(id), sub: ws.Subscription, workspace: id,
			reads: kind.reads, state: model.Part{Name: ws.Name},
		}
		p.prepare = func() call { return kind.prepare(l.workspace[id], p) }
		l.grow(p)
	}
	l.growRegion(ws.ID, ws.Subscription, ws.Location)
}

// dropWorkspace forgets a workspace that is no longer listed.
func (l *loop) dropWorkspace(ws *model.Workspace, now time.Time) {
	p := l.part(model.SectionComputes, string(ws.ID))
	if p == nil || !p.lost() {
		l.note(workspaceChange(ws, now, "gone", model.HealthWarn))
	}
	l.forgetNodes(ws.ID)
	l.forget(ws.ID)
	delete(l.favourite, ws.ID)
	l.prune(func(p *part) bool { return p.workspace == ws.ID })
}

// lost reports whether the service said that what the part is of is gone.
func (p *part) lost() bool { return isNotFound(p.state.Err) }

// vanished takes in that the service does not know a workspace any more which
// is still listed: its rows go, and the list is asked for again.
func (l *loop) vanished(p *part) {
	ws := l.workspace[p.workspace]
	if ws == nil {
		return
	}
	p.version = 0
	switch p.key {
	case model.SectionComputes:
		if p.fails == 1 {
			l.note(workspaceChange(ws, l.cloudNow(), "gone", model.HealthWarn))
		}
		l.forgetNodes(ws.ID)
		l.forgetComputes(ws.ID)
	case model.SectionEndpoints:
		l.forgetEndpoints(ws.ID)
	case model.SectionJobs:
		l.jobs.drop(p.scope)
	default:
		return
	}
	l.content = true
	if list := l.part(model.SectionWorkspaces, string(ws.Subscription)); list != nil && p.fails == 1 {
		l.urge(list)
	}
}
