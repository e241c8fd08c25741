package detail

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// A list that cannot be read says why, and what to do about it.
func TestUnreadableSaysTheWayOut(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	part := &model.Part{Scope: "ws", FailedAt: now.Add(-time.Minute), Err: &model.Refusal{Class: model.ErrDenied, Code: "AuthorizationFailed", Message: "no", Next: "Ask an owner."}}
	env := pane.Env{Now: now, Snap: &model.Snapshot{Parts: map[model.SectionKey]model.Parts{model.SectionComputes: {"ws": part}}}}
	var s Section
	s.age(env, model.SectionComputes, "ws")
	said := map[string]string{}
	for _, r := range s.Rows {
		said[r.Label] = r.Value
	}
	if said["unreadable"] != "AuthorizationFailed: no, for 1m" || said["next"] != "Ask an owner." {
		t.Errorf("%q", said)
	}
}
