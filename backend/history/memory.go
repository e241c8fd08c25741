package history

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
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
