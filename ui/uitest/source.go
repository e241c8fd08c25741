// Package uitest drives the program on the screen in tests: a source that is
// all memory, a fleet to look at, and a script that presses keys and reads the
// screen. It runs in a testing/synctest bubble, where time is the test's.
package uitest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/amltop/amltop/model"
)

// Grace is how long the source holds a command back.
const Grace = 5 * time.Second

// Source is a ui.Source in memory. It remembers what it was asked.
type Source struct {
	mu      sync.Mutex
	snap    *model.Snapshot
	changed chan struct{} // closed when there is a new snapshot
	ops     int

	executed  []model.Command
	undone    []model.OpID
	watched   []model.Focus
	refreshed []model.SectionKey
	described []string

	Refuse   error           // what Execute answers instead of beginning
	Resource json.RawMessage // what Describe answers
	LogText  string          // what Logs answers
	Log      []model.Event   // what Events answers
	LogErr   error
	Bounds   model.Capacity // what Capacity answers

	Memory // what it remembers and knows of the past
}

// NewSource is a source whose first snapshot is snap; nil: none until
// [Source.Publish].
func NewSource(snap *model.Snapshot) *Source {
	s := &Source{snap: snap, changed: make(chan struct{}), Resource: json.RawMessage(`{"name":"thing","properties":{"zeta":1,"alpha":"yes"}}`)}
	return s
}

// Publish makes the next snapshot from a copy of the last.
func (s *Source) Publish(change func(*model.Snapshot)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.publish(change)
}

func (s *Source) publish(change func(*model.Snapshot)) {
	next := &model.Snapshot{
		Seq: s.snap.Seq + 1, Clock: s.snap.Clock, Origin: s.snap.Origin,
		Subscriptions: s.snap.Subscriptions, Workspaces: s.snap.Workspaces, Clusters: s.snap.Clusters,
		Instances: s.snap.Instances, Attached: s.snap.Attached, Nodes: s.snap.Nodes, Jobs: s.snap.Jobs,
		Endpoints: s.snap.Endpoints, Deployments: s.snap.Deployments, Sizes: s.snap.Sizes, Quotas: s.snap.Quotas,
		Parts: s.snap.Parts, Operations: slices.Clone(s.snap.Operations), Held: s.snap.Held, Changes: s.snap.Changes,
		Budget: s.snap.Budget, ReadOnly: s.snap.ReadOnly,
	}
	change(next)
	s.snap = next.Seal()
	close(s.changed)
	s.changed = make(chan struct{})
}

// Next waits for a snapshot newer than after.
func (s *Source) Next(ctx context.Context, after uint64) (*model.Snapshot, error) {
	for {
		s.mu.Lock()
		snap, changed := s.snap, s.changed
		s.mu.Unlock()
		if snap != nil && snap.Seq > after {
			return snap, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for a snapshot: %w", ctx.Err())
		case <-changed:
		}
	}
}

// Execute begins an operation in its grace.
func (s *Source) Execute(_ context.Context, c model.Command) (model.OpID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Refuse != nil {
		return "", s.Refuse
	}
	s.executed = append(s.executed, c)
	s.ops++
	id := model.OpID(fmt.Sprintf("op%d", s.ops))
	now := s.snap.Clock.At(time.Now())
	op := &model.Operation{ID: id, Command: c, Phase: model.PhaseGrace, Asked: now, SendAt: now.Add(Grace)}
	s.publish(func(n *model.Snapshot) { n.Operations = append([]*model.Operation{op}, n.Operations...) })
	return id, nil
}

// Undo takes an operation back.
func (s *Source) Undo(_ context.Context, id model.OpID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.undone = append(s.undone, id)
	s.step(id, func(op *model.Operation) { op.Phase = model.PhaseUndone })
	return nil
}

// Hold keeps what is held, and forgets what is released.
func (s *Source) Hold(_ context.Context, held []model.Held, release []model.HeldID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Refuse != nil {
		return s.Refuse
	}
	list := slices.DeleteFunc(slices.Clone(s.snap.Held), func(h *model.Held) bool { return slices.Contains(release, h.ID) })
	for _, h := range held {
		s.ops++
		h.ID = model.HeldID(fmt.Sprintf("held%d", s.ops))
		list = append(list, &h)
	}
	s.publish(func(n *model.Snapshot) { n.Held = list })
	return nil
}

// Step changes an operation and publishes.
func (s *Source) Step(id model.OpID, change func(*model.Operation)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.step(id, change)
}

func (s *Source) step(id model.OpID, change func(*model.Operation)) {
	s.publish(func(n *model.Snapshot) {
		for i, op := range n.Operations {
			if op.ID == id {
				next := *op
				change(&next)
				n.Operations[i] = &next
			}
		}
	})
}

// Refresh remembers the section.
func (s *Source) Refresh(_ context.Context, section model.SectionKey) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refreshed = append(s.refreshed, section)
	return nil
}

// Watch remembers the focus.
func (s *Source) Watch(_ context.Context, f model.Focus) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watched = append(s.watched, f)
	return nil
}

// Describe answers Resource.
func (s *Source) Describe(_ context.Context, armID string) (json.RawMessage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.described = append(s.described, armID)
	return s.Resource, nil
}

// Events answers Log, or LogErr.
func (s *Source) Events(context.Context, string, time.Time) ([]model.Event, error) {
	return s.Log, s.LogErr
}

// Logs answers LogText.
func (s *Source) Logs(context.Context, string, int) (string, error) { return s.LogText, nil }

// Capacity answers Bounds.
func (s *Source) Capacity(context.Context, string) (model.Capacity, error) { return s.Bounds, nil }

// Executed are the commands that were begun, in order.
func (s *Source) Executed() []model.Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.executed)
}

// Undone are the operations taken back, in order.
func (s *Source) Undone() []model.OpID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.undone)
}

// Watched are the focuses told, in order.
func (s *Source) Watched() []model.Focus {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.watched)
}

// Refreshed are the sections asked for, in order.
func (s *Source) Refreshed() []model.SectionKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refreshed)
}
