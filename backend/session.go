package backend

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/amltop/amltop/model"
)

// Session is a cloud being watched and acted on. Its methods may be called from
// any goroutine.
type Session struct {
	loop   *loop
	cancel context.CancelFunc
}

// Open starts watching a cloud. The session owns every goroutine it starts;
// they end with ctx or with [Session.Close].
func Open(ctx context.Context, cloud Cloud, o Options) *Session {
	ctx, cancel := context.WithCancel(ctx)
	return start(newLoop(ctx, cloud, o), cancel)
}

func start(l *loop, cancel context.CancelFunc) *Session {
	l.owner.Go(l.run)
	if l.o.Unfinished != nil && !l.once {
		l.owner.Go(l.takeUp)
	}
	return &Session{loop: l, cancel: cancel}
}

// Next waits for a snapshot with a sequence number greater than after and
// returns the newest there is.
func (s *Session) Next(ctx context.Context, after uint64) (*model.Snapshot, error) {
	return s.loop.feed.next(ctx, after)
}

// Latest is the newest snapshot so far, or nil.
func (s *Session) Latest() *model.Snapshot { return s.loop.feed.latest() }

// Execute starts an operation: its grace begins, and every later phase is part
// of a snapshot. An error means that it was not begun.
func (s *Session) Execute(ctx context.Context, c model.Command) (model.OpID, error) {
	c.Traffic = maps.Clone(c.Traffic)
	if err := s.loop.do(ctx, func() { s.loop.freshen(c.Target) }); err != nil {
		return "", err
	}
	if err := model.Check(s.loop.feed.latest(), c); err != nil {
		return "", err
	}
	var id model.OpID
	var err error
	if posted := s.loop.do(ctx, func() { id, err = s.loop.begin(c) }); posted != nil {
		return "", posted
	}
	return id, err
}

// Undo takes an operation back while it is in its grace.
func (s *Session) Undo(ctx context.Context, id model.OpID) error {
	var err error
	if posted := s.loop.do(ctx, func() { err = s.loop.undo(id) }); posted != nil {
		return posted
	}
	return err
}

// Refresh asks for fresh data of a section, "" for all, as soon as the budget
// and the service's Retry-After allow.
func (s *Session) Refresh(ctx context.Context, section model.SectionKey) error {
	return s.loop.do(ctx, func() { s.loop.refresh(section) })
}

// Watch tells where the user's eyes are: what is polled first.
func (s *Session) Watch(ctx context.Context, focus model.Focus) error {
	return s.loop.do(ctx, func() { s.loop.look(focus) })
}

// Describe reads a resource as the wire has it.
func (s *Session) Describe(ctx context.Context, armID string) (json.RawMessage, error) {
	return s.loop.cloud.Describe(ctx, armID)
}

// Events reads who changed a resource since a moment of the service's time.
func (s *Session) Events(ctx context.Context, armID string, since time.Time) ([]model.Event, error) {
	return s.loop.cloud.Events(ctx, armID, since)
}

// Logs reads the newest lines of a deployment's container log.
func (s *Session) Logs(ctx context.Context, armID string, tail int) (string, error) {
	return s.loop.cloud.Logs(ctx, armID, tail)
}

// Capacity reads how many instances an online deployment may have.
func (s *Session) Capacity(ctx context.Context, armID string) (model.Capacity, error) {
	return s.loop.cloud.Capacity(ctx, armID)
}

// Inherit tells what is known of the targets of a workspace, in one of the
// sections computes and endpoints, from before this session first saw them, by
// their identity. Their meters go on from there.
func (s *Session) Inherit(ctx context.Context, key model.SectionKey, ws model.WorkspaceID, past map[string]model.Past) error {
	return s.loop.do(ctx, func() { s.loop.inherit(key, ws, past) })
}

// Close stops everything and waits for it. Operations under way stay in the
// journal.
func (s *Session) Close() error {
	s.cancel()
	s.loop.owner.Wait()
	return nil
}
