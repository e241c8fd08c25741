package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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
		switch r := row.Row.(type) {
		case *model.Cluster:
			a.dialogs.Open(scaleForm(a.snap, r))
		case *model.Deployment:
			return a.openInstances(r)
		}
	case string(model.VerbTraffic):
		if e, ok := row.Row.(*model.Endpoint); ok {
			return a.openTraffic(e)
		}
	case string(model.VerbDeploy):
		return a.openDeploy(row)
	case string(model.VerbCreate):
		return a.openCreate(a.createdHere(), row)
	case string(model.VerbIdle):
		if c, ok := row.Row.(*model.Cluster); ok {
			a.dialogs.Open(clusterIdleForm(a.snap, c))
			return nil
		}
		a.dialogs.Open(idleForm(a.snap, instancesOf(o.Rows)))
	case leashAction:
		a.dialogs.Open(leashForm(a.snap, instancesOf(o.Rows)))
	case string(model.VerbSchedule):
		if i, ok := row.Row.(*model.Instance); ok {
			a.dialogs.Open(scheduleForm(a.snap, i))
		}
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

// inPreviewsWords are the lines of a command's preview with some labels: two
// sums would be one too many.
func inPreviewsWords(s *model.Snapshot, command model.Command, labels ...string) []string {
	var notes []string
	for _, l := range model.PreviewOf(s, []model.Command{command}, s.Clock.Time, time.UTC).Lines {
		if slices.Contains(labels, l.Label) {
			notes = append(notes, l.Label+": "+l.Text)
		}
	}
	return notes
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

// span reads a time such as 30m from a field.
func span(what, text string) (time.Duration, error) {
	d, err := model.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	return d, nil
}

// spelled is a duration as a field shows it: exact, and short where that is.
func spelled(d time.Duration) string {
	text := model.Ago(d)
	if same, err := model.ParseDuration(text); err != nil || same != d {
		return d.String()
	}
	return text
}

// number reads a whole number from a field.
func number(what, text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0, errors.New(what + ": " + strconv.Quote(text) + " is not a whole number")
	}
	return n, nil
}
