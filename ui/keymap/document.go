package keymap

import (
	"fmt"
	"strings"
)

// Section is a heading with its bindings.
type Section struct {
	Title    string
	Bindings []Binding
}

// Sections are the bindings a scope knows under their headings. Hidden ones
// and empty sections are left out.
func (m *Map) Sections(scope Scope) []Section {
	var sections []Section
	for _, g := range groups {
		s := Section{Title: g}
		for _, b := range m.table {
			if b.Group == g && b.Scope&scope != 0 && !b.Hidden {
				s.Bindings = append(s.Bindings, b)
			}
		}
		if len(s.Bindings) > 0 {
			sections = append(sections, s)
		}
	}
	return sections
}

// Markdown is the document docs/keys.md.
func (m *Map) Markdown() string {
	var b strings.Builder
	b.WriteString("# Keys\n\nGenerated from the program's key table; do not edit. Every action can be bound to other keys,\n")
	b.WriteString("or to none, in the configuration's `[keys]` table under the name in the last column.\n")
	for _, s := range m.Sections(Global) {
		fmt.Fprintf(&b, "\n## %s\n\n| keys | what it does | where | action |\n|---|---|---|---|\n", s.Title)
		for _, bind := range s.Bindings {
			help := bind.Help
			if bind.Mutates {
				help += " (not in read-only mode)"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", keysCell(bind), cellText(help), where(bind.Scope), bind.ID)
		}
	}
	return b.String()
}

func keysCell(b Binding) string {
	if len(b.Keys) == 0 {
		return "–"
	}
	cells := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		cells[i] = "`" + cellText(k) + "`"
	}
	return strings.Join(cells, " ")
}

func cellText(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

func where(s Scope) string {
	if s == Global {
		return "everywhere"
	}
	var names []string
	for _, one := range scopes {
		if s&one.scope != 0 {
			names = append(names, one.name)
		}
	}
	return strings.Join(names, ", ")
}
