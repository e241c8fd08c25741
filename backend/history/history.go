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
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite" // the driver; in pure Go, so that every platform is built from one
)

// ErrNewer says that a file was written by a newer amltop. It is left alone.
var ErrNewer = errors.New("history file of a newer amltop")

// Defaults of [Options].
const (
	DefaultKeep      = 90 * 24 * time.Hour
	DefaultKeepHours = 8 * 24 * time.Hour
	DefaultMaxBytes  = 1 << 30
	DefaultTolerance = 15 * time.Minute
	DefaultRestart   = time.Minute
)

// Options are how a history is kept. Path and Now are needed; the zero value
// of everything else is its default.
type Options struct {
	Path string           // of the file; its folder is made if it is missing
	Now  func() time.Time // the time on the wall, for names of files set aside
	Zone *time.Location   // in which hours, days and months are cut; nil is UTC
	// Tolerance is how far apart two observations of one program may be for the
	// time between them to count as observed, on the wall.
	Tolerance time.Duration
	// Restart is how far apart they may be if the program was started in
	// between, in the cloud's time.
	Restart   time.Duration
	Keep      time.Duration // how long single intervals shorter than a day are kept
	KeepHours time.Duration // how long sums by the hour are kept
	MaxBytes  int64         // how large the file may grow
	Logger    *slog.Logger  // told of what is dropped and set aside. May be nil.
}

func (o Options) withDefaults() Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Tolerance <= 0 {
		o.Tolerance = DefaultTolerance
	}
	if o.Restart <= 0 {
		o.Restart = DefaultRestart
	}
	if o.Keep <= 0 {
		o.Keep = DefaultKeep
	}
	if o.KeepHours <= 0 {
		o.KeepHours = DefaultKeepHours
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is an open history. Its methods may be called from any goroutine.
type Store struct {
	o        Options
	db       *sql.DB     // synchronous=NORMAL: a power cut may cost the last minute, never the file
	safe     *sql.DB     // synchronous=FULL: on disk when the call returns
	read     *sql.DB     // for questions, which need not wait for writers
	known    *dictionary // only touched within a transaction of db, of which there is one at a time
	asked    *dictionary // the same for read
	holder   *holder
	setAside string
}

// Open opens the history, or makes one. A file that is not a database is set
// aside under another name, see [Store.SetAside]. On an error the program can go on without
// history; the error says why in a sentence.
func Open(ctx context.Context, o Options) (*Store, error) {
	o = o.withDefaults()
	s, err := open(ctx, o)
	if err == nil || !damaged(err) {
		return s, err
	}
	aside, moved := setAside(o.Path, o.Now())
	if moved != nil {
		return nil, errors.Join(err, moved)
	}
	o.Logger.Warn("history file is damaged and was set aside", "file", aside, "err", err)
	if s, err = open(ctx, o); err != nil {
		return nil, err
	}
	s.setAside = aside
	return s, nil
}

func open(ctx context.Context, o Options) (*Store, error) {
	if err := prepare(o.Path); err != nil {
		return nil, fmt.Errorf("no history: %w", err)
	}
	s := &Store{o: o, known: newDictionary(), asked: newDictionary()}
	var err error
	if s.db, err = connect(o.Path, "synchronous(NORMAL)"); err == nil {
		s.safe, err = connect(o.Path, "synchronous(FULL)")
	}
	if err == nil {
		s.read, err = connect(o.Path, queryOnly)
	}
	if err == nil {
		err = s.migrate(ctx)
	}
	if err == nil {
		s.holder, err = hold(o.Path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("no history: %s: %w", o.Path, err), s.Close())
	}
	return s, nil
}

// prepare makes the folder and the file, readable by nobody else.
func prepare(path string) error {
	if path == "" {
		return errors.New("no state folder is known; set one with [state] dir")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the state folder: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("the state folder cannot be written: %w", err)
	}
	if info, err := file.Stat(); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = file.Chmod(0o600) // where it cannot be narrowed, the folder still guards it
	}
	return file.Close()
}

const queryOnly = "query_only(1)"

// connect opens a pool of one connection: SQLite has one writer at a time, and
// waiting for it here is cheaper than in its busy handler.
func connect(path, pragma string) (*sql.DB, error) {
	lock := "immediate"
	if pragma == queryOnly {
		lock = "deferred"
	}
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(10000)", "auto_vacuum(INCREMENTAL)", "journal_mode(WAL)",
		"temp_store(MEMORY)", "cache_size(-8000)", pragma,
	}}
	name := url.URL{Path: filepath.ToSlash(path)}
	db, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// SetAside is the name under which a damaged file was kept when this history
// was opened; "" if there was none.
func (s *Store) SetAside() string { return s.setAside }

// Path is the file's.
func (s *Store) Path() string { return s.o.Path }

// Close closes the file. What other programs do with it goes on.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.safe, s.db} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.holder != nil {
		errs = append(errs, s.holder.release())
	}
	return errors.Join(errs...)
}

// write runs fn in a transaction that is alone in the file.
func (s *Store) write(ctx context.Context, fn func(*tx) error) error {
	raw, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	t := &tx{ctx: ctx, raw: raw, zone: s.o.Zone, known: s.known, prepared: map[string]*sql.Stmt{}}
	err = errors.Join(fn(t), t.done())
	if err == nil {
		err = raw.Commit()
	}
	if err != nil {
		s.known.forget() // ids that were never written
		return errors.Join(explain(err), dropped(raw.Rollback()))
	}
	return nil
}

// ask runs fn on the file as it is at one moment.
func (s *Store) ask(ctx context.Context, fn func(*tx) error) error {
	raw, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	t := &tx{ctx: ctx, raw: raw, zone: s.o.Zone, known: s.asked, prepared: map[string]*sql.Stmt{}}
	return explain(errors.Join(fn(t), t.done(), dropped(raw.Rollback())))
}

// dropped is what a rollback says, but that there is nothing left to roll back.
func dropped(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// code is the SQLite result code of an error, without its extension; 0: none.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}
