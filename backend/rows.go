package backend

import (
	"cmp"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// rows is everything known, by section and scope.
type rows struct {
	subscriptions *table[*model.Subscription]
	workspaces    *table[*model.Workspace]
	clusters      *table[*model.Cluster]
	instances     *table[*model.Instance]
	attached      *table[*model.Attached]
	endpoints     *table[*model.Endpoint]
	deployments   *table[*model.Deployment]
	jobs          *table[*model.Job]
	sizes         *table[*model.Size]
	quotas        *table[*model.Quota]
	actuals       *table[*model.Actual]

	nodes     map[model.ComputeID][]model.Node // replaced, never written to
	prices    *priceBook
	workspace map[model.WorkspaceID]*model.Workspace
	order     []string // workspaces by name
	regions   []string // scopes of regions in use, sorted
	loads     map[model.WorkspaceID]map[model.ComputeID]jobLoad
	locations map[model.WorkspaceID]map[string]bool // regions that a workspace's targets are in
}

func newRows(t terms) rows {
	return rows{
		subscriptions: newTable[*model.Subscription](),
		workspaces:    newTable[*model.Workspace](),
		clusters:      newTable[*model.Cluster](),
		instances:     newTable[*model.Instance](),
		attached:      newTable[*model.Attached](),
		endpoints:     newTable[*model.Endpoint](),
		deployments:   newTable[*model.Deployment](),
		jobs:          newTable[*model.Job](),
		sizes:         newTable[*model.Size](),
		quotas:        newTable[*model.Quota](),
		actuals:       newTable[*model.Actual](),
		prices:        newPriceBook(t),
		workspace:     map[model.WorkspaceID]*model.Workspace{},
		loads:         map[model.WorkspaceID]map[model.ComputeID]jobLoad{},
		locations:     map[model.WorkspaceID]map[string]bool{},
	}
}

// reorder puts the workspaces in order again after their list changed.
func (r *rows) reorder() {
	all := make([]*model.Workspace, 0, len(r.workspace))
	for _, w := range r.workspace {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b *model.Workspace) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	order := make([]string, len(all))
	for i, w := range all {
		order[i] = string(w.ID)
	}
	if slices.Equal(order, r.order) {
		return
	}
	r.order = order
	r.clusters.stale, r.instances.stale, r.attached.stale = true, true, true
	r.endpoints.stale, r.deployments.stale, r.jobs.stale = true, true, true
}

// forget drops every row of a workspace.
func (r *rows) forget(ws model.WorkspaceID) {
	r.forgetComputes(ws)
	r.forgetEndpoints(ws)
	r.jobs.drop(string(ws))
	delete(r.loads, ws)
	delete(r.locations, ws)
	delete(r.workspace, ws)
}

func (r *rows) forgetComputes(ws model.WorkspaceID) {
	scope := string(ws)
	r.clusters.drop(scope)
	r.instances.drop(scope)
	r.attached.drop(scope)
}

func (r *rows) forgetEndpoints(ws model.WorkspaceID) {
	r.endpoints.drop(string(ws))
	r.deployments.drop(string(ws))
}

// joinsFor is what rows of a workspace observed at now are joined with.
func (l *loop) joinsFor(ws *model.Workspace, now, seen time.Time) *joins {
	month := model.StartOfMonth(now, l.o.Zone)
	j := &joins{
		workspace: ws, prices: l.prices, standing: l.o.standing(), jobs: l.loads[ws.ID],
		now: now, seen: seen, keepFrom: month.AddDate(0, 0, -1), month: month, recorded: l.o.Recorded,
	}
	if j.recorded {
		j.tolerance = scaled(l.o.Tolerance, max(1, l.cloud.Clock().Speed))
	}
	return j
}

// rejoin joins a workspace's rows again, as they were last observed, after its
// jobs or a region's prices changed.
func (l *loop) rejoin(id model.WorkspaceID) {
	ws := l.workspace[id]
	if ws == nil {
		return
	}
	scope := string(id)
	changed := false
	if p := l.part(model.SectionComputes, scope); p != nil && p.loaded() {
		j := l.joinsFor(ws, p.state.AsOf, p.state.AsOf)
		changed = l.instances.set(scope, rejoin(j.instanceKind(), l.instances.of(scope)))
		changed = l.clusters.set(scope, rejoin(j.clusterKind(), l.clusters.of(scope))) || changed
		changed = l.attached.set(scope, rejoin(j.attachedKind(), l.attached.of(scope))) || changed
	}
	if p := l.part(model.SectionEndpoints, scope); p != nil && p.loaded() {
		j := l.joinsFor(ws, p.state.AsOf, p.state.AsOf)
		kind := j.deploymentKind(l.endpoints.of(scope))
		changed = l.deployments.set(scope, rejoin(kind, l.deployments.of(scope))) || changed
	}
	l.content = l.content || changed
}
