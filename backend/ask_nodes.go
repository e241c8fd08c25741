package backend

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// look takes a new focus: where it lies decides what is asked for first.
func (l *loop) look(f model.Focus) {
	if f.Section == "" {
		f.Section = model.SectionComputes
	}
	if l.focus.Blurred && !f.Blurred {
		l.lengthenShadows()
	}
	l.focus = f
	l.inSight = make(map[model.WorkspaceID]bool, len(f.Workspaces))
	for _, id := range f.Workspaces {
		l.inSight[id] = true
	}
	for _, p := range l.parts {
		l.plan(p)
	}
	if f.Cluster != "" {
		l.growNodes(f.Cluster)
	}
}

// refresh asks for a section's parts at once, "" for all of them.
func (l *loop) refresh(key model.SectionKey) {
	l.outage.until = 0
	for _, p := range l.parts {
		if key == "" || p.key == key {
			l.urge(p)
		}
	}
}

// growNodes adds the nodes of a cluster somebody looks into.
func (l *loop) growNodes(id model.ComputeID) {
	ws := l.workspace[model.WorkspaceIDOf(string(id))]
	if ws == nil || l.cluster(id) == nil {
		return
	}
	p := &part{
		key: model.SectionNodes, scope: string(id), sub: ws.Subscription, workspace: ws.ID,
		kind: model.BudgetWrites, reads: 1, state: model.Part{Name: l.cluster(id).Name},
	}
	p.prepare = func() call {
		cluster := l.cluster(id)
		return func(ctx context.Context) (apply, error) {
			if cluster == nil {
				return nil, nil
			}
			nodes, err := l.cloud.Nodes(ctx, cluster)
			return func(_, _ time.Time) { l.takeNodes(id, nodes) }, err
		}
	}
	l.grow(p)
}

func (l *loop) takeNodes(id model.ComputeID, nodes []model.Node) {
	old, known := l.nodes[id]
	if known && slices.Equal(old, nodes) {
		return
	}
	l.nodes = maps.Clone(l.nodes)
	if l.nodes == nil {
		l.nodes = map[model.ComputeID][]model.Node{}
	}
	l.nodes[id] = nodes
	l.content = true
}

// dropNodes forgets the nodes of a cluster.
func (l *loop) dropNodes(id model.ComputeID) {
	l.prune(func(p *part) bool { return p.key == model.SectionNodes && p.scope == string(id) })
	if _, known := l.nodes[id]; known {
		l.nodes = maps.Clone(l.nodes)
		delete(l.nodes, id)
		l.content = true
	}
}

// forgetNodes forgets the nodes of a workspace's clusters.
func (l *loop) forgetNodes(ws model.WorkspaceID) {
	for _, c := range l.clusters.of(string(ws)) {
		if l.part(model.SectionNodes, string(c.ID)) != nil {
			l.dropNodes(c.ID)
		}
	}
}

// cluster is a cluster as last listed, or nil.
func (l *loop) cluster(id model.ComputeID) *model.Cluster {
	for _, c := range l.clusters.of(string(model.WorkspaceIDOf(string(id)))) {
		if c.ID == id {
			return c
		}
	}
	return nil
}
