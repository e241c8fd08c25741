// Package panes declares every pane of the program: what its rows are, what
// its columns say and what can be done to a row. Package pane does the rest.
package panes

import "github.com/amltop/amltop/ui/pane"

// All makes every pane, in the order of their digits: 1 is the first. Those
// from [Endpoints] on have no digit and are reached by name or by enter. The
// overview, on digit 0, is not a table.
func All() []pane.Pane {
	return []pane.Pane{
		pane.New(Workspaces()),
		pane.New(Clusters()),
		pane.New(Instances()),
		pane.New(Deployments()),
		pane.New(Jobs()),
		pane.New(Attached()),
		pane.New(Sizes()),
		pane.New(Quota()),
		pane.New(Activity()),
		pane.New(Endpoints()),
		pane.New(Nodes()),
	}
}

// Digits is how many panes of [All] have a digit, from 1 on.
const Digits = 9
