package panes

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// workspaceColumn is the column of a row's workspace, by name.
func workspaceColumn[R any](where func(R) model.WorkspaceID, drop int) pane.Column[R] {
	return word(pane.Column[R]{ID: "workspace", Title: "WORKSPACE", Min: 11, Max: 20, Grow: 1, Drop: drop},
		func(r R, env pane.Env) string { return env.Snap.WorkspaceName(where(r)) })
}

// locationColumn is the column of a row's region.
func locationColumn[R any](where func(R) string, drop int) pane.Column[R] {
	return word(pane.Column[R]{ID: "location", Title: "LOCATION", Min: 14, Max: 18, Grow: 1, Drop: drop},
		func(r R, _ pane.Env) string { return where(r) })
}

// provisioningColumn is the column of a provisioning state, overlaid with the
// operation under way on the row.
func provisioningColumn[R any](id func(R) string, state func(R) string) pane.Column[R] {
	return pane.Column[R]{
		ID: "state", Title: "STATE", Min: 10, Max: 24, Grow: 1,
		Cell:  func(r R, env pane.Env) pane.Cell { return overlay(env, id(r), provisioned(state(r))) },
		Value: func(r R, _ pane.Env) pane.Value { return text(state(r)) },
	}
}

// faultColumn is the column of what the service reports as wrong.
func faultColumn[R any](id string, faults func(R) []model.Fault, drop int) pane.Column[R] {
	return pane.Column[R]{
		ID: id, Title: strings.ToUpper(id), Min: 12, Max: 80, Grow: 3, Drop: drop,
		Cell:  func(r R, _ pane.Env) pane.Cell { return faulty(faults(r)) },
		Value: func(r R, _ pane.Env) pane.Value { return faultText(faults(r)) },
	}
}

// reasonColumn is a column of faults wide enough for the code of the first: why
// a deployment failed is what one looks for.
func reasonColumn[R any](faults func(R) []model.Fault) pane.Column[R] {
	c := faultColumn("error", faults, 1)
	c.Min = 18
	return c
}
