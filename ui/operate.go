package ui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
)

// batch is the operations one answer began: undone together, reported together.
type batch struct {
	verb model.Verb
	ids  []model.OpID
}

// offerAnswer is an action chosen from the menu.
type offerAnswer struct{ offer pane.Offer }

// act begins what a key stands for on the rows at hand, or says why not.
func (a *App) act(b keymap.Binding) tea.Cmd {
	if b.Mutates && a.barred() {
		a.notify(model.HealthWarn, "read-only: "+string(b.ID)+" is not available")
		return nil
	}
	o, ok := a.offer(b)
	if b.ID == keymap.Create && (!ok || errors.Is(o.Err, pane.ErrNoRow)) {
		return a.openDeploy(pane.Selection{})
	}
	if !ok {
		a.notify(model.HealthChange, string(b.ID)+": nothing on "+a.page().pane.Title()+" can do that")
		return nil
	}
	return a.begin(o, false)
}

// begin shows what an offer means, or says why it cannot be had. after tells
// that it follows another dialog.
func (a *App) begin(o pane.Offer, after bool) tea.Cmd {
	switch {
	case o.Mutates && a.barred():
		a.notify(model.HealthWarn, "read-only: "+o.Title+" is not available")
		return nil
	case o.Err != nil:
		a.notify(model.HealthWarn, o.Title+": "+reason(o.Err))
		return nil
	case o.ID == "what-if":
		return a.openWhatIf()
	case o.ID == "logs":
		return a.openLogs()
	case o.Form:
		return a.openForm(o)
	case len(o.Commands) == 0:
		return nil
	}
	return a.preview(o.Commands, o.Refused, after)
}

// reason is why something cannot be done, with the next step if there is one.
func reason(err error) string {
	var r *model.Refusal
	if errors.As(err, &r) && r.Next != "" {
		return r.Error() + " – " + r.Next
	}
	return err.Error()
}

// previewWidth is how wide a preview's lines are at most, for reading; bulkWidth
// where they are a list.
const (
	previewWidth = 76
	bulkWidth    = 104
)

// preview asks for the confirmation that fits the danger.
func (a *App) preview(commands []model.Command, refused []pane.Refused, after bool) tea.Cmd {
	p := model.PreviewOf(a.snap, commands, a.now(), a.opt.Zone)
	width := previewWidth
	if len(commands) > 1 {
		width = bulkWidth
	}
	lines := previewLines(a.theme, min(width, a.width-4), p, commands, refused)
	return a.confirm(p, lines, runAnswer{commands}, after)
}

// confirm asks for the confirmation that a preview wants. after tells that it
// follows another dialog.
func (a *App) confirm(p model.Preview, lines []string, answer dialog.Result, after bool) tea.Cmd {
	yes := strings.ToLower(p.Confirm)
	var d dialog.Dialog = &dialog.Confirm{Title: p.Title, Lines: lines, Yes: yes, Answer: answer}
	if p.Danger == model.DangerHigh {
		d = &dialog.Typed{Title: p.Title, Lines: lines, Word: p.Typed, Yes: yes, Answer: answer}
	}
	if after {
		return a.dialogs.Follow(d)
	}
	a.dialogs.Open(d)
	return nil
}

// run carries confirmed commands out.
func (a *App) run(commands []model.Command) tea.Cmd {
	if a.barred() {
		a.notify(model.HealthWarn, "read-only: nothing was done")
		return nil
	}
	a.page().pane.ClearMarks()
	return a.execute(commands)
}

// started takes note of operations that began, and says which did not.
func (a *App) started(msg startedMsg) tea.Cmd {
	var b batch
	var bad []string
	for i, c := range msg.commands {
		b.verb = c.Verb
		if err := msg.errs[i]; err != nil {
			bad = append(bad, c.Name+": "+reason(err))
			continue
		}
		b.ids = append(b.ids, msg.ids[i])
	}
	if len(b.ids) > 0 {
		a.batches = append(a.batches, b)
		a.dismiss()
		a.collectReceipts() // a snapshot may have been faster than this answer
	}
	if len(bad) > 0 {
		a.notify(model.HealthBad, fmt.Sprintf("%s not begun: %s", b.verb, strings.Join(bad, "; ")))
	}
	a.startedHeld(msg)
	if (b.verb == model.VerbDeploy || b.verb == model.VerbCreate) && len(b.ids) == 1 {
		a.openProgress(b.ids[0])
	}
	return nil
}

// inGrace are the operations that can still be undone: of the newest batch
// that has any, newest first.
func (a *App) inGrace() []*model.Operation {
	var open []*model.Operation
	for _, op := range a.snap.Operations {
		if op.Phase == model.PhaseGrace {
			open = append(open, op)
		}
	}
	if len(open) < 2 {
		return open
	}
	for i := len(a.batches) - 1; i >= 0; i-- {
		var mine []*model.Operation
		for _, op := range open {
			if a.batches[i].holds(op.ID) {
				mine = append(mine, op)
			}
		}
		if len(mine) > 0 {
			return mine
		}
	}
	return open[:1]
}

func (b batch) holds(id model.OpID) bool {
	for _, own := range b.ids {
		if own == id {
			return true
		}
	}
	return false
}

// undoNewest takes the newest batch back while nothing of it has been sent.
func (a *App) undoNewest() tea.Cmd {
	ops := a.inGrace()
	if len(ops) == 0 {
		if cmd, held := a.release(); held {
			return cmd
		}
		a.notify(model.HealthChange, "nothing to undo: what was asked for has been sent")
		return nil
	}
	return tea.Batch(a.undo(ops), a.releaseAfter(ops))
}

// undone says how taking back went. What was taken back the snapshots report.
func (a *App) undone(msg undoneMsg) tea.Cmd {
	var bad []string
	for i, err := range msg.errs {
		if err != nil {
			bad = append(bad, msg.names[i]+": "+reason(err))
		}
	}
	if len(bad) > 0 {
		a.notify(model.HealthBad, "not undone: "+strings.Join(bad, "; "))
	}
	return nil
}

// openActions lists everything that can be done here, and why something cannot.
func (a *App) openActions() tea.Cmd {
	var items []dialog.Item
	for _, o := range a.offers {
		if o.Mutates && a.barred() {
			continue
		}
		item := dialog.Item{Label: o.Title, Result: offerAnswer{o}}
		switch {
		case o.Err != nil:
			item.Off, item.Note = true, reason(o.Err)
		case len(o.Refused) > 0:
			item.Note = fmt.Sprintf("%d of %d rows", len(o.Commands), len(o.Commands)+len(o.Refused))
		case len(o.Commands) > 1:
			item.Note = counted(len(o.Commands), "row")
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		why := "nothing can be done to these rows"
		if a.barred() {
			why = "read-only: " + why
		}
		a.notify(model.HealthChange, why)
		return nil
	}
	a.dialogs.Open(dialog.NewPicker(a.actionsTitle(), "choose", items, ""))
	return nil
}

func (a *App) actionsTitle() string {
	p := a.page().pane
	if n := p.Marks(); n > 0 {
		return counted(n, "marked row")
	}
	if sel, ok := p.Selected(a.env()); ok {
		return sel.Name
	}
	return p.Title()
}
