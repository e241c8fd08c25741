package ui

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// scaling is the form for the instances of a managed online deployment. How
// many it may have is asked for when the form opens: the service lists it for
// each deployment, and nobody else needs it.
type scaling struct {
	s        *model.Snapshot
	of       *model.Deployment
	form     *dialog.Form
	capacity model.Capacity
	unread   error // why the capacity could not be read
}

// openInstances opens the form and asks for its bounds.
func (a *App) openInstances(d *model.Deployment) tea.Cmd {
	f := &scaling{s: a.snap, of: d}
	field := dialog.Text(fieldInstances, "instances", "", "how many answer requests")
	f.form = dialog.NewForm("Scale "+d.EndpointName+"/"+d.Name, "preview", []dialog.Field{field}, f.judge)
	a.scaling = f
	a.dialogs.Open(f.form)
	return a.readCapacity(d.ARMID)
}

// bounded takes the bounds to the form that waits for them.
func (a *App) bounded(msg capacityMsg) tea.Cmd {
	if f := a.scaling; f != nil && f.of.ARMID == msg.armID && a.dialogs.Has(f.form) {
		f.capacity, f.unread = msg.capacity, msg.err
		f.form.Rejudge()
	}
	return nil
}

// judge says what the number comes to. The same number and the same bounds, the
// same judgement.
func (f *scaling) judge(v dialog.Values) dialog.Judged {
	d := f.of
	now := map[string]string{fieldInstances: strconv.Itoa(d.Instances)} // typing replaces it
	n, err := number("instances", v[fieldInstances])
	if err != nil {
		return dialog.Judged{Notes: f.bounds(), Errors: sentences(err), Propose: now}
	}
	command := model.Command{
		Verb: model.VerbScale, Target: string(d.ID), ARMID: d.ARMID, Name: d.Name, Workspace: d.Workspace, Instances: n,
	}
	if err = model.Check(f.s, command); err == nil {
		err = f.capacity.Allows(n)
	}
	j := judged(append(f.bounds(), inPreviewsWords(f.s, command, "price", "quota", "traffic")...), command, err)
	j.Propose = now
	return j
}

// bounds says what the service lists.
func (f *scaling) bounds() []string {
	switch {
	case f.unread != nil:
		return []string{"what its SKU allows could not be read: " + model.Short(f.unread)}
	case f.capacity.Max > 0:
		return []string{fmt.Sprintf("its SKU allows %d to %d instances", f.capacity.Min, f.capacity.Max)}
	}
	return nil
}
