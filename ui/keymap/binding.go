// Package keymap is the one table of keys: what each does, where, and in which
// words. The footer, the help, the document docs/keys.md, the configuration
// and the program itself read the same table.
package keymap

import "strings"

// ID names an action: in the configuration, in the program and in tests.
type ID string

// Scope is where a binding holds. A binding may hold in several.
type Scope uint8

// The scopes.
const (
	List    Scope = 1 << iota // a pane has the focus
	View                      // a text to read: details, JSON, logs, help
	Text                      // something is being typed: filter, command line, form, picker
	Confirm                   // a question with one answer
	Global  = List | View | Text | Confirm
)

// scopes are the single scopes in the order documents list them.
var scopes = []struct {
	scope Scope
	name  string
	about string
}{
	{List, "panes", "In a pane"},
	{View, "texts", "In details, JSON, logs and help"},
	{Text, "typing", "While typing: filter, command line, forms, pickers"},
	{Confirm, "questions", "In a question"},
}

// Binding is one action and the keys that start it.
type Binding struct {
	ID      ID
	Scope   Scope
	Keys    []string // as bubbletea spells them: "a", "A", "space", "ctrl+r"
	Group   string   // heading in help and document
	Short   string   // in the footer; "" is never in the footer
	Help    string   // in help and document
	Mutates bool     // gone in read-only mode
	Offers  []string // the pane's actions it stands for, first available one wins
	Hidden  bool     // works, but is not listed: a second name of another binding
}

// Label is the binding's keys as the footer and the help show them.
func (b Binding) Label() string {
	if len(b.Keys) == 0 {
		return "–"
	}
	if len(b.Keys) > 3 {
		return Pretty(b.Keys[0]) + "–" + Pretty(b.Keys[len(b.Keys)-1])
	}
	labels := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		labels[i] = Pretty(k)
	}
	return strings.Join(labels, " ")
}

// First is the key the footer shows: the first one.
func (b Binding) First() string {
	if len(b.Keys) == 0 {
		return ""
	}
	if len(b.Keys) > 3 {
		return b.Label()
	}
	return Pretty(b.Keys[0])
}

// Pretty writes a key the way people do: "ctrl-r", "↑".
func Pretty(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgdown":
		return "pgdn"
	}
	return strings.ReplaceAll(key, "ctrl+", "ctrl-")
}
