package history

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// Tidy keeps the file bounded: old intervals shorter than a day become totals
// of their days, sums by the hour of old days go, and if the file is still too
// large, the oldest of everything goes, and that is logged. now is the cloud's
// time. Worth calling once an hour.
func (s *Store) Tidy(ctx context.Context, now time.Time) error {
	err := s.write(ctx, func(t *tx) error {
		settled, err := t.settled()
		if err != nil || settled.IsZero() {
			return err
		}
		old := now.Add(-s.o.Keep)
		if settled.Before(old) {
			old = settled
		}
		if err := t.rollUp(model.Daily.Start(old, s.o.Zone)); err != nil {
			return err
		}
		if err := t.exec("DELETE FROM sum WHERE span = 'hour' AND start < ?", now.Add(-s.o.KeepHours).UnixMilli()); err != nil {
			return err
		}
		return t.exec(`DELETE FROM operation WHERE final = 1 AND id IN
			(SELECT id FROM operation WHERE final = 1 ORDER BY asked DESC LIMIT -1 OFFSET ?)`, operationsKept)
	})
	if err == nil {
		err = s.shrink(ctx, now)
	}
	if err != nil {
		return fmt.Errorf("tidy history: %w", err)
	}
	return nil
}

// rollUp turns intervals shorter than a day that ended before a day into
// totals. Longer ones take no more room than their totals would.
func (t *tx) rollUp(before time.Time) error {
	type row struct{ target, part, start, end, shape int64 }
	var old []row
	var r row
	err := t.each(`SELECT target, part, start, "end", i.shape FROM interval i JOIN target ON id = i.target
		WHERE "end" <= ? AND "end" - start < 86400000`, []any{before.UnixMilli()}, func() error {
		old = append(old, r)
		return nil
	}, &r.target, &r.part, &r.start, &r.end, &r.shape)
	if err != nil || len(old) == 0 {
		return err
	}
	first := before.UnixMilli()
	for _, r := range old {
		first = min(first, r.start)
	}
	seen, err := t.loadSeen(model.Window{From: moment(first), To: before}, 0, nil)
	if err != nil {
		return err
	}
	for _, r := range old {
		for _, day := range model.Cut(model.Window{From: moment(r.start), To: moment(r.end)}, model.Daily, t.zone) {
			watched, _ := seen.parts[r.part].split(day.From.UnixMilli(), day.To.UnixMilli())
			if watched == 0 {
				continue
			}
			err := t.exec("INSERT INTO day_total(target, day, shape, millis) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET millis = millis + excluded.millis",
				r.target, model.Daily.Start(day.From, t.zone).UnixMilli(), r.shape, watched)
			if err != nil {
				return err
			}
		}
		if err := t.exec("DELETE FROM interval WHERE target = ? AND start = ?", r.target, r.start); err != nil {
			return err
		}
	}
	return nil
}

// Size is how many bytes of the file are in use.
func (s *Store) Size(ctx context.Context) (int64, error) {
	var n int64
	err := s.ask(ctx, func(t *tx) error {
		_, err := t.one(`SELECT (p.page_count - f.freelist_count) * z.page_size
		FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size z`, nil, &n)
		return err
	})
	return n, err
}

// shrink drops the oldest tenth of what is kept, day by day older than
// yesterday, until the file is small enough again.
func (s *Store) shrink(ctx context.Context, now time.Time) error {
	for {
		size, err := s.Size(ctx)
		if err != nil || size <= s.o.MaxBytes {
			return err
		}
		var before time.Time
		err = s.write(ctx, func(t *tx) error {
			var first *int64 // months go some time after their days, and would hold this up
			if _, err := t.one(`SELECT min(at) FROM (SELECT min("end") AS at FROM interval UNION ALL SELECT min("end") FROM fill
				UNION ALL SELECT min(day) FROM day_total
				UNION ALL SELECT min(start) FROM sum WHERE span <> 'month')`, nil, &first); err != nil || first == nil {
				return err
			}
			age := now.Sub(moment(*first))
			if age < 48*time.Hour {
				return nil
			}
			before = model.Daily.Start(moment(*first).Add(age/10+24*time.Hour), s.o.Zone)
			return t.drop(before.UnixMilli())
		})
		if err != nil {
			return err
		}
		if before.IsZero() {
			return fmt.Errorf("the file has %d MB and may have %d, and holds two days only; allow more", size>>20, s.o.MaxBytes>>20)
		}
		s.o.Logger.Warn("history outgrew its size, the oldest was dropped", "before", before.Format(time.DateOnly), "bytes", size, "max", s.o.MaxBytes)
		if _, err := s.file().db.ExecContext(ctx, "PRAGMA incremental_vacuum"); err != nil {
			return explain(err)
		}
	}
}

// drop forgets everything before a moment.
func (t *tx) drop(before int64) error {
	for _, q := range []string{
		`DELETE FROM interval WHERE "end" <= ?`, `DELETE FROM fill WHERE "end" <= ?`, "DELETE FROM day_total WHERE day < ?",
		"DELETE FROM sum WHERE span <> 'month' AND start < ?1", "DELETE FROM sum WHERE span = 'month' AND start < ?1 - 31 * 86400000", "DELETE FROM seen WHERE until <= ?",
		// The newest revision stays, so that none is given twice.
		"DELETE FROM target WHERE shape IS NULL AND since < ? AND rev < (SELECT max(rev) FROM target) AND id NOT IN (SELECT target FROM interval UNION SELECT target FROM day_total UNION SELECT target FROM saving)",
	} {
		if err := t.exec(q, before); err != nil {
			return err
		}
	}
	return nil
}
