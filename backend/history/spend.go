package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
)

// Question is what a cost pane asks.
type Question struct {
	By     By
	Period model.Period // Hourly reaches back as far as Options.KeepHours
	Window model.Window // whole periods that touch it are answered
	// Now is the cloud's time up to which hours that are not yet complete are
	// counted in. Zero leaves them out.
	Now time.Time
	// Slack is how long before Now a part may last have been seen without
	// that being a gap yet. 0 is twice the store's tolerance.
	Slack time.Duration
	// Limit is how many of the dearest targets are named in each month, by
	// target. 0 is all.
	Limit int
}

// Cost is one bar of a chart.
type Cost struct {
	Start    time.Time // of the period
	Key      string    // see [By]; for ByTarget the ARM id in lower case
	Name     string    // for ByTarget and ByWorkspace; else "" or the key
	Currency string    // ISO 4217
	model.Spend
}

// Costs answers a question from sums, in the order of time and cost, the
// dearest first. By target there are sums by the month only.
func (s *Store) Costs(ctx context.Context, q Question) ([]Cost, error) {
	if q.By == ByTarget && q.Period != model.Monthly {
		return nil, fmt.Errorf("costs of targets are added up by the month; ask Targets for other windows")
	}
	var list []Cost
	err := s.ask(ctx, func(t *tx) error {
		sums := map[costKey]*Cost{}
		if err := t.storedCosts(q, s.o.Zone, sums); err != nil {
			return err
		}
		if err := t.openCosts(q, s.o, sums); err != nil {
			return err
		}
		list = ordered(sums)
		if q.By != ByTarget {
			return nil
		}
		list = dearest(list, q.Limit)
		return t.nameTargets(list)
	})
	if err != nil {
		return nil, fmt.Errorf("read costs: %w", err)
	}
	return list, nil
}

// ordered are the sums in the order of time and cost.
func ordered(sums map[costKey]*Cost) []Cost {
	list := make([]Cost, 0, len(sums))
	for _, c := range sums {
		if c.Spend != (model.Spend{}) {
			list = append(list, *c)
		}
	}
	slices.SortFunc(list, func(a, b Cost) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(b.Total(), a.Total()), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

// dearest are the first so many of each period; 0 is all.
func dearest(list []Cost, limit int) []Cost {
	n, last := 0, time.Time{}
	return slices.DeleteFunc(list, func(c Cost) bool {
		if !c.Start.Equal(last) {
			n, last = 0, c.Start
		}
		n++
		return limit > 0 && n > limit
	})
}

// nameTargets puts names in the place of targets' numbers.
func (t *tx) nameTargets(list []Cost) error {
	for i := range list {
		c := &list[i]
		if _, err := t.one("SELECT arm_id, name FROM target WHERE id = ?", []any{c.Key}, &c.Key, &c.Name); err != nil {
			return err
		}
	}
	return nil
}

type costKey struct {
	start         int64
	key, currency string
}

func (q Question) span() string {
	switch {
	case q.By == ByTarget:
		return "month"
	case q.Period == model.Hourly:
		return "hour"
	default:
		return "day"
	}
}

// start is when the period of a stored span began. Days are told by their
// noon, which no change of clocks takes into another month.
func (q Question) start(ms int64, zone *time.Location) int64 {
	if q.Period == model.Monthly && q.By != ByTarget {
		return model.Monthly.Start(moment(ms).Add(12*time.Hour), zone).UnixMilli()
	}
	return ms
}

func add(sums map[costKey]*Cost, k costKey, name string, s model.Spend) {
	c := sums[k]
	if c == nil {
		c = &Cost{Start: moment(k.start), Key: k.key, Name: name, Currency: k.currency}
		sums[k] = c
	}
	c.Spend = c.Plus(s)
}

const sumColumns = "sum(compute), sum(compute_rest), sum(idle), sum(idle_rest), sum(standing), sum(standing_rest), sum(unit_millis), sum(unpriced_millis), sum(unsure_millis), sum(unobserved_millis)"

func sumDest(s *model.Spend) []any {
	return []any{&s.Compute.Micros, &s.Compute.Rest, &s.Idle.Micros, &s.Idle.Rest, &s.Standing.Micros, &s.Standing.Rest,
		&s.Units, &s.Unpriced, &s.Unsure, &s.Unobserved}
}

// storedCosts reads sums of complete hours.
func (t *tx) storedCosts(q Question, zone *time.Location, sums map[costKey]*Cost) error {
	names := map[int64][2]string{}
	var start, key int64
	var currency string
	var s model.Spend
	from := q.Period.Start(q.Window.From, zone)
	return t.each("SELECT start, key, currency, "+sumColumns+" FROM sum WHERE span = ? AND by = ? AND start >= ? AND start < ? GROUP BY start, key, currency",
		[]any{q.span(), string(q.By), from.UnixMilli(), q.Window.To.UnixMilli()}, func() error {
			name, ok := names[key]
			if !ok {
				var err error
				if name, err = t.keyName(q.By, key); err != nil {
					return err
				}
				names[key] = name
			}
			whole := model.Spend{}.Plus(s) // carries the rest
			add(sums, costKey{q.start(start, zone), name[0], currency}, name[1], whole)
			return nil
		}, append([]any{&start, &key, &currency}, sumDest(&s)...)...)
}

// keyName is what a key stands for, and what people call it.
func (t *tx) keyName(by By, key int64) (pair [2]string, err error) {
	switch by {
	case ByAll:
	case ByTarget:
		pair[0] = strconv.FormatInt(key, 10) // named when it is known which are shown
	default:
		_, err = t.one("SELECT text FROM word WHERE id = ?", []any{key}, &pair[0])
		pair[1] = pair[0]
		if by == ByWorkspace {
			pair[1] = model.BaseName(pair[0])
		}
	}
	return pair, err
}

// openCosts adds up what is not complete yet.
func (t *tx) openCosts(q Question, o Options, sums map[costKey]*Cost) error {
	settled, err := t.settled()
	if err != nil || settled.IsZero() {
		return err
	}
	w := model.Window{From: latest(settled, q.Period.Start(q.Window.From, o.Zone)), To: q.Window.To}
	if q.Now.Before(w.To) {
		w.To = q.Now
	}
	y := newTally(o.Zone)
	y.only = func(span string, by By) bool { return span == q.span() && by == q.By }
	slack := q.Slack
	if slack <= 0 {
		slack = 2 * o.Tolerance
	}
	if err := t.addUp(y, w, slack); err != nil {
		return err
	}
	for k, s := range y.sums {
		name := [2]string{k.word, k.word}
		switch q.By {
		case ByTarget:
			if name, err = t.keyName(q.By, k.target); err != nil {
				return err
			}
		case ByWorkspace:
			name[1] = model.BaseName(k.word)
		}
		add(sums, costKey{q.start(k.start, o.Zone), name[0], k.currency}, name[1], s)
	}
	return nil
}
