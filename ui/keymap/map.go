package keymap

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Map is a table of bindings ready for use. It is read-only once built.
type Map struct {
	table []Binding
	byKey map[Scope]map[string]int
}

// New builds the map from the default table and the configuration's own keys,
// by action. An empty list unbinds an action. An action or a key that does not
// exist, and a key that would do two things in one place, are errors that name
// them.
func New(overrides map[string][]string) (*Map, error) {
	table := slices.Clone(defaults)
	var errs []error
	for _, id := range sortedKeys(overrides) {
		i := slices.IndexFunc(table, func(b Binding) bool { return b.ID == ID(id) })
		if i < 0 {
			errs = append(errs, fmt.Errorf("keys: unknown action %q; the actions are listed in docs/keys.md", id))
			continue
		}
		for _, k := range overrides[id] {
			if !validKey(k) {
				errs = append(errs, fmt.Errorf("keys: action %q: %q is not a key (examples: a, A, space, enter, ctrl+r, f5)", id, k))
			}
		}
		table[i].Keys = slices.Clone(overrides[id])
	}
	m, err := build(table)
	return m, errors.Join(append(errs, err)...)
}

// build indexes a table and says which keys mean two things in one scope.
func build(table []Binding) (*Map, error) {
	m := &Map{table: table, byKey: make(map[Scope]map[string]int)}
	var errs []error
	for _, s := range scopes {
		keys := make(map[string]int)
		for i, b := range table {
			if b.Scope&s.scope == 0 {
				continue
			}
			for _, k := range b.Keys {
				if j, taken := keys[k]; taken && j != i {
					errs = append(errs, fmt.Errorf("keys: %q means both %q and %q in %s", k, table[j].ID, b.ID, s.name))
				}
				keys[k] = i
			}
		}
		m.byKey[s.scope] = keys
	}
	return m, errors.Join(errs...)
}

// Lookup is the binding of a key in a scope. n is the key's place among the
// binding's keys, for bindings that stand for several things ("0" to "9").
func (m *Map) Lookup(scope Scope, key string) (b Binding, n int, ok bool) {
	i, ok := m.byKey[scope][key]
	if !ok {
		return Binding{}, 0, false
	}
	return m.table[i], slices.Index(m.table[i].Keys, key), true
}

// Get is the binding of an action.
func (m *Map) Get(id ID) Binding {
	for _, b := range m.table {
		if b.ID == id {
			return b
		}
	}
	return Binding{ID: id}
}

// All are the bindings in the order of the table. The slice is the caller's.
func (m *Map) All() []Binding { return slices.Clone(m.table) }

// Hints are the bindings of a scope that the footer may show, in order.
func (m *Map) Hints(scope Scope) []Binding {
	var hints []Binding
	for _, b := range m.table {
		if b.Scope&scope != 0 && b.Short != "" && len(b.Keys) > 0 {
			hints = append(hints, b)
		}
	}
	return hints
}

// namedKeys are the keys with a name, without modifiers.
var namedKeys = strings.Fields("space enter esc tab backspace delete insert up down left right home end pgup pgdown")

// validKey reports whether a terminal can send a key under this name, and
// whether it is told apart from others: ctrl+i is tab, ctrl+m is enter.
func validKey(key string) bool {
	base, mods := key, 0
	for _, mod := range []string{"ctrl+", "alt+", "shift+"} {
		if rest, found := strings.CutPrefix(base, mod); found && rest != "" {
			base, mods = rest, mods+1
		}
	}
	switch key {
	case "ctrl+i", "ctrl+m", "ctrl+[":
		return false
	}
	if slices.Contains(namedKeys, base) {
		return true
	}
	var n int
	if _, err := fmt.Sscanf(base, "f%d", &n); err == nil && base == fmt.Sprintf("f%d", n) {
		return n >= 1 && n <= 20
	}
	runes := []rune(base)
	return len(runes) == 1 && runes[0] > ' ' && (mods == 0 || !strings.HasPrefix(key, "shift+"))
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
