package dialog

import (
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/ui/cells"
)

// Line is one line of text being edited. The zero Line is empty.
type Line struct {
	text []rune
	at   int // the cursor is before text[at]
}

// NewLine is a line with a text, the cursor at its end.
func NewLine(text string) Line {
	r := []rune(text)
	return Line{text: r, at: len(r)}
}

func (l *Line) String() string { return string(l.text) }

// Set replaces the text and puts the cursor at its end.
func (l *Line) Set(text string) { *l = NewLine(text) }

// Insert puts text in at the cursor.
func (l *Line) Insert(text string) {
	in := []rune(text)
	next := make([]rune, 0, len(l.text)+len(in))
	next = append(next, l.text[:l.at]...)
	next = append(next, in...)
	l.text, l.at = append(next, l.text[l.at:]...), l.at+len(in)
}

// Key edits by a key press and reports whether the key meant anything here.
func (l *Line) Key(press tea.KeyPressMsg) bool {
	switch press.String() {
	case "left":
		l.at = max(0, l.at-1)
	case "right":
		l.at = min(len(l.text), l.at+1)
	case "home", "ctrl+a":
		l.at = 0
	case "end", "ctrl+e":
		l.at = len(l.text)
	case "alt+left", "ctrl+left", "alt+b":
		l.at = l.wordStart()
	case "alt+right", "ctrl+right", "alt+f":
		l.at = l.wordEnd()
	case "backspace", "ctrl+h":
		l.remove(max(0, l.at-1), l.at)
	case "delete":
		l.remove(l.at, min(len(l.text), l.at+1))
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		l.remove(l.wordStart(), l.at)
	case "ctrl+u":
		l.remove(0, l.at)
	case "ctrl+k":
		l.remove(l.at, len(l.text))
	default:
		if press.Text == "" || press.Mod&^tea.ModShift != 0 {
			return false
		}
		l.Insert(OneLine(press.Text))
	}
	return true
}

func (l *Line) remove(from, to int) {
	next := make([]rune, 0, len(l.text))
	next = append(next, l.text[:from]...)
	l.text, l.at = append(next, l.text[to:]...), from
}

func (l *Line) wordStart() int {
	i := l.at
	for i > 0 && unicode.IsSpace(l.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(l.text[i-1]) {
		i--
	}
	return i
}

func (l *Line) wordEnd() int {
	i := l.at
	for i < len(l.text) && unicode.IsSpace(l.text[i]) {
		i++
	}
	for i < len(l.text) && !unicode.IsSpace(l.text[i]) {
		i++
	}
	return i
}

// View is the part of the line around the cursor in exactly width cells, and
// the cell the cursor stands in.
func (l *Line) View(width int) (text string, cursor int) {
	if width <= 0 {
		return "", 0
	}
	before := ansi.StringWidth(string(l.text[:l.at]))
	from := max(0, before-width+1)
	return cells.Fit(ansi.Cut(string(l.text), from, from+width), width), before - from
}
