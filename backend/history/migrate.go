package history

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
)

//go:embed schema*.sql
var schemas embed.FS

// version is the newest version of the file this program knows. Version n
// comes of version n-1 by schema<n>.sql.
const version = 1

// migrate brings the file to the newest version. Two programs may do so at
// once: the second finds it done.
func migrate(ctx context.Context, db *sql.DB) error {
	have, err := userVersion(ctx, db)
	if err != nil || have == version {
		return errors.Join(err, checkNewer(have))
	}
	if err := checkNewer(have); err != nil {
		return err
	}
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	err = upgrade(ctx, t)
	if err != nil {
		return errors.Join(err, dropped(t.Rollback()))
	}
	return t.Commit()
}

func checkNewer(have int) error {
	if have > version {
		return fmt.Errorf("%w: it has version %d and this program knows up to %d; update amltop, or name another folder with [state] dir", ErrNewer, have, version)
	}
	return nil
}

// asker is a database or a transaction.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func userVersion(ctx context.Context, db asker) (int, error) {
	var n int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&n); err != nil {
		return 0, err
	}
	// A damaged schema is found only when it is read.
	var tables int
	return n, db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
}

func upgrade(ctx context.Context, t *sql.Tx) error {
	have, err := userVersion(ctx, t)
	if err != nil {
		return err
	}
	for n := have + 1; n <= version; n++ {
		text, err := schemas.ReadFile(fmt.Sprintf("schema%d.sql", n))
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("to version %d: %w", n, err)
		}
		if _, err := t.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", n)); err != nil {
			return err
		}
	}
	return nil
}
