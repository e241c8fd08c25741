package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/detail"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/theme"
)

// Reporter says what happened since a moment. A [Source] need not be one: then
// there is no history yet.
type Reporter interface {
	// Report is of the time since a moment such as "24h", "7d" or "2026-11-01";
	// "visit" is the last visit before a moment of the cloud's time. Nil: there is
	// no history, or no visit.
	Report(ctx context.Context, since string, before time.Time) (*model.Report, error)
}

// sinceVisit is the last visit, as the beginning of a report.
const sinceVisit = "visit"

// visitEvery is how often a visit is noted while somebody types, on the wall.
const visitEvery = 5 * time.Minute

// looking is since when somebody looks, and what happened before.
type looking struct {
	began   time.Time     // of this session, by the cloud's time; zero: nothing complete came yet
	noted   time.Time     // when the visit was last noted, on the wall
	touched bool          // a key was pressed since
	report  *model.Report // since the last visit; nil: not known
}

// reportMsg is a report; [App.askReport] sends it.
type reportMsg struct {
	since  string
	report *model.Report
	err    error
	open   bool // show it
}

// askReport has a report made.
func (a *App) askReport(since string, open bool) tea.Cmd {
	from, is := a.src.(Reporter)
	if !is {
		if open {
			a.notify(model.HealthChange, noHistory)
		}
		return nil
	}
	ctx, before := a.ctx, a.looking.began
	return func() tea.Msg {
		r, err := from.Report(ctx, since, before)
		return reportMsg{since, r, err, open}
	}
}

const noHistory = "no history yet: what happened since you last looked is known from the next start on"

// openDiff shows what happened since the last visit, or since a moment.
func (a *App) openDiff(rest string) tea.Cmd {
	if a.looking.began.IsZero() {
		a.notify(model.HealthChange, "not everything has been read yet: ask again in a moment")
		return nil
	}
	if rest == "" {
		rest = sinceVisit
	}
	return a.askReport(rest, true)
}

// reported takes a report in.
func (a *App) reported(msg reportMsg) tea.Cmd {
	switch {
	case msg.err != nil && a.ctx.Err() == nil && msg.open:
		a.notify(model.HealthBad, msg.err.Error())
	case msg.err != nil:
	case msg.report == nil && msg.open:
		a.notify(model.HealthChange, noHistory)
	case msg.open:
		title, lines := a.reportText(msg.report)
		a.dialogs.Open(dialog.NewViewer(title, lines))
	case msg.report != nil:
		a.looking.report = msg.report
	}
	return nil
}

// look notes that somebody looks: once everything has been read for the first
// time, and then now and then while keys are pressed.
func (a *App) look() tea.Cmd {
	l := &a.looking
	if l.began.IsZero() {
		if !a.snap.Settled() {
			return nil
		}
		l.began = a.snap.Clock.Time
		return a.lookBack()
	}
	if l.touched && a.wall.Sub(l.noted) >= visitEvery {
		return a.noteVisit()
	}
	return nil
}

// lookBack asks what happened since the last visit, and then notes this one.
func (a *App) lookBack() tea.Cmd {
	ask, note := a.askReport(sinceVisit, false), a.noteVisit()
	return func() tea.Msg {
		var answer tea.Msg
		if ask != nil {
			answer = ask()
		}
		note()
		return answer
	}
}

// noteVisit has the visit kept. That it cannot be is said by what keeps it.
func (a *App) noteVisit() tea.Cmd {
	a.looking.noted, a.looking.touched = a.wall, false
	ctx, src, at := a.ctx, a.src, a.now()
	return func() tea.Msg {
		_ = src.Visited(ctx, at, struct{}{})
		return nil
	}
}

// reportText is a report as lines of text.
func (a *App) reportText(r *model.Report) (title string, lines []string) {
	stamp := func(t time.Time) string { return t.In(a.opt.Zone).Format("Mon 2 Jan 15:04") }
	title = "since " + stamp(r.Window.From)
	if r.Visit {
		title = "since you last looked, " + stamp(r.Window.From)
	}
	section := func(title string, rows []detail.Row) {
		if len(rows) == 0 {
			return
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, a.theme.Title.Render(title))
		lines = append(lines, a.facts(rows)...)
	}
	section("happened", happenedRows(r, stamp))
	section("spent", costRows(r))
	section("broken", listRows(r.Broken(), theme.Bad))
	section("operations", operationRows(r, stamp))
	section("unobserved", gapRows(r, stamp))
	section("note", listRows(r.Notes, theme.Dim))
	return title, lines
}

// happenedRows are what became of targets.
func happenedRows(r *model.Report, stamp func(time.Time) string) []detail.Row {
	if len(r.Happened) == 0 {
		return []detail.Row{{Label: "nothing", Value: "started, stopped, failed, grew, appeared or went"}}
	}
	var rows []detail.Row
	for _, h := range r.Happened {
		parts := []string{h.Target.Name, model.BaseName(string(h.Target.Part.Workspace)), h.Detail}
		if h.Target.Owner != "" {
			parts = append(parts, h.Target.Owner)
		}
		if !h.At.IsZero() {
			parts = append(parts, stamp(h.At))
		}
		rows = append(rows, detail.Row{Label: string(h.What), Value: strings.Join(parts, "  "), Tone: theme.OfHealth(h.What.Health())})
	}
	return rows
}

// costRows are what it cost, in all and by target.
func costRows(r *model.Report) []detail.Row {
	var rows []detail.Row
	for _, part := range [][]model.ReportCost{r.Totals, r.ByTarget} {
		for i := range part {
			c := &part[i]
			value := c.Cost().In(c.Currency) + " " + c.Source()
			if c.HasBill {
				value += ", billed " + c.Billed.In(c.Currency)
			}
			if c.Spend.Unobserved > 0 {
				value += ", unobserved " + model.Ago(c.Spend.Gap())
			}
			if c.About != "" {
				value += ", " + c.About
			}
			rows = append(rows, detail.Row{Label: c.Name, Value: value})
		}
	}
	return rows
}

func operationRows(r *model.Report, stamp func(time.Time) string) []detail.Row {
	var rows []detail.Row
	for i := range r.Operations {
		op := &r.Operations[i]
		text := string(op.Phase) + "  " + stamp(op.Asked)
		if op.Detail != "" {
			text += "  " + op.Detail
		}
		rows = append(rows, detail.Row{Label: string(op.Command.Verb) + " " + op.Command.Called(), Value: text, Tone: theme.OfHealth(op.Health())})
	}
	for _, s := range r.Saved {
		rows = append(rows, detail.Row{Label: "saved", Value: s.Text() + " by " + s.Reason + " of " + s.Name})
	}
	return rows
}

func gapRows(r *model.Report, stamp func(time.Time) string) []detail.Row {
	var rows []detail.Row
	for _, g := range r.Gaps {
		rows = append(rows, detail.Row{Label: model.Ago(g.Long()), Value: stamp(g.From) + " to " + stamp(g.To) + "  " + strings.Join(g.Workspaces, ", ")})
	}
	return rows
}

func listRows(list []string, tone theme.Tone) []detail.Row {
	var rows []detail.Row
	for _, text := range list {
		rows = append(rows, detail.Row{Label: "•", Value: text, Tone: tone})
	}
	return rows
}
