package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"time"

	"github.com/amltop/amltop/model"
)

// Targets says what each target cost in a window as it stands, one cost each,
// the dearest first: the rows that a bar is made of, those that cost no more
// than their disk as well. It reads intervals.
func (s *Store) Targets(ctx context.Context, q Question) ([]Cost, error) {
	var list []Cost
	err := s.ask(ctx, func(t *tx) error {
		settled, err := t.settled()
		if err != nil || settled.IsZero() {
			return err
		}
		sc := scope{Window: q.Window, only: q.Only}
		if now := latest(q.Now, settled); now.Before(sc.To) {
			sc.To = now
		}
		y := newTally(sc.Window, model.Monthly, s.o.Zone, ByTarget)
		y.buckets = []bucket{{sc.From.UnixMilli(), sc.To.UnixMilli(), sc.From.UnixMilli()}}
		if err := t.addUp(y, sc, q.slack(s.o)); err != nil {
			return err
		}
		list = y.dearest(q.Limit, true)
		return t.nameTargets(list)
	})
	if err != nil {
		return nil, fmt.Errorf("read costs of targets: %w", err)
	}
	return list, nil
}

// targetCosts answers a question about targets. By the month there are sums of
// the intervals that were over when hours were added up.
func (t *tx) targetCosts(q Question, sc scope, settled time.Time, o Options) ([]Cost, error) {
	y := newTally(sc.Window, q.Period, o.Zone, ByTarget)
	if q.Period == model.Monthly && len(q.Only) == 0 {
		sc.ended = settled
		var start, key int64
		var currency string
		var s model.Spend
		err := t.each("SELECT start, key, currency, "+sumColumns+" FROM sum WHERE span = 'month' AND by = 'target' AND start >= ? AND start < ?",
			[]any{sc.From.UnixMilli(), sc.To.UnixMilli()}, func() error {
				for i, b := range y.buckets {
					if b.start == start {
						l := y.target(y.of(t.known.same(currency)), key)
						l[i] = l[i].Plus(s)
					}
				}
				return nil
			}, append([]any{&start, &key, &currency}, sumDest(&s)...)...)
		if err != nil {
			return nil, err
		}
	}
	if err := t.addUp(y, sc, q.slack(o)); err != nil {
		return nil, err
	}
	list := y.dearest(q.Limit, false)
	return list, t.nameTargets(list)
}

// dearest are the first so many targets of each bucket; 0 is all. Those whose
// VMs did not bill may be left out.
func (y *tally) dearest(limit int, standing bool) []Cost {
	type rank struct {
		total model.Money
		id    int
		in    string // currency
	}
	var list []Cost
	for i, b := range y.buckets {
		var ranks []rank
		for currency, n := range y.near {
			for id, l := range n.targets {
				if l != nil && (l[i].Units > 0 || standing && l[i] != (model.Spend{})) {
					ranks = append(ranks, rank{l[i].Total(), id, currency})
				}
			}
		}
		slices.SortFunc(ranks, func(a, b rank) int {
			return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(a.id, b.id), cmp.Compare(a.in, b.in))
		})
		if limit > 0 && len(ranks) > limit {
			ranks = ranks[:limit]
		}
		for _, r := range ranks {
			list = append(list, Cost{Start: moment(b.start), id: int64(r.id), Currency: r.in, Spend: y.near[r.in].targets[r.id][i]})
		}
	}
	return list
}

// nameTargets says which targets costs are of.
func (t *tx) nameTargets(list []Cost) error {
	for i := range list {
		c := &list[i]
		if _, err := t.one("SELECT arm_id, name FROM target WHERE id = ?", []any{c.id}, &c.Key, &c.Name); err != nil {
			return err
		}
	}
	return nil
}
