// Package dialog holds the boxes that open over a page: questions, pickers,
// forms and texts. The one on top takes all input and hands back a typed
// result; what to do with it is the program's business.
package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

// Result is what a dialog hands back: the value it was given for the answer
// chosen, or a [Values] for a form.
type Result any

// Outcome says what a dialog made of its input.
type Outcome struct {
	Close  bool   // the dialog is over
	Result Result // nil: cancelled, or nothing to tell yet
}

// cancelled is the outcome of closing without an answer.
var cancelled = Outcome{Close: true}

// Canvas is what a dialog draws with: the room it may take, at most.
type Canvas struct {
	Width, Height int
	Theme         *theme.Theme
	Keys          *keymap.Map
}

// Box is a drawn dialog: lines of equal width, and the cursor within them.
type Box struct {
	Lines  []string
	Cursor *tea.Position // nil: nothing is being typed
}

// Dialog is a box over the page. Its methods are called from Update only,
// except View, which changes nothing.
type Dialog interface {
	// Scope says which bindings hold while the dialog is on top.
	Scope() keymap.Scope
	// Key takes a key press; id is the action it is bound to in the dialog's
	// scope, "" if none.
	Key(id keymap.ID, press tea.KeyPressMsg) Outcome
	// Paste takes pasted text, newlines already removed.
	Paste(text string) Outcome
	// Resize tells how much room there is at most.
	Resize(width, height int)
	View(c Canvas) Box
}
