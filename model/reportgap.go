package model

import (
	"cmp"
	"slices"
	"time"
)

// gapsApart is how far apart the ends of two gaps may be that are one: lists
// are not all read at the same time.
const gapsApart = 15 * time.Minute

// gaps takes in when nobody watched, gaps that are one together.
func (r *reporter) gaps() {
	spaces := map[WorkspaceID]bool{}
	for _, t := range r.about {
		spaces[t.space] = true
	}
	list := slices.Clone(r.ask.Past.Gaps)
	slices.SortFunc(list, func(a, b ReportGap) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Section, b.Section))
	})
	for _, g := range list {
		if r.ask.Match != nil && !spaces[g.ID] {
			continue
		}
		i := slices.IndexFunc(r.Gaps, func(have ReportGaps) bool {
			return g.From.Sub(have.From).Abs() <= gapsApart && g.To.Sub(have.To).Abs() <= gapsApart
		})
		if i < 0 {
			r.Gaps = append(r.Gaps, ReportGaps{Window: g.Window})
			i = len(r.Gaps) - 1
		}
		one := &r.Gaps[i]
		if g.To.After(one.To) {
			one.To = g.To
		}
		if !slices.Contains(one.Workspaces, g.Workspace) {
			one.Workspaces = append(one.Workspaces, g.Workspace)
		}
	}
	for i := range r.Gaps {
		slices.Sort(r.Gaps[i].Workspaces)
	}
}
