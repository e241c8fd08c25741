package backend

import (
	"maps"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
)

// What Resource Graph says of a row is compared by what it is sure to know.

// sameRows reports whether two lists have the same rows, in any order.
func sameRows[R any](a, b []*R, id func(*R) string, same func(a, b *R) bool) bool {
	if len(a) != len(b) {
		return false
	}
	byID := make(map[string]*R, len(b))
	for _, row := range b {
		byID[id(row)] = row
	}
	return !slices.ContainsFunc(a, func(row *R) bool {
		other := byID[id(row)]
		return other == nil || !same(row, other)
	})
}

// sameResource compares what every resource has. A state that the graph leaves
// out says nothing.
func sameResource(graph, held *model.Resource) bool {
	return (graph.ProvisioningState == "" || strings.EqualFold(graph.ProvisioningState, held.ProvisioningState)) &&
		maps.Equal(graph.Tags, held.Tags)
}

func sameWorkspaces(graph, held []*model.Workspace) bool {
	return sameRows(graph, held, workspaceKind().id, func(g, h *model.Workspace) bool {
		return sameResource(&g.Resource, &h.Resource) && strings.EqualFold(g.Kind, h.Kind)
	})
}

func sameEndpoints(graph Endpoints, endpoints []*model.Endpoint, deployments []*model.Deployment) bool {
	return sameRows(graph.Endpoints, endpoints, endpointKind("").id, func(g, h *model.Endpoint) bool {
		return sameResource(&g.Resource, &h.Resource) && (g.Traffic == nil || maps.Equal(g.Traffic, h.Traffic))
	}) && sameRows(graph.Deployments, deployments, func(r *model.Deployment) string { return string(r.ID) },
		func(g, h *model.Deployment) bool {
			return sameResource(&g.Resource, &h.Resource) && g.Instances == h.Instances && g.VMSize.Key() == h.VMSize.Key()
		})
}

// complete reports whether rows of the graph hold what the screen lives on. It
// is not documented what it keeps of a resource's properties, and why something
// failed it does not say.
func complete(rows Endpoints) bool {
	for _, e := range rows.Endpoints {
		if e.ProvisioningState == "" || strings.EqualFold(e.ProvisioningState, "Failed") || e.Kind == model.OnlineEndpoint && e.Traffic == nil {
			return false
		}
	}
	for _, d := range rows.Deployments {
		if d.ProvisioningState == "" || strings.EqualFold(d.ProvisioningState, "Failed") || d.Kind == model.TargetManaged && (d.VMSize == "" || d.Instances == 0) {
			return false
		}
	}
	return true
}
