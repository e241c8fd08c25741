package backend

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// askJobs lists a workspace's newest jobs, and now and then reads its metrics.
func (l *loop) askJobs(ws *model.Workspace, p *part) call {
	held, metrics := p.version, l.wantsUsage(ws.ID)
	return func(ctx context.Context) (apply, error) {
		fresh, version, err := l.cloud.Jobs(ctx, ws, held)
		take := func() {}
		if err == nil && metrics {
			take = l.askUsage(ctx, ws)
		}
		return func(now, seen time.Time) {
			defer take()
			if !l.again(p, version) {
				l.takeJobs(p, fresh, now, seen)
			}
		}, err
	}
}

func (l *loop) takeJobs(p *part, fresh []*model.Job, now, seen time.Time) {
	ws := l.workspace[p.workspace]
	if ws == nil {
		return
	}
	rows, moved := merge(jobKind(ws.ID), fresh, l.jobs.of(p.scope))
	slices.SortStableFunc(rows, func(a, b *model.Job) int { return b.CreatedAt.Compare(a.CreatedAt) })
	l.content = l.jobs.set(p.scope, rows) || l.content
	p.rows, p.reads = len(rows), pages(len(rows))
	p.moving = slices.ContainsFunc(rows, func(j *model.Job) bool { return j.Status == model.JobCancelRequested })
	loads := jobLoads(rows)
	if old := l.loads[ws.ID]; old == nil || !maps.Equal(old, loads) {
		l.loads[ws.ID] = loads
		l.rejoin(ws.ID)
	}
	if !seen.IsZero() {
		moved = slices.DeleteFunc(moved, func(m pair[model.Job]) bool { return m.after == nil })
		l.note(changesOf(moved, now, ws.Name, jobChange)...)
	}
}

// askEndpoints lists a workspace's endpoints and their deployments.
func (l *loop) askEndpoints(ws *model.Workspace, p *part) call {
	held := p.version
	return func(ctx context.Context) (apply, error) {
		fresh, err := l.cloud.Endpoints(ctx, ws, held)
		return func(now, seen time.Time) {
			moved := false
			if l.again(p, fresh.Version) {
				l.missed(p, now, seen)
			} else {
				moved = l.takeEndpoints(p, fresh, now, seen)
			}
			l.confirmed(p, moved)
		}, err
	}
}

// takeEndpoints takes a workspace's endpoints in and reports whether anything
// changed.
func (l *loop) takeEndpoints(p *part, fresh Endpoints, now, seen time.Time) bool {
	ws := l.workspace[p.workspace]
	if ws == nil {
		return false
	}
	behind, movedE := merge(endpointKind(ws.ID), fresh.Endpoints, l.endpoints.of(p.scope))
	j := l.joinsFor(ws, now, seen)
	rows, movedD := merge(j.deploymentKind(behind), fresh.Deployments, l.deployments.of(p.scope))
	changed := l.endpoints.set(p.scope, behind)
	changed = l.deployments.set(p.scope, rows) || changed
	l.content = l.content || changed
	p.rows, p.reads = len(behind)+len(rows), 2+len(behind)
	p.moving = slices.ContainsFunc(behind, func(e *model.Endpoint) bool {
		return model.ProvisioningTransient(e.ProvisioningState)
	}) || slices.ContainsFunc(rows, func(d *model.Deployment) bool {
		return model.ProvisioningTransient(d.ProvisioningState)
	})
	for _, m := range movedD {
		if m.before == nil {
			l.growRegion(ws.ID, ws.Subscription, cmp.Or(m.after.Location, ws.Location))
		}
	}
	if !seen.IsZero() {
		l.note(changesOf(movedE, now, ws.Name, endpointChange)...)
		l.note(changesOf(movedD, now, ws.Name, deploymentChange)...)
	}
	return len(movedE)+len(movedD) > 0
}
