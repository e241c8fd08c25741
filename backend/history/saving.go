package history

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// Reasons of a [Saving].
const (
	SavedByStop        = "stop"
	SavedByScaleToZero = "scale to zero"
)

// Saving is what a stop, or scaling to zero, saves as long as it lasts: it
// begins and ends with what is observed.
type Saving struct {
	Target   string // ARM id in lower case
	Name     string
	From, To time.Time   // zero To: it goes on
	Reason   string      // [SavedByStop], [SavedByScaleToZero]
	Rate     model.Money // an hour
	Currency string
}

// By is what it had saved by a moment.
func (v Saving) By(at time.Time) model.Money {
	if !v.To.IsZero() && v.To.Before(at) {
		at = v.To
	}
	return v.Rate.For(at.Sub(v.From))
}

// Savings lists every saving, newest first.
func (s *Store) Savings(ctx context.Context) ([]Saving, error) {
	var list []Saving
	var v Saving
	var start int64
	var end *int64
	err := s.ask(ctx, func(t *tx) error {
		return t.each(`SELECT arm_id, name, start, "end", reason, rate, currency FROM saving JOIN target ON id = target ORDER BY start DESC, arm_id`, nil, func() error {
			v.From, v.To = moment(start), time.Time{}
			if end != nil {
				v.To = moment(*end)
			}
			list = append(list, v)
			return nil
		}, &v.Target, &v.Name, &start, &end, &v.Reason, &v.Rate, &v.Currency)
	})
	if err != nil {
		return nil, fmt.Errorf("read savings: %w", err)
	}
	return list, nil
}

// drainStep is how long a cluster that gives its nodes back may stand between
// two steps of that.
const drainStep = 15 * time.Minute

// saving notes what a change of a target saves from now on, whoever made it: a
// command, an idle rule, a schedule. It ends a saving where the target bills
// again or is gone. Nothing else than a change costs anything here.
func (t *tx) saving(id int64, have present, s Sighting, v verdict) error {
	switch {
	case !have.known || have.gone:
		return nil
	case !v.gone.IsZero():
		return t.endSaving(id, v.gone)
	case v.open == nil || (have.now.Units > 0) == (v.open.Units > 0):
		return nil
	case v.open.Units > 0:
		return t.endSaving(id, v.open.From)
	}
	reason := savingReason(s)
	if reason == "" || !have.now.Price.Known() {
		return nil
	}
	units := have.now.Units
	if s.Kind == "cluster" {
		var err error
		if units, err = t.drained(id, v.open.From, units); err != nil {
			return err
		}
	}
	return t.beginSaving(id, Saving{
		From: v.open.From, Reason: reason, Rate: have.now.Price.PerHour.Times(units), Currency: have.now.Price.CurrencyCode(),
	})
}

// savingReason is why a target that bills no VM any more saves; "" where it was
// not stopped but is being deleted, has failed, or has a state nobody knows.
func savingReason(s Sighting) string {
	switch {
	case s.Billing.Unsure:
		return ""
	case s.Kind == "cluster":
		return SavedByScaleToZero
	case s.Kind != "instance":
		return ""
	}
	switch model.InstanceState(s.Billing.State) {
	case model.StateStopped, model.StateStopping:
		return SavedByStop
	default:
		return ""
	}
}

// drained is how many nodes a cluster had before it began to give them back,
// step by step, until it had none. units is how many it had last.
func (t *tx) drained(id int64, end time.Time, units int) (int, error) {
	over := false
	var from, to, shape int64
	next := end.UnixMilli()
	err := t.each(`SELECT start, "end", shape FROM interval WHERE target = ? AND start < ? ORDER BY start DESC LIMIT 32`,
		[]any{id, next}, func() error {
			if over || to != next {
				over = true
				return nil
			}
			b, err := t.billing(shape)
			if err != nil {
				return err
			}
			over = b.Units < units || to-from > drainStep.Milliseconds()
			units, next = max(units, b.Units), from
			return nil
		}, &from, &to, &shape)
	return units, err
}

// beginSaving begins the saving of a target that has none.
func (t *tx) beginSaving(id int64, v Saving) error {
	return t.exec(`INSERT INTO saving(target, start, reason, rate, currency) SELECT ?1, ?2, ?3, ?4, ?5
		WHERE NOT EXISTS (SELECT 1 FROM saving WHERE target = ?1 AND ("end" IS NULL OR start = ?2))`,
		id, v.From.UnixMilli(), v.Reason, int64(v.Rate), v.Currency)
}

// endSaving ends the saving of a target, if it has one.
func (t *tx) endSaving(id int64, at time.Time) error {
	return t.exec(`UPDATE saving SET "end" = max(start, ?) WHERE "end" IS NULL AND target = ?`, at.UnixMilli(), id)
}
