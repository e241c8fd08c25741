package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
)

// leashAction is the panes' name for what sets a leash.
const leashAction = "leash"

// The answers of leash dialogs.
type (
	leashAnswer    struct{ leashing } // a form is filled in: show what it means
	leashRunAnswer struct{ leashing } // confirmed
)

// leashing is one order for one or several instances.
type leashing struct {
	order   model.LeashOrder
	list    []*model.Instance // those it can be carried out for
	plans   []model.LeashPlan // of each of them
	refused []pane.Refused
}

// planLeashes works out what an order means for each instance.
func planLeashes(s *model.Snapshot, list []*model.Instance, o model.LeashOrder, now time.Time) leashing {
	l := leashing{order: o}
	for _, i := range list {
		plan, err := model.PlanLeash(s, i, o, now)
		if err != nil {
			l.refused = append(l.refused, pane.Refused{Name: i.Name, Err: err})
			continue
		}
		l.list, l.plans = append(l.list, i), append(l.plans, plan)
	}
	return l
}

// err is why nothing can be done for any of them.
func (l leashing) err() error {
	if len(l.plans) > 0 || len(l.refused) == 0 {
		return nil
	}
	return l.refused[0].Err
}

// leashPresets are orders people mean.
func leashPresets() []dialog.Option {
	const amltop = model.HeldNote
	return []dialog.Option{
		{Value: "idle 30m", Note: "the service stops it"}, {Value: "idle 1h"}, {Value: "idle 2h"},
		{Value: "stop daily 19:00", Note: "UTC; name a Windows time zone behind it"}, {Value: "stop weekdays 19:00"},
		{Value: "stop in 30m", Note: amltop}, {Value: "stop in 2h", Note: amltop},
		{Value: "snooze 2h", Note: "what stops it next comes later"}, {Value: "off", Note: "nothing stops it any more"},
	}
}

// leashForm asks for an order, and says what it would mean as it is typed.
func leashForm(s *model.Snapshot, list []*model.Instance) *dialog.Form {
	title := "Leash of " + list[0].Name
	if len(list) > 1 {
		title = "Leash of " + counted(len(list), "instance")
	}
	field := dialog.Text(leashAction, "what stops it", "", "idle 30m, stop daily 19:00, stop in 30m, snooze 2h or off; enter lists some")
	field.Free, field.Options = true, leashPresets()
	return dialog.NewForm(title, "preview", []dialog.Field{field}, func(v dialog.Values) dialog.Judged {
		notes := leashNow(s, list)
		o, err := model.ParseLeash(v[leashAction])
		if err != nil {
			return dialog.Judged{Notes: notes, Errors: sentences(err)}
		}
		l := planLeashes(s, list, o, s.Clock.Time)
		if err := l.err(); err != nil {
			return dialog.Judged{Notes: notes, Errors: sentences(err)}
		}
		return dialog.Judged{Notes: notes, Result: leashAnswer{l}}
	})
}

// leashNow says what stops the instances so far, and which schedule slots are
// used.
func leashNow(s *model.Snapshot, list []*model.Instance) []string {
	var notes []string
	for k, i := range list {
		if k == refusedShown {
			return append(notes, fmt.Sprintf("and %d more", len(list)-k))
		}
		text := i.Name + " now: " + i.LeashAt(s.Clock.Time).Text
		if n := len(i.Schedules); n > 0 {
			text += fmt.Sprintf("; %d of %d schedules used", n, model.MaxSchedules)
		}
		if h := s.HeldFor(string(i.ID)); h != nil {
			text += "; " + h.Text(s.Clock.Time)
		}
		notes = append(notes, text)
	}
	return notes
}

// leashCommand is ":leash ORDER" on the marked or selected rows; without an
// order, the form.
func (a *App) leashCommand(rest string) tea.Cmd {
	b := a.keys.Get(keymap.Leash)
	if rest == "" || a.barred() {
		return a.act(b)
	}
	o, ok := a.offer(b)
	switch order, err := model.ParseLeash(rest); {
	case !ok:
		a.notify(model.HealthChange, "leash: nothing on "+a.page().pane.Title()+" can do that")
	case o.Err != nil:
		a.notify(model.HealthWarn, o.Title+": "+reason(o.Err))
	case err != nil:
		a.notify(model.HealthBad, err.Error())
	default:
		l := planLeashes(a.snap, instancesOf(o.Rows), order, a.now())
		if err := l.err(); err != nil {
			a.notify(model.HealthWarn, "leash: "+reason(err))
			return nil
		}
		return a.previewLeash(l, false)
	}
	return nil
}

