package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// listSubscriptions answers GET /subscriptions.
func listSubscriptions(c *call) error {
	subs := c.world().Subscriptions()
	return c.list(len(subs),
		func(i int) string { return subs[i].ID },
		func(i int) { c.subscriptionBody("", subs[i]) })
}

// getSubscription answers GET /subscriptions/{sub}.
func getSubscription(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	c.subscriptionBody("", sub)
	return nil
}

// listWorkspaces answers the list over a whole subscription.
func listWorkspaces(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	return c.workspaces(sub.Workspaces)
}

// listGroupWorkspaces answers the list of one resource group.
func listGroupWorkspaces(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	if err := c.group(sub); err != nil {
		return err
	}
	var found []*sim.Workspace
	for _, ws := range sub.Workspaces {
		if strings.EqualFold(ws.ResourceGroup, c.arg("group")) {
			found = append(found, ws)
		}
	}
	return c.workspaces(found)
}

func (c *call) workspaces(list []*sim.Workspace) error {
	return c.list(len(list),
		func(i int) string { return list[i].ID() },
		func(i int) { c.workspaceBody("", list[i]) })
}

// getWorkspace answers GET of one workspace.
func getWorkspace(c *call) error {
	ws, err := c.workspace()
	if err != nil {
		return err
	}
	c.workspaceBody("", ws)
	return nil
}
