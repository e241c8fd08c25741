package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
)

// operationsRead is how many operations of the journal a report looks through.
const operationsRead = 5000

// pastOf asks history for what a report needs of a window.
func pastOf(ctx context.Context, store *history.Store, w model.Window) (model.ReportPast, error) {
	var p model.ReportPast
	began, err := store.Since(ctx)
	if err != nil || began.IsZero() || !began.Before(w.To) {
		return p, err // as of a world that ended: there is no past in this one
	}
	p.Began = began
	at := w.From
	if began.After(at) {
		at = began
	}
	if p.Then, err = store.DigestAt(ctx, at); err != nil {
		return p, err
	}
	if p.Turns, err = store.Turns(ctx, w); err != nil {
		return p, err
	}
	costs, err := store.Targets(ctx, history.Question{Window: w, Now: w.To})
	if err != nil {
		return p, err
	}
	for _, c := range costs {
		p.Costs = append(p.Costs, model.CostBar{Start: c.Start, Key: c.Key, Name: c.Name, Currency: c.Currency, Spend: c.Spend})
	}
	if p.Gaps, err = store.Unwatched(ctx, w, 2*history.DefaultTolerance); err != nil {
		return p, err
	}
	if p.Operations, err = store.Journal().Operations(ctx, operationsRead); err != nil {
		return p, err
	}
	saved, err := store.Savings(ctx)
	for _, s := range saved {
		to := s.To
		if s.By(w.To) > s.By(w.From) {
			p.Saved = append(p.Saved, model.ReportSaving{
				Target: s.Target, Name: s.Name, Reason: s.Reason, Goes: to.IsZero() || to.After(w.To),
				Amount: model.Amount{Money: s.By(w.To) - s.By(w.From), Currency: s.Currency},
			})
		}
	}
	return p, err
}

// matcher is a filter over targets; nil for an empty one.
func matcher(expr string) (func(*model.Spender) bool, error) {
	if expr == "" {
		return nil, nil
	}
	e, err := filter.Parse(expr, model.SpenderColumns())
	if err != nil {
		return nil, fmt.Errorf("filter: %w", err)
	}
	return func(p *model.Spender) bool { return e.Match(p) }, nil
}

// sinceWhen is the moment a text means: a stretch before now such as 24h or
// 7d, or a day, or a time.
func sinceWhen(text string, now time.Time, zone *time.Location) (time.Time, error) {
	if d, err := model.ParseDuration(text); err == nil && d > 0 {
		return now.Add(-d), nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return past(t, now, text)
		}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return past(t, now, text)
	}
	return time.Time{}, fmt.Errorf("%q is not a stretch of time such as 24h or 7d, or a day such as 2026-11-01", text)
}

// errFuture says that a moment has not come yet, by the cloud's time.
var errFuture = errors.New("is not in the past")

func past(t, now time.Time, text string) (time.Time, error) {
	if !t.Before(now) {
		return t, fmt.Errorf("%s %w: it is %s", text, errFuture, now.In(t.Location()).Format("2006-01-02 15:04"))
	}
	return t, nil
}
