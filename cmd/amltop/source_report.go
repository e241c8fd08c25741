package main

import (
	"context"
	"time"

	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
)

// reportingSource is a source that can also say what happened since a moment.
type reportingSource struct {
	source
	budgets []*model.BudgetLine
}

// Report says what happened since a moment, by history and the newest snapshot.
func (s reportingSource) Report(ctx context.Context, since string, before time.Time) (*model.Report, error) {
	store, err := s.memory.wait(ctx)
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
	ask.Past.Gaps = untilSeen(ask.Past.Gaps, ask.Window.To, before)
	return model.NewReport(ask), nil
}

// untilSeen ends gaps that go on when a session began: it watches since then,
// and writes that down a little later.
func untilSeen(gaps []model.ReportGap, now, began time.Time) []model.ReportGap {
	kept := gaps[:0:0]
	for _, g := range gaps {
		if g.To.Equal(now) && began.Before(now) {
			g.To = began
		}
		if g.To.Sub(g.From) >= 2*history.DefaultTolerance {
			kept = append(kept, g)
		}
	}
	return kept
}
