package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
)

// Typed asks a question whose yes has to be typed out: for what cannot be
// taken back or is not one's own.
type Typed struct {
	Title  string
	Lines  []string
	Word   string // what has to be typed
	Yes    string // what yes does
	Answer Result

	line  Line
	wrong bool
}

// Scope is that of typing.
func (d *Typed) Scope() keymap.Scope { return keymap.Text }

// Resize changes nothing: lines are wrapped as they are drawn.
func (d *Typed) Resize(int, int) {}

// Key edits the answer; Enter gives it.
func (d *Typed) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	switch id {
	case keymap.Cancel:
		return cancelled
	case keymap.Accept:
		if strings.TrimSpace(d.line.String()) == d.Word {
			return Outcome{Close: true, Result: d.Answer}
		}
		d.wrong = true
		return Outcome{}
	}
	if d.line.Key(press) {
		d.wrong = false
	}
	return Outcome{}
}

// Paste adds to the answer: who pastes the name has looked it up.
func (d *Typed) Paste(text string) Outcome {
	d.line.Insert(text)
	d.wrong = false
	return Outcome{}
}

// View draws the question and the field.
func (d *Typed) View(c Canvas) Box {
	width := c.Width - frameWidth
	lines := d.facts(c)
	ask := "type " + d.Word + " to " + d.Yes
	if d.wrong {
		ask = c.Theme.Error.Render("that is not " + d.Word + "; nothing was done")
	}
	lines = append(lines, ask)
	room := max(1, min(width, max(32, len(d.Word)+4))-2)
	text, at := d.line.View(room)
	lines = append(lines, c.Theme.KeyHint.Render("> ")+c.Theme.Input.Render(text))
	cursor := &tea.Position{X: at + 2, Y: len(lines) - 1}
	return frame(c, d.Title, fold(lines, c.Height-frameHeight-1, cursor), hint(c, string(keymap.Accept), d.Yes, string(keymap.Cancel), no(d.Yes)), cursor)
}

// typedTail is how many lines stand below the facts: what to type, the field
// and the keys.
const typedTail = 3

// facts are the lines above the field, as many as there is room for; blank ones
// only if that is all of them.
func (d *Typed) facts(c Canvas) []string {
	lines := append(wrapAll(d.Lines, c.Width-frameWidth), "")
	room := max(1, c.Height-frameHeight-typedTail)
	if len(lines) <= room {
		return lines
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
	if len(lines) > room {
		lines = append(lines[:room-1:room-1], "…")
	}
	return lines
}

// fold drops lines from the top until the cursor's line is within a number of
// lines, and moves the cursor with them.
func fold(lines []string, room int, cursor *tea.Position) []string {
	over := len(lines) - max(1, room)
	if over <= 0 {
		return lines
	}
	over = min(over, cursor.Y)
	cursor.Y -= over
	return lines[over:]
}
