package ui

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/detail"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
)

// form is which form of a resource a text shows.
type form uint8

// The forms.
const (
	formDetails  form = iota // what the program knows
	formJSON                 // what the service says
	formYAML                 // the same, easier on the eye
	formLogs                 // a deployment's container log
	formProgress             // where an operation stands
)

// reading is a text about one resource, open in a viewer.
type reading struct {
	viewer *dialog.Viewer
	form   form
	row    pane.Selection
	op     model.OpID // for formProgress

	asked bool            // an answer is on its way
	raw   json.RawMessage // the resource as the wire has it
	logs  string
	err   error

	history detail.History // of formDetails
}

// read opens a text.
func (a *App) read(r *reading) {
	a.pruneReadings()
	title, lines := a.text(r)
	r.viewer = dialog.NewViewer(title, lines)
	r.viewer.Foot = a.readingHints(r)
	a.readings = append(a.readings, r)
	a.dialogs.Open(r.viewer)
}

// readingHints are the keys that do something to a text besides moving in it.
func (a *App) readingHints(r *reading) string {
	var hints string
	add := func(id keymap.ID, what string) {
		if key := a.keys.Get(id).First(); key != "" {
			hints += "   " + a.theme.KeyHint.Render(key) + " " + what
		}
	}
	switch {
	case r.form == formProgress:
		add(keymap.Undo, "undo")
	case r.form == formLogs:
		add(keymap.Refresh, "read again")
	case r.row.ARMID != "":
		add(keymap.Wire, "JSON, YAML")
		add(keymap.Describe, "details")
	}
	return hints
}

// pruneReadings forgets texts whose viewer is closed.
func (a *App) pruneReadings() {
	kept := a.readings[:0:0]
	for _, r := range a.readings {
		if a.dialogs.Has(r.viewer) {
			kept = append(kept, r)
		}
	}
	a.readings = kept
	if a.scaling != nil && !a.dialogs.Has(a.scaling.form) {
		a.scaling = nil // it holds on to a snapshot
	}
}

// rewrite writes the open texts anew: the world moved on.
func (a *App) rewrite() {
	a.pruneReadings()
	for _, r := range a.readings {
		if r.form == formDetails || r.form == formProgress {
			r.viewer.SetLines(a.text(r))
		}
	}
}

// reading is the text on top, or nil.
func (a *App) reading() *reading {
	for _, r := range a.readings {
		if a.dialogs.Top() == dialog.Dialog(r.viewer) {
			return r
		}
	}
	return nil
}

// watchedCluster is the cluster whose details are open or whose nodes are on
// the screen.
func (a *App) watchedCluster() model.ComputeID {
	r := a.reading()
	switch {
	case r == nil && len(a.trail) > 0 && a.page().pane.Name() == "nodes":
		return model.ComputeID(a.trail[len(a.trail)-1].row)
	case r == nil:
		return ""
	}
	if c, is := r.row.Row.(*model.Cluster); is {
		return c.ID
	}
	return ""
}

// openDetails shows everything known about the selected row.
func (a *App) openDetails() tea.Cmd { return a.openText(formDetails) }

// openWire shows the selected row as the service has it.
func (a *App) openWire() tea.Cmd { return a.openText(formJSON) }

func (a *App) openText(f form) tea.Cmd {
	row, ok := a.page().pane.Selected(a.env())
	if !ok {
		return nil
	}
	if op := operationOf(row); op != nil {
		a.openProgress(op.ID)
		return nil
	}
	if f == formJSON && row.ARMID == "" {
		a.notify(model.HealthChange, row.Name+" is not a resource of its own; there is nothing to read")
		return nil
	}
	r := &reading{form: f, row: row}
	a.read(r)
	return tea.Batch(a.ask(r), a.lookAround())
}

// openLogs shows the container log of the selected deployment.
func (a *App) openLogs() tea.Cmd {
	row, ok := a.page().pane.Selected(a.env())
	if !ok {
		return nil
	}
	if _, is := row.Row.(*model.Deployment); !is {
		a.notify(model.HealthChange, "only deployments have a container log")
		return nil
	}
	for _, o := range a.offers {
		if o.ID == "logs" && o.Err != nil {
			a.notify(model.HealthWarn, reason(o.Err))
			return nil
		}
	}
	r := &reading{form: formLogs, row: row}
	a.read(r)
	return a.ask(r)
}

// openProgress shows where an operation stands.
func (a *App) openProgress(id model.OpID) {
	a.read(&reading{form: formProgress, op: id})
}

// ask reads what a text needs and does not have.
func (a *App) ask(r *reading) tea.Cmd {
	switch {
	case r.asked:
		return nil
	case r.form == formDetails && !r.history.Asked && detail.HasHistory(r.row.Row):
		r.history.Asked = true
		return a.readEvents(r.row.ARMID, a.env().Now)
	case r.form == formLogs:
		r.asked = true
		return a.readLogs(r.row.ARMID)
	case (r.form == formJSON || r.form == formYAML) && r.raw == nil && r.row.ARMID != "":
		r.asked = true
		return a.describe(r.row.ARMID)
	}
	return nil
}

// turnText shows another form of the resource on top, or reads it again.
func (a *App) turnText(id keymap.ID) tea.Cmd {
	r := a.reading()
	switch {
	case r == nil:
		return nil
	case r.form == formProgress && id == keymap.Undo:
		return a.undoNewest()
	case r.form == formProgress || id == keymap.Undo, r.form == formLogs && id != keymap.Refresh:
		return nil
	case id == keymap.Refresh:
		r.raw, r.err, r.history.Asked = nil, nil, false
		cmd := a.ask(r)
		if r.form == formDetails {
			cmd = tea.Batch(cmd, a.refresh(a.page().pane.Section()))
		}
		r.viewer.SetLines(a.text(r))
		return cmd
	case id == keymap.Wire && r.row.ARMID == "":
		return nil // not a resource of its own
	case id == keymap.Describe:
		r.form = formDetails
	case r.form == formJSON:
		r.form = formYAML
	default:
		r.form = formJSON
	}
	r.err = nil
	cmd := a.ask(r)
	r.viewer.SetLines(a.text(r))
	return cmd
}

// described takes a resource to the texts that wait for it.
func (a *App) described(msg describedMsg) tea.Cmd {
	for _, r := range a.readings {
		if r.row.ARMID == msg.armID && r.form != formLogs && r.asked {
			r.asked, r.raw, r.err = false, msg.raw, msg.err
			r.viewer.SetLines(a.text(r))
		}
	}
	return nil
}

// recounted takes a resource's history to the texts that wait for it.
func (a *App) recounted(msg eventsMsg) tea.Cmd {
	for _, r := range a.readings {
		if r.row.ARMID == msg.armID && r.history.Asked {
			r.history.Known, r.history.Events, r.history.Err = true, msg.events, msg.err
			if r.form == formDetails {
				r.viewer.SetLines(a.text(r))
			}
		}
	}
	return nil
}

// logged takes a log to the text that waits for it.
func (a *App) logged(msg logsMsg) tea.Cmd {
	for _, r := range a.readings {
		if r.row.ARMID == msg.armID && r.form == formLogs {
			r.asked, r.logs, r.err = false, msg.text, msg.err
			r.viewer.SetLines(a.text(r))
		}
	}
	return nil
}
