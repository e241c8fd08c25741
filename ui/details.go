package ui

import (
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/detail"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"

	"github.com/amltop/amltop/model"
)

// details are the facts about a row as lines: sections, labels in a column,
// values wrapped beside them.
func (a *App) details(r *reading) []string {
	row := r.row
	row.Row = a.newest(row.Row)
	sections := detail.Describe(a.env(), row)
	if len(sections) > 0 && r.history.Asked {
		sections = append(sections, r.history.Section(a.env(), reason))
	}
	var lines []string
	for _, s := range sections {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, a.theme.Title.Render(s.Title))
		lines = append(lines, a.facts(s.Rows)...)
	}
	if len(lines) == 0 {
		lines = []string{"There is nothing more to say about " + row.Name + "."}
	}
	return lines
}

// facts are labelled values; long ones are wrapped beside their label.
func (a *App) facts(rows []detail.Row) []string {
	label := 0
	for _, r := range rows {
		label = max(label, cells.Width(r.Label))
	}
	label = min(label, max(8, a.width/3))
	room := max(8, a.width-label-10)
	var lines []string
	for _, r := range rows {
		for i, part := range cells.Wrap(r.Value, room) {
			head := r.Label
			if i > 0 {
				head = ""
			}
			if r.Tone != theme.Plain {
				part = a.theme.Tone(r.Tone).Render(part)
			}
			lines = append(lines, "  "+cells.Fit(head, label)+"  "+part)
		}
	}
	return lines
}

// newest is the row as the newest snapshot has it; a row that is gone stays as
// it was last seen.
func (a *App) newest(row any) any {
	s := a.snap
	switch r := row.(type) {
	case *model.Instance:
		if now := s.Instance(r.ID); now != nil {
			return now
		}
	case *model.Cluster:
		if now := s.Cluster(r.ID); now != nil {
			return now
		}
	case *model.Deployment:
		if now := s.Deployment(r.ID); now != nil {
			return now
		}
	case *model.Endpoint:
		if now := s.Endpoint(r.ID); now != nil {
			return now
		}
	case *model.Job:
		if now := s.Job(r.ID); now != nil {
			return now
		}
	}
	return row
}

// operationOf is the operation a row of the activity pane stands for, or nil.
func operationOf(row pane.Selection) *model.Operation {
	if e, ok := row.Row.(*panes.Event); ok {
		return e.Operation
	}
	return nil
}
