package arm

import (
	"net/http"
	"slices"
	"strings"

	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// region is the region that the path names, in the form the world has it, and
// the subscription. ARM takes "East US" for eastus.
func (c *call) region(what string) (*sim.Subscription, string, error) {
	sub, err := c.subscription()
	if err != nil {
		return nil, "", err
	}
	given := c.arg("location")
	name := model.RegionKey(given)
	if err := checkLocation(sub, given, "locations/"+what); err != nil {
		return nil, "", err
	}
	return sub, name, nil
}

// checkLocation wants a location, if one is given, to be one there is.
func checkLocation(sub *sim.Subscription, given, kind string) error {
	name := model.RegionKey(given)
	if given == "" || sub.Regions[name] != nil || slices.Contains(catalog.Regions(), name) {
		return nil
	}
	return gateway(http.StatusBadRequest, "LocationNotAvailableForResourceType",
		"The provided location '%s' is not available for resource type '%s/%s'. List of available regions for the resource type is '%s'.",
		given, namespace, kind, strings.Join(catalog.Regions(), ","))
}

// listSizes answers the VM sizes of a region. They never change, so the answer
// is rendered once.
func listSizes(c *call) error {
	_, region, err := c.region("vmSizes")
	if err != nil {
		return err
	}
	body, ok := c.s.sizes[region]
	if !ok {
		body = renderSizes(region)
		c.s.sizes[region] = body
	}
	c.b = slices.Clip(body) // shared, and nobody writes to a finished answer
	return nil
}

// listUsages answers what of each quota is used in a region.
func listUsages(c *call) error {
	sub, region, err := c.region("usages")
	if err != nil {
		return err
	}
	c.object("")
	c.array("value")
	for _, u := range c.world().Usages(sub, region) {
		c.usage(&u)
	}
	c.endArray()
	c.endObject()
	return nil
}

func (w *writer) usage(u *sim.Usage) {
	w.object("")
	w.str("unit", u.Unit)
	w.int("currentValue", u.Current)
	w.int("limit", u.Limit)
	w.object("name")
	w.str("value", u.Name)
	w.str("localizedValue", u.LocalizedName)
	w.endObject()
	w.str("type", u.Type)
	w.str("id", u.ID)
	w.endObject()
}

// listQuotas answers the limits of a region by VM family: one row of the
// subscription each. No workspace of the simulator has a limit of its own.
func listQuotas(c *call) error {
	sub, region, err := c.region("quotas")
	if err != nil {
		return err
	}
	c.object("")
	c.array("value")
	for _, u := range c.world().Usages(sub, region) {
		if !strings.HasSuffix(u.Type, "/vmFamily/dedicatedCores/usages") {
			continue
		}
		c.object("")
		c.str("id", strings.Replace(u.ID, "/usages/", "/quotas/", 1))
		c.str("type", namespace+"/vmFamily/quotas")
		c.int("limit", u.Limit)
		c.object("name")
		c.str("value", u.Name)
		c.str("localizedValue", u.LocalizedName)
		c.endObject()
		c.str("unit", u.Unit)
		c.null("amlWorkspaceLocation")
		c.endObject()
	}
	c.endArray()
	c.endObject()
	return nil
}
