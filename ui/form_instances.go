package ui

import (
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// instancesForm changes how many instances a managed online deployment has.
func instancesForm(s *model.Snapshot, d *model.Deployment) *dialog.Form {
	field := dialog.Text(fieldInstances, "instances", "", "1 to "+strconv.Itoa(model.MaxInstances))
	now := map[string]string{fieldInstances: strconv.Itoa(d.Instances)}
	title := "Scale " + d.EndpointName + "/" + d.Name
	return dialog.NewForm(title, "preview", []dialog.Field{field}, func(v dialog.Values) dialog.Judged {
		n, err := number("instances", v[fieldInstances])
		if err != nil {
			return dialog.Judged{Errors: sentences(err), Propose: now}
		}
		command := model.Command{
			Verb: model.VerbScale, Target: string(d.ID), ARMID: d.ARMID, Name: d.Name, Workspace: d.Workspace, Instances: n,
		}
		j := judged(inPreviewsWords(s, command, "price", "quota", "traffic"), command, model.Check(s, command))
		j.Propose = now
		return j
	})
}
