package arm

import (
	"net/http"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// listGroups answers the resource groups of a subscription: those that hold a
// workspace.
func listGroups(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	holders := only(sub.Workspaces, func(ws *sim.Workspace) bool { // the first workspace of each group
		name := strings.ToLower(ws.ResourceGroup)
		first := !seen[name]
		seen[name] = true
		return first
	})
	return c.list(len(holders),
		func(i int) string { return holders[i].ResourceGroup },
		func(i int) { c.groupBody("", holders[i]) })
}

// getGroup answers one resource group.
func getGroup(c *call) error {
	ws, err := c.groupHolder()
	if err != nil {
		return err
	}
	c.groupBody("", ws)
	return nil
}

// headGroup answers whether a resource group exists: 204 or 404.
func headGroup(c *call) error {
	if _, err := c.groupHolder(); err != nil {
		return err
	}
	c.status = http.StatusNoContent
	return nil
}

// groupHolder is a workspace in the resource group that the path names.
func (c *call) groupHolder() (*sim.Workspace, error) {
	sub, err := c.subscription()
	if err != nil {
		return nil, err
	}
	return c.group(sub)
}

// groupBody writes a resource group, which lies where its first workspace does.
func (c *call) groupBody(key string, ws *sim.Workspace) {
	c.object(key)
	c.str("id", "/subscriptions/"+ws.Subscription.ID+"/resourceGroups/"+ws.ResourceGroup)
	c.str("name", ws.ResourceGroup)
	c.str("type", "Microsoft.Resources/resourceGroups")
	c.str("location", ws.Location)
	c.raw("tags", "{}")
	c.object("properties")
	c.str("provisioningState", succeeded)
	c.endObject()
	c.endObject()
}
