package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
)

// interruptWindow is how long the first interrupt waits for the second.
const interruptWindow = 3 * second

// pressed gives a key to whoever has the focus: the dialog on top, what is
// being typed, or the pane.
func (a *App) pressed(msg tea.KeyPressMsg) tea.Cmd {
	a.looking.touched = true
	switch {
	case a.dialogs.Len() > 0:
		return a.pressedInDialog(msg)
	case a.prompt != nil:
		return a.pressedInPrompt(msg)
	}
	b, n, ok := a.keys.Lookup(keymap.List, msg.String())
	if !ok {
		return nil
	}
	if do, found := a.does[b.ID]; found {
		return do(a, msg, n)
	}
	return nil
}

// pressedInDialog gives a key to the dialog on top. Suspending works from
// everywhere, and help opens over a text.
func (a *App) pressedInDialog(msg tea.KeyPressMsg) tea.Cmd {
	b, _, _ := a.keys.Lookup(a.dialogs.Top().Scope(), msg.String())
	switch b.ID {
	case keymap.Suspend:
		return tea.Suspend
	case keymap.Help:
		return a.openHelp()
	}
	result := a.dialogs.Key(a.keys, msg)
	a.abandonSignIn()
	return a.answered(result)
}

// pasted gives pasted text to whoever is being typed into.
func (a *App) pasted(msg tea.PasteMsg) tea.Cmd {
	switch {
	case a.dialogs.Len() > 0:
		return a.answered(a.dialogs.Paste(msg.Content))
	case a.prompt != nil:
		a.prompt.line.Insert(dialog.OneLine(msg.Content))
		return a.promptChanged()
	}
	return nil
}

// answered does what a dialog's result asks for. Dialogs hand back values; this
// is the one place that knows what each means.
func (a *App) answered(r dialog.Result) tea.Cmd {
	switch r := r.(type) {
	case quitAnswer:
		return tea.Quit
	case runAnswer:
		return a.run(r.commands)
	case offerAnswer:
		return a.begin(r.offer, true)
	case sizeAnswer:
		return a.describeSize(r.size)
	case previewAnswer:
		return a.preview(r.commands, nil, true)
	case stopIdleAnswer:
		return a.stopChosen(r.commands)
	case leashAnswer:
		return a.previewLeash(r.leashing, true)
	case leashRunAnswer:
		return a.runLeash(r.leashing)
	case codeAnswer:
		return a.openCode()
	case dialog.Asked:
		return a.turnText(r.ID)
	}
	return nil
}

// The answers dialogs hand back.
type (
	quitAnswer    struct{}
	runAnswer     struct{ commands []model.Command } // confirmed: carry them out
	previewAnswer struct{ commands []model.Command } // a form is filled in: show what it means
)

// interrupt asks for a second press: one ctrl-c is as often a copy as a wish
// to leave.
func (a *App) interrupt() tea.Cmd {
	if a.wall.Before(a.quitting) {
		return tea.Quit
	}
	a.quitting = a.wall.Add(interruptWindow)
	a.notify(model.HealthChange, keymap.Pretty(a.keys.Get(keymap.Interrupt).First())+" again quits")
	return nil
}
