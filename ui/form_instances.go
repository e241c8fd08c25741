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
		j := judged(instancesNotes(s, d, n), command, model.Check(s, command))
		j.Propose = now
		return j
	})
}

// instancesNotes say what so many instances cost, and the quota there is for more.
func instancesNotes(s *model.Snapshot, d *model.Deployment, n int) []string {
	if n < 1 {
		return nil
	}
	price := "the price of " + d.VMSize.Short() + " is not known"
	if d.Price.Known() {
		price = d.Price.Rate() + " × " + strconv.Itoa(n) + " = " + d.Price.Times(n).Rate()
	}
	notes := []string{price}
	if q, left, _ := s.Tightest(d.Size, d.Workspace, d.Location, false); q != nil && n > d.Instances {
		notes = append(notes, "quota: "+strconv.FormatInt(left, 10)+" vCPUs left; the preview says what is needed")
	}
	return notes
}
