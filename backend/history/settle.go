package history

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// settleAtOnce is how many hours are added up in one transaction, so that
// nobody waits long for the file.
const settleAtOnce = 6

// Settle adds up whole hours before a moment that are not added up yet. The
// moment has to be so long ago that no observation of it is still to come:
// twice the tolerance.
func (s *Store) Settle(ctx context.Context, before time.Time) error {
	for {
		more := false
		err := s.write(ctx, func(t *tx) error {
			from, err := t.settled()
			if err != nil || from.IsZero() {
				return err
			}
			to := model.Hourly.Start(before, s.o.Zone)
			hours := model.Cut(model.Window{From: from, To: to}, model.Hourly, s.o.Zone)
			if len(hours) == 0 {
				return nil
			}
			if len(hours) > settleAtOnce {
				hours, more = hours[:settleAtOnce], true
			}
			w := model.Window{From: from, To: hours[len(hours)-1].To}
			y := newTally(s.o.Zone)
			if err := t.addUp(y, w, 0); err != nil {
				return err
			}
			if err := t.save(y); err != nil {
				return err
			}
			return t.exec("UPDATE settled SET until = ? WHERE id = 1", w.To.UnixMilli())
		})
		if err != nil {
			return fmt.Errorf("add up hours: %w", err)
		}
		if !more {
			return nil
		}
	}
}

// addUp counts everything in a window into a tally. slack is how long a part
// may have gone unseen at the end of the window before that counts as a gap.
func (t *tx) addUp(y *tally, w model.Window, slack time.Duration) error {
	if w.Empty() {
		return nil
	}
	if err := errors.Join(t.loadParts(y), t.loadShapes()); err != nil {
		return err
	}
	seen, err := t.loadSeen(w, slack)
	if err != nil {
		return err
	}
	buckets := y.buckets(w)
	for _, step := range []func(*tally, watch, model.Window, []bucket) error{t.addSteady, t.addSteadyTargets, t.addChanged, t.addClosed, t.addFills} {
		if err := step(y, seen, w, buckets); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) loadParts(y *tally) error {
	var id int64
	var p partInfo
	return t.each("SELECT id, workspace, subscription FROM part", nil, func() error {
		y.parts[id] = p
		return nil
	}, &id, &p.workspace, &p.subscription)
}

// addSteady counts in the targets that did not change since before the window,
// by groups of those that are alike.
func (t *tx) addSteady(y *tally, seen watch, w model.Window, buckets []bucket) error {
	var i item
	var shape, n int64
	return t.each("SELECT part, kind, shape, count(*) FROM target WHERE shape IS NOT NULL AND since <= ? GROUP BY part, kind, shape",
		[]any{w.From.UnixMilli()}, func() error {
			b, err := t.billing(shape)
			i.billing = &b
			for _, k := range buckets {
				y.add(k, i, seen.spend(i, k.From.UnixMilli(), k.To.UnixMilli(), int(n)))
			}
			return err
		}, &i.part, &i.kind, &shape, &n)
}

// addSteadyTargets counts those that bill again, one by one, for their ranking.
func (t *tx) addSteadyTargets(y *tally, seen watch, w model.Window, buckets []bucket) error {
	if y.only != nil && !y.only("month", ByTarget) {
		return nil
	}
	var i item
	var shape int64
	return t.each("SELECT id, part, kind, shape FROM target WHERE billing = 1 AND since <= ?", []any{w.From.UnixMilli()}, func() error {
		b, err := t.billing(shape)
		i.billing = &b
		for _, k := range buckets {
			y.addTarget(k, i, seen.spend(i, k.From.UnixMilli(), k.To.UnixMilli(), 1))
		}
		return err
	}, &i.target, &i.part, &i.kind, &shape)
}

// addChanged counts in present intervals that began in the window.
func (t *tx) addChanged(y *tally, seen watch, w model.Window, buckets []bucket) error {
	return t.addIntervals(y, seen, buckets,
		"SELECT id, part, kind, shape, since, ? FROM target WHERE since > ? AND since < ? AND shape IS NOT NULL",
		w.To.UnixMilli(), w.From.UnixMilli(), w.To.UnixMilli())
}

// addClosed counts in intervals that ended in the window or after it.
func (t *tx) addClosed(y *tally, seen watch, w model.Window, buckets []bucket) error {
	return t.addIntervals(y, seen, buckets,
		`SELECT target, part, kind, i.shape, start, "end" FROM interval i JOIN target ON target.id = i.target WHERE "end" > ? AND start < ?`,
		w.From.UnixMilli(), w.To.UnixMilli())
}

func (t *tx) addIntervals(y *tally, seen watch, buckets []bucket, query string, args ...any) error {
	var i item
	var shape, start, end int64
	return t.each(query, args, func() error {
		b, err := t.billing(shape)
		i.billing = &b
		for _, k := range buckets {
			from, to := max(start, k.From.UnixMilli()), min(end, k.To.UnixMilli())
			if from < to {
				s := seen.spend(i, from, to, 1)
				y.add(k, i, s)
				y.addTarget(k, i, s)
			}
		}
		return err
	}, &i.target, &i.part, &i.kind, &shape, &start, &end)
}

// save adds a tally to the sums in the file.
func (t *tx) save(y *tally) error {
	for k, s := range y.sums {
		id := k.target
		if k.by != ByTarget && k.by != ByAll {
			var err error
			if id, err = t.word(k.word); err != nil {
				return err
			}
		}
		err := t.exec(`INSERT INTO sum VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
			compute = compute + excluded.compute, compute_rest = compute_rest + excluded.compute_rest,
			idle = idle + excluded.idle, idle_rest = idle_rest + excluded.idle_rest,
			standing = standing + excluded.standing, standing_rest = standing_rest + excluded.standing_rest,
			unit_millis = unit_millis + excluded.unit_millis, unpriced_millis = unpriced_millis + excluded.unpriced_millis,
			unsure_millis = unsure_millis + excluded.unsure_millis, unobserved_millis = unobserved_millis + excluded.unobserved_millis`,
			k.span, string(k.by), k.start, id, k.currency,
			int64(s.Compute.Micros), s.Compute.Rest, int64(s.Idle.Micros), s.Idle.Rest, int64(s.Standing.Micros), s.Standing.Rest,
			s.Units, s.Unpriced, s.Unsure, s.Unobserved)
		if err != nil {
			return err
		}
	}
	return nil
}
