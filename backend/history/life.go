package history

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// Life is what is known of one target in a window.
type Life struct {
	ID, Kind, Name string
	Workspace      model.WorkspaceID
	Intervals      []model.Interval // as observed, over gaps as well
	Seen           []model.Window   // when anybody watched
	Fills          []model.Interval // what other evidence says of the rest
	Totals         []model.Interval // of old days: as long as was observed that day, from its beginning
}

// Spend is what the target cost in a window, exactly, and its gaps.
func (l *Life) Spend(w model.Window) model.Spend {
	billed, gaps := model.Sift(l.Intervals, l.Seen, l.Fills)
	return model.Accrue(append(billed, l.Totals...), gaps, w)
}

// Gaps is when nobody knows how the target was.
func (l *Life) Gaps() []model.Window {
	_, gaps := model.Sift(l.Intervals, l.Seen, l.Fills)
	return gaps
}

// Life reads what is known of a target in a window; the present interval is
// taken to last until the window's end.
func (s *Store) Life(ctx context.Context, armID string, w model.Window) (Life, error) {
	l := Life{ID: armID}
	err := s.ask(ctx, func(t *tx) error {
		id, have, err := t.present(armID)
		if err != nil || !have.known {
			return err
		}
		var part int64
		if _, err := t.one("SELECT t.part, t.kind, t.name, p.workspace FROM target t JOIN part p ON p.id = t.part WHERE t.id = ?",
			[]any{id}, &part, &l.Kind, &l.Name, &l.Workspace); err != nil {
			return err
		}
		return t.life(&l, id, part, w)
	})
	if err != nil {
		return l, fmt.Errorf("read the history of %s: %w", model.BaseName(armID), err)
	}
	return l, nil
}

func (t *tx) life(l *Life, id, part int64, w model.Window) (err error) {
	from, to := w.From.UnixMilli(), w.To.UnixMilli()
	l.Intervals, err = t.intervals(`SELECT start, "end", shape FROM interval WHERE target = ?1 AND "end" > ?2 AND start < ?3
		UNION ALL SELECT since, ?3, shape FROM target WHERE id = ?1 AND shape IS NOT NULL AND since < ?3 ORDER BY start`, id, from, to)
	if err != nil {
		return err
	}
	l.Seen, err = t.windows("SELECT start, until FROM seen WHERE part = ? AND until > ? AND start < ? ORDER BY start", part, from, to)
	if err != nil {
		return err
	}
	l.Fills, err = t.intervals(`SELECT start, "end", shape FROM fill WHERE target = ? AND "end" > ? AND start < ? ORDER BY start`, id, from, to)
	if err != nil {
		return err
	}
	l.Totals, err = t.intervals("SELECT day, day + millis, shape FROM day_total WHERE target = ? AND day + millis > ? AND day < ? ORDER BY day", id, from, to)
	return err
}

// intervals reads state intervals.
func (t *tx) intervals(query string, args ...any) ([]model.Interval, error) {
	var list []model.Interval
	var start, end, shape int64
	err := t.each(query, args, func() error {
		b, err := t.shapeOf(shape)
		list = append(list, model.Interval{Window: model.Window{From: moment(start), To: moment(end)}, Billing: b})
		return err
	}, &start, &end, &shape)
	return list, err
}

// Gap is a stretch in which a part was not watched.
type Gap struct {
	Part
	model.Window
}

// Gaps lists when the parts were not watched between a moment and the newest
// observation of each, and is what "unobserved 7 h" is made of.
func (s *Store) Gaps(ctx context.Context, since time.Time) ([]Gap, error) {
	var list []Gap
	err := s.ask(ctx, func(t *tx) error {
		var g Gap
		var start, end int64
		return t.each(`SELECT section, workspace, workspace_name, subscription, until, next FROM
			(SELECT part, until, lead(start) OVER (PARTITION BY part ORDER BY start) AS next FROM seen)
			JOIN part ON part.id = part WHERE next > ? ORDER BY until, part`, []any{since.UnixMilli()}, func() error {
			g.Window = model.Window{From: latest(moment(start), since), To: moment(end)}
			list = append(list, g)
			return nil
		}, &g.Section, &g.Workspace, &g.Name, &g.Subscription, &start, &end)
	})
	if err != nil {
		return nil, fmt.Errorf("read gaps: %w", err)
	}
	return list, nil
}
