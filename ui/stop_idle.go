package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// stopIdleAnswer are the instances chosen to be stopped.
type stopIdleAnswer struct{ commands []model.Command }

// openStopIdle offers every idle instance of the fleet to be stopped: the surest
// first, and only those that are certainly idle chosen beforehand, outside of
// production.
func (a *App) openStopIdle() tea.Cmd {
	if a.barred() {
		a.notify(model.HealthWarn, "read-only: stop-idle is not available")
		return nil
	}
	list := model.StoppableIdle(a.snap, a.now())
	if len(list) == 0 {
		a.notify(model.HealthChange, "nothing is known to be idle for "+model.Ago(model.LongIdle)+" or more")
		return nil
	}
	now := a.now()
	items := make([]dialog.Check, len(list))
	for k, i := range list {
		idle := i.IdleAt(now)
		items[k] = dialog.Check{Label: i.Name, On: idle.Confidence == model.ConfidenceHigh && !a.snap.Production(i.Workspace), Note: a.idleNote(i, idle)}
	}
	a.dialogs.Open(&dialog.Checklist{
		Title: "Stop idle instances of the whole fleet", Yes: "preview", Items: items,
		Sum: func(chosen []int) string { return savingOf(list, chosen, a) },
		Answer: func(chosen []int) dialog.Result {
			var r stopIdleAnswer
			for _, k := range chosen {
				i := list[k]
				r.commands = append(r.commands, model.Command{Verb: model.VerbStop, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace})
			}
			return r
		},
	})
	return nil
}

// idleNote is what speaks for and against stopping an instance.
func (a *App) idleNote(i *model.Instance, idle model.Idle) string {
	saves := "price unknown"
	if rate := i.Meter.BurnOf(model.ChargeCompute, a.now()); rate > 0 {
		saves = rate.In(i.Price.Currency) + "/h"
	}
	who := i.Owner
	if who == "" {
		who = "owner unknown"
	}
	text := saves + ", " + string(idle.Confidence) + ": " + idle.Evidence + ", " + who + ", " + a.snap.WorkspaceName(i.Workspace)
	if a.snap.Production(i.Workspace) {
		text += " (production)"
	}
	if i.CustomApps > 0 {
		text += ", a custom application runs on it"
	}
	return text
}

// savingOf is what stopping the chosen ones saves.
func savingOf(list []*model.Instance, chosen []int, a *App) string {
	var rate model.Money
	currency := ""
	for _, k := range chosen {
		burn := list[k].Meter.BurnOf(model.ChargeCompute, a.now())
		if rate += burn; burn > 0 {
			currency = list[k].Price.Currency
		}
	}
	if len(chosen) == 0 {
		return "none chosen: space chooses"
	}
	hours := model.NextMonday(a.now(), a.opt.Zone).Sub(a.now())
	return counted(len(chosen), "instance") + ", " + rate.In(currency) + "/h, " + rate.For(hours).In(currency) + " until Monday 09:00"
}

// stopChosen previews the stops, with those that cannot be left out and said.
func (a *App) stopChosen(commands []model.Command) tea.Cmd {
	commands = slices.DeleteFunc(commands, func(c model.Command) bool {
		err := model.Check(a.snap, c)
		if err != nil {
			a.notify(model.HealthWarn, reason(err))
		}
		return err != nil
	})
	if len(commands) == 0 {
		return nil
	}
	return a.preview(commands, nil, true)
}
