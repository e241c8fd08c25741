package arm

import (
	"cmp"
	"slices"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// filterEndpoints is the online endpoints that a list's query asks for, in the
// order it asks for.
func (c *call) filterEndpoints(list []*sim.Endpoint) []*sim.Endpoint {
	if name := c.query.Get("name"); name != "" {
		list = only(list, func(e *sim.Endpoint) bool { return strings.EqualFold(e.Name, name) })
	}
	if kind := c.query.Get("computeType"); kind != "" {
		list = only(list, func(e *sim.Endpoint) bool { return strings.EqualFold(endpointComputeType(e), kind) })
	}
	if tags := c.query.Get("tags"); tags != "" {
		list = only(list, func(e *sim.Endpoint) bool { return tagged(e.Tags, tags) })
	}
	created := func(a, b *sim.Endpoint) int { return a.CreatedAt.Compare(b.CreatedAt) }
	updated := func(a, b *sim.Endpoint) int { return a.ModifiedAt.Compare(b.ModifiedAt) }
	order := map[string]func(a, b *sim.Endpoint) int{
		"createdatasc": created, "createdatdesc": func(a, b *sim.Endpoint) int { return created(b, a) },
		"updatedatasc": updated, "updatedatdesc": func(a, b *sim.Endpoint) int { return updated(b, a) },
	}[strings.ToLower(c.query.Get("orderBy"))]
	if order != nil {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(a, b *sim.Endpoint) int { return cmp.Or(order(a, b), strings.Compare(a.Name, b.Name)) })
	}
	return list
}

// endpointComputeType is the wire's word for where an online endpoint runs.
func endpointComputeType(e *sim.Endpoint) string {
	if e.Compute != "" {
		return "Kubernetes"
	}
	return "Managed"
}
