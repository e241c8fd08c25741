package backend

import (
	"context"
	"errors"
	"sync"

	"github.com/amltop/amltop/model"
)

// ErrClosed says that a session was closed.
var ErrClosed = errors.New("session closed")

// feed hands on the newest snapshot. Publishing never blocks: a snapshot nobody
// fetched is replaced by the next.
type feed struct {
	mu     sync.Mutex
	newest *model.Snapshot
	fresh  chan struct{} // closed when there is something newer
	closed bool
}

func newFeed() *feed { return &feed{fresh: make(chan struct{})} }

func (f *feed) publish(s *model.Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return
	}
	f.newest = s
	close(f.fresh)
	f.fresh = make(chan struct{})
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed = true
		close(f.fresh)
	}
}

// latest is the newest snapshot so far, or nil.
func (f *feed) latest() *model.Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.newest
}

// next waits for a snapshot with a sequence number greater than after.
func (f *feed) next(ctx context.Context, after uint64) (*model.Snapshot, error) {
	for {
		f.mu.Lock()
		newest, fresh, closed := f.newest, f.fresh, f.closed
		f.mu.Unlock()
		switch {
		case closed:
			return nil, ErrClosed
		case newest != nil && newest.Seq > after:
			return newest, nil
		}
		select {
		case <-fresh:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
