package arm

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// costBody writes columns and rows: the sums, the day, the groups, the currency.
func (c *call) costBody(sub *sim.Subscription, in costIn, rows []costRow, next string) {
	daily := strings.EqualFold(in.Dataset.Granularity, "Daily")
	aliases := slices.Sorted(maps.Keys(in.Dataset.Aggregation))
	id := c.s.newGUID()
	c.object("")
	c.str("id", "subscriptions/"+sub.ID+"/providers/"+costProvider+"/query/"+id)
	c.str("name", id)
	c.str("type", costProvider+"/query")
	c.null("location")
	c.null("sku")
	c.null("eTag")
	c.object("properties")
	if next != "" {
		c.str("nextLink", c.nextLink(next))
	} else {
		c.null("nextLink")
	}
	c.array("columns")
	column := func(name, kind string) {
		c.object("")
		c.str("name", name)
		c.str("type", kind)
		c.endObject()
	}
	for _, alias := range aliases {
		column(in.Dataset.Aggregation[alias].Name, "Number")
	}
	if daily {
		column("UsageDate", "Number")
	}
	for _, g := range in.Dataset.Grouping {
		if strings.EqualFold(g.Type, "Dimension") {
			column(g.Name, "String")
		} else {
			column("TagKey", "String")
			column("TagValue", "String")
		}
	}
	column("Currency", "String")
	c.endArray()
	c.array("rows")
	for _, r := range rows {
		c.array("")
		for _, alias := range aliases {
			c.raw("", costMeasures[strings.ToLower(in.Dataset.Aggregation[alias].Name)](r))
		}
		if daily {
			c.raw("", r.day.Format("20060102"))
		}
		for i, g := range in.Dataset.Grouping {
			if !strings.EqualFold(g.Type, "Dimension") {
				c.str("", strings.ToLower(g.Name))
			}
			c.str("", r.groups[i])
		}
		c.str("", "USD")
		c.endArray()
	}
	c.endArray()
	c.endObject()
	c.endObject()
}

// costLimits are the query units that a tenant has within a time.
var costLimits = [...]struct {
	units  int
	length time.Duration
}{{12, 10 * time.Second}, {60, time.Minute}, {600, time.Hour}}

const costHeader = "x-ms-ratelimit-microsoft.costmanagement-"

// takeCost charges a query by the months it is about.
func takeCost(c *call) error {
	units := c.costUnits()
	left, wait := 0, time.Duration(0)
	for i, limit := range costLimits {
		for range units {
			rest, resets, ok := c.s.cost[i].take(c.wall, limit.units, limit.length)
			if !ok {
				wait = max(wait, resets)
			}
			if i == 0 {
				left = rest
			}
		}
	}
	c.header.Set(costHeader+"qpu-consumed", strconv.Itoa(units))
	c.header.Set(costHeader+"qpu-remaining", strconv.Itoa(left))
	if wait == 0 || !c.s.opts.Throttle {
		return nil
	}
	seconds := strconv.Itoa(int((wait + time.Second - 1) / time.Second))
	for _, name := range []string{"qpu-retry-after", "entity-retry-after", "tenant-retry-after"} {
		c.header.Set(costHeader+name, seconds)
	}
	return &refusal{status: http.StatusTooManyRequests, code: "429", message: fmt.Sprintf("Too many requests. Please retry after %s seconds.", seconds)}
}

// costUnits is what a query costs: one unit for a month of data. A body that
// cannot be read costs one, and is refused later.
func (c *call) costUnits() int {
	var in costIn
	if c.decode(&in) != nil {
		return 1
	}
	from, to, err := c.costPeriod(in)
	if err != nil || to.Before(from) {
		return 1
	}
	return 1 + int(to.Sub(from)/(31*24*time.Hour))
}
