package arm

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// costItem is something billed, in the words of the service.
type costItem struct {
	sim.Spending
	sub *sim.Subscription
}

// The list prices an hour of what goes with a compute instance: P10 is $19.71
// for 730 hours, a load balancer $0.33 a day.
var standingPrices = map[string]model.Money{sim.MeterDisk: 27_000, sim.MeterLoadBalancer: 13_750, sim.MeterAddress: 5_000}

// serviceOf are the services that meters belong to.
var serviceOf = map[string]string{
	sim.MeterCompute: "Virtual Machines", sim.MeterDisk: "Storage",
	sim.MeterLoadBalancer: "Load Balancer", sim.MeterAddress: "Virtual Network",
}

// costRows sums what was billed, by what is asked for: in order of days and names.
func (c *call) costRows(sub *sim.Subscription, in costIn, from, to time.Time) []costRow {
	daily := strings.EqualFold(in.Dataset.Granularity, "Daily")
	sums := map[string]*costRow{}
	prices := map[[2]string]model.Money{}
	c.world().Spent(from, to, func(s sim.Spending) {
		if s.Workspace.Subscription != sub {
			return
		}
		if group := c.arg("group"); group != "" && !strings.EqualFold(s.Workspace.ResourceGroup, group) {
			return
		}
		item := costItem{Spending: s, sub: sub}
		if !in.Dataset.Filter.holds(c, item) {
			return
		}
		row := costRow{}
		if daily {
			row.day = s.Day
		}
		for _, g := range in.Dataset.Grouping {
			row.groups = append(row.groups, g.value(c, item))
		}
		row.key = row.day.Format(time.DateOnly) + "\x1f" + strings.Join(row.groups, "\x1f")
		if sums[row.key] == nil {
			sums[row.key] = &row
		}
		sum := sums[row.key]
		sum.amount += priceOf(s, prices).For(s.Used)
		sum.used += s.Used
	})
	rows := make([]costRow, 0, len(sums))
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		rows = append(rows, *sums[key])
	}
	return rows
}

// priceOf is the price an hour of what is billed. A VM without a known price
// is billed and costs nothing here: there is no truth to tell.
func priceOf(s sim.Spending, known map[[2]string]model.Money) model.Money {
	if s.Meter != sim.MeterCompute {
		return standingPrices[s.Meter]
	}
	key := [2]string{s.VMSize + strconv.FormatBool(s.LowPriority), s.Location}
	price, ok := known[key]
	if !ok {
		if size, found := catalog.InRegion(model.SizeName(s.VMSize), s.Location); found {
			price = size.Standard.PerHour
			if s.LowPriority {
				price = size.LowPriority.PerHour
			}
		}
		known[key] = price
	}
	return price
}

// billedTo is the resource that a row names, in lower case.
func (c *call) billedTo(i costItem) string {
	if i.Deployment == "" && c.world().CostByCompute() {
		return strings.ToLower(i.Resource)
	}
	return strings.ToLower(i.Workspace.ID())
}

// meterName is a meter as the price list calls it.
func meterName(i costItem) string {
	if i.Meter != sim.MeterCompute {
		return i.Meter
	}
	name := strings.ReplaceAll(strings.TrimPrefix(strings.ToUpper(i.VMSize), "STANDARD_"), "_", " ")
	if i.LowPriority {
		name += " Low Priority"
	}
	return name
}

// costDimensions are what a query can group and filter by.
var costDimensions = map[string]func(*call, costItem) string{
	"resourceid":        (*call).billedTo,
	"resourcetype":      func(c *call, i costItem) string { return strings.ToLower(typeOf(c.billedTo(i))) },
	"resourcelocation":  func(_ *call, i costItem) string { return i.Location },
	"resourcegroup":     func(_ *call, i costItem) string { return strings.ToLower(i.Workspace.ResourceGroup) },
	"resourcegroupname": func(_ *call, i costItem) string { return strings.ToLower(i.Workspace.ResourceGroup) },
	"subscriptionid":    func(_ *call, i costItem) string { return strings.ToLower(i.sub.ID) },
	"subscriptionname":  func(_ *call, i costItem) string { return i.sub.Name },
	"servicename":       func(_ *call, i costItem) string { return serviceOf[i.Meter] },
	"metercategory":     func(_ *call, i costItem) string { return serviceOf[i.Meter] },
	"meter":             func(_ *call, i costItem) string { return meterName(i) },
	"chargetype":        func(*call, costItem) string { return "usage" },
	"publishertype":     func(*call, costItem) string { return "azure" },
}

// tag is the value of a tag of what a row names; deployments are told by tags
// of the workspace's rows.
func (i costItem) tag(key string) string {
	switch strings.ToLower(key) {
	case "azuremlendpoint":
		return i.Endpoint
	case "azuremldeployment":
		return i.Deployment
	}
	for k, v := range i.Workspace.Tags {
		if strings.EqualFold(k, key) {
			return v
		}
	}
	return ""
}

// value is what a grouping makes of a row.
func (g costGroup) value(c *call, i costItem) string {
	if !strings.EqualFold(g.Type, "Dimension") {
		return i.tag(g.Name)
	}
	return costDimensions[strings.ToLower(g.Name)](c, i)
}

// costFilter is a condition of a query.
type costFilter struct {
	And        []*costFilter `json:"and"`
	Or         []*costFilter `json:"or"`
	Dimensions *costAmong    `json:"dimensions"`
	Tags       *costAmong    `json:"tags"`
}

type costAmong struct {
	Name     string   `json:"name"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

// check refuses a filter that says nothing, or something unknown.
func (f *costFilter) check(depth int) error {
	if f == nil {
		return nil
	}
	said := 0
	for _, part := range []bool{len(f.And) > 0, len(f.Or) > 0, f.Dimensions != nil, f.Tags != nil} {
		if part {
			said++
		}
	}
	if said != 1 || depth > deepest {
		return badRequest("BadRequest", "Invalid query definition: a filter holds one of and, or, dimensions, tags.")
	}
	for _, part := range append(slices.Clone(f.And), f.Or...) {
		if part == nil {
			return badRequest("BadRequest", "Invalid query definition: a filter is null.")
		}
		if err := part.check(depth + 1); err != nil {
			return err
		}
	}
	for _, a := range []*costAmong{f.Dimensions, f.Tags} {
		if a != nil && !strings.EqualFold(a.Operator, "In") {
			return badRequest("BadRequest", "Invalid query definition: operator '"+a.Operator+"' is not valid.")
		}
	}
	if d := f.Dimensions; d != nil && costDimensions[strings.ToLower(d.Name)] == nil {
		return badRequest("BadRequest", "Invalid query definition: dimension '"+d.Name+"' is not valid.")
	}
	return nil
}

func (f *costFilter) holds(c *call, i costItem) bool {
	among := func(a *costAmong, value string) bool {
		return slices.ContainsFunc(a.Values, func(v string) bool { return strings.EqualFold(v, value) })
	}
	part := func(p *costFilter) bool { return p.holds(c, i) }
	switch {
	case f == nil:
		return true
	case f.Dimensions != nil:
		return among(f.Dimensions, costDimensions[strings.ToLower(f.Dimensions.Name)](c, i))
	case f.Tags != nil:
		return among(f.Tags, i.tag(f.Tags.Name))
	case len(f.And) > 0:
		return !slices.ContainsFunc(f.And, func(p *costFilter) bool { return !part(p) })
	default:
		return slices.ContainsFunc(f.Or, part)
	}
}
