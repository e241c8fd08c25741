package history

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// sums are what is added up for every hour and day.
var sums = []By{ByAll, BySubscription, ByWorkspace, ByOwner, BySize, ByKind}

// Settle adds up whole hours before a moment that are not added up yet, each
// by itself, so that nobody waits long for the file. The moment has to be so
// long ago that no observation of it is still to come: twice the tolerance.
func (s *Store) Settle(ctx context.Context, before time.Time) error {
	for more := true; more; {
		err := s.write(ctx, func(t *tx) error {
			more = false
			from, err := t.settled()
			if err != nil || from.IsZero() {
				return err
			}
			hour := model.Window{From: from, To: model.Hourly.Next(from, s.o.Zone)}
			if hour.To.After(before) {
				return nil
			}
			more = true
			return t.settle(hour)
		})
		if err != nil {
			return fmt.Errorf("add up hours: %w", err)
		}
	}
	return nil
}

// settle adds up one hour.
func (t *tx) settle(hour model.Window) error {
	y := newTally(hour, model.Hourly, t.zone, sums...)
	if err := t.addUp(y, scope{Window: hour}, 0); err != nil {
		return err
	}
	if err := t.save("hour", y); err != nil {
		return err
	}
	for i := range y.buckets {
		y.buckets[i].start = model.Daily.Start(hour.From, t.zone).UnixMilli()
	}
	if err := t.save("day", y); err != nil {
		return err
	}
	if err := t.settleTargets(hour); err != nil {
		return err
	}
	return t.exec("UPDATE settled SET until = ? WHERE id = 1", hour.To.UnixMilli())
}

// settleTargets adds to the sums of targets the intervals that ended in an
// hour, and what was filled in it.
func (t *tx) settleTargets(hour model.Window) error {
	var first *int64
	from, to := hour.From.UnixMilli(), hour.To.UnixMilli()
	if _, err := t.one(`SELECT min(start) FROM interval WHERE "end" > ? AND "end" <= ?`, []any{from, to}, &first); err != nil {
		return err
	}
	w := hour
	if first != nil && *first < from {
		w.From = moment(*first)
	}
	y := newTally(w, model.Monthly, t.zone, ByTarget)
	a, err := t.adder(y, scope{Window: w}, 0)
	if err != nil {
		return err
	}
	if err := a.addRows(closed+` WHERE i."end" > ? AND i."end" <= ?`, from, to); err != nil {
		return err
	}
	if err := a.addFills(hour); err != nil {
		return err
	}
	return t.save("month", y)
}

// save adds a tally to the sums in the file.
func (t *tx) save(span string, y *tally) error {
	for k, l := range y.lines {
		id := k.target
		for i, s := range l {
			if s == (model.Spend{}) {
				continue
			}
			if k.by != ByTarget && k.by != ByAll {
				var err error
				if id, err = t.word(k.word); err != nil {
					return err
				}
			}
			if err := t.saveSum(span, k, y.buckets[i].start, id, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) saveSum(span string, k lineKey, start, id int64, s model.Spend) error {
	return t.exec(`INSERT INTO sum VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
		compute = compute + excluded.compute, compute_rest = compute_rest + excluded.compute_rest,
		idle = idle + excluded.idle, idle_rest = idle_rest + excluded.idle_rest,
		standing = standing + excluded.standing, standing_rest = standing_rest + excluded.standing_rest,
		unit_millis = unit_millis + excluded.unit_millis, unpriced_millis = unpriced_millis + excluded.unpriced_millis,
		unsure_millis = unsure_millis + excluded.unsure_millis, unobserved_millis = unobserved_millis + excluded.unobserved_millis`,
		span, string(k.by), start, id, k.currency,
		int64(s.Compute.Micros), s.Compute.Rest, int64(s.Idle.Micros), s.Idle.Rest, int64(s.Standing.Micros), s.Standing.Rest,
		s.Units, s.Unpriced, s.Unsure, s.Unobserved)
}