// previewLeash shows what an order means, and asks with the care that the stop
// in it deserves.
func (a *App) previewLeash(l leashing, after bool) tea.Cmd {
	p := model.Preview{Title: "Leash of " + l.list[0].Name + ": " + l.order.String() + "?", Confirm: "set it"}
	width := previewWidth
	if len(l.list) > 1 {
		p.Title, width = "Leash of "+counted(len(l.list), "instance")+": "+l.order.String()+"?", bulkWidth
	}
	var stops []model.Command
	for k, plan := range l.plans {
		for _, line := range plan.Lines {
			if len(l.list) > 1 {
				line.Text, line.Label = line.Label+": "+line.Text, l.list[k].Name
			}
			p.Lines = append(p.Lines, line)
		}
		if l.order.Kind == model.OrderStopIn {
			stops = append(stops, plan.Held[0].Command)
		}
	}
	if care := model.PreviewOf(a.snap, stops, a.now(), a.opt.Zone); care.Danger == model.DangerHigh {
		p.Danger, p.Why, p.Typed = care.Danger, care.Why, care.Typed
	}
	lines := previewLines(a.theme, min(width, a.width-4), p, nil, l.refused)
	return a.confirm(p, lines, leashRunAnswer{l}, after)
}

// runLeash carries an order out.
func (a *App) runLeash(l leashing) tea.Cmd {
	if a.barred() {
		a.notify(model.HealthWarn, "read-only: nothing was done")
		return nil
	}
	a.page().pane.ClearMarks()
	fresh := make([]*model.Instance, 0, len(l.list))
	for _, i := range l.list { // a time counts from now on, not from when it was shown
		if now := a.snap.Instance(i.ID); now != nil {
			fresh = append(fresh, now)
		}
	}
	l = planLeashes(a.snap, fresh, l.order, a.now())
	if err := l.err(); err != nil {
		a.notify(model.HealthWarn, "leash: "+reason(err))
	}
	return a.carryOutPlans(l.plans)
}

// release takes back what amltop holds for the rows at hand; false if it holds
// nothing.
func (a *App) release() (tea.Cmd, bool) {
	o, _ := a.offer(a.keys.Get(keymap.Leash))
	rows := o.Rows
	if sel, ok := a.page().pane.Selected(a.env()); ok && len(rows) == 0 {
		rows = []pane.Selection{sel}
	}
	var ids []model.HeldID
	var names []string
	for _, row := range rows {
		for _, h := range a.snap.Held {
			if h.Command.Target == row.ID {
				ids, names = append(ids, h.ID), append(names, h.Command.Name)
			}
		}
	}
	if len(ids) == 0 {
		return nil, false
	}
	return a.releaseHeld(ids, "taken back: amltop no longer does anything to "+strings.Join(names, ", ")), true
}

// releaseAfter takes back what was to follow operations that are undone: a rule
// put back, schedules that wait for their turn. A stop that was asked for stays.
func (a *App) releaseAfter(ops []*model.Operation) tea.Cmd {
	var ids []model.HeldID
	for _, h := range a.snap.Held {
		follows := h.Command.Verb == model.VerbIdle || h.Command.Verb == model.VerbSchedule
		for _, op := range ops {
			if follows && op.Command.Target == h.Command.Target {
				ids = append(ids, h.ID)
				break
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return a.releaseHeld(ids, "what was to follow is taken back, too")
}

// startedHeld says what the program has taken upon itself, and how to take it
// back.
func (a *App) startedHeld(msg startedMsg) {
	if err := errors.Join(msg.heldErrs...); err != nil {
		a.notify(model.HealthBad, "amltop could not take it upon itself: "+reason(err))
	}
	switch n := len(msg.held); {
	case n == 0:
		return
	case n > 1:
		a.notify(model.HealthQuiet, fmt.Sprintf("amltop holds %d more, %s; u on a row takes them back", n, model.HeldNote))
	default:
		h := msg.held[0]
		a.notify(model.HealthQuiet, h.Command.Name+": "+h.Text(a.now())+"; u on its row takes it back")
	}
}
