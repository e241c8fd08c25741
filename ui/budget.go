package ui

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/theme"
)

// budgetText is what is left of the tightest allowance, judged by glyph and
// tone.
func (a *App) budgetText() (string, theme.Tone) {
	b := a.snap.Budget
	if b.Limit <= 0 {
		return "", theme.Dim
	}
	glyph, tone := judgeBudget(b)
	return "budget " + strconv.Itoa(b.Remaining) + "/" + strconv.Itoa(b.Limit) + " " + glyph, tone
}

func judgeBudget(b model.Budget) (glyph string, tone theme.Tone) {
	switch share := b.Remaining * 100 / b.Limit; {
	case share < 10:
		return "○", theme.Bad
	case share < 40:
		return "◐", theme.Warn
	}
	return "●", theme.Good
}

// openBudgets shows what is left of every allowance.
func (a *App) openBudgets() tea.Cmd {
	a.dialogs.Open(dialog.NewViewer("request allowances", a.budgetLines()))
	return nil
}

// budgetLines are the allowances, the tightest first.
func (a *App) budgetLines() []string {
	all := slices.Clone(a.snap.Budgets)
	slices.SortStableFunc(all, func(b, c model.Budget) int {
		switch {
		case b.Low(c):
			return -1
		case c.Low(b):
			return 1
		}
		return 0
	})
	lines := []string{"What the service last said is left, for everybody who signs in as you do.", ""}
	for _, b := range all {
		left, tone := "not said", theme.Dim
		if b.Limit > 0 {
			glyph := ""
			glyph, tone = judgeBudget(b)
			left = fmt.Sprintf("%s %d/%d", glyph, b.Remaining, b.Limit)
		}
		lines = append(lines, fmt.Sprintf("  %s  %-14s %s", a.theme.Tone(tone).Render(fmt.Sprintf("%-13s", left)), b.Kind, a.budgetOf(b)))
	}
	if len(all) == 0 {
		lines = append(lines, "  Nothing was asked yet.")
	}
	return lines
}

// budgetOf says what an allowance is of, and what was taken of it.
func (a *App) budgetOf(b model.Budget) string {
	of := b.Scope
	switch {
	case b.Kind == model.BudgetGraph || b.Kind == model.BudgetCost:
		of = "the signed-in account"
	case of == "":
		of = "the tenant"
	}
	for _, s := range a.snap.Subscriptions {
		if string(s.ID) == b.Scope {
			of = s.Name
		}
	}
	if b.Region != "" {
		of += ", answered in " + b.Region
	}
	return of + ", " + strconv.FormatUint(b.Sent, 10) + " sent"
}
