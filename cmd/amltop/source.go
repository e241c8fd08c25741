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
	now  func() time.Time
	zone *time.Location
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
	costs, err := s.ask(ctx, store, q, now)
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

// ask asks a store. The targets of a part of the fleet in one period are
// answered with those that cost no more than their disk: they are rows of that
// part. Of everything they are left out, where sums answer at once.
func (s source) ask(ctx context.Context, store *history.Store, q model.CostQuestion, now time.Time) ([]history.Cost, error) {
	hq := history.Question{By: history.By(q.By), Period: q.Period, Window: q.Window, Now: now, Limit: q.Top}
	for _, k := range q.Only {
		hq.Only = append(hq.Only, history.Key{By: history.By(k.By), Key: k.Key})
	}
	from := q.Window.From
	single := q.Period.Start(from, s.zone).Equal(from) && !q.Window.To.After(q.Period.Next(from, s.zone))
	if q.By == model.CostByTarget && len(q.Only) > 0 && single {
		return store.Targets(ctx, hq)
	}
	return store.Costs(ctx, hq)
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
