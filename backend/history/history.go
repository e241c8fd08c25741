// Package history keeps what amltop has observed, what it was asked to do and
// what it remembers of its user in one SQLite file. docs/history.md describes
// the file for people; this package is the only writer.
//
// Two programs may use the file at once, and either may be killed at any
// moment: everything is written in transactions that say the same however
// often they are repeated.
package history

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// ErrNewer says that a file was written by a newer amltop. It is left alone.
var ErrNewer = errors.New("history file of a newer amltop")

// ErrSetAside says that the file was found to be damaged while it was used,
// that it has another name now, and that a new one was begun. What was being
// written is lost, and can be written again.
var ErrSetAside = errors.New("the history file was damaged")

// Store is an open history. Its methods may be called from any goroutine.
type Store struct {
	o        Options
	now      atomic.Pointer[file] // the file in use: another one after damage
	holder   *holder
	aside    atomic.Pointer[string]
	renewing sync.Mutex
}

// Open opens the history, or makes one. A file that is not a database is set
// aside under another name, see [Store.SetAside]. On an error the program can go on without
// history; the error says why in a sentence.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{o: o.withDefaults()}
	f, err := openFile(ctx, s.o.Path)
	if damaged(err) {
		f, err = s.replace(ctx, err)
	}
	if err != nil {
		return nil, err
	}
	s.now.Store(f)
	if s.holder, err = hold(s.o.Path); err != nil {
		return nil, errors.Join(noHistory(s.o.Path, err), s.Close())
	}
	return s, nil
}

// file is the file in use.
func (s *Store) file() *file { return s.now.Load() }

// SetAside is the name under which a file was kept that was damaged, or that
// was of a world that is no more, since this history was opened; "" if there was none.
func (s *Store) SetAside() string {
	if name := s.aside.Load(); name != nil {
		return *name
	}
	return ""
}

// Path is the file's.
func (s *Store) Path() string { return s.o.Path }

// Close closes the file. What other programs do with it goes on.
func (s *Store) Close() error {
	err := s.file().close()
	if s.holder != nil {
		err = errors.Join(err, s.holder.release())
	}
	return err
}
