package arm

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// graphTable is a table of Azure Resource Graph, before or within a query.
type graphTable struct {
	columns []graphColumn
	rows    []*graphRow
}

// graphColumn is a column by the name that the query gave it.
type graphColumn struct {
	name, source string
	kind         columnKind
}

type columnKind int

const (
	columnText columnKind = iota
	columnNumber
	columnDynamic // JSON, taken from the resource when the row is answered
)

// graphRow is a resource, or a line of a summary.
type graphRow struct {
	cells map[string]string // of the columns that are no JSON
	write func()            // writes the resource as ARM has it; nil in a summary
}

// graphColumns are the columns of the table resources, in its order.
var graphColumns = []graphColumn{
	{"id", "id", columnText}, {"name", "name", columnText}, {"type", "type", columnText},
	{"tenantId", "tenantId", columnText}, {"kind", "kind", columnText}, {"location", "location", columnText},
	{"resourceGroup", "resourceGroup", columnText}, {"subscriptionId", "subscriptionId", columnText},
	{"managedBy", "managedBy", columnText}, {"sku", "sku", columnDynamic}, {"plan", "plan", columnDynamic},
	{"properties", "properties", columnDynamic}, {"tags", "tags", columnDynamic}, {"identity", "identity", columnDynamic},
	{"zones", "zones", columnDynamic}, {"extendedLocation", "extendedLocation", columnDynamic},
}

// graphResources are the resources of subscriptions: workspaces, and the
// endpoints and deployments in those that the caller may look into. Computes
// and jobs are no resources to Resource Graph. Types and resource groups are
// in lower case there. Unlike the service, which lags by seconds to minutes,
// the table is never behind the world.
func (c *call) graphResources(subs []*sim.Subscription) graphTable {
	t := graphTable{columns: graphColumns}
	for _, sub := range subs {
		for _, ws := range sub.Workspaces {
			add := func(id, name, kind, location, segment string, write func()) {
				t.rows = append(t.rows, &graphRow{write: write, cells: map[string]string{
					"id": id, "name": name, "type": strings.ToLower(namespace + "/workspaces" + segment),
					"tenantId": sub.Tenant, "kind": kind, "location": location,
					"resourceGroup": strings.ToLower(ws.ResourceGroup), "subscriptionId": strings.ToLower(sub.ID),
				}})
			}
			add(ws.ID(), ws.Name, ws.Kind, ws.Location, "", func() { c.workspaceBody("", ws) })
			if ws.Forbidden {
				continue
			}
			for _, list := range [][]*sim.Endpoint{ws.Online, ws.Batch} {
				for _, e := range list {
					segment, kind := "/"+endpointSegment(e.Batch), ""
					if !e.Batch {
						kind = kindOf(e)
					}
					add(e.ID(), e.Name, kind, e.Location, segment, func() { c.endpointBody("", e) })
					for _, d := range e.Deployments {
						add(d.ID(), d.Name, d.Kind, e.Location, segment+"/deployments", func() { c.deploymentBody("", d) })
					}
				}
			}
		}
	}
	return t
}

// graphRow writes a row of an answer.
func (c *call) graphRow(columns []graphColumn, r *graphRow) error {
	var body map[string]json.RawMessage
	for _, column := range columns {
		if column.kind != columnDynamic || body != nil {
			continue
		}
		whole := c.b
		c.b = nil
		r.write()
		err := json.Unmarshal(c.b, &body)
		c.b = whole
		if err != nil {
			return fmt.Errorf("resource %s: %w", r.cells["id"], err)
		}
	}
	c.object("")
	for _, column := range columns {
		switch text, ok := body[column.source]; {
		case column.kind == columnText:
			c.str(column.name, r.cells[column.source])
		case column.kind == columnNumber:
			c.raw(column.name, r.cells[column.source])
		case ok:
			c.raw(column.name, string(text))
		default:
			c.null(column.name)
		}
	}
	c.endObject()
	return nil
}
