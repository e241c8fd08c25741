package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/amltop/amltop/model"
)

// Past is what is known of the targets of a part in a window, by their ARM ids
// in lower case: what was observed, and what other evidence says of gaps.
func (s *Store) Past(ctx context.Context, key PartKey, w model.Window) (map[string]model.Past, error) {
	past := map[string]model.Past{}
	err := s.ask(ctx, func(t *tx) error {
		var part int64
		found, err := t.one("SELECT id FROM part WHERE section = ? AND workspace = ?", []any{string(key.Section), string(key.Workspace)}, &part)
		if !found || err != nil {
			return err
		}
		seen, err := t.windows("SELECT start, until FROM seen WHERE part = ? AND until > ? AND start < ? ORDER BY start", part, w.From.UnixMilli(), w.To.UnixMilli())
		if err != nil {
			return err
		}
		if n := len(seen) - 1; n >= 0 && seen[n].To.Before(w.To) && w.To.Sub(seen[n].To) <= s.o.Restart {
			seen[n].To = w.To // a restart this short is no gap
		}
		lives, err := t.lives(part, w)
		if err != nil {
			return err
		}
		for id, l := range lives {
			l.Seen = seen
			past[id] = l.past(w)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the past of %s: %w", model.BaseName(string(key.Workspace)), err)
	}
	return past, nil
}

// lives reads the intervals and fills of a part's targets.
func (t *tx) lives(part int64, w model.Window) (map[string]*Life, error) {
	lives := map[string]*Life{}
	var arm string
	var start, end, shape int64
	read := func(query string, of func(*Life) *[]model.Interval) error {
		return t.each(query, []any{part, w.From.UnixMilli(), w.To.UnixMilli()}, func() error {
			l := lives[arm]
			if l == nil {
				l = &Life{ID: arm}
				lives[arm] = l
			}
			b, err := t.shapeOf(shape)
			list := of(l)
			*list = append(*list, model.Interval{Window: model.Window{From: moment(start), To: moment(end)}.And(w), Billing: b})
			return err
		}, &arm, &start, &end, &shape)
	}
	err := read(`SELECT arm_id, start, "end", i.shape FROM target t JOIN interval i ON i.target = t.id WHERE part = ?1 AND "end" > ?2 AND start < ?3
		UNION ALL SELECT arm_id, since, ?3, shape FROM target WHERE part = ?1 AND shape IS NOT NULL AND since < ?3`,
		func(l *Life) *[]model.Interval { return &l.Intervals })
	if err == nil {
		err = read(`SELECT arm_id, start, "end", f.shape FROM target t JOIN fill f ON f.target = t.id WHERE part = ?1 AND "end" > ?2 AND start < ?3`,
			func(l *Life) *[]model.Interval { return &l.Fills })
	}
	return lives, err
}

// past is a life as a meter goes on from it.
func (l *Life) past(w model.Window) model.Past {
	billed, _ := model.Sift(l.Intervals, l.Seen, l.Fills)
	slices.SortFunc(billed, func(a, b model.Interval) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	var p model.Past
	at := map[model.Price]int{}
	for i := range billed {
		b := &billed[i]
		if b.Window = b.And(w); b.Empty() {
			continue
		}
		p.Known = append(p.Known, b.Window)
		if b.Units <= 0 {
			continue
		}
		n, ok := at[b.Price]
		if !ok {
			n = len(p.Meter)
			at[b.Price] = n
			p.Meter = append(p.Meter, model.Charge{Kind: model.ChargeCompute, Price: b.Price})
		}
		spans := p.Meter[n].Spans
		if last := len(spans) - 1; last >= 0 && spans[last].To.Equal(b.From) && spans[last].Units == b.Units {
			spans[last].To = b.To
			continue
		}
		p.Meter[n].Spans = append(spans, model.Span{From: b.From, To: b.To, Units: b.Units})
	}
	p.Known = model.Union(p.Known)
	return p
}
