package panes

import (
	"maps"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// Endpoints is the pane of online and batch endpoints.
func Endpoints() pane.Spec[*model.Endpoint, model.EndpointID] {
	type row = *model.Endpoint
	return pane.Spec[row, model.EndpointID]{
		Name: "endpoints", Title: "endpoints", Section: model.SectionEndpoints,
		Rows:  func(s *model.Snapshot) []row { return s.Endpoints },
		Key:   func(e row) model.EndpointID { return e.ID },
		Label: func(e row) string { return e.Name },
		ARMID: func(e row) string { return e.ARMID },
		Where: func(e row) model.WorkspaceID { return e.Workspace },
		Open:  func(e row) pane.Drill { return within("deployments", "endpoint", e.Name, e.Workspace) },
		Sort:  "name",
		Empty: "No endpoints in the workspaces that could be read.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 12, Max: 32, Grow: 2},
				func(e row, _ pane.Env) string { return e.Name }),
			word(pane.Column[row]{ID: "kind", Title: "KIND", Min: 6, Drop: 2},
				func(e row, _ pane.Env) string { return string(e.Kind) }),
			workspaceColumn(func(e row) model.WorkspaceID { return e.Workspace }, 3),
			provisioningColumn(func(e row) string { return string(e.ID) }, func(e row) string { return e.ProvisioningState }),
			word(pane.Column[row]{ID: "auth", Title: "AUTH", Min: 8, Max: 10, Drop: 5},
				func(e row, _ pane.Env) string { return e.AuthMode }),
			word(pane.Column[row]{ID: "traffic", Title: "TRAFFIC", Min: 10, Max: 36, Grow: 2, Drop: 1},
				func(e row, _ pane.Env) string { return endpointTraffic(e) }),
			faultColumn("error", func(e row) []model.Fault { return e.Faults }, 4),
			word(pane.Column[row]{ID: "uri", Title: "SCORING URI", Min: 12, Max: 70, Grow: 3, Drop: 6},
				func(e row, _ pane.Env) string { return e.ScoringURI }),
			locationColumn(func(e row) string { return e.Location }, 7),
			since(pane.Column[row]{ID: "age", Title: "AGE", Min: 7, Drop: 8}, func(e row) time.Time { return e.CreatedAt }),
		},
		Actions: endpointActions(),
	}
}

// endpointTraffic is who gets the requests, largest share first.
func endpointTraffic(e *model.Endpoint) string {
	if e.Kind == model.BatchEndpoint {
		if e.Default == "" {
			return ""
		}
		return "default " + e.Default
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(e.Traffic)) {
		if e.Traffic[name] > 0 {
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return e.Traffic[b] - e.Traffic[a] })
	if e.Traffic != nil && len(names) == 0 {
		return "none"
	}
	return model.TrafficText(e.Traffic, names)
}
