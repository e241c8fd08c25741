// Package detail says everything that is known of one row: as sections of
// labelled facts, and as the wire had it.
package detail

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

// Section is a group of facts about a row.
type Section struct {
	Title string
	Rows  []Row
}

// Row is one fact: plain text, without escape sequences.
type Row struct {
	Label string
	Value string
	Tone  theme.Tone
}

// Describe says what the snapshot knows of a selected row. A row of a kind it
// does not know has no sections. Sections without facts are left out.
func Describe(env pane.Env, sel pane.Selection) []Section {
	var all []Section
	switch r := sel.Row.(type) {
	case *model.Instance:
		all = instance(env, r)
	case *model.Cluster:
		all = cluster(env, r)
	case *model.Attached:
		all = attached(env, r)
	case *model.Node:
		all = node(env, r)
	case *model.Job:
		all = job(env, r)
	case *model.Endpoint:
		all = endpoint(env, r)
	case *model.Deployment:
		all = deployment(env, r)
	case *model.Workspace:
		all = workspace(env, r)
	case *model.Size:
		all = []Section{sizeSection(env, r), priceSection(r), placeSection(r)}
	case *model.Quota:
		all = quota(env, r)
	case *panes.Event:
		all = event(env, r)
	}
	kept := all[:0]
	for _, s := range all {
		if len(s.Rows) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// say adds a fact unless there is nothing to say.
func (s *Section) say(label, value string) {
	if value != "" {
		s.Rows = append(s.Rows, Row{Label: label, Value: value})
	}
}

// must adds a fact whose absence is a fact too.
func (s *Section) must(label, value string) {
	if value == "" {
		s.Rows = append(s.Rows, Row{Label: label, Value: "unknown", Tone: theme.Dim})
		return
	}
	s.say(label, value)
}

// mark adds a fact that stands out.
func (s *Section) mark(label, value string, tone theme.Tone) {
	s.Rows = append(s.Rows, Row{Label: label, Value: value, Tone: tone})
}
