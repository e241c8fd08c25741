package history

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// Remember keeps a value of the program's own, such as a pane's sort order,
// under a key. Anything that JSON can hold will do.
func (s *Store) Remember(ctx context.Context, key string, value any) error {
	text, err := json.Marshal(value)
	if err == nil {
		err = s.write(ctx, func(t *tx) error {
			return t.exec("INSERT INTO memory(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", key, string(text))
		})
	}
	if err != nil {
		return fmt.Errorf("remember %s: %w", key, err)
	}
	return nil
}

// Recall reads a value back into a pointer; false if there is none.
func (s *Store) Recall(ctx context.Context, key string, value any) (bool, error) {
	var text string
	found := false
	err := s.ask(ctx, func(t *tx) (err error) {
		found, err = t.one("SELECT value FROM memory WHERE key = ?", []any{key}, &text)
		return err
	})
	if err == nil && found {
		err = json.Unmarshal([]byte(text), value)
	}
	if err != nil {
		return false, fmt.Errorf("recall %s: %w", key, err)
	}
	return found, nil
}

// visitsKept is how many visits are remembered.
const visitsKept = 100

// Visited notes that somebody looked at a moment of the cloud's time, and what
// there was: anything that JSON can hold, to be compared at the next visit.
func (s *Store) Visited(ctx context.Context, at time.Time, digest any) error {
	text, err := json.Marshal(digest)
	if err == nil {
		err = s.write(ctx, func(t *tx) error {
			if err := t.exec("INSERT INTO visit(at, digest) VALUES(?, ?) ON CONFLICT(at) DO UPDATE SET digest = excluded.digest", at.UnixMilli(), string(text)); err != nil {
				return err
			}
			return t.exec("DELETE FROM visit WHERE at NOT IN (SELECT at FROM visit ORDER BY at DESC LIMIT ?)", visitsKept)
		})
	}
	if err != nil {
		return fmt.Errorf("note the visit: %w", err)
	}
	return nil
}

// LastVisit is when somebody last looked before a moment, with the digest in
// digest; zero if nobody did.
func (s *Store) LastVisit(ctx context.Context, before time.Time, digest any) (time.Time, error) {
	var at int64
	var text string
	var last time.Time
	err := s.ask(ctx, func(t *tx) error {
		found, err := t.one("SELECT at, digest FROM visit WHERE at < ? ORDER BY at DESC LIMIT 1", []any{before.UnixMilli()}, &at, &text)
		if found {
			last = moment(at)
		}
		return err
	})
	if err == nil && !last.IsZero() {
		err = json.Unmarshal([]byte(text), digest)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read the last visit: %w", err)
	}
	return last, nil
}

// Saving is what a stop, or scaling to zero, saves as long as it lasts.
type Saving struct {
	Target   string // ARM id in lower case
	Name     string
	From, To time.Time // zero To: it goes on
	Reason   string    // "stop", "scale to zero"
	Rate     model.Money
	Currency string
}

// By is what was saved up to a moment.
func (v Saving) By(now time.Time) model.Money {
	w := model.Window{From: v.From, To: now}
	if !v.To.IsZero() && v.To.Before(now) {
		w.To = v.To
	}
	return model.ExactOver(v.Rate, w.Millis()).Money()
}

// Save begins a saving. The target has to be known; the same again changes nothing.
func (s *Store) Save(ctx context.Context, v Saving) error {
	err := s.write(ctx, func(t *tx) error {
		id, have, err := t.present(v.Target)
		if err != nil {
			return err
		}
		if !have.known {
			return &model.Refusal{Class: model.ErrNotFound, Message: "no history of " + v.Target}
		}
		return t.exec(`INSERT INTO saving(target, start, reason, rate, currency) SELECT ?1, ?2, ?3, ?4, ?5
			WHERE NOT EXISTS (SELECT 1 FROM saving WHERE target = ?1 AND ("end" IS NULL OR start = ?2))`,
			id, v.From.UnixMilli(), v.Reason, int64(v.Rate), v.Currency)
	})
	if err != nil {
		return fmt.Errorf("note a saving: %w", err)
	}
	return nil
}

// EndSaving ends a target's saving: it runs again, or is gone.
func (s *Store) EndSaving(ctx context.Context, target string, at time.Time) error {
	err := s.write(ctx, func(t *tx) error {
		return t.exec(`UPDATE saving SET "end" = max(start, ?) WHERE "end" IS NULL AND target = (SELECT id FROM target WHERE arm_id = ?)`, at.UnixMilli(), target)
	})
	if err != nil {
		return fmt.Errorf("end a saving: %w", err)
	}
	return nil
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
