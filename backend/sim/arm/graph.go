package arm

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// graphPage is how many rows an answer has at most.
const graphPage = 1000

// graphIn is the body of a query.
type graphIn struct {
	Query         string   `json:"query"`
	Subscriptions []string `json:"subscriptions"`
	Options       struct {
		Top          *int   `json:"$top"`
		Skip         int    `json:"$skip"`
		SkipToken    string `json:"$skipToken"`
		ResultFormat string `json:"resultFormat"`
	} `json:"options"`
}

// graphRoutes are the operations of Azure Resource Graph.
func graphRoutes() []route {
	return []route{
		route{name: "graph.query", method: http.MethodPost, action: "Microsoft.ResourceGraph/resources/read",
			limit: takeGraph, oldest: "2021-03-01", serve: queryGraph}.at("/providers/Microsoft.ResourceGraph/resources"),
	}
}

// queryGraph answers a query over the table resources.
func queryGraph(c *call) error {
	var in graphIn
	if err := c.decode(&in); err != nil {
		return err
	}
	top := or(in.Options.Top, graphPage)
	switch {
	case top < 1 || top > graphPage:
		return c.graphError(detail{code: "InvalidOptions", message: "The option $top is not between 1 and 1000."})
	case in.Options.Skip < 0:
		return c.graphError(detail{code: "InvalidOptions", message: "The option $skip is below 0."})
	case !slices.Contains([]string{"", "objectarray", "table"}, strings.ToLower(in.Options.ResultFormat)):
		return c.graphError(detail{code: "InvalidOptions", message: "The option resultFormat is neither objectArray nor table."})
	}
	subs, err := c.graphScope(in.Subscriptions)
	if err != nil {
		return err
	}
	t, err := runQuery(in.Query, func(table string) (graphTable, bool) {
		switch strings.ToLower(table) {
		case "resources":
			return c.graphResources(subs), true
		case "resourcecontainers":
			return c.graphContainers(subs), true
		}
		return graphTable{}, false
	})
	const invalid = "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying."
	if unknown := (*unknownTable)(nil); errors.As(err, &unknown) {
		return c.graphError(detail{code: "InvalidQuery", message: invalid},
			detail{code: "DisallowedLogicalTableName", message: "Table " + unknown.name + " is invalid, unsupported or disallowed."})
	}
	if wrong := (*syntaxError)(nil); errors.As(err, &wrong) {
		return c.graphError(
			detail{code: "InvalidQuery", message: invalid},
			detail{code: "ParserFailure", message: "ParserFailure", at: &wrong.at})
	} else if err != nil {
		return err
	}
	return c.graphAnswer(t, in, top)
}

// graphScope is the subscriptions that are asked: those named, or all. Those
// there are none of are passed over unless nothing is left.
func (c *call) graphScope(ids []string) ([]*sim.Subscription, error) {
	if len(ids) == 0 {
		return c.world().Subscriptions(), nil
	}
	var subs []*sim.Subscription
	seen := map[*sim.Subscription]bool{}
	for _, id := range ids {
		if sub := c.world().FindSubscription(id); sub != nil && !seen[sub] {
			seen[sub] = true
			subs = append(subs, sub)
		}
	}
	if len(subs) == 0 {
		return nil, c.graphError(detail{code: "NoValidSubscriptionsInQueryRequest",
			message: "There must be at least one subscription that is eligible to contain resources. Given: '" + strings.Join(ids, ", ") + "'."})
	}
	return subs, nil
}

// graphAnswer writes one page of a table. There is a token for the next only
// if the rows have their ids, as the service has it.
func (c *call) graphAnswer(t graphTable, in graphIn, top int) error {
	from, name := in.Options.Skip, func(i int) string { return t.rows[i].cells["id"] }
	if token := in.Options.SkipToken; token != "" {
		at, last, ok := readToken(token)
		if !ok {
			return c.graphError(detail{code: "InvalidSkipToken", message: "The option $skipToken is not one that was answered."})
		}
		from = resume(len(t.rows), at, last, name)
	}
	from = min(from, len(t.rows))
	to := min(from+top, len(t.rows))
	c.object("")
	c.int("totalRecords", len(t.rows))
	c.int("count", to-from)
	c.graphData(t.columns, t.rows[from:to], strings.EqualFold(in.Options.ResultFormat, "table"))
	c.raw("facets", "[]")
	truncated := "false"
	if to < len(t.rows) {
		truncated = "true"
		for _, column := range t.columns {
			if column.source == "id" {
				c.str("$skipToken", writeToken(to, name(to-1)))
				break
			}
		}
	}
	c.str("resultTruncated", truncated)
	c.endObject()
	return nil
}

// graphData writes rows as objects, or as a table with its columns' types.
func (c *call) graphData(columns []graphColumn, rows []*graphRow, table bool) {
	key := "data"
	if table {
		c.object("data")
		c.array("columns")
		for _, column := range columns {
			c.object("")
			c.str("name", column.name)
			c.str("type", [...]string{columnText: "string", columnNumber: "integer", columnDynamic: "object"}[column.kind])
			c.endObject()
		}
		c.endArray()
		key = "rows"
	}
	c.array(key)
	for _, r := range rows {
		c.graphRow(columns, r, !table)
	}
	c.endArray()
	if table {
		c.endObject()
	}
}

// graphError is a refusal of Resource Graph: what is wrong is in the details.
func (c *call) graphError(details ...detail) error {
	return &refusal{status: http.StatusBadRequest, code: "BadRequest", message: c.support(), details: details}
}

// support is what Resource Graph says instead of a message.
func (c *call) support() string {
	return "Please provide below info when asking for support: timestamp = " + c.now.UTC().Format("2006-01-02T15:04:05.0000000Z") +
		", correlationId = " + c.correlate(c.s.newGUID()) + "."
}
