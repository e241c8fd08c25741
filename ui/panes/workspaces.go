package panes

import (
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Workspaces is the pane of workspaces, with what each holds and burns.
func Workspaces() pane.Spec[*model.Workspace, model.WorkspaceID] {
	type row = *model.Workspace
	countedBy := func(section model.SectionKey, id, title string, drop int, get func(model.WorkspaceTotals) int) pane.Column[row] {
		return whole(pane.Column[row]{ID: id, Title: title, Min: 5, Max: 7, Drop: drop},
			func(w row, env pane.Env) (int, bool) {
				n := get(env.Snap.Totals(w.ID))
				return n, everRead(env, w) && (n > 0 || listed(env, section, w))
			})
	}
	counted := func(id, title string, drop int, get func(model.WorkspaceTotals) int) pane.Column[row] {
		return countedBy(model.SectionComputes, id, title, drop, get)
	}
	return pane.Spec[row, model.WorkspaceID]{
		Name: "workspaces", Title: "workspaces", Section: model.SectionWorkspaces,
		Rows:  func(s *model.Snapshot) []row { return s.Workspaces },
		Key:   func(w row) model.WorkspaceID { return w.ID },
		Label: func(w row) string { return w.Name },
		ARMID: func(w row) string { return w.ARMID },
		Where: func(w row) model.WorkspaceID { return w.ID },
		Scope: func(w row) string { return string(w.Subscription) },
		Open:  func(w row) pane.Drill { return pane.Drill{Pane: "instances", Filter: exactly("workspace", w.Name)} },
		Sort:  "burn",
		Empty: "No workspaces: the signed-in account can read none.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 12, Max: 30, Grow: 3},
				func(w row, _ pane.Env) string { return w.Name }),
			word(pane.Column[row]{ID: "kind", Title: "KIND", Min: 7, Max: 12, Drop: 8},
				func(w row, _ pane.Env) string { return w.Kind }),
			word(pane.Column[row]{ID: "subscription", Title: "SUBSCRIPTION", Min: 10, Max: 24, Grow: 1, Drop: 7},
				func(w row, env pane.Env) string { return subscriptionName(env.Snap, w.Subscription) }),
			word(pane.Column[row]{ID: "group", Title: "RESOURCE GROUP", Min: 10, Max: 24, Grow: 1, Drop: 10},
				func(w row, _ pane.Env) string { return w.ResourceGroup }),
			locationColumn(func(w row) string { return w.Location }, 6),
			counted("clusters", "CLUST", 4, func(t model.WorkspaceTotals) int { return t.Clusters }),
			counted("nodes", "NODES", 9, func(t model.WorkspaceTotals) int { return t.Nodes }),
			counted("instances", "INST", 3, func(t model.WorkspaceTotals) int { return t.Instances }),
			counted("running", "RUN", 5, func(t model.WorkspaceTotals) int { return t.Running }),
			countedBy(model.SectionEndpoints, "deployments", "DEPL", 11, func(t model.WorkspaceTotals) int { return t.Deployments }),
			countedBy(model.SectionJobs, "jobs", "JOBS", 12, func(t model.WorkspaceTotals) int { return t.ActiveJobs }),
			cost(pane.Column[row]{ID: "burn", Title: "$/H", Min: 7, Max: 10}, workspaceBurn),
			cost(pane.Column[row]{ID: "billed", Title: "BILLED", Min: 9, Max: 12, Drop: 13}, workspaceBilled),
			seenColumn(),
			{ID: "error", Title: "ERROR", Min: 8, Max: 40, Grow: 2, Drop: 1, Cell: unreadable, Value: unreadableValue},
		},
	}
}

// computesPart is the list call that a workspace's targets came from.
func computesPart(env pane.Env, w *model.Workspace) *model.Part {
	return env.Snap.Part(model.SectionComputes, string(w.ID))
}

// everRead reports whether a workspace's targets have ever been listed.
func everRead(env pane.Env, w *model.Workspace) bool {
	p := computesPart(env, w)
	return p != nil && !p.AsOf.IsZero()
}

// listed reports whether a section of a workspace was ever listed. Until then
// none is not zero, but unknown.
func listed(env pane.Env, section model.SectionKey, w *model.Workspace) bool {
	p := env.Snap.Part(section, string(w.ID))
	return p != nil && !p.AsOf.IsZero()
}

func workspaceBurn(w *model.Workspace, env pane.Env) money {
	t := env.Snap.Totals(w.ID)
	switch {
	case !everRead(env, w):
		return money{}
	case t.Burn == 0 && t.Unpriced > 0:
		return money{}
	case t.Burn == 0:
		return money{None: true}
	default:
		return money{Amount: t.Burn, Currency: t.Currency, Known: true}
	}
}

// workspaceBilled is what Azure billed for a workspace this month so far.
func workspaceBilled(w *model.Workspace, env pane.Env) money {
	b, known := env.Snap.BilledWorkspace(w)
	return money{Amount: b.Amount, Currency: b.Currency, Known: known && !b.Mixed, None: known && b.Amount == 0 && !b.Mixed}
}

// unreadable says why a workspace's targets could not be read, and for how long.
func unreadable(w *model.Workspace, env pane.Env) pane.Cell {
	p := computesPart(env, w)
	if p == nil || p.Err == nil {
		return nothing
	}
	cell := pane.Cell{Text: model.Short(p.Err), Tone: theme.Bad}
	if !p.FailedAt.IsZero() {
		cell.Text += " for " + model.Ago(env.Now.Sub(p.FailedAt))
	}
	return cell
}

func unreadableValue(w *model.Workspace, env pane.Env) pane.Value {
	if p := computesPart(env, w); p != nil && p.Err != nil {
		return text(p.Err.Error())
	}
	return pane.Value{}
}

func subscriptionName(s *model.Snapshot, id model.SubscriptionID) string {
	if s != nil {
		for _, sub := range s.Subscriptions {
			if sub.ID == id && sub.Name != "" {
				return sub.Name
			}
		}
	}
	return string(id)
}

// seenColumn is how long ago a workspace's targets were listed.
func seenColumn() pane.Column[*model.Workspace] {
	asOf := func(w *model.Workspace, env pane.Env) (time.Duration, bool) {
		if !everRead(env, w) {
			return 0, false
		}
		return env.Now.Sub(computesPart(env, w).AsOf), true
	}
	c := lasting(pane.Column[*model.Workspace]{ID: "seen", Title: "SEEN", Min: 6, Drop: 2}, asOf)
	c.Cell = func(w *model.Workspace, env pane.Env) pane.Cell {
		d, ok := asOf(w, env)
		if !ok {
			return pane.Cell{Text: "never", Tone: theme.Warn}
		}
		return pane.Cell{Text: model.Ago(d), Tone: theme.Dim}
	}
	return c
}
