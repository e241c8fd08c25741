package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// Confirm asks one question. Yes hands back Answer; anything else leaves
// things as they are.
type Confirm struct {
	Title  string
	Lines  []string // what it means, sentence by sentence
	Yes    string   // what yes does, in two or three words
	Answer Result
	Again  string // a key that also means yes: the one that asked

	width int
}

// Scope is that of questions.
func (d *Confirm) Scope() keymap.Scope { return keymap.Confirm }

// Resize keeps the width lines are wrapped to.
func (d *Confirm) Resize(width, _ int) { d.width = width }

// Key answers the question. A key held down answers nothing.
func (d *Confirm) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	switch {
	case press.IsRepeat:
		return Outcome{}
	case id == keymap.Yes, d.Again != "" && press.String() == d.Again:
		return Outcome{Close: true, Result: d.Answer}
	case id == keymap.No:
		return cancelled
	}
	return Outcome{}
}

// Paste is not an answer.
func (d *Confirm) Paste(string) Outcome { return Outcome{} }

// View draws the question.
func (d *Confirm) View(c Canvas) Box {
	lines := append(wrapAll(d.Lines, c.Width-frameWidth), "")
	return frame(c, d.Title, lines, hint(c, string(keymap.Yes), d.Yes, string(keymap.No), no(d.Yes)), nil)
}

// no is what to call the no beside a yes: where yes cancels something, "cancel"
// would be two answers in one word.
func no(yes string) string {
	if strings.HasPrefix(yes, "cancel") {
		return "leave it"
	}
	return "cancel"
}

// widest is how wide a question's lines are at most.
const widest = 104

// wrapAll wraps every line to a width.
func wrapAll(lines []string, width int) []string {
	var wrapped []string
	for _, l := range lines {
		if l == "" {
			wrapped = append(wrapped, "")
			continue
		}
		wrapped = append(wrapped, cells.Wrap(l, min(width, widest))...)
	}
	return wrapped
}
