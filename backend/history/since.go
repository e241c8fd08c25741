package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Since is when somebody first watched anything. What the sums have from
// before was vouched for by the service, of targets that were still there.
// Zero if nobody ever watched.
func (s *Store) Since(ctx context.Context) (time.Time, error) {
	var first sql.NullInt64
	err := s.ask(ctx, func(t *tx) error {
		return t.raw.QueryRowContext(ctx, "SELECT min(start) FROM seen").Scan(&first)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("read since when was watched: %w", err)
	}
	if !first.Valid {
		return time.Time{}, nil
	}
	return moment(first.Int64), nil
}
