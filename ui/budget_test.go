package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/theme"
)

func TestBudgetLines(t *testing.T) {
	a := &App{theme: theme.New(true, true), snap: &model.Snapshot{
		Subscriptions: []*model.Subscription{{ID: "s1", Name: "research"}},
		Budgets: []model.Budget{
			{Kind: model.BudgetReads, Scope: "s1", Region: "westus", Remaining: 240, Limit: 250, Sent: 7},
			{Kind: model.BudgetReads, Remaining: 11998, Limit: 12000},
			{Kind: model.BudgetGraph, Remaining: 1, Limit: 15},
			{Kind: model.BudgetDeletes, Scope: "s2"},
		},
	}}
	lines := a.budgetLines()[2:]
	for i, want := range []string{
		"○ 1/15 graph queries the signed-in account, 0 sent", "● 240/250 reads research, answered in westus, 7 sent",
		"● 11998/12000 reads the tenant, 0 sent", "not said deletes s2, 0 sent",
	} {
		if got := strings.Join(strings.Fields(ansi.Strip(lines[i])), " "); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
}
