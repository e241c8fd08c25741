package history

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// Listing is everything a part held when it was first seen by a program. What
// the file knows of the part and the listing does not have is gone.
type Listing struct {
	Part      Part
	Seen      time.Time
	Sightings []Sighting
}

// Batch is what is written together.
type Batch struct {
	Coverage  []Coverage
	Listings  []Listing
	Sightings []Sighting
}

// Empty reports whether there is nothing to write.
func (b *Batch) Empty() bool { return len(b.Coverage)+len(b.Listings)+len(b.Sightings) == 0 }

// Observe writes down what was seen. Writing the same again, or the same as
// another program, changes nothing.
func (s *Store) Observe(ctx context.Context, b Batch) error {
	if b.Empty() {
		return nil
	}
	err := s.write(ctx, func(t *tx) error {
		settled, err := t.begin(b)
		if err != nil {
			return err
		}
		w := watcher{t, s.o.Restart, settled}
		for _, l := range b.Listings {
			if err := w.list(l); err != nil {
				return err
			}
		}
		for _, seen := range b.Sightings {
			if err := w.sight(seen); err != nil {
				return err
			}
		}
		for _, c := range b.Coverage {
			if err := t.cover(c, s.o.Restart); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record what was seen: %w", err)
	}
	return nil
}

// settled is up to when sums are complete; zero if there are none.
func (t *tx) settled() (time.Time, error) {
	var ms int64
	found, err := t.one("SELECT until FROM settled", nil, &ms)
	if !found || err != nil {
		return time.Time{}, err
	}
	return moment(ms), nil
}

// begin is up to when sums are complete. In a new file they begin with the
// hour of the first observation.
func (t *tx) begin(b Batch) (time.Time, error) {
	settled, err := t.settled()
	if err != nil || !settled.IsZero() {
		return settled, err
	}
	first := time.Time{}
	earlier := func(at time.Time) {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	for _, s := range b.Sightings {
		earlier(s.Seen)
	}
	for _, l := range b.Listings {
		earlier(l.Seen)
	}
	for _, c := range b.Coverage {
		earlier(c.From)
	}
	settled = model.Hourly.Start(first, t.zone)
	return settled, t.exec("INSERT INTO settled(id, until, months) VALUES(1, ?, 0)", settled.UnixMilli())
}

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
