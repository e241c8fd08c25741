package dialog

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
)

// settle is how long a dialog that takes the place of another ignores keys: a
// key held down or a habitual second Enter must not answer a question nobody
// has read.
const settle = 250 * time.Millisecond

// SettledMsg ends the deafness of a dialog; the timer that [Stack.Follow]
// returned sends it.
type SettledMsg struct{ generation int }

// Stack is the open dialogs, the last one on top. The zero Stack is empty.
type Stack struct {
	open          []Dialog
	deaf          bool
	generation    int
	width, height int
}

// Open puts a dialog on top.
func (s *Stack) Open(d Dialog) {
	s.generation++
	s.deaf = false
	d.Resize(s.width, s.height)
	s.open = append(s.open, d)
}

// Follow puts a dialog on top that opens by itself or right after another: it
// ignores keys until the returned command's message comes to [Stack.Settle].
func (s *Stack) Follow(d Dialog) tea.Cmd {
	s.Open(d)
	s.deaf = true
	msg := SettledMsg{s.generation}
	return tea.Tick(settle, func(time.Time) tea.Msg { return msg })
}

// Settle makes the dialog on top listen. Messages of dialogs long gone are
// dropped.
func (s *Stack) Settle(msg SettledMsg) {
	if msg.generation == s.generation {
		s.deaf = false
	}
}

// Top is the dialog that takes the input, or nil.
func (s *Stack) Top() Dialog {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

// Len is how many dialogs are open.
func (s *Stack) Len() int { return len(s.open) }

// Has reports whether a dialog is open.
func (s *Stack) Has(d Dialog) bool { return slices.Contains(s.open, d) }

// Pop closes the dialog on top.
func (s *Stack) Pop() {
	if len(s.open) > 0 {
		s.open[len(s.open)-1] = nil
		s.open = s.open[:len(s.open)-1]
		s.deaf = false
		s.generation++
	}
}

// Remove closes a dialog wherever it is.
func (s *Stack) Remove(d Dialog) {
	if s.Top() == d {
		s.Pop()
		return
	}
	s.open = slices.DeleteFunc(s.open, func(o Dialog) bool { return o == d })
}

// Close closes all.
func (s *Stack) Close() {
	for s.Len() > 0 {
		s.Pop()
	}
}

// Key gives a key press to the dialog on top and closes it if it is over.
func (s *Stack) Key(m *keymap.Map, press tea.KeyPressMsg) Result {
	top := s.Top()
	if top == nil || s.deaf {
		return nil
	}
	b, _, _ := m.Lookup(top.Scope(), press.String())
	if b.ID == keymap.Interrupt {
		s.Pop()
		return nil
	}
	return s.settleOutcome(top, top.Key(b.ID, press))
}

// Paste gives pasted text to the dialog on top. Newlines become spaces.
func (s *Stack) Paste(text string) Result {
	top := s.Top()
	if top == nil || s.deaf {
		return nil
	}
	return s.settleOutcome(top, top.Paste(OneLine(text)))
}

func (s *Stack) settleOutcome(d Dialog, out Outcome) Result {
	if out.Close && s.Top() == d {
		s.Pop()
	}
	return out.Result
}

// Resize tells all dialogs how much room there is.
func (s *Stack) Resize(width, height int) {
	s.width, s.height = width, height
	for _, d := range s.open {
		d.Resize(width, height)
	}
}

// OneLine removes what a one-line field cannot hold from pasted text: newlines,
// which terminals paste as carriage returns, and tabs become spaces, other
// control characters go.
func OneLine(text string) string {
	text = strings.ReplaceAll(strings.TrimRight(text, "\r\n"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0:
			return -1
		}
		return r
	}, text)
}
