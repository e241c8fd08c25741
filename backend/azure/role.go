package azure

import (
	"path"
	"strings"

	"github.com/amltop/amltop/model"
)

// roles says which built-in role to ask for, by the action that was refused:
// the first pattern that fits, and so the smallest role that holds it. A star
// stands for any characters but a slash, two for any characters at all. From the
// roles' definitions: Data Scientist holds every action in a workspace but
// writing and deleting the workspace and its compute targets, and listing
// their keys; Compute Operator holds all of computes/, and nothing else, so
// that it takes Reader beside it to see what it operates.
var roles = []struct{ action, role string }{
	{"microsoft.insights/**/read", "Monitoring Reader"},
	{"microsoft.costmanagement/query/**", "Cost Management Reader"},
	{"microsoft.costmanagement/**/read", "Cost Management Reader"},
	{"microsoft.consumption/**/read", "Cost Management Reader"},
	{"**/read", "Reader"},
	{mlWorkspaces + "/computes/**", "AzureML Compute Operator"},
	{mlWorkspaces + "/notebooks/vm/**", "AzureML Compute Operator"},
	{mlWorkspaces + "/write", "Contributor"},
	{mlWorkspaces + "/delete", "Contributor"},
	{mlWorkspaces + "/listkeys/action", "Contributor"},
	{mlWorkspaces + "/**", "AzureML Data Scientist"},
	{"microsoft.network/virtualnetworks/**/join/action", "Network Contributor"},
	{"microsoft.managedidentity/userassignedidentities/assign/action", "Managed Identity Operator"},
	{"microsoft.authorization/**", "Owner"},
	{"**", "Contributor"},
}

const mlWorkspaces = "microsoft.machinelearningservices/workspaces"

// roleFor is the smallest built-in role that holds an action; "" if the action
// is not known.
func roleFor(action string) string {
	low := model.Fold(action)
	if low == "" {
		return ""
	}
	for _, r := range roles {
		if fits(r.action, low) {
			return r.role
		}
	}
	return ""
}

// fits matches an action with a pattern of the table.
func fits(pattern, action string) bool {
	before, after, deep := strings.Cut(pattern, "**")
	if !deep {
		ok, err := path.Match(pattern, action)
		return err == nil && ok
	}
	return len(action) >= len(before)+len(after) && strings.HasPrefix(action, before) && strings.HasSuffix(action, after)
}

// adviseRole says what is needed, who has it and whom to ask. A role takes
// from minutes to an hour to become effective.
func adviseRole(action, scope string) string {
	where := "the scope"
	if scope != "" {
		where = whatScope(scope)
	}
	role := roleFor(action)
	if role == "" {
		return "Ask an owner of " + where + " for a role that allows it, such as Contributor; " + nextRoleCounts
	}
	return "Needs " + action + " on " + where + "; " + role + " has it. Ask an owner of " + where + " for that role; " + nextRoleCounts
}

const nextRoleCounts = "a new role takes up to an hour to count."
