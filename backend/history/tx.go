package history

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"modernc.org/sqlite"
)

// write runs fn in a transaction that is alone in the file.
func (s *Store) write(ctx context.Context, fn func(*tx) error) error {
	f := s.file()
	return s.checked(ctx, f, s.writeTo(ctx, f.db, f.known, fn))
}

// secure is write for what has to be on disk when the call returns. It knows
// nothing of the rest of the file.
func (s *Store) secure(ctx context.Context, fn func(*tx) error) error {
	f := s.file()
	return s.checked(ctx, f, s.writeTo(ctx, f.safe, newDictionary(), fn))
}

func (s *Store) writeTo(ctx context.Context, db *sql.DB, known *dictionary, fn func(*tx) error) error {
	raw, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &tx{ctx: ctx, raw: raw, zone: s.o.Zone, known: known, prepared: map[string]*sql.Stmt{}}
	if err = errors.Join(fn(t), t.done()); err == nil {
		err = raw.Commit()
	}
	if err != nil {
		known.forget() // ids that were never written
		return errors.Join(err, dropped(raw.Rollback()))
	}
	return nil
}

// ask runs fn on the file as it is at one moment.
func (s *Store) ask(ctx context.Context, fn func(*tx) error) error {
	f := s.file()
	raw, err := f.read.BeginTx(ctx, nil)
	if err == nil {
		t := &tx{ctx: ctx, raw: raw, zone: s.o.Zone, known: f.asked, prepared: map[string]*sql.Stmt{}}
		err = errors.Join(fn(t), t.done(), dropped(raw.Rollback()))
	}
	return s.checked(ctx, f, err)
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

// tx is a transaction that prepares each statement once.
type tx struct {
	ctx      context.Context
	raw      *sql.Tx
	zone     *time.Location
	known    *dictionary
	prepared map[string]*sql.Stmt
	rev      int64 // see revision; 0: nothing was changed yet
}

func (t *tx) statement(query string) (*sql.Stmt, error) {
	if st := t.prepared[query]; st != nil {
		return st, nil
	}
	st, err := t.raw.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, err
	}
	t.prepared[query] = st
	return st, nil
}

func (t *tx) done() error {
	var errs []error
	for _, st := range t.prepared {
		errs = append(errs, st.Close())
	}
	return errors.Join(errs...)
}

func (t *tx) exec(query string, args ...any) error {
	st, err := t.statement(query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(t.ctx, args...)
	return err
}

// one reads the first row into dest; false if there is none.
func (t *tx) one(query string, args []any, dest ...any) (bool, error) {
	st, err := t.statement(query)
	if err != nil {
		return false, err
	}
	err = st.QueryRowContext(t.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads every row into dest and calls fn after it.
func (t *tx) each(query string, args []any, fn func() error, dest ...any) error {
	st, err := t.statement(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return drain(rows, fn, dest...)
}

func drain(rows *sql.Rows, fn func() error, dest ...any) error {
	for rows.Next() {
		err := rows.Scan(dest...)
		if err == nil {
			err = fn()
		}
		if err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
