package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
)

// Code shows a code that is to be entered in a browser, and waits. Yes hands
// back Open and leaves it open; no closes it.
type Code struct {
	URL, Code string // "" until known
	Open      Result

	width int
}

// Scope is that of questions.
func (d *Code) Scope() keymap.Scope { return keymap.Confirm }

// Resize keeps the width lines are wrapped to.
func (d *Code) Resize(width, _ int) { d.width = width }

// Key opens the browser or gives up.
func (d *Code) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	switch {
	case press.IsRepeat:
		return Outcome{}
	case id == keymap.Yes && d.Code != "":
		return Outcome{Result: d.Open}
	case id == keymap.No:
		return cancelled
	}
	return Outcome{}
}

// Paste is not an answer.
func (d *Code) Paste(string) Outcome { return Outcome{} }

// View draws where to go and what to enter there.
func (d *Code) View(c Canvas) Box {
	lines, hints := []string{"asking for a code …"}, []string{string(keymap.No), "give up"}
	if d.Code != "" {
		lines = []string{
			"Open     " + c.Theme.Title.Render(d.URL),
			"enter    " + c.Theme.Title.Render(d.Code), "",
			"In any browser, on any machine. Waiting for you to finish there …",
		}
		hints = append([]string{string(keymap.Yes), "copy the code, open the browser"}, hints...)
	}
	lines = append(wrapAll(lines, c.Width-frameWidth), "")
	return frame(c, "Sign in to Azure", lines, hint(c, hints...), nil)
}
