package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
)

// handler does what a key in a pane asks for. n is the key's place among those
// bound to the action.
type handler func(a *App, press tea.KeyPressMsg, n int) tea.Cmd

// handlers is what each action of the pane scope does. A test holds it against
// the table of keys: none may be missing, none superfluous.
func handlers() map[keymap.ID]handler {
	h := map[keymap.ID]handler{
		keymap.GoPane:    func(a *App, _ tea.KeyPressMsg, n int) tea.Cmd { return a.goDigit(n) },
		keymap.NextPane:  do(func(a *App) tea.Cmd { return a.goBeside(1) }),
		keymap.PrevPane:  do(func(a *App) tea.Cmd { return a.goBeside(-1) }),
		keymap.Open:      do((*App).open),
		keymap.Back:      do((*App).escape),
		keymap.Leave:     func(a *App, press tea.KeyPressMsg, _ int) tea.Cmd { return a.leave(press.String()) },
		keymap.Backward:  do((*App).goBackward),
		keymap.Forward:   do((*App).goForward),
		keymap.LastView:  do((*App).goLast),
		keymap.Filter:    do((*App).askFilter),
		keymap.Command:   do((*App).askCommand),
		keymap.Help:      do((*App).openHelp),
		keymap.Mark:      do((*App).mark),
		keymap.MarkAll:   do((*App).markAll),
		keymap.MarkRange: do((*App).markRange),
		keymap.Describe:  do((*App).openDetails),
		keymap.Wire:      do((*App).openWire),
		keymap.Logs:      do((*App).openLogs),
		keymap.Faults:    do((*App).openFaults),
		keymap.Refresh:   func(a *App, press tea.KeyPressMsg, _ int) tea.Cmd { return a.askRefresh(press.String()) },
		keymap.Browse:    do((*App).openBrowser),
		keymap.Export:    do((*App).exportRows),
		keymap.CopyName:  do((*App).copyName),
		keymap.CopyID:    do((*App).copyID),
		keymap.Cost:      do((*App).openCost),
		keymap.Period:    do((*App).turnPeriod),
		keymap.WhatIf:    do((*App).openWhatIf),
		keymap.Actions:   do((*App).openActions),
		keymap.Undo:      do((*App).undoNewest),
		keymap.StopIdle:  do((*App).openStopIdle),
		keymap.SortTurn:  do((*App).sortTurn),
		keymap.SortNth:   func(a *App, _ tea.KeyPressMsg, n int) tea.Cmd { return a.sortNth(n) },
		keymap.SortLeft:  do(func(a *App) tea.Cmd { return a.page().pane.SortNext(-1, a.env()) }),
		keymap.SortRight: do(func(a *App) tea.Cmd { return a.page().pane.SortNext(1, a.env()) }),
		keymap.Interrupt: do((*App).interrupt),
		keymap.Suspend:   do(func(*App) tea.Cmd { return tea.Suspend }),
	}
	for id, motion := range motions {
		h[id] = do(func(a *App) tea.Cmd { return a.move(motion) })
	}
	for id := range sortColumns {
		h[id] = do(func(a *App) tea.Cmd { return a.sortBy(id) })
	}
	for _, id := range acting {
		h[id] = do(func(a *App) tea.Cmd { return a.act(a.keys.Get(id)) })
	}
	return h
}

// acting are the actions that work on the marked or selected rows.
var acting = []keymap.ID{
	keymap.Stop, keymap.Start, keymap.Restart, keymap.Idle, keymap.Leash, keymap.ZeroMin, keymap.Schedule, keymap.Scale, keymap.Traffic, keymap.Create, keymap.Delete,
}

// do makes a handler of an action that cares for neither key nor number.
func do(f func(*App) tea.Cmd) handler {
	return func(a *App, _ tea.KeyPressMsg, _ int) tea.Cmd { return f(a) }
}

// motions are the panes' words for the keys that move.
var motions = map[keymap.ID]string{
	keymap.Up: "up", keymap.Down: "down", keymap.PageUp: "pgup", keymap.PageDown: "pgdown",
	keymap.HalfUp: "halfup", keymap.HalfDown: "halfdown", keymap.Home: "home", keymap.End: "end",
	keymap.Left: "left", keymap.Right: "right",
}

// sortColumns are the columns a sort key looks for, the first there is.
var sortColumns = map[keymap.ID][]string{
	keymap.SortName:  {"name"},
	keymap.SortAge:   {"age", "up", "since", "created", "started", "time", "at", "when"},
	keymap.SortState: {"state", "status", "phase", "health"},
	keymap.SortCost:  {"cost", "rate", "price", "burn", "hour", "per_hour", "run", "today"},
}
