package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// watcher takes in sightings within a transaction.
type watcher struct {
	*tx
	restart time.Duration
	settled time.Time
}

// sight takes in one sighting.
func (w watcher) sight(s Sighting) error {
	part, err := w.part(s.Part)
	if err != nil {
		return err
	}
	last, err := w.lastSeen(part, s.Seen)
	if err != nil {
		return err
	}
	id, have, err := w.present(s.ID)
	if err != nil {
		return err
	}
	return w.compare(s, id, have, part, last)
}

// compare compares a sighting with what is known.
func (w watcher) compare(s Sighting, id int64, have present, part int64, last time.Time) error {
	s.At, s.Seen, s.Before, s.Steady = cut(s.At), cut(s.Seen), cut(s.Before), cut(s.Steady)
	last = latest(last, s.Before)
	if last.After(s.Seen) {
		last = s.Seen
	}
	v := decide(have, s, last, w.restart, w.settled)
	if err := w.carryOut(v, s, id, part, w.settled); err != nil {
		return err
	}
	return w.saving(id, have, s, v)
}

// list takes in a listing: everything known of the part is read at once.
func (w watcher) list(l Listing) error {
	part, err := w.part(l.Part)
	if err != nil {
		return err
	}
	last, err := w.lastSeen(part, l.Seen)
	if err != nil {
		return err
	}
	type row struct {
		id   int64
		have present
	}
	known := map[string]row{}
	var arm string
	var id, since int64
	var shape *int64
	err = w.each("SELECT arm_id, id, since, shape FROM target WHERE part = ?", []any{part}, func() error {
		r := row{id, present{known: true, gone: shape == nil, since: moment(since)}}
		var err error
		if shape != nil {
			r.have.now, err = w.shapeOf(*shape)
		}
		known[arm] = r
		return err
	}, &arm, &id, &since, &shape)
	if err != nil {
		return err
	}
	for _, s := range l.Sightings {
		r := known[s.ID]
		delete(known, s.ID)
		if err := w.compare(s, r.id, r.have, part, last); err != nil {
			return err
		}
	}
	for arm, r := range known {
		s := Sighting{ID: arm, Part: l.Part, Gone: true, At: l.Seen, Seen: l.Seen}
		if err := w.compare(s, r.id, r.have, part, last); err != nil {
			return err
		}
	}
	return nil
}

// lastSeen is until when a part was watched before a moment, by anybody; zero
// if it was not.
func (t *tx) lastSeen(part int64, before time.Time) (time.Time, error) {
	var until int64
	found, err := t.one("SELECT until FROM seen WHERE part = ? AND start <= ? ORDER BY start DESC LIMIT 1", []any{part, before.UnixMilli()}, &until)
	if !found || err != nil {
		return time.Time{}, err
	}
	return moment(until), nil
}

// cut drops what the file does not hold of a time.
func cut(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return moment(t.UnixMilli())
}

// shapeOf is a shape's billing.
func (t *tx) shapeOf(id int64) (model.Billing, error) {
	b, err := t.billing(id)
	if err != nil {
		return model.Billing{}, err
	}
	return *b, nil
}

func (t *tx) present(arm string) (int64, present, error) {
	var id, since int64
	var shape *int64
	have := present{}
	found, err := t.one("SELECT id, since, shape FROM target WHERE arm_id = ?", []any{arm}, &id, &since, &shape)
	if err != nil || !found {
		return 0, have, err
	}
	have.known, have.gone, have.since = true, shape == nil, moment(since)
	if shape != nil {
		have.now, err = t.shapeOf(*shape)
	}
	return id, have, err
}

// carryOut writes what a sighting changes.
func (t *tx) carryOut(v verdict, s Sighting, id, part int64, settled time.Time) error {
	if v.close != nil {
		if err := t.putInterval(id, part, s.Kind, *v.close, settled); err != nil {
			return err
		}
	}
	if !v.gone.IsZero() {
		rev, err := t.revision()
		if err != nil {
			return err
		}
		return t.exec("UPDATE target SET since = ?, shape = NULL, rev = ? WHERE id = ?", v.gone.UnixMilli(), rev, id)
	}
	if v.open != nil {
		var err error
		if id, err = t.putPresent(s, v.open, part); err != nil {
			return err
		}
	}
	for _, f := range v.fills {
		if err := t.fill(id, part, f); err != nil {
			return err
		}
	}
	return nil
}

// putPresent writes the interval that a target is in from now on.
func (t *tx) putPresent(s Sighting, i *model.Interval, part int64) (int64, error) {
	shape, err := t.shape(i.Billing)
	if err != nil {
		return 0, err
	}
	rev, err := t.revision()
	if err != nil {
		return 0, err
	}
	err = t.exec(`INSERT INTO target(arm_id, kind, name, part, since, shape, rev) VALUES(?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT(arm_id) DO UPDATE SET name = excluded.name, part = excluded.part, since = excluded.since, shape = excluded.shape, rev = excluded.rev`,
		s.ID, s.Kind, s.Name, part, i.From.UnixMilli(), shape, rev)
	if err != nil {
		return 0, err
	}
	id, _, err := t.present(s.ID)
	return id, err
}

// putInterval writes an interval that is over. One that ended before the hours
// that are added up was seen late: the sums of targets, which wait for ends,
// have it at once.
func (t *tx) putInterval(target, part int64, kind string, i model.Interval, settled time.Time) error {
	shape, err := t.shape(i.Billing)
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO interval(target, start, "end", shape) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		target, i.From.UnixMilli(), i.To.UnixMilli(), shape)
	if err != nil || i.To.After(settled) {
		return err
	}
	y := newTally(i.Window, model.Monthly, t.zone, ByTarget)
	seen, err := t.loadSeen(i.Window, 0, y.buckets)
	if err != nil {
		return err
	}
	b := canonical(i.Billing)
	seen.spend(y, &item{part: part, target: target, shape: shape, kind: kind, billing: &b}, i.From.UnixMilli(), i.To.UnixMilli())
	return t.save("month", y)
}
