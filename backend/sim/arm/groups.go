package arm

import (
	"slices"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// resourceGroup is a resource group: one that holds a workspace exists.
type resourceGroup struct{ id, name, location string }

// groupsOf are a subscription's resource groups, by name.
func groupsOf(sub *sim.Subscription) []resourceGroup {
	var groups []resourceGroup
	for _, ws := range sub.Workspaces {
		groups = append(groups, resourceGroup{"/subscriptions/" + sub.ID + "/resourceGroups/" + ws.ResourceGroup, ws.ResourceGroup, ws.Location})
	}
	slices.SortStableFunc(groups, func(a, b resourceGroup) int { return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	return slices.CompactFunc(groups, func(a, b resourceGroup) bool { return strings.EqualFold(a.name, b.name) })
}

func (c *call) groupBody(key string, g resourceGroup) {
	c.object(key)
	c.str("id", g.id)
	c.str("name", g.name)
	c.str("type", "Microsoft.Resources/resourceGroups")
	c.str("location", g.location)
	c.object("tags")
	c.endObject()
	c.object("properties")
	c.str("provisioningState", succeeded)
	c.endObject()
	c.endObject()
}

// listGroups answers the resource groups of a subscription.
func listGroups(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	groups := groupsOf(sub)
	return c.list(len(groups),
		func(i int) string { return groups[i].name },
		func(i int) { c.groupBody("", groups[i]) })
}

// getGroup answers GET of one resource group.
func getGroup(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	for _, g := range groupsOf(sub) {
		if strings.EqualFold(g.name, c.arg("group")) {
			c.groupBody("", g)
			return nil
		}
	}
	return groupNotFound(c.arg("group"))
}
