package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// Coverage is a stretch of time in which a part was watched.
type Coverage struct {
	Part Part
	model.Window
}

// cover notes that a part was watched. Stretches that touch within the
// tolerance become one, whoever watched; most calls move the end of one row.
func (t *tx) cover(c Coverage, tolerance time.Duration) error {
	part, err := t.part(c.Part)
	if err != nil {
		return err
	}
	from, until, slack := c.From.UnixMilli(), c.To.UnixMilli(), tolerance.Milliseconds()
	var first, last *int64
	_, err = t.one("SELECT min(start), max(until) FROM seen WHERE part = ? AND start <= ? AND until >= ?", []any{part, until + slack, from - slack}, &first, &last)
	if err != nil {
		return err
	}
	if first == nil {
		return t.exec("INSERT INTO seen(part, start, until) VALUES(?, ?, ?)", part, from, until)
	}
	from, until = min(from, *first), max(until, *last)
	if from == *first && until == *last {
		return t.exec("DELETE FROM seen WHERE part = ? AND start > ? AND start <= ?", part, from, until)
	}
	if err := t.exec("DELETE FROM seen WHERE part = ? AND start >= ? AND start <= ?", part, from, until); err != nil {
		return err
	}
	return t.exec("INSERT INTO seen(part, start, until) VALUES(?, ?, ?)", part, from, until)
}
