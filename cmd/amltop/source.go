package main

import (
	"context"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
)

// source is what the screen knows of the world: the session of now, and the
// history of before. Without a history nothing is found and nothing kept.
type source struct {
	*backend.Session
	past *memory
	now  func() time.Time
}

// Costs asks history what was spent.
func (s source) Costs(ctx context.Context, q model.CostQuestion) (model.CostAnswer, error) {
	store, err := s.past.wait(ctx)
	if store == nil {
		return model.CostAnswer{}, err
	}
	now := s.now()
	if snap := s.Latest(); snap != nil {
		now = snap.Clock.At(now)
	}
	costs, err := store.Costs(ctx, history.Question{
		By: history.By(q.By), Period: q.Period, Window: q.Window, Now: now, Limit: q.Top,
	})
	if err != nil {
		return model.CostAnswer{}, err
	}
	a := model.CostAnswer{Bars: make([]model.CostBar, len(costs))}
	for i, c := range costs {
		a.Bars[i] = model.CostBar{Start: c.Start, Key: c.Key, Name: c.Name, Currency: c.Currency, Spend: c.Spend}
	}
	if len(costs) > 0 {
		a.Since = costs[0].Start
	}
	return a, nil
}

// Remember keeps a value of the screen's own.
func (s source) Remember(ctx context.Context, key string, value any) error {
	store, err := s.past.wait(ctx)
	if store == nil {
		return err
	}
	return store.Remember(ctx, key, value)
}

// Recall reads a value back.
func (s source) Recall(ctx context.Context, key string, value any) (bool, error) {
	store, err := s.past.wait(ctx)
	if store == nil {
		return false, err
	}
	return store.Recall(ctx, key, value)
}

// Visited notes that somebody looked.
func (s source) Visited(ctx context.Context, at time.Time, digest any) error {
	store, err := s.past.wait(ctx)
	if store == nil {
		return err
	}
	return store.Visited(ctx, at, digest)
}

// LastVisit is when somebody looked before.
func (s source) LastVisit(ctx context.Context, before time.Time, digest any) (time.Time, error) {
	store, err := s.past.wait(ctx)
	if store == nil {
		return time.Time{}, err
	}
	return store.LastVisit(ctx, before, digest)
}
