package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// newWorld begins anew if the file tells of a time that, by the cloud's clock,
// is still to come: an emulator that was started again begins its time again,
// and what was seen in it before is of another world. That is kept in a file
// of its own, see [Store.SetAside]; operations and the program's own memory
// stay. It reports whether it did.
func (s *Store) newWorld(ctx context.Context, now time.Time, tolerance time.Duration) (bool, error) {
	newest, err := s.newest(ctx)
	if err != nil || !jumped(now, newest, tolerance) {
		return false, err
	}
	aside := ""
	if s.o.Path != InMemory {
		aside = s.o.Path + ".before-" + s.o.Now().UTC().Format(asideTime)
		if err := s.copyTo(ctx, aside); err != nil {
			return false, fmt.Errorf("keep the history of before the cloud's clock went back: %w", explain(err))
		}
	}
	begun := false
	err = s.write(ctx, func(t *tx) error {
		if newest, err = t.newest(); err != nil || !jumped(now, newest, tolerance) {
			return err // another program was quicker
		}
		begun = true
		return t.beginAnew(now)
	})
	switch {
	case err != nil:
		return false, fmt.Errorf("begin a new history: %w", err)
	case begun:
		s.aside.Store(&aside)
		s.o.Logger.Warn("the cloud's clock went back; what was seen before is kept in another file", "file", aside, "seen", newest, "now", now)
	case aside != "":
		err = os.Remove(aside)
	}
	return begun, err
}

// newest is up to when anything was watched; zero: nothing was.
func (s *Store) newest(ctx context.Context) (at time.Time, err error) {
	err = s.ask(ctx, func(t *tx) error {
		at, err = t.newest()
		return err
	})
	return at, err
}

func (t *tx) newest() (time.Time, error) {
	var until *int64
	if _, err := t.one("SELECT max(until) FROM seen", nil, &until); err != nil || until == nil {
		return time.Time{}, err
	}
	return moment(*until), nil
}

// copyTo copies the file to another name, for nobody else to read.
func (s *Store) copyTo(ctx context.Context, name string) error {
	empty, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := empty.Close(); err != nil {
		return err
	}
	if _, err := s.file().db.ExecContext(ctx, "VACUUM INTO ?", name); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// beginAnew forgets what was seen. Targets stay, as gone since ever: so other
// programs, which know them by their ids, see that they are.
func (t *tx) beginAnew(now time.Time) error {
	rev, err := t.revision()
	if err != nil {
		return err
	}
	for _, table := range []string{"interval", "fill", "day_total", "sum", "seen", "settled", "saving"} {
		if err := t.exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	if err := t.exec("DELETE FROM visit WHERE at > ?", now.UnixMilli()); err != nil {
		return err
	}
	return t.exec("UPDATE target SET shape = NULL, since = 0, rev = ?", rev)
}
