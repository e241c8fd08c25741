// Package panes declares every pane of the program: what its rows are, what
// its columns say and what can be done to a row. Package pane does the rest.
package panes

import "github.com/amltop/amltop/ui/pane"

// Digits is how many panes of [All] have a digit, from 1 on.
const Digits = 9

// All makes every pane, in the order of their digits: 1 is the first. Those
// from endpoints on have no digit and are reached by name or by enter. The
// overview, on digit 0, is not a table.
func All() []pane.Pane {
	makers := [...]func() pane.Pane{
		NewWorkspaces, NewClusters, NewInstances, NewDeployments, NewJobs, NewAttached, NewSizes, NewQuota, NewActivity,
		NewEndpoints, NewNodes,
	}
	all := make([]pane.Pane, len(makers))
	for i, maker := range makers {
		all[i] = maker()
	}
	return all
}

// NewWorkspaces makes the pane of [Workspaces].
func NewWorkspaces() pane.Pane { return pane.New(Workspaces()) }

// NewClusters makes the pane of [Clusters].
func NewClusters() pane.Pane { return pane.New(Clusters()) }

// NewInstances makes the pane of [Instances].
func NewInstances() pane.Pane { return pane.New(Instances()) }

// NewDeployments makes the pane of [Deployments].
func NewDeployments() pane.Pane { return pane.New(Deployments()) }

// NewJobs makes the pane of [Jobs].
func NewJobs() pane.Pane { return pane.New(Jobs()) }

// NewAttached makes the pane of [Attached].
func NewAttached() pane.Pane { return pane.New(Attached()) }

// NewSizes makes the pane of [Sizes].
func NewSizes() pane.Pane { return pane.New(Sizes()) }

// NewQuota makes the pane of [Quota].
func NewQuota() pane.Pane { return pane.New(Quota()) }

// NewActivity makes the pane of [Activity].
func NewActivity() pane.Pane { return pane.New(Activity()) }

// NewEndpoints makes the pane of [Endpoints].
func NewEndpoints() pane.Pane { return pane.New(Endpoints()) }

// NewNodes makes the pane of [Nodes].
func NewNodes() pane.Pane { return pane.New(Nodes()) }
