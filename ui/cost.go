package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/costs"
	"github.com/amltop/amltop/ui/pane"
)

// paneNamed is the pane with a name, or nil.
func (a *App) paneNamed(name string) pane.Pane {
	if i := a.find(name); i >= 0 {
		return a.pages[i].pane
	}
	return nil
}

// costPage is the page of costs, and its pane.
func (a *App) costPage() (int, *costPane) {
	for i, p := range a.pages {
		if c, ok := p.pane.(*costPane); ok {
			return i, c
		}
	}
	return -1, nil
}

// openCost shows what the marked rows cost, or the selected one; everything,
// where rows cost nothing themselves. On costs it goes on to what is behind a
// row.
func (a *App) openCost() tea.Cmd {
	i, c := a.costPage()
	v := view{period: c.period, scope: a.chosenScope()}
	if i == a.at && v.scope.Everything() {
		return nil
	}
	return a.enter(a.here(), place{page: i, costs: v})
}

// chosenScope is the part of the fleet that the rows at hand stand for.
func (a *App) chosenScope() costs.Scope {
	list := a.chosenRows()
	var keys []model.CostKey
	title := ""
	for _, sel := range list {
		if key, ok := costs.KeyOf(sel.Row); ok {
			keys = append(keys, key)
			title = sel.Name
		}
	}
	if len(keys) > 1 {
		title = counted(len(keys), "row") + " of " + a.page().pane.Name()
	}
	return costs.ScopeOf(title, keys)
}

// chosenRows are the marked rows, else the selected one.
func (a *App) chosenRows() []pane.Selection {
	p := a.page().pane
	if c, ok := p.(*costPane); ok {
		p = c.Pane
	}
	if c, ok := p.(pane.Chooser); ok {
		return c.Chosen()
	}
	if sel, ok := p.Selected(a.env()); ok {
		return []pane.Selection{sel}
	}
	return nil
}

// viewCosts looks at costs in another way, with what history is known to say of
// that already.
func (a *App) viewCosts(c *costPane, v view) tea.Cmd {
	c.view = v
	ask := a.askPast()
	return tea.Batch(ask, c.recall(a.history(), a.env()))
}

// turnPeriod charts hours, days and months in turn.
func (a *App) turnPeriod() tea.Cmd {
	if c, ok := a.page().pane.(*costPane); ok {
		return a.viewCosts(c, c.turned())
	}
	a.notify(model.HealthChange, "only costs are charted by the hour, the day or the month; "+a.keys.Get("cost").First()+" goes there")
	return nil
}
