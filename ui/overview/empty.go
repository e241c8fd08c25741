package overview

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// nothing is the overview of an account that can read no workspace: where was
// looked, why there may be none, and what to do about it.
func (d *Digest) nothing(w, h int, env pane.Env, c canvas) []string {
	names := make([]string, 0, len(env.Snap.Subscriptions))
	for _, s := range env.Snap.Subscriptions {
		names = append(names, s.Name)
	}
	where := "no subscription: the signed-in account can read none"
	if len(names) > 0 {
		where = plural(len(names), "subscription") + ": " + strings.Join(names, ", ")
	}
	texts := []string{
		"There is no Azure ML workspace to show.", "",
		"Looked in " + where + ".",
		"An account sees the workspaces it has a role on, such as Reader or AzureML Data Scientist, on the workspace, its resource group or its subscription.", "",
		"Signed in as someone else, or in another tenant? Quit, sign in there, and start again.",
	}
	if env.Snap.Origin.Carrier == model.CarrierSim {
		texts = append(texts, "This is a simulated Azure: --scenario demo has a fleet in it.")
	}
	texts = append(texts, "New workspaces appear here by themselves.")
	var lines []string
	for i, text := range texts {
		tone := theme.Dim
		if i == 0 {
			tone = theme.Plain
		}
		rows := []string{""}
		if text != "" {
			rows = cells.Wrap(text, max(1, min(w-2, 90)))
		}
		for _, row := range rows {
			lines = append(lines, c.runs([]run{{" " + row, tone}}, w))
		}
	}
	return cells.Block(lines, w, h)
}
