package overview

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/costs"
)

// chartLines is how high the chart of the last hours is.
const chartLines = 5

// overTime is the burn of the last hours, as history has it.
func (c canvas) overTime() section {
	s := section{title: "burn by the hour"}
	if c.extra.Note != "" {
		s.title += ": " + c.extra.Note
	}
	if c.extra.Chart.Max() == 0 {
		return section{line: noLine}
	}
	s.n, s.first = chartLines, chartLines
	s.draw = func(w, n int) []string { return c.extra.Chart.Lines(w, n, c.theme) }
	return s
}

// budgets are the budget lines that are close to their amount or over it first.
func (c canvas) budgets() section {
	var over int
	for _, v := range c.extra.Budgets {
		if v.State == model.BudgetOver {
			over++
		}
	}
	lines := costs.BudgetLines(c.extra.Budgets, c.extra.Chart.ASCII)
	s := section{title: "budgets", n: len(lines), first: 3, alarm: over > 0}
	if over > 0 {
		s.title += ": " + plural(over, "line") + " over"
	}
	s.line = func(i int) line {
		l := lines[i]
		return line{name: l.Label, text: l.Note, tone: l.Tone, right: l.Amount, to: Entry{Pane: "cost", Key: "budget " + l.Label}}
	}
	return s
}

// noLine is the line of a section that has none, and is left out.
func noLine(int) line { return line{} }
