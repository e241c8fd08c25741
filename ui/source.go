package ui

import (
	"context"
	"encoding/json"
	"time"

	"github.com/amltop/amltop/model"
)

// Source is all the program on the screen knows of the world. Each method is
// called from a command, never from Update or View, and may block until ctx
// ends.
type Source interface {
	// Next waits for a snapshot with a sequence number greater than after and
	// returns the newest there is.
	Next(ctx context.Context, after uint64) (*model.Snapshot, error)
	// Execute starts an operation: its grace begins, and every later phase is
	// part of a snapshot. An error means that it was not begun.
	Execute(ctx context.Context, c model.Command) (model.OpID, error)
	// Undo takes an operation back while it is in its grace.
	Undo(ctx context.Context, id model.OpID) error
	// Hold has the program give commands later, and takes back others that it
	// held.
	Hold(ctx context.Context, held []model.Held, release []model.HeldID) error
	// Refresh asks for fresh data of a section, "" for all, as soon as the
	// budget allows.
	Refresh(ctx context.Context, section model.SectionKey) error
	// Watch tells which targets are on the screen and which cluster's nodes are
	// wanted: they are polled first. Nothing means nobody is looking.
	Watch(ctx context.Context, focus Focus) error
	// Describe reads a resource as the wire has it.
	Describe(ctx context.Context, armID string) (json.RawMessage, error)
	// Events reads the activity log of a resource since a moment of the
	// service's time, newest first.
	Events(ctx context.Context, armID string, since time.Time) ([]model.Event, error)
	// Logs reads the newest lines of a deployment's container log.
	Logs(ctx context.Context, armID string, tail int) (string, error)
	// Capacity reads how many instances an online deployment may have.
	Capacity(ctx context.Context, armID string) (model.Capacity, error)
	// Costs asks history what was spent. Without a history the answer is empty.
	Costs(ctx context.Context, q model.CostQuestion) (model.CostAnswer, error)
	Memory
}

// Memory is what the program keeps between two runs. Where nothing is kept,
// nothing is found.
type Memory interface {
	// Remember keeps a value under a key; anything that JSON can hold will do.
	Remember(ctx context.Context, key string, value any) error
	// Recall reads a value back into a pointer; false if there is none.
	Recall(ctx context.Context, key string, value any) (bool, error)
	// Visited notes that somebody looked at a moment of the cloud's time, and
	// what there was.
	Visited(ctx context.Context, at time.Time, digest any) error
	// LastVisit is when somebody last looked before a moment, with what there
	// was in digest; zero if nobody did.
	LastVisit(ctx context.Context, before time.Time, digest any) (time.Time, error)
}

// Focus is where the user's eyes are.
type Focus = model.Focus
