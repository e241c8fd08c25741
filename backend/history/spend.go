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
	// Only leaves out what is not under all of these.
	Only []Key
	// Limit is how many of the dearest targets are named in each period, by
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

// Costs answers a question, in the order of time and cost, the dearest first.
// Most answers come from sums. Read from intervals, and slower the longer the
// window is, are keys combined, and targets by anything but the month; hours
// and days of targets are many rows. Targets whose VMs did not bill are left out.
func (s *Store) Costs(ctx context.Context, q Question) ([]Cost, error) {
	q.Window.To = q.end(s.o.Zone)
	var list []Cost
	err := s.ask(ctx, func(t *tx) error {
		sums := map[costKey]*Cost{}
		settled, err := t.settled()
		if err != nil || settled.IsZero() {
			return err
		}
		sc := scope{Window: model.Window{From: q.Period.Start(q.Window.From, s.o.Zone), To: settled}, only: q.Only}
		if !q.Now.IsZero() {
			sc.To = q.Now
		}
		if q.Window.To.Before(sc.To) {
			sc.To = q.Window.To
		}
		from, summed := q.sums()
		switch {
		case summed && q.By == ByTarget:
			sc.ended = settled
		case summed:
			sc.From = latest(sc.From, settled)
		}
		if summed {
			if err := t.storedCosts(q, from, s.o.Zone, sums); err != nil {
				return err
			}
		}
		if err := t.countedCosts(q, sc, s.o, sums); err != nil {
			return err
		}
		list = ordered(sums)
		if q.By != ByTarget {
			return nil
		}
		list = slices.DeleteFunc(list, func(c Cost) bool { return c.Units == 0 })
		list = dearest(list, q.Limit)
		return t.nameTargets(list)
	})
	if err != nil {
		return nil, fmt.Errorf("read costs: %w", err)
	}
	return list, nil
}

// Targets says what each target cost in a window as it stands, one cost each,
// the dearest first: the rows that a bar is made of, those that cost no more
// than their disk as well. It reads intervals.
func (s *Store) Targets(ctx context.Context, q Question) ([]Cost, error) {
	q.By = ByTarget
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
		sums := map[costKey]*Cost{}
		if err := t.fromTally(y, q, s.o.Zone, sums); err != nil {
			return err
		}
		list = dearest(ordered(sums), q.Limit)
		return t.nameTargets(list)
	})
	if err != nil {
		return nil, fmt.Errorf("read costs of targets: %w", err)
	}
	return list, nil
}

// end is where the last period ends that touches the window.
func (q Question) end(zone *time.Location) time.Time {
	start := q.Period.Start(q.Window.To, zone)
	if start.Equal(q.Window.To) {
		return start
	}
	return q.Period.Next(start, zone)
}

// slack is how long before now a part may have gone unseen.
func (q Question) slack(o Options) time.Duration {
	if q.Slack > 0 {
		return q.Slack
	}
	return 2 * o.Tolerance
}

// sums is what the stored sums that answer the question are kept by, and under
// which key; false if there are none.
func (q Question) sums() (only Key, ok bool) {
	switch {
	case q.By == ByTarget:
		return Key{By: ByTarget}, q.Period == model.Monthly && len(q.Only) == 0
	case len(q.Only) == 0:
		return Key{By: q.By}, true
	case len(q.Only) == 1 && q.Only[0].By != ByTarget:
		return q.Only[0], q.By == ByAll || q.By == q.Only[0].By
	default:
		return Key{}, false
	}
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

const sumColumns = "compute, compute_rest, idle, idle_rest, standing, standing_rest, unit_millis, unpriced_millis, unsure_millis, unobserved_millis"

func sumDest(s *model.Spend) []any {
	return []any{&s.Compute.Micros, &s.Compute.Rest, &s.Idle.Micros, &s.Idle.Rest, &s.Standing.Micros, &s.Standing.Rest,
		&s.Units, &s.Unpriced, &s.Unsure, &s.Unobserved}
}

// storedCosts reads sums. What they are kept by may be finer than what is asked for.
func (t *tx) storedCosts(q Question, by Key, zone *time.Location, sums map[costKey]*Cost) error {
	names := map[int64][2]string{}
	var start, key int64
	var currency string
	var s model.Spend
	query := "SELECT start, key, currency, " + sumColumns + " FROM sum WHERE span = ? AND by = ? AND start >= ? AND start < ?"
	args := []any{q.span(), string(by.By), q.Period.Start(q.Window.From, zone).UnixMilli(), q.Window.To.UnixMilli()}
	if len(q.Only) > 0 {
		query += " AND key = (SELECT id FROM word WHERE text = ?)"
		args = append(args, by.Key)
	}
	return t.each(query, args, func() error {
		name, ok := names[key]
		if !ok {
			var err error
			if name, err = t.keyName(q.By, key); err != nil {
				return err
			}
			names[key] = name
		}
		add(sums, costKey{q.start(start, zone), name[0], currency}, name[1], model.Spend{}.Plus(s)) // carries the rest
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
		pair[1] = called(by, pair[0])
	}
	return pair, err
}

// called is what people call a key.
func called(by By, key string) string {
	if by == ByWorkspace {
		return model.BaseName(key)
	}
	return key
}

// countedCosts adds up what there are no sums of.
func (t *tx) countedCosts(q Question, sc scope, o Options, sums map[costKey]*Cost) error {
	y := newTally(sc.Window, q.Period, o.Zone, q.By)
	if err := t.addUp(y, sc, q.slack(o)); err != nil {
		return err
	}
	return t.fromTally(y, q, o.Zone, sums)
}

func (t *tx) fromTally(y *tally, q Question, zone *time.Location, sums map[costKey]*Cost) error {
	for k, l := range y.lines {
		key, name := k.word, called(q.By, k.word)
		if q.By == ByTarget {
			key, name = strconv.FormatInt(k.target, 10), ""
		}
		for i, s := range l {
			if s != (model.Spend{}) {
				add(sums, costKey{y.buckets[i].start, key, k.currency}, name, s)
			}
		}
	}
	return nil
}
