package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
)

func (a *App) move(motion string) tea.Cmd {
	if c, ok := a.page().pane.(*costPane); ok {
		switch motion {
		case "left":
			return a.goBeside(-1)
		case "right":
			return a.goBeside(1)
		}
		c.Move(motion)
		return nil
	}
	a.seek = ""
	a.page().pane.Move(motion)
	return nil
}

func (a *App) mark() tea.Cmd {
	a.page().pane.Mark()
	return nil
}

func (a *App) markAll() tea.Cmd {
	a.page().pane.MarkAll()
	return nil
}

// markRange marks the rows between the selected one and the nearest mark.
func (a *App) markRange() tea.Cmd {
	m, ok := a.page().pane.(pane.RangeMarker)
	if ok && !m.MarkRange() {
		key := keymap.Pretty(a.keys.Get(keymap.Mark).First())
		a.notify(model.HealthChange, "a range goes from a mark to this row: mark its other end first ("+key+")")
	}
	return nil
}

// sortBy sorts by the first column there is of those a key stands for.
func (a *App) sortBy(id keymap.ID) tea.Cmd {
	columns := a.page().pane.Columns()
	for _, want := range sortColumns[id] {
		for _, c := range columns {
			if c.ID == want {
				return a.sortColumn(want)
			}
		}
	}
	a.notify(model.HealthChange, a.page().pane.Title()+" has no such column to sort by")
	return nil
}

func (a *App) sortColumn(column string) tea.Cmd {
	cmd, err := a.page().pane.Sort(column, a.env())
	if err != nil {
		a.notify(model.HealthBad, err.Error())
	}
	return cmd
}

func (a *App) sortNth(n int) tea.Cmd {
	if columns := a.page().pane.Columns(); n < len(columns) {
		return a.sortColumn(columns[n].ID)
	}
	return nil
}

func (a *App) sortTurn() tea.Cmd {
	column, _ := a.page().pane.Sorted()
	if column == "" {
		return nil
	}
	return a.sortColumn(column)
}

// askRefresh asks for the section on the screen, or with ctrl for all.
func (a *App) askRefresh(key string) tea.Cmd {
	section, what := a.page().pane.Section(), a.page().pane.Title()
	if strings.HasPrefix(key, "ctrl+") || section == "" {
		section, what = "", "everything"
	}
	a.notify(model.HealthQuiet, "asking for "+what+" anew")
	return a.refresh(section)
}

// copyName copies the names of the rows at hand: the marked ones have no list
// of their own, so it is the selected one's.
func (a *App) copyName() tea.Cmd {
	sel, ok := a.page().pane.Selected(a.env())
	if !ok {
		return nil
	}
	return a.copy(sel.Name)
}

func (a *App) copyID() tea.Cmd {
	sel, ok := a.page().pane.Selected(a.env())
	if !ok {
		return nil
	}
	if sel.ARMID == "" {
		a.notify(model.HealthChange, sel.Name+" has no ARM id")
		return nil
	}
	return a.copy(sel.ARMID)
}

// copy puts a text on the terminal's clipboard (OSC 52), which also works over
// SSH; whether the terminal took it, it does not say.
func (a *App) copy(text string) tea.Cmd {
	a.notify(model.HealthQuiet, "sent to the terminal's clipboard: "+text)
	return tea.SetClipboard(text)
}

// exportRows saves the rows shown.
func (a *App) exportRows() tea.Cmd {
	if a.opt.Export == nil {
		a.notify(model.HealthChange, "there is nowhere to export to")
		return nil
	}
	p := a.page().pane
	header, rows := p.Records(a.env())
	return a.export(p.Name(), slices.Clone(header), rows)
}

// openBrowser opens the selected row in the studio or the portal.
func (a *App) openBrowser() tea.Cmd {
	sel, ok := a.page().pane.Selected(a.env())
	if !ok || sel.ARMID == "" {
		a.notify(model.HealthChange, "there is nothing to open")
		return nil
	}
	url := linkTo(a.snap.Origin, sel)
	if a.opt.Browse == nil || a.snap.Origin.Carrier != model.CarrierAzure {
		return a.copy(url)
	}
	return a.browse(url)
}
