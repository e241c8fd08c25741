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
	day := model.Daily.Start(hour.From, t.zone).UnixMilli()
	if err := t.exec(fold("'day'", "?1")+"span = 'hour' AND by <> 'target' AND start = ?2"+folded, day, y.buckets[0].start); err != nil {
		return err
	}
	if next := model.Daily.Next(hour.From, t.zone); next.Equal(hour.To) {
		if err := t.foldDays(next); err != nil {
			return err
		}
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
	if err := a.addRows(closed+` WHERE "end" > ? AND "end" <= ?`, from, to); err != nil {
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
		var id int64
		if k.by != ByAll {
			var err error
			if id, err = t.word(k.word); err != nil {
				return err
			}
		}
		if err := t.saveLine(span, k.by, id, k.currency, y.buckets, l); err != nil {
			return err
		}
	}
	for currency, n := range y.near {
		for id, l := range n.targets {
			if err := t.saveLine(span, ByTarget, int64(id), currency, y.buckets, l); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) saveLine(span string, by By, key int64, currency string, buckets []bucket, l line) error {
	for i, s := range l {
		if s == (model.Spend{}) {
			continue
		}
		err := t.exec("INSERT INTO sum VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"+folded,
			span, string(by), buckets[i].start, key, currency,
			int64(s.Compute.Micros), s.Compute.Rest, int64(s.Idle.Micros), s.Idle.Rest, int64(s.Standing.Micros), s.Standing.Rest,
			s.Units, s.Unpriced, s.Unsure, s.Unobserved)
		if err != nil {
			return err
		}
	}
	return nil
}

// foldDays adds the days before a moment to their months.
func (t *tx) foldDays(before time.Time) error {
	months, err := t.months()
	if err != nil {
		return err
	}
	var day int64
	var days []int64
	if err := t.each("SELECT DISTINCT start FROM sum WHERE span = 'day' AND by = 'all' AND start >= ? AND start < ?", []any{months, before.UnixMilli()},
		func() error { days = append(days, day); return nil }, &day); err != nil {
		return err
	}
	for _, day := range days {
		month := model.Monthly.Start(moment(day).Add(12*time.Hour), t.zone).UnixMilli()
		if err := t.exec(fold("'month'", "?1")+"span = 'day' AND by <> 'target' AND start = ?2"+folded, month, day); err != nil {
			return err
		}
	}
	return t.exec("UPDATE settled SET months = ? WHERE id = 1", before.UnixMilli())
}

// months is up to when sums of days are part of those of months.
func (t *tx) months() (ms int64, err error) {
	_, err = t.one("SELECT months FROM settled", nil, &ms)
	return ms, err
}

// fold and folded are around the condition on the sums that are added to those
// of a longer span.
func fold(span, start string) string {
	return "INSERT INTO sum SELECT " + span + ", by, " + start + ", key, currency, " + sumColumns + " FROM sum WHERE "
}

const folded = ` ON CONFLICT DO UPDATE SET
	compute = compute + excluded.compute, compute_rest = compute_rest + excluded.compute_rest,
	idle = idle + excluded.idle, idle_rest = idle_rest + excluded.idle_rest,
	standing = standing + excluded.standing, standing_rest = standing_rest + excluded.standing_rest,
	unit_millis = unit_millis + excluded.unit_millis, unpriced_millis = unpriced_millis + excluded.unpriced_millis,
	unsure_millis = unsure_millis + excluded.unsure_millis, unobserved_millis = unobserved_millis + excluded.unobserved_millis`
