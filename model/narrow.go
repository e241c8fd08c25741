package model

import (
	"path"
	"strings"
)

// Narrow is what of a tenant to watch. A pattern is an id or a name, in which
// * and ? stand for any letters; case does not matter.
type Narrow struct {
	Subscriptions []string // none: all
	Workspaces    []string // none: all
	Favourites    []string // workspaces that go first
}

// MatchName reports whether a pattern means what has an id and a name. A
// pattern that is none matches nothing; [CheckPattern] says so.
func MatchName(pattern, id, name string) bool {
	pattern = Fold(strings.TrimSpace(pattern))
	for _, s := range []string{name, id} {
		if ok, err := path.Match(pattern, Fold(s)); err == nil && ok {
			return true
		}
	}
	return pattern == Fold(id)
}

// CheckPattern reports whether a text is a pattern.
func CheckPattern(pattern string) error {
	_, err := path.Match(pattern, "")
	return err
}
