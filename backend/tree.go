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
	p.purse = l.allowance(p.sub)
	l.byKey[key] = p
	l.parts = append(l.parts, p)
	l.touch(p)
	l.content = true
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
		rows, moved := merge(subscriptionKind(), fresh, l.subscriptions.of(""))
		if l.subscriptions.set("", rows) {
			l.content, l.workspaces.stale = true, true
		}
		for _, m := range moved {
			if m.after == nil {
				l.dropSubscription(m.before.ID)
			}
		}
		for _, sub := range rows {
			l.growSubscription(sub)
		}
	}, nil
}

func (l *loop) growSubscription(sub *model.Subscription) {
	id := sub.ID
	l.grow(&part{
		key: model.SectionWorkspaces, scope: string(id), sub: id, reads: 1,
		state: model.Part{Name: sub.Name},
		prepare: func() call {
			return func(ctx context.Context) (apply, error) {
				fresh, err := l.cloud.Workspaces(ctx, id)
				return func(now, seen time.Time) { l.takeWorkspaces(id, fresh, now, seen) }, err
			}
		},
	})
}

func (l *loop) dropSubscription(id model.SubscriptionID) {
	for _, ws := range l.workspaces.of(string(id)) {
		l.forget(ws.ID)
	}
	l.workspaces.drop(string(id))
	l.prune(func(p *part) bool { return p.sub == id })
	l.reorder()
}

func (l *loop) takeWorkspaces(sub model.SubscriptionID, fresh []*model.Workspace, now, seen time.Time) {
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
}

func (l *loop) growWorkspace(ws *model.Workspace) {
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
	switch p.key {
	case model.SectionComputes:
		p.version = 0
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
		list.urgent, list.planned = true, false
	}
}
