package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/dialog"
)

// View draws the screen: lines of exactly the terminal's width, joined by hand.
// It changes nothing.
func (a *App) View() tea.View {
	v := tea.View{AltScreen: true, ReportFocus: true, WindowTitle: "amltop"}
	if a.opt.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if a.width <= 0 || a.height <= 0 {
		return v
	}
	if a.area.small {
		v.Content = a.tooSmall()
		return v
	}
	lines, cursor := a.screen()
	if top := a.dialogs.Top(); top != nil {
		lines, cursor = a.overlay(lines, top)
	}
	v.Content = strings.Join(lines, "\n")
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Blink = false
	}
	return v
}

// tooSmall is what a terminal shows that has no room for more.
func (a *App) tooSmall() string {
	lines := cells.Wrap("terminal too small", a.width)
	return strings.Join(cells.Block(lines, a.width, a.height), "\n")
}

// screen is the page without dialogs.
func (a *App) screen() (lines []string, cursor *tea.Position) {
	l := a.area
	lines = make([]string, 0, a.height)
	lines = append(lines, a.headerLine())
	if l.tabs >= 0 {
		lines = append(lines, a.tabsLine())
	}
	lines = append(lines, a.titleLine())
	if why := a.explanation(); why != nil {
		lines = append(lines, a.explained(why, a.width, l.body)...)
	} else {
		lines = append(lines, a.page().pane.View(a.width, l.body, a.env(), a.theme)...)
	}
	if l.message >= 0 {
		lines = append(lines, a.messageBlock()...)
	}
	if a.prompt != nil {
		line, at := a.promptLine()
		return append(lines, line), &tea.Position{X: at, Y: l.foot}
	}
	return append(lines, a.footLine()), nil
}

// overlay draws the dialog on top over the page, which keeps its first line:
// where one is and what it costs stay in sight. Only the lines the dialog
// touches are composed; one as wide as the screen replaces them.
func (a *App) overlay(page []string, top dialog.Dialog) ([]string, *tea.Position) {
	box := top.View(dialog.Canvas{Width: a.width, Height: a.height - 1, Theme: a.theme, Keys: a.keys})
	width, height := 0, min(len(box.Lines), a.height-1)
	if height == 0 {
		return page, nil
	}
	width = cells.Width(box.Lines[0])
	x, y := max(0, (a.width-width)/2), max(1, (a.height-height+1)/2)
	if width >= a.width {
		copy(page[y:y+height], box.Lines)
	} else {
		under := strings.Join(page[y:y+height], "\n")
		over := a.theme.Dialog.Render(strings.Join(box.Lines[:height], "\n"))
		drawn := lipgloss.NewCompositor(lipgloss.NewLayer(under), lipgloss.NewLayer(over).X(x).Z(1)).Render()
		copy(page[y:y+height], strings.Split(drawn, "\n"))
	}
	if box.Cursor == nil {
		return page, nil
	}
	return page, &tea.Position{X: min(a.width-1, x+box.Cursor.X), Y: min(a.height-1, y+box.Cursor.Y)}
}
