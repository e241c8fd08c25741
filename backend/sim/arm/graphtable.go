package arm

import (
	"encoding/json"
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
	name   string
	source string // column of the table it is, unchanged; "": the query made it
	kind   columnKind
	value  func(*graphRow) string // text or number as such, dynamic as JSON; "": null
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
	write func() []byte     // the resource as ARM has it; nil in a summary
	body  map[string]json.RawMessage
}

// field is a field of the resource as ARM has it; "" if it has none.
func (r *graphRow) field(name string) string {
	if r.body == nil && r.write != nil {
		r.body = map[string]json.RawMessage{}
		_ = json.Unmarshal(r.write(), &r.body) // the document is this package's own
	}
	return string(r.body[name])
}

// graphColumns are the columns of a table, in its order.
var graphColumns = func() (columns []graphColumn) {
	for _, name := range []string{"id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId", "managedBy"} {
		columns = append(columns, cellColumn(name, columnText))
	}
	for _, name := range []string{"sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"} {
		value := func(r *graphRow) string { return r.field(name) }
		columns = append(columns, graphColumn{name: name, source: name, kind: columnDynamic, value: value})
	}
	return columns
}()

// cellColumn is a column whose values stand in the rows' cells.
func cellColumn(name string, kind columnKind) graphColumn {
	return graphColumn{name: name, source: name, kind: kind, value: func(r *graphRow) string { return r.cells[name] }}
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
				t.rows = append(t.rows, &graphRow{write: func() []byte { return c.aside(write) }, cells: map[string]string{
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

// aside is what write writes, without its becoming part of the answer.
func (c *call) aside(write func()) []byte {
	kept := c.b
	c.b = nil
	write()
	written := c.b
	c.b = kept
	return written
}

// graphContainers are what holds resources: the subscriptions and their
// resource groups.
func (c *call) graphContainers(subs []*sim.Subscription) graphTable {
	t := graphTable{columns: graphColumns}
	for _, sub := range subs {
		add := func(id, name, kind, location, group string, write func()) {
			t.rows = append(t.rows, &graphRow{write: func() []byte { return c.aside(write) }, cells: map[string]string{
				"id": id, "name": name, "type": "microsoft.resources/" + kind, "tenantId": sub.Tenant, "location": location,
				"resourceGroup": group, "subscriptionId": strings.ToLower(sub.ID),
			}})
		}
		add("/subscriptions/"+sub.ID, sub.Name, "subscriptions", "", "", func() { c.subscriptionProperties(sub) })
		for _, g := range groupsOf(sub) {
			add(g.id, g.name, "subscriptions/resourcegroups", g.location, strings.ToLower(g.name), func() { c.groupBody("", g) })
		}
	}
	return t
}

// subscriptionProperties is a subscription in the words of Resource Graph.
func (c *call) subscriptionProperties(sub *sim.Subscription) {
	c.object("")
	c.object("properties")
	c.str("state", sub.State)
	c.endObject()
	c.object("tags")
	c.endObject()
	c.endObject()
}

// graphRow writes a row of an answer, as an object or as an array.
func (c *call) graphRow(columns []graphColumn, r *graphRow, object bool) {
	if object {
		c.object("")
	} else {
		c.array("")
	}
	for _, column := range columns {
		key := ""
		if object {
			key = column.name
		}
		switch value := column.value(r); {
		case column.kind == columnText:
			c.str(key, value)
		case value == "":
			c.null(key)
		default:
			c.raw(key, value)
		}
	}
	if object {
		c.endObject()
	} else {
		c.endArray()
	}
}
