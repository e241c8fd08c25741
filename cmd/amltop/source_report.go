package main

import (
	"context"
	"time"

	"github.com/amltop/amltop/model"
)

// reportingSource is a source that can also say what happened since a moment.
type reportingSource struct {
	source
	zone    *time.Location
	budgets []*model.BudgetLine
}

// Report says what happened since a moment, by history and the newest snapshot.
func (s reportingSource) Report(ctx context.Context, since string, before time.Time) (*model.Report, error) {
	store, err := s.past.wait(ctx)
	snap := s.Latest()
	if store == nil || snap == nil {
		return nil, err
	}
	ask := model.ReportAsk{Snap: snap, Zone: s.zone, Budgets: s.budgets, Window: model.Window{To: snap.Clock.At(s.now())}}
	if since == sinceVisit {
		var kept visit
		if ask.Window.From, err = store.LastVisit(ctx, before, &kept); err != nil || ask.Window.From.IsZero() {
			return nil, err
		}
		ask.Visit = true
	} else if ask.Window.From, err = sinceWhen(since, ask.Window.To, s.zone); err != nil {
		return nil, err
	}
	if ask.Past, err = pastOf(ctx, store, ask.Window); err != nil {
		return nil, err
	}
	return model.NewReport(ask), nil
}
