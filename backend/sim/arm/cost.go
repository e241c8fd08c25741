package arm

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// Cost queries of Microsoft.CostManagement: what was billed, by list prices,
// from the world's own books.

// costProvider is the provider of cost queries.
const costProvider = "Microsoft.CostManagement"

// costLag is how far the service's data is behind.
const costLag = 4 * time.Hour

// costPage is how many rows an answer has at most.
const costPage = 1000

func costRoutes() []route {
	query := func(name, scope string) route {
		return route{name: name, method: http.MethodPost, action: costProvider + "/query/read", oldest: "2019-11-01",
			limit: takeCost, serve: queryCost}.at(scope + "/providers/" + costProvider + "/query")
	}
	return []route{
		query("cost.query", inSubscription),
		query("cost.queryGroup", inSubscription+"/resourceGroups/{group}"),
	}
}

// costIn is the body of a query.
type costIn struct {
	Type       string `json:"type"`
	Timeframe  string `json:"timeframe"`
	TimePeriod struct {
		From string `json:"from"`
		To   string `json:"to"`
	} `json:"timePeriod"`
	Dataset struct {
		Granularity string                   `json:"granularity"`
		Aggregation map[string]costAggregate `json:"aggregation"`
		Grouping    []costGroup              `json:"grouping"`
		Filter      *costFilter              `json:"filter"`
	} `json:"dataset"`
}

type costAggregate struct {
	Name     string `json:"name"`
	Function string `json:"function"`
}

type costGroup struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// queryCost answers a query; 204 if nothing was billed.
func queryCost(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	if c.arg("group") != "" {
		if err := c.group(sub); err != nil {
			return err
		}
	}
	var in costIn
	if err := c.decode(&in); err != nil {
		return err
	}
	from, to, err := c.costPeriod(in)
	if err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	rows := c.costRows(sub, in, from, to)
	if len(rows) == 0 {
		c.status = http.StatusNoContent
		return nil
	}
	p, err := c.paginate(len(rows), costPage, func(i int) string { return rows[i].key })
	if err != nil {
		return err
	}
	c.costBody(sub, in, rows[p.from:p.to], p.next)
	return nil
}

// costPeriod is the time a query is about.
func (c *call) costPeriod(in costIn) (from, to time.Time, err error) {
	y, m, d := c.now.UTC().Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	month := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	known := c.now.Add(-costLag)
	switch strings.ToLower(in.Timeframe) {
	case "monthtodate", "billingmonthtodate":
		return month, known, nil
	case "weektodate":
		return today.AddDate(0, 0, -int(today.Weekday())), known, nil
	case "thelastmonth", "thelastbillingmonth":
		return month.AddDate(0, -1, 0), earliest(month, known), nil
	case "custom":
	default:
		return from, to, badRequest("BadRequest", "Invalid query definition: timeframe '"+in.Timeframe+"' is not valid.")
	}
	from, err = parseTime(in.TimePeriod.From)
	if err == nil {
		to, err = parseTime(in.TimePeriod.To)
	}
	switch {
	case err != nil:
		return from, to, badRequest("BadRequest", "Invalid query definition: timePeriod: "+err.Error()+".")
	case to.Before(from):
		return from, to, badRequest("BadRequest", "Invalid query definition: timePeriod.from is after timePeriod.to.")
	case to.Sub(from) > 366*24*time.Hour:
		return from, to, badRequest("BadRequest", "Invalid query definition: the time period is longer than a year.")
	}
	// Both ends are days, and both belong to it.
	from, to = from.Truncate(24*time.Hour), to.Truncate(24*time.Hour).AddDate(0, 0, 1)
	return from, earliest(to, known), nil
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// check refuses what the service refuses.
func (in *costIn) check() error {
	wrong := func(what string) error { return badRequest("BadRequest", "Invalid query definition: "+what+".") }
	if !slices.Contains([]string{"actualcost", "amortizedcost", "usage"}, strings.ToLower(in.Type)) {
		return wrong("type '" + in.Type + "' is not valid")
	}
	if g := strings.ToLower(in.Dataset.Granularity); g != "" && g != "none" && g != "daily" {
		return wrong("granularity '" + in.Dataset.Granularity + "' is not valid")
	}
	if n := len(in.Dataset.Aggregation); n == 0 || n > 2 {
		return wrong("one or two aggregations are needed")
	}
	for _, a := range in.Dataset.Aggregation {
		if _, ok := costMeasures[strings.ToLower(a.Name)]; !ok || !strings.EqualFold(a.Function, "Sum") {
			return wrong("aggregation " + a.Function + " of '" + a.Name + "' is not valid")
		}
	}
	if len(in.Dataset.Grouping) > 2 {
		return wrong("at most two groupings are allowed")
	}
	for _, g := range in.Dataset.Grouping {
		tag := strings.EqualFold(g.Type, "TagKey") || strings.EqualFold(g.Type, "Tag")
		if _, ok := costDimensions[strings.ToLower(g.Name)]; !tag && (!ok || !strings.EqualFold(g.Type, "Dimension")) {
			return wrong("grouping by " + g.Type + " '" + g.Name + "' is not valid")
		}
	}
	return in.Dataset.Filter.check(0)
}

// costMeasures are what can be summed, and how it is written.
var costMeasures = map[string]func(costRow) string{
	"cost":          func(r costRow) string { return r.amount.Decimal() },
	"costusd":       func(r costRow) string { return r.amount.Decimal() },
	"pretaxcost":    func(r costRow) string { return r.amount.Decimal() },
	"pretaxcostusd": func(r costRow) string { return r.amount.Decimal() },
	"usagequantity": func(r costRow) string { return strconv.FormatFloat(r.used.Hours(), 'f', 6, 64) },
}

// costRow is a line of an answer.
type costRow struct {
	key    string // of what it is grouped by
	day    time.Time
	groups []string
	amount model.Money
	used   time.Duration
}
