package backend

import (
	"fmt"
	"slices"

	"github.com/amltop/amltop/model"
)

// narrowing leaves out what the session was told not to watch, before a call is
// spent on it, and remembers which patterns found something.
type narrowing struct {
	model.Narrow
	found map[string]bool // patterns, by what they are of and their text
}

func newNarrowing(n model.Narrow) narrowing { return narrowing{n, map[string]bool{}} }

// subscriptions are those of a list to be watched.
func (n *narrowing) subscriptions(all []*model.Subscription) []*model.Subscription {
	if len(n.Subscriptions) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(s *model.Subscription) bool {
		return !n.any("subscription", n.Subscriptions, string(s.ID), s.Name)
	})
}

// workspaces are those of a list to be watched. The rows of the list stay whole.
func (n *narrowing) workspaces(all []*model.Workspace) []*model.Workspace {
	if len(n.Workspaces) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(ws *model.Workspace) bool {
		return !n.any("workspace", n.Workspaces, string(ws.ID), ws.Name)
	})
}

// favours reports whether a workspace goes first.
func (n *narrowing) favours(ws *model.Workspace) bool {
	return n.any("favourite", n.Favourites, string(ws.ID), ws.Name)
}

// any reports whether one of the patterns matches an id or a name.
func (n *narrowing) any(kind string, patterns []string, id, name string) bool {
	matched := false
	for _, p := range patterns {
		if model.MatchName(p, id, name) {
			n.found[kind+" "+p] = true
			matched = true
		}
	}
	return matched
}

// notes are what the user should know of how the session was set up.
func (l *loop) notes() []string {
	if l.o.Notes == nil {
		return l.unmatched()
	}
	return append(l.o.Notes(), l.unmatched()...)
}

// unmatched are the patterns that match nothing, once everything was listed.
func (l *loop) unmatched() []string {
	var notes []string
	missing := func(kind string, patterns []string) {
		for _, p := range patterns {
			if !l.narrow.found[kind+" "+p] {
				notes = append(notes, fmt.Sprintf("no %s matches %q: check [azure] in the configuration and the flags", kind, p))
			}
		}
	}
	if root := l.part(model.SectionSubscriptions, ""); root == nil || !root.loaded() {
		return nil
	}
	missing("subscription", l.narrow.Subscriptions)
	if lists := l.states[model.SectionWorkspaces]; lists.Loaded() < len(lists) {
		return notes
	}
	if l.wanted == nil || l.wanted[model.SectionWorkspaces] {
		missing("workspace", l.narrow.Workspaces)
		missing("favourite", l.narrow.Favourites)
	}
	return notes
}
