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
	*memory
	now func() time.Time
}

// Costs asks history what was spent.
func (s source) Costs(ctx context.Context, q model.CostQuestion) (model.CostAnswer, error) {
	store, err := s.wait(ctx)
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
	if a.Since, err = store.Since(ctx); err != nil || q.By != model.CostByAll {
		return a, err
	}
	a.Saved, err = saved(ctx, store, now)
	return a, err
}

// saved is what stops and scaling to zero have saved so far.
func saved(ctx context.Context, store *history.Store, now time.Time) ([]model.Saved, error) {
	list, err := store.Savings(ctx)
	spans := make([]model.SavedSpan, len(list))
	for i, v := range list {
		spans[i] = model.SavedSpan{Window: model.Window{From: v.From, To: v.To}, Reason: v.Reason, Currency: v.Currency, Rate: v.Rate}
	}
	return model.SumSaved(spans, now), err
}
