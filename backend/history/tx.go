package history

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

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
