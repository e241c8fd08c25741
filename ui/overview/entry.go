package overview

import (
	"strings"

	"github.com/amltop/amltop/model"
)

// entryFor is the entry of a row of a pane.
func entryFor(row any) Entry {
	switch r := row.(type) {
	case *model.Instance:
		return Entry{Pane: "instances", Row: r, Key: string(r.ID)}
	case *model.Cluster:
		return Entry{Pane: "clusters", Row: r, Key: string(r.ID)}
	case *model.Deployment:
		return Entry{Pane: "deployments", Row: r, Key: string(r.ID)}
	case *model.Workspace:
		return Entry{Pane: "workspaces", Row: r, Key: string(r.ID)}
	}
	return Entry{}
}

// entryOf is the entry of a target by its identity; none if it is gone.
func entryOf(s *model.Snapshot, target string) Entry {
	if i := s.Instance(model.ComputeID(target)); i != nil {
		return entryFor(i)
	}
	if c := s.Cluster(model.ComputeID(target)); c != nil {
		return entryFor(c)
	}
	if d := s.Deployment(model.DeploymentID(target)); d != nil {
		return entryFor(d)
	}
	return Entry{}
}

// entry is what a failure is about.
func (f failure) entry(s *model.Snapshot) Entry {
	switch {
	case f.deployment != nil:
		return entryFor(f.deployment)
	case f.cluster != nil:
		return entryFor(f.cluster)
	case f.instance != nil:
		return entryFor(f.instance)
	}
	if w := s.Workspace(model.WorkspaceID(f.part.Scope)); w != nil {
		return entryFor(w)
	}
	return Entry{}
}

// among is the entry of everything in a pane with a text in a column.
func among(pane, column, value string) Entry {
	if value == "" {
		return Entry{Pane: pane, Key: column}
	}
	filter := value
	if strings.ContainsAny(value, " \t") {
		filter = `"` + value + `"`
	}
	return Entry{Pane: pane, Key: column + "=" + value, Filter: column + "=" + filter}
}
