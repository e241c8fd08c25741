package ui

import (
	"encoding/json"
	"time"

	"github.com/amltop/amltop/model"
)

// tickMsg is the wall's time, once a second; [tick] sends it. It is the only
// time the program knows.
type tickMsg struct{ wall time.Time }

// snapshotMsg is a new snapshot; [App.waitSnapshot] sends it and is armed again
// after each.
type snapshotMsg struct{ snap *model.Snapshot }

// sourceFailedMsg says that no snapshot came and why; [App.waitSnapshot] sends it.
type sourceFailedMsg struct{ err error }

// rearmMsg asks to wait for snapshots again after a failure.
type rearmMsg struct{}

// startedMsg says which commands became operations; [App.execute] sends it.
// ids and errs run parallel to commands.
type startedMsg struct {
	commands []model.Command
	ids      []model.OpID // "" where errs is not nil
	errs     []error
	held     []model.Held // what the program took upon itself besides
	heldErrs []error      // why it did not
}

// undoneMsg says how taking operations back went; [App.undo] sends it.
type undoneMsg struct {
	names []string
	errs  []error
}

// describedMsg is a resource as the wire has it; [App.describe] sends it.
type describedMsg struct {
	armID string
	raw   json.RawMessage
	err   error
}

// eventsMsg is what the activity log says of a resource, a request each;
// [App.readEvents] sends it.
type eventsMsg struct {
	armID  string
	events []model.Event
	err    error
}

// logsMsg is the end of a deployment's log; [App.readLogs] sends it.
type logsMsg struct {
	armID string
	text  string
	err   error
}

// capacityMsg is how many instances a deployment may have; [App.readCapacity]
// sends it.
type capacityMsg struct {
	armID    string
	capacity model.Capacity
	err      error
}

// saidMsg is the outcome of a side errand, for the message line: an export
// written, a browser opened, a refresh refused.
type saidMsg struct {
	text string
	err  error
}
