package ui

import (
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/pane"
)

// openForm opens the form an action needs, filled in with what is so now.
func (a *App) openForm(o pane.Offer) tea.Cmd {
	var row pane.Selection
	if len(o.Rows) > 0 {
		row = o.Rows[0]
	} else if sel, ok := a.page().pane.Selected(a.env()); ok {
		row = sel
	}
	switch o.ID {
	case string(model.VerbScale):
		if c, ok := row.Row.(*model.Cluster); ok {
			a.dialogs.Open(scaleForm(a.snap, c))
		}
	case string(model.VerbTraffic):
		if e, ok := row.Row.(*model.Endpoint); ok {
			return a.openTraffic(e)
		}
	case string(model.VerbDeploy):
		return a.openDeploy(row)
	}
	return nil
}

// judged is what a form with a command comes to: its errors, or the answer.
func judged(notes []string, command model.Command, err error) dialog.Judged {
	if err != nil {
		return dialog.Judged{Notes: notes, Errors: sentences(err)}
	}
	return dialog.Judged{Notes: notes, Result: previewAnswer{[]model.Command{command}}}
}

// sentences are the parts of a joined error.
func sentences(err error) []string {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		if _, refusal := err.(*model.Refusal); !refusal {
			var list []string
			for _, e := range joined.Unwrap() {
				list = append(list, e.Error())
			}
			return list
		}
	}
	return []string{reason(err)}
}

// number reads a whole number from a field.
func number(what, text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0, errors.New(what + ": " + strconv.Quote(text) + " is not a whole number")
	}
	return n, nil
}
