package keymap

import (
	"slices"
	"strings"
	"testing"
)

func TestDefaultsHaveNoConflicts(t *testing.T) {
	m, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[ID]bool)
	for _, b := range m.All() {
		if seen[b.ID] {
			t.Errorf("%s is in the table twice", b.ID)
		}
		seen[b.ID] = true
		if b.Help == "" || b.Group == "" || b.Scope == 0 {
			t.Errorf("%s lacks help, group or scope", b.ID)
		}
		if !slices.Contains(groups, b.Group) {
			t.Errorf("%s is under a heading nobody shows: %q", b.ID, b.Group)
		}
		for _, k := range b.Keys {
			if !validKey(k) {
				t.Errorf("%s is bound to %q, which no terminal sends", b.ID, k)
			}
			if b.Mutates && strings.HasPrefix(k, "ctrl+") {
				t.Errorf("%s is a destructive ctrl-letter: %q", b.ID, k)
			}
		}
	}
}

func TestLookup(t *testing.T) {
	m, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		scope Scope
		key   string
		want  ID
		n     int
	}{
		{List, "x", Stop, 0}, {List, "7", GoPane, 7}, {List, "space", Mark, 0}, {List, "n", Create, 0},
		{View, "n", FindNext, 0}, {Text, "n", "", 0}, {Text, "ctrl+c", Interrupt, 0}, {Confirm, "q", No, 2},
		{List, "ctrl+d", "", 0}, {List, "ctrl+k", "", 0},
	} {
		b, n, ok := m.Lookup(tt.scope, tt.key)
		if b.ID != tt.want || ok != (tt.want != "") || ok && n != tt.n {
			t.Errorf("%s in %b: %q %d %v, want %q %d", tt.key, tt.scope, b.ID, n, ok, tt.want, tt.n)
		}
	}
}

func TestOverrides(t *testing.T) {
	for name, tt := range map[string]struct {
		keys map[string][]string
		want string // "": fine
	}{
		"moved":                 {map[string][]string{"stop": {"ctrl+t", "f13"}}, ""},
		"unbound":               {map[string][]string{"stop": {}}, ""},
		"swapped":               {map[string][]string{"stop": {"s"}, "start": {"x"}}, ""},
		"unknown":               {map[string][]string{"halt": {"x"}}, `unknown action "halt"`},
		"no key":                {map[string][]string{"stop": {"xx"}}, `"stop": "xx" is not a key`},
		"space as ' '":          {map[string][]string{"mark": {" "}}, `" " is not a key`},
		"shift+a":               {map[string][]string{"stop": {"shift+a"}}, `"shift+a" is not a key`},
		"taken":                 {map[string][]string{"stop": {"d"}}, `"d" means both "stop" and "describe" in panes`},
		"same key, other place": {map[string][]string{"find-next": {"x"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := New(tt.keys)
			switch {
			case tt.want == "" && err != nil:
				t.Fatal(err)
			case tt.want == "":
				for id, keys := range tt.keys {
					if got := m.Get(ID(id)).Keys; !slices.Equal(got, keys) {
						t.Errorf("%s is bound to %v", id, got)
					}
				}
			case err == nil || !strings.Contains(err.Error(), tt.want):
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestOverridesLeaveTheDefaultsAlone(t *testing.T) {
	if _, err := New(map[string][]string{"stop": {"ctrl+t"}}); err != nil {
		t.Fatal(err)
	}
	m, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Get(Stop).Keys; !slices.Equal(got, []string{"x"}) {
		t.Errorf("stop is bound to %v", got)
	}
}

func TestMarkdownListsEveryAction(t *testing.T) {
	m, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	text := m.Markdown()
	for _, b := range m.All() {
		if !strings.Contains(text, "`"+string(b.ID)+"`") {
			t.Errorf("%s is not in the document", b.ID)
		}
	}
}
