package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/dialog"
)

// Update takes a message. It never blocks: what takes time is a command.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := a.route(msg)
	a.settle()
	return a, cmd
}

// route sends each message to the one method that knows it: first what the
// terminal and the clock say, then what the source says, then what the user
// does. Replies nobody asked for are none of its business.
func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return a.resized(msg)
	case tea.BackgroundColorMsg:
		return a.background(msg)
	case tea.FocusMsg:
		return a.focused(true)
	case tea.BlurMsg:
		return a.focused(false)
	case tickMsg:
		return a.ticked(msg)
	case snapshotMsg:
		return a.received(msg)
	case sourceFailedMsg:
		return a.sourceFailed(msg)
	case rearmMsg:
		return a.waitSnapshot()
	case startedMsg:
		return a.started(msg)
	case undoneMsg:
		return a.undone(msg)
	case eventsMsg:
		return a.recounted(msg)
	case describedMsg:
		return a.described(msg)
	case logsMsg:
		return a.logged(msg)
	case codeMsg:
		return a.showCode(msg)
	case signedInMsg:
		return a.signedIn(msg)
	case capacityMsg:
		return a.bounded(msg)
	case costsMsg:
		return a.costed(msg)
	case reportMsg:
		return a.reported(msg)
	case fleetMsg:
		return a.summed(msg)
	case recalledMsg:
		return a.recalled(msg)
	case saidMsg:
		return a.heard(msg)
	case dialog.SettledMsg:
		a.dialogs.Settle(msg)
		return nil
	case tea.PasteMsg:
		return a.pasted(msg)
	case tea.KeyPressMsg:
		return a.pressed(msg)
	case tea.MouseWheelMsg:
		return a.wheeled(msg)
	case tea.MouseClickMsg:
		return a.clicked(msg)
	default:
		return a.derived(msg)
	}
}

// settle brings what is derived from state into line with it, once after every
// message: the room of each part, and what can be done here.
func (a *App) settle() {
	a.area = a.arrange()
	a.page().pane.Resize(a.width, a.area.body)
	a.dialogs.Resize(a.width, max(0, a.height-1))
	a.page().meter()
	if c, ok := a.page().pane.(*costPane); ok {
		c.settle(a.env())
	}
	row, ok := a.page().pane.Selected(a.env())
	a.selected, a.resource = ok, ok && row.ARMID != ""
	a.offers = a.page().pane.Offers(a.env())
}
