package dialog

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/ui/cells"
)

// Line is one line of text being edited. The zero Line is empty. It edits with
// the bubbles text input and draws itself: the input's cursor counts runes,
// and names have wide ones. A Line in use is not copied.
type Line struct {
	input textinput.Model
	ready bool
}

// NewLine is a line with a text, the cursor at its end.
func NewLine(text string) Line {
	var l Line
	l.Set(text)
	return l
}

// edit is the input, made at its first use.
func (l *Line) edit() *textinput.Model {
	if !l.ready {
		l.ready = true
		l.input = textinput.New()
		l.input.SetVirtualCursor(false) // nothing blinks
		keys := &l.input.KeyMap
		keys.Paste = key.NewBinding() // terminals paste by themselves
		keys.CharacterForward.SetKeys("right")
		keys.CharacterBackward.SetKeys("left")
		l.input.Focus()
	}
	return &l.input
}

func (l *Line) String() string { return l.edit().Value() }

// Set replaces the text and puts the cursor at its end.
func (l *Line) Set(text string) {
	l.edit().SetValue(text)
	l.edit().CursorEnd()
}

// Insert puts text in at the cursor.
func (l *Line) Insert(text string) {
	runes, at := []rune(l.String()), l.edit().Position()
	l.edit().SetValue(string(runes[:at]) + text + string(runes[at:]))
	l.edit().SetCursor(at + len([]rune(text)))
}

// Key edits by a key press and reports whether the key meant anything here.
func (l *Line) Key(press tea.KeyPressMsg) bool {
	input := l.edit()
	k := input.KeyMap
	known := key.Matches(press, k.CharacterForward, k.CharacterBackward, k.WordForward, k.WordBackward, k.LineStart, k.LineEnd,
		k.DeleteWordBackward, k.DeleteWordForward, k.DeleteAfterCursor, k.DeleteBeforeCursor, k.DeleteCharacterBackward,
		k.DeleteCharacterForward)
	if !known && (press.Text == "" || press.Mod&^tea.ModShift != 0) {
		return false
	}
	if !known {
		l.Insert(OneLine(press.Text))
		return true
	}
	*input, _ = input.Update(press)
	return true
}

// View is the part of the line around the cursor in exactly width cells, and
// the cell the cursor stands in.
func (l *Line) View(width int) (text string, cursor int) {
	if width <= 0 {
		return "", 0
	}
	whole := l.String()
	before := ansi.StringWidth(string([]rune(whole)[:l.edit().Position()]))
	from := max(0, before-width+1)
	return cells.Fit(ansi.Cut(whole, from, from+width), width), before - from
}
