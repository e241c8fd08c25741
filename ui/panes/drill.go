package panes

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// within leads to another pane with the rows that belong to a named thing in a
// workspace. Names are unique in a workspace only, so both are asked for.
func within(name, column, value string, ws model.WorkspaceID) pane.Drill {
	filter := exactly(column, value)
	if ws != "" {
		filter += " " + exactly("workspace", model.BaseName(string(ws)))
	}
	return pane.Drill{Pane: name, Filter: filter}
}

// exactly is the filter for a column's text, quoted where it has to be.
func exactly(column, value string) string {
	if strings.ContainsAny(value, " \t") {
		value = `"` + value + `"`
	}
	return column + "=" + value
}
