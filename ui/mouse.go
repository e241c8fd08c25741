package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// wheelStep is how many rows a notch of the wheel moves.
const wheelStep = 3

// wheeled moves the text on top, else the cursor.
func (a *App) wheeled(msg tea.MouseWheelMsg) tea.Cmd {
	motion, id := "down", keymap.Down
	switch msg.Mouse().Button {
	case tea.MouseWheelUp:
		motion, id = "up", keymap.Up
	case tea.MouseWheelDown:
	default:
		return nil
	}
	for range wheelStep {
		if top := a.dialogs.Top(); top != nil {
			top.Key(id, tea.KeyPressMsg{})
			continue
		}
		a.move(motion)
	}
	return nil
}

// clicked goes to a tab or puts the cursor on a row. Dialogs are answered with
// keys only: a click meant for what is below must not confirm anything.
func (a *App) clicked(msg tea.MouseClickMsg) tea.Cmd {
	m := msg.Mouse()
	if m.Button != tea.MouseLeft || a.dialogs.Len() > 0 || a.prompt != nil || a.area.small {
		return nil
	}
	if m.Y == a.area.tabs {
		return a.clickedTab(m.X)
	}
	if id, ok := a.page().pane.RowAt(m.Y - a.area.top); ok && m.Y < a.area.top+a.area.body {
		a.page().pane.Select(id)
	}
	return nil
}

func (a *App) clickedTab(x int) tea.Cmd {
	at, numbered := 0, a.numbered()
	for i, p := range a.tabPieces() {
		at += cells.Width(p.text)
		if x < at {
			if n := i / piecesATab; n < len(numbered) {
				return a.visit(numbered[n])
			}
			return nil
		}
	}
	return nil
}

// Calm is a bubbletea filter that keeps storms of mouse motion from redrawing
// the screen: the program has no use for them.
func Calm(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.MouseMotionMsg, tea.MouseReleaseMsg:
		return nil
	}
	return msg
}
