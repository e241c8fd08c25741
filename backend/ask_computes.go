package backend

import (
	"context"
	"time"

	"github.com/amltop/amltop/model"
)

// askComputes lists a workspace's compute targets.
func (l *loop) askComputes(ws *model.Workspace, p *part) call {
	held := p.version
	return func(ctx context.Context) (apply, error) {
		fresh, err := l.cloud.Computes(ctx, ws, held)
		return func(now, seen time.Time) { l.takeComputes(p, fresh, now, seen) }, err
	}
}

func (l *loop) takeComputes(p *part, fresh Computes, now, seen time.Time) {
	ws := l.workspace[p.workspace]
	if ws == nil {
		return
	}
	if l.again(p, fresh.Version) {
		p.moving = instancesMove(l.instances.of(p.scope)) || clustersMove(l.clusters.of(p.scope), now)
		l.missed(p, now, seen)
		return // what the rows are joined with joins them again when it changes
	}
	j := l.joinsFor(ws, now, seen)
	instances, movedI := merge(j.instanceKind(), fresh.Instances, l.instances.of(p.scope))
	clusters, movedC := merge(j.clusterKind(), fresh.Clusters, l.clusters.of(p.scope))
	attached, movedA := merge(j.attachedKind(), fresh.Attached, l.attached.of(p.scope))
	changed := l.instances.set(p.scope, instances)
	changed = l.clusters.set(p.scope, clusters) || changed
	changed = l.attached.set(p.scope, attached) || changed
	l.content = l.content || changed
	p.rows = len(instances) + len(clusters) + len(attached)
	p.reads = pages(p.rows)
	p.moving = instancesMove(instances) || clustersMove(clusters, now)
	l.follow(ws, movedI, movedC)
	if seen.IsZero() {
		return
	}
	l.note(changesOf(movedI, now, ws.Name, instanceChange)...)
	l.note(changesOf(movedC, now, ws.Name, clusterChange)...)
	l.note(changesOf(movedA, now, ws.Name, attachedChange)...)
}

// again reports whether an answer is the one that a part's rows are from, and
// takes it in as that if it is: nothing of it was read, which cost little. Else
// the rows are to come from it.
func (l *loop) again(p *part, version Version) bool {
	if version == 0 || version != p.version {
		p.version = version
		return false
	}
	if p.saves {
		l.effort.spare(p.rows)
	}
	return true
}

// follow asks for prices and quota of the regions that new targets are in, and
// lets go of the nodes of clusters that are gone.
func (l *loop) follow(ws *model.Workspace, instances []pair[model.Instance], clusters []pair[model.Cluster]) {
	for _, m := range instances {
		if m.before == nil {
			l.growRegion(ws.ID, ws.Subscription, m.after.Location)
		}
	}
	for _, m := range clusters {
		switch {
		case m.before == nil:
			l.growRegion(ws.ID, ws.Subscription, m.after.Location)
		case m.after == nil:
			l.dropNodes(m.before.ID)
		}
	}
}

// instancesMove reports whether an instance is on its way to another state.
func instancesMove(rows []*model.Instance) bool {
	for _, r := range rows {
		if r.State.Info().Transient || model.ProvisioningTransient(r.ProvisioningState) {
			return true
		}
	}
	return false
}

// clustersMove reports whether a cluster resizes or counts down to zero.
func clustersMove(rows []*model.Cluster, now time.Time) bool {
	for _, r := range rows {
		if r.AllocationState == model.AllocationResizing || model.ProvisioningTransient(r.ProvisioningState) {
			return true
		}
		switch r.ScaleToZero(now).State {
		case model.ZeroCounting, model.ZeroLeaving:
			return true
		}
	}
	return false
}
