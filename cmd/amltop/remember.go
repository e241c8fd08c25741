package main

import (
	"context"
	"time"
)

// Remember keeps a value: the screen's own, or a bill that the session read.
// Without a history nothing is kept.
func (m *memory) Remember(ctx context.Context, key string, value any) error {
	store, err := m.wait(ctx)
	if store == nil {
		return err
	}
	return store.Remember(ctx, key, value)
}

// Recall reads a value back.
func (m *memory) Recall(ctx context.Context, key string, value any) (bool, error) {
	store, err := m.wait(ctx)
	if store == nil {
		return false, err
	}
	return store.Recall(ctx, key, value)
}

// Visited notes that somebody looked.
func (m *memory) Visited(ctx context.Context, at time.Time, digest any) error {
	store, err := m.wait(ctx)
	if store == nil {
		return err
	}
	return store.Visited(ctx, at, digest)
}

// LastVisit is when somebody looked before.
func (m *memory) LastVisit(ctx context.Context, before time.Time, digest any) (time.Time, error) {
	store, err := m.wait(ctx)
	if store == nil {
		return time.Time{}, err
	}
	return store.LastVisit(ctx, before, digest)
}
