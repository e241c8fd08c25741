package arm

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// The retail price list, which in Azure has a host of its own and asks for no
// sign-in. Prices are those of the built-in table; they are in US dollars.

// retailPage is how many items a page has.
const retailPage = 100

func retailRoutes() []route {
	return []route{
		route{name: "prices.list", method: http.MethodGet, open: true, serve: listPrices}.at("/api/retail/prices"),
	}
}

// retailItem is a line of the price list.
type retailItem struct {
	size                   *model.Size
	region, meter, product string
	price                  model.Money
}

func listPrices(c *call) error {
	if currency := strings.Trim(c.query.Get("currencyCode"), "'"); currency != "" && !strings.EqualFold(currency, "USD") {
		return badRequest("BadRequest", "The simulator has prices in USD, and no exchange rate for '"+currency+"'.")
	}
	filter := condition{}
	if text := c.query.Get("$filter"); text != "" {
		var err error
		if filter, err = parseFilter(text); err != nil {
			return badRequest("BadRequest", "Invalid OData parameters supplied: "+err.Error()+".")
		}
	}
	var unknown error
	filter.each(func(part condition) {
		if part.op != "" && retailFields[part.field] == nil {
			unknown = badRequest("BadRequest", "Invalid OData parameters supplied: there is no field '"+part.field+"'.")
		}
	})
	if unknown != nil {
		return unknown
	}
	skip, _ := strconv.Atoi(c.query.Get("$skip")) // none is 0
	fold := !strings.HasPrefix(c.version(), "2023")
	var items []retailItem
	more := false
	for _, region := range catalog.Regions() {
		if pinned := filter.pins("armRegionName"); pinned != "" && !strings.EqualFold(pinned, region) {
			continue
		}
		for _, item := range pricesIn(region) {
			switch {
			case filter.op != "" && !filter.holds(item.field, fold):
			case skip > 0:
				skip--
			case len(items) == retailPage:
				more = true
			default:
				items = append(items, item)
			}
		}
	}
	c.prices(items, more)
	return nil
}

// pins is the value that a condition demands of a field; "" if it leaves room.
func (c condition) pins(field string) string {
	switch {
	case c.op == "eq" && c.field == field:
		return c.value
	case c.op == "and":
		for _, p := range c.parts {
			if value := p.pins(field); value != "" {
				return value
			}
		}
	}
	return ""
}

// pricesIn are the lines of a region: per size Linux, Windows, spot and low
// priority, as far as they are known.
func pricesIn(region string) []retailItem {
	var items []retailItem
	for _, s := range catalog.AllInRegion(region) {
		meter := strings.ReplaceAll(strings.TrimPrefix(string(s.Name), "Standard_"), "_", " ")
		product := "Virtual Machines " + strings.TrimSuffix(strings.TrimPrefix(s.Family, "standard"), "Family") + " Series"
		add := func(suffix, product string, price model.Money) {
			items = append(items, retailItem{s, region, meter + suffix, product, price})
		}
		if s.Standard.Known() {
			add("", product, s.Standard.PerHour)
			add("", product+" Windows", s.Standard.PerHour+windowsPerCPU.Times(s.VCPUs))
		}
		if s.Spot.Known() {
			add(" Spot", product, s.Spot.PerHour)
		}
		if s.LowPriority.Known() {
			add(" Low Priority", product, s.LowPriority.PerHour)
		}
	}
	return items
}

// retailFields are the fields that a filter may name.
var retailFields = map[string]func(retailItem) string{
	"armRegionName": func(i retailItem) string { return i.region },
	"location":      func(i retailItem) string { return regionLabel(i.region) },
	"armSkuName":    func(i retailItem) string { return string(i.size.Name) },
	"meterName":     func(i retailItem) string { return i.meter },
	"skuName":       func(i retailItem) string { return i.meter },
	"productName":   func(i retailItem) string { return i.product },
	"serviceName":   func(retailItem) string { return "Virtual Machines" },
	"serviceFamily": func(retailItem) string { return "Compute" },
	"priceType":     func(retailItem) string { return "Consumption" },
	"type":          func(retailItem) string { return "Consumption" },
	"currencyCode":  func(retailItem) string { return "USD" },
	"unitOfMeasure": func(retailItem) string { return "1 Hour" },
	"retailPrice":   func(i retailItem) string { return i.price.Decimal() },
	"meterId":       retailItem.id,
}

func (i retailItem) field(name string) string { return retailFields[name](i) }

func (i retailItem) id() string { return guidOf("meter " + i.region + i.product + i.meter) }

func (c *call) prices(items []retailItem, more bool) {
	c.object("")
	c.str("BillingCurrency", "USD")
	c.str("CustomerEntityId", "Default")
	c.str("CustomerEntityType", "Retail")
	c.array("Items")
	for _, i := range items {
		c.object("")
		c.str("currencyCode", "USD")
		c.raw("tierMinimumUnits", "0.0")
		c.raw("retailPrice", i.price.Decimal())
		c.raw("unitPrice", i.price.Decimal())
		c.str("armRegionName", i.region)
		c.str("location", regionLabel(i.region))
		c.str("effectiveStartDate", "2025-11-01T00:00:00Z")
		c.str("meterId", i.id())
		c.str("meterName", i.meter)
		c.str("productName", i.product)
		c.str("skuName", i.meter)
		c.str("serviceName", "Virtual Machines")
		c.str("serviceFamily", "Compute")
		c.str("unitOfMeasure", "1 Hour")
		c.str("type", "Consumption")
		c.bool("isPrimaryMeterRegion", true)
		c.str("armSkuName", string(i.size.Name))
		c.endObject()
	}
	c.endArray()
	if more {
		q := url.Values{}
		for k, v := range c.query {
			q[k] = slices.Clone(v)
		}
		at, _ := strconv.Atoi(q.Get("$skip"))
		q.Set("$skip", strconv.Itoa(at+len(items)))
		c.str("NextPageLink", c.base()+c.request.URL.EscapedPath()+"?"+q.Encode())
	} else {
		c.null("NextPageLink")
	}
	c.int("Count", len(items))
	c.endObject()
}
