package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// SourceFailed is the message of a source that failed.
func SourceFailed(err error) tea.Msg { return sourceFailedMsg{err} }

// Snapshot is the message that brings a snapshot.
func Snapshot(s *model.Snapshot) tea.Msg { return snapshotMsg{s} }

// Tick is the message that brings the time.
func Tick(wall time.Time) tea.Msg { return tickMsg{wall} }

// Work runs a command and those it unfolds to, and returns their messages;
// those that do not answer at once are left alone.
func Work(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	answer := make(chan tea.Msg, 1)
	go func() { answer <- cmd() }()
	select {
	case msg := <-answer:
		batch, ok := msg.(tea.BatchMsg)
		if !ok {
			return []tea.Msg{msg}
		}
		var all []tea.Msg
		for _, c := range batch {
			all = append(all, Work(c)...)
		}
		return all
	case <-time.After(400 * time.Millisecond):
		return nil
	}
}

// HandlerIDs are the actions with something to do in a pane.
func HandlerIDs() map[string]bool {
	ids := make(map[string]bool)
	for id := range handlers() {
		ids[string(id)] = true
	}
	return ids
}
