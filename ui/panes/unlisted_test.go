package panes_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
)

// TestWhatWasNotListedIsUnknown counts nothing in workspaces of which some
// lists, or all, were never read.
func TestWhatWasNotListedIsUnknown(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	forbidden, fresh := &model.Workspace{ID: "/forbidden"}, &model.Workspace{ID: "/fresh"}
	read, denied := &model.Part{AsOf: now}, &model.Part{Err: model.ErrDenied}
	snap := &model.Snapshot{Workspaces: []*model.Workspace{forbidden, fresh}, Parts: map[model.SectionKey]model.Parts{
		model.SectionComputes:  {"/forbidden": denied, "/fresh": read},
		model.SectionEndpoints: {"/forbidden": read}, // Resource Graph knows of none, which says nothing
		model.SectionJobs:      {"/fresh": read},
	}}
	env := pane.Env{Snap: snap.Seal(), Now: now, Zone: time.UTC}
	for _, c := range panes.Workspaces().Columns {
		want := map[string][2]string{"instances": {"?", "0"}, "deployments": {"?", "?"}, "jobs": {"?", "0"}}[c.ID]
		if want[0] != "" && (c.Cell(forbidden, env).Text != want[0] || c.Cell(fresh, env).Text != want[1]) {
			t.Errorf("%s: %q and %q, want %q", c.ID, c.Cell(forbidden, env).Text, c.Cell(fresh, env).Text, want)
		}
	}
}
