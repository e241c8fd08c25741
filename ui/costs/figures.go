package costs

import (
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/chart"
	"github.com/amltop/amltop/ui/theme"
)

// Figures are what rows add up to: those shown, or those marked.
type Figures struct {
	model.Tally
	Rows     int
	Idle     model.Tally   // Burn: what stands idle; Month: as long as it has
	Recorded model.Tally   // Month: what history has of it
	Wasted   model.Tally   // Month: the part of Recorded that was idle
	Unseen   time.Duration // of targets, this month, that nobody watched
	Billed   model.Tally   // Month: what Azure billed, of rows it names
	Through  time.Time     // until when usage is in Billed; zero: none is known

	Past  []model.PastHour // of everything, for the projection; nil: by the present rate
	Saved []model.Saved    // by stops and scaling to zero, of everything; nil: nothing, or not known
	Since time.Time        // since when history has been kept; zero: it is not
}

// NewFigures starts adding up at a moment.
func NewFigures(at time.Time) *Figures {
	t := model.NewTally(at)
	return &Figures{Tally: t, Idle: t, Recorded: t, Wasted: t, Billed: t}
}

// Add counts a row in.
func (f *Figures) Add(r *Row) {
	f.Rows++
	currency := r.Tally.Currency
	f.Count(model.Costs{Burn: r.Tally.Burn, Today: r.Tally.Today, Month: r.Tally.Month}, currency)
	f.Targets += r.Tally.Targets - 1
	f.Unpriced += r.Tally.Unpriced
	f.Idle.Count(model.Costs{Burn: r.Idle, Month: r.Idled}, currency)
	if r.Recorded != nil {
		f.Recorded.Count(model.Costs{Month: r.Recorded.Total()}, currency)
		f.Wasted.Count(model.Costs{Month: r.Recorded.Idle.Money()}, currency)
		f.Unseen += r.Recorded.Gap()
	}
	if r.Billed != nil {
		f.Billed.Count(model.Costs{Month: r.Billed.Amount}, r.Billed.Currency)
		if f.Through.IsZero() || r.Billed.Through.Before(f.Through) {
			f.Through = r.Billed.Through
		}
	}
}

// Line is one figure with its name and a note.
type Line struct {
	Label, Amount, Note string
	Tone                theme.Tone // of the note
}

// Lines are the figures at a moment, the most wanted first.
func (f *Figures) Lines(now time.Time, zone *time.Location) []Line {
	t := f.Advance(now, zone)
	month := now.In(zone).Format("January")
	lines := []Line{
		{"now", t.Across(func(t model.Tally) string { return t.Burn.In(t.Currency) + "/h" }), f.unpriced(), theme.Warn},
		f.idleLine(),
		{Label: "today", Amount: t.Across(func(t model.Tally) string { return t.Today.In(t.Currency) })},
		{month, t.Across(monthOf), "of what is there now, as far as known", theme.Dim},
		f.projection(t, now, zone),
	}
	return append(lines, f.past(month, zone)...)
}

func monthOf(t model.Tally) string { return t.Month.In(t.Currency) }

func (f *Figures) unpriced() string {
	if f.Unpriced == 0 {
		return ""
	}
	return "+ " + strconv.Itoa(f.Unpriced) + " at an unknown price"
}

func (f *Figures) idleLine() Line {
	if f.Idle.Free() {
		return Line{"idle", "none", "known", theme.Dim}
	}
	l := Line{Label: "idle", Amount: f.Idle.Across(func(t model.Tally) string { return t.Burn.In(t.Currency) + "/h" }), Tone: theme.Warn}
	if !f.Tally.Free() && f.Tally.Other == nil && f.Burn > 0 {
		l.Note = strconv.Itoa(int(float64(f.Idle.Burn)/float64(f.Burn)*100+0.5)) + " % of it, "
	}
	l.Note += f.Idle.Across(monthOf) + " since it is idle"
	return l
}

// projection is the month's end, and how that was worked out.
func (f *Figures) projection(t model.Tally, now time.Time, zone *time.Location) Line {
	label := "→ " + model.Monthly.Next(now, zone).In(zone).Format("2 Jan")
	if f.Past != nil && t.Other == nil {
		p := model.ProjectPattern(t.Month, t.Burn, f.Past, now, zone)
		return Line{label, p.MonthEnd.WholeIn(t.Currency), p.How, theme.Dim}
	}
	how := ""
	amount := t.Across(func(t model.Tally) string {
		p := model.ProjectPresent(t.Month, t.Burn, now, zone)
		how = p.How
		return p.MonthEnd.WholeIn(t.Currency)
	})
	return Line{label, amount, how, theme.Dim}
}

// past are the lines about what history and the bill know.
func (f *Figures) past(month string, zone *time.Location) []Line {
	var lines []Line
	if !f.Recorded.Free() {
		l := Line{Label: "recorded", Amount: f.Recorded.Across(monthOf), Note: "in " + month + ", also of what is gone", Tone: theme.Dim}
		if !f.Wasted.Free() {
			l.Note = f.Wasted.Across(monthOf) + " of it idle, in " + month + ", also of what is gone"
		}
		lines = append(lines, l)
	}
	if len(f.Saved) > 0 {
		lines = append(lines, f.saved(zone))
	}
	if f.Unseen >= time.Hour {
		lines = append(lines, Line{"unobserved", model.Ago(f.Unseen), "of targets' time in " + month + ": nobody watched, nothing is counted", theme.Warn})
	}
	if !f.Through.IsZero() {
		lines = append(lines, Line{"billed", f.Billed.Across(monthOf), "by Azure, through " + f.Through.In(zone).Format("2 Jan 15:04"), theme.Dim})
	}
	return lines
}

// saved is what measures have saved, all of them and each.
func (f *Figures) saved(zone *time.Location) Line {
	sum := model.NewTally(f.At)
	parts := make([]string, len(f.Saved))
	for i, s := range f.Saved {
		sum.Count(model.Costs{Month: s.Amount}, s.Currency)
		parts[i] = s.Amount.In(s.Currency) + " by " + strconv.Itoa(s.Times) + " × " + s.Reason
	}
	return Line{"saved", sum.Across(monthOf), strings.Join(parts, ", ") + ", since " + f.Since.In(zone).Format("2 Jan"), theme.Good}
}

// Watched says since when history has been kept, or that there is none.
func (f *Figures) Watched(zone *time.Location) string {
	if f.Since.IsZero() {
		return "no history yet: drawn from what the targets say themselves"
	}
	return "watched since " + f.Since.In(zone).Format("2 Jan 15:04")
}

// budgetWidth is how wide the bar of a budget line is.
const budgetWidth = 10

// BudgetLines are how the budgets stand.
func BudgetLines(verdicts []model.BudgetVerdict, ascii bool) []Line {
	lines := make([]Line, len(verdicts))
	for i, v := range verdicts {
		c := chart.Chart{ASCII: ascii}
		note := "[" + c.Meter(v.SoFar, v.Line.Month, budgetWidth) + "] of " + v.Line.Month.WholeIn(v.Line.Currency) + " " + v.State.String()
		if v.Why != "" {
			note += ": " + v.Why
		}
		lines[i] = Line{v.Line.Name, v.SoFar.WholeIn(v.Line.Currency), strings.TrimSpace(note), theme.OfHealth(v.State.Health())}
	}
	return lines
}
