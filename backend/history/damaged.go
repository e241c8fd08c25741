package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// damaged reports whether an error says that the file is no sound database.
func damaged(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_CORRUPT || c == sqlite3.SQLITE_NOTADB
}

// explain says what SQLite's errors mean to whoever has to do something about them.
func explain(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("history cannot be written, the disk is full: %w", err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("history cannot be written, the state folder is read-only: %w", err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("history cannot be written, another program holds it: %w", err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("the history file is damaged: %w", err)
	default:
		return err
	}
}

// checked is the error of what was done with a file. After damage the file is
// set aside and another one is begun: whoever tries again will find it.
func (s *Store) checked(ctx context.Context, f *file, err error) error {
	if !damaged(err) {
		return explain(err)
	}
	s.renewing.Lock()
	defer s.renewing.Unlock()
	if s.file() == f {
		fresh, failed := s.replace(context.WithoutCancel(ctx), err)
		if failed != nil {
			return failed
		}
		s.now.Store(fresh)
		err = errors.Join(err, f.close())
	}
	return fmt.Errorf("%w; it was set aside under another name beside %s, and a new one was begun: %w", ErrSetAside, s.o.Path, err)
}

// replace sets the file aside and begins another one, unless another program
// has done so already.
func (s *Store) replace(ctx context.Context, cause error) (*file, error) {
	if s.o.Path != InMemory && s.inPlace() {
		aside, err := setAside(s.o.Path, s.o.Now())
		if err != nil {
			return nil, errors.Join(explain(cause), err)
		}
		s.aside.Store(&aside)
		s.o.Logger.Warn("history file is damaged and was set aside", "file", aside, "err", cause)
	}
	return openFile(ctx, s.o.Path)
}

// inPlace reports whether the file in use still has its name.
func (s *Store) inPlace() bool {
	f := s.file()
	if f == nil {
		return true
	}
	info, err := os.Stat(s.o.Path)
	return err == nil && os.SameFile(info, f.info)
}

// asideTime is how names of files that were set aside say when.
const asideTime = "20060102T150405.000"

// setAside renames a damaged file and what belongs to it, and says how it is
// called now.
func setAside(path string, now time.Time) (string, error) {
	aside := path + ".damaged-" + now.UTC().Format(asideTime)
	if err := os.Rename(path, aside); err != nil {
		return "", fmt.Errorf("set the damaged history file aside: %w", err)
	}
	for _, tail := range []string{"-wal", "-shm"} {
		if err := os.Rename(path+tail, aside+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("set the damaged history file aside: %w", err)
		}
	}
	return aside, nil
}
