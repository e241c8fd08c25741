package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/pane"
)

// sizeAnswer is a VM size chosen to be described.
type sizeAnswer struct{ size *model.Size }

// openWhatIf lists what the selected target would cost with other sizes of its
// region. Typing narrows the list down: "same", "less 8 vcpu", "a100".
func (a *App) openWhatIf() tea.Cmd {
	row, ok := a.page().pane.Selected(a.env())
	if !ok {
		a.notify(model.HealthChange, "choose an instance, a cluster or a managed online deployment first")
		return nil
	}
	w, err := model.WhatIfOf(a.snap, row.Row, a.env().Now, a.opt.Zone)
	if err != nil {
		a.notify(model.HealthChange, reason(err))
		return nil
	}
	if len(w.Sizes) == 0 {
		a.notify(model.HealthChange, "no other size of "+w.Location+" is known for "+w.Name)
		return nil
	}
	items := make([]dialog.Item, 0, len(w.Sizes))
	for _, o := range w.Sizes {
		items = append(items, dialog.Item{Label: o.Size.Name.Short(), Note: o.Text(), Result: sizeAnswer{o.Size}})
	}
	p := dialog.NewPicker("what if "+w.Name+" were not "+w.VMSize.Short()+" at "+w.Price.Rate(), "describe", items, "")
	p.Notes = []string{w.Hours.String() + "; " + w.How}
	a.dialogs.Open(p)
	return nil
}

// describeSize shows everything known about a size.
func (a *App) describeSize(z *model.Size) tea.Cmd {
	a.read(&reading{form: formDetails, row: pane.Selection{Row: z, Name: z.Name.Short()}})
	return nil
}
