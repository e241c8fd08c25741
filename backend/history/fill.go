package history

import (
	"context"
	"fmt"

	"github.com/amltop/amltop/model"
)

// Fill vouches for a stretch of time in which nobody watched a target: a stop
// in the activity log, say. What was seen, and what was filled before, stays.
// The target has to be known.
func (s *Store) Fill(ctx context.Context, armID string, i model.Interval, source string, confidence Confidence) error {
	err := s.write(ctx, func(t *tx) error {
		id, have, err := t.present(armID)
		if err != nil {
			return err
		}
		if !have.known {
			return &model.Refusal{Class: model.ErrNotFound, Message: "no history of " + armID}
		}
		var part int64
		if _, err := t.one("SELECT part FROM target WHERE id = ?", []any{id}, &part); err != nil {
			return err
		}
		i.From, i.To = cut(i.From), cut(i.To)
		return t.fill(id, part, fill{i, source, confidence})
	})
	if err != nil {
		return fmt.Errorf("fill a gap: %w", err)
	}
	return nil
}

// fill writes what of a fill lies in nobody's sight, and adds it to sums that
// are complete already.
func (t *tx) fill(target, part int64, f fill) error {
	covered, err := t.windows("SELECT start, until FROM seen WHERE part = ? AND until > ? AND start < ?", part, f.From.UnixMilli(), f.To.UnixMilli())
	if err != nil {
		return err
	}
	filled, err := t.windows(`SELECT start, "end" FROM fill WHERE target = ? AND "end" > ? AND start < ?`, target, f.From.UnixMilli(), f.To.UnixMilli())
	if err != nil {
		return err
	}
	shape, err := t.shape(f.Billing)
	if err != nil {
		return err
	}
	settled, err := t.settled()
	if err != nil {
		return err
	}
	f.Billing = canonical(f.Billing)
	for _, w := range f.Without(append(covered, filled...)) {
		if err := t.exec(`INSERT INTO fill(target, start, "end", shape, source, confidence) VALUES(?, ?, ?, ?, ?, ?)`,
			target, w.From.UnixMilli(), w.To.UnixMilli(), shape, f.source, string(f.confidence)); err != nil {
			return err
		}
		if err := t.fillSums(target, part, shape, model.Interval{Window: w.And(model.Window{From: w.From, To: settled}), Billing: f.Billing}); err != nil {
			return err
		}
	}
	return nil
}

// lifeIn are the stretches in which a target was known, that touch a window.
const lifeIn = `SELECT start, "end" FROM interval WHERE target = ?1 AND "end" > ?2 AND start < ?3
	UNION ALL SELECT since, ?3 FROM target WHERE id = ?1 AND shape IS NOT NULL AND since < ?3`

// fillSums adds a fill to the sums that are complete.
func (t *tx) fillSums(target, part, shape int64, f model.Interval) error {
	if f.Empty() {
		return nil
	}
	life, err := t.windows(lifeIn, target, f.From.UnixMilli(), f.To.UnixMilli())
	if err != nil {
		return err
	}
	i := item{part: part, target: target, shape: shape, billing: &f.Billing}
	if _, err := t.one("SELECT kind FROM target WHERE id = ?", []any{target}, &i.kind); err != nil {
		return err
	}
	for _, s := range []struct {
		span   string
		period model.Period
		by     []By
	}{{"hour", model.Hourly, sums}, {"day", model.Daily, sums}, {"month", model.Monthly, []By{ByTarget}}} {
		y := newTally(f.Window, s.period, t.zone, s.by...)
		if err := t.loadParts(y); err != nil {
			return err
		}
		y.fill(i, f.Window, life)
		if err := t.save(s.span, y); err != nil {
			return err
		}
	}
	return nil
}

// fill counts in a stretch that was filled: it costs, and is no gap of the
// target's life any more.
func (y *tally) fill(i item, f model.Window, life []model.Window) {
	y.find(&i)
	for n, b := range y.buckets {
		w := f.And(model.Window{From: moment(b.from), To: moment(b.to)})
		if w.Empty() {
			continue
		}
		s := i.billing.Over(w.Millis(), 1)
		for _, l := range life {
			s.Unobserved -= l.And(w).Millis()
		}
		i.add(n, s)
	}
}

// addFills counts in what was filled in a window and nobody saw.
func (a *adder) addFills(w model.Window) error {
	type filled struct {
		item
		model.Window
	}
	var list []filled
	var i item
	var start, end int64
	err := a.each(`SELECT f.target, part, kind, f.shape, f.start, f."end" FROM fill f JOIN target ON target.id = f.target WHERE f."end" > ? AND f.start < ?`,
		[]any{w.From.UnixMilli(), w.To.UnixMilli()}, func() (err error) {
			if i.billing, err = a.billing(i.shape); err != nil || !a.has(&i) {
				return err
			}
			for _, left := range a.seen.unseen(i.part, model.Window{From: moment(start), To: moment(end)}.And(w)) {
				list = append(list, filled{i, left})
			}
			return nil
		}, &i.target, &i.part, &i.kind, &i.shape, &start, &end)
	if err != nil {
		return err
	}
	for _, f := range list {
		life, err := a.windows(lifeIn, f.target, f.From.UnixMilli(), f.To.UnixMilli())
		if err != nil {
			return err
		}
		a.tally.fill(f.item, f.Window, life)
	}
	return nil
}

// windows reads stretches of time.
func (t *tx) windows(query string, args ...any) ([]model.Window, error) {
	var list []model.Window
	var start, end int64
	err := t.each(query, args, func() error {
		list = append(list, model.Window{From: moment(start), To: moment(end)})
		return nil
	}, &start, &end)
	return list, err
}
