package ui

import (
	"errors"
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// scaleForm changes a cluster's nodes and idle time. The service wants all
// three in one change.
func scaleForm(s *model.Snapshot, c *model.Cluster) *dialog.Form {
	fields := []dialog.Field{
		dialog.Text("min", "minimum nodes", strconv.Itoa(c.Scale.Min), ""),
		dialog.Text("max", "maximum nodes", strconv.Itoa(c.Scale.Max), ""),
		dialog.Text("idle", "idle before down", spelled(c.Scale.IdleBeforeScaleDown), "2m, 1h …"),
	}
	return dialog.NewForm("Scale "+c.Name, "preview", fields, func(v dialog.Values) dialog.Judged {
		lo, errMin := number("minimum", v["min"])
		hi, errMax := number("maximum", v["max"])
		idle, errIdle := span("idle before down", v["idle"])
		if err := errors.Join(errMin, errMax, errIdle); err != nil {
			return dialog.Judged{Errors: sentences(err)}
		}
		scale := model.Scale{Min: lo, Max: hi, IdleBeforeScaleDown: idle}
		command := model.Command{
			Verb: model.VerbScale, Target: string(c.ID), ARMID: c.ARMID, Name: c.Name,
			Workspace: c.Workspace, Scale: &scale,
		}
		return judged(scaleNotes(c, scale), command, model.Check(s, command))
	})
}

// clusterIdleForm changes how long a cluster's nodes stay idle before they go,
// and nothing else. It begins with what is so now, which typing replaces.
func clusterIdleForm(s *model.Snapshot, c *model.Cluster) *dialog.Form {
	field := dialog.Text(fieldIdle, "idle before down", "", "2m, 5m, 1h …")
	now := map[string]string{fieldIdle: spelled(c.Scale.IdleBeforeScaleDown)}
	return dialog.NewForm("Idle time of "+c.Name+"'s nodes", "preview", []dialog.Field{field}, func(v dialog.Values) dialog.Judged {
		idle, err := span("idle before down", v[fieldIdle])
		if err != nil {
			return dialog.Judged{Errors: sentences(err), Propose: now}
		}
		scale := c.Scale
		scale.IdleBeforeScaleDown = idle
		command := model.Command{Verb: model.VerbScale, Target: string(c.ID), ARMID: c.ARMID, Name: c.Name, Workspace: c.Workspace, Scale: &scale}
		j := judged(scaleNotes(c, scale), command, model.Check(s, command))
		j.Propose = now
		return j
	})
}

// scaleNotes say what the nodes cost that a cluster would never give up, and
// what all of them would.
func scaleNotes(c *model.Cluster, scale model.Scale) []string {
	if !c.Price.Known() {
		return []string{"the price of " + c.VMSize.Short() + " is not known"}
	}
	floor := "scales to zero"
	if scale.Min > 0 {
		floor = "never below " + c.Price.Times(scale.Min).Rate()
	}
	return []string{floor + ", at most " + c.Price.Times(max(0, scale.Max)).Rate()}
}
