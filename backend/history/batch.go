package history

import "time"

// split takes up to n sightings off a batch, whole listings at a time. What
// was watched goes last: it is true only with what was seen.
func (b Batch) split(n int) (piece, left Batch) {
	count, i := 0, 0
	for ; i < len(b.Listings) && (i == 0 || count+len(b.Listings[i].Sightings) <= n); i++ {
		count += len(b.Listings[i].Sightings)
	}
	piece.Listings, left.Listings = b.Listings[:i], b.Listings[i:]
	if len(left.Listings) > 0 {
		left.Sightings, left.Coverage = b.Sightings, b.Coverage
		return piece, left
	}
	k := min(max(n-count, 0), len(b.Sightings))
	if count == 0 {
		k = min(n, len(b.Sightings))
	}
	piece.Sightings, left.Sightings = b.Sightings[:k], b.Sightings[k:]
	if len(left.Sightings) > 0 {
		left.Coverage = b.Coverage
		return piece, left
	}
	piece.Coverage = b.Coverage
	return piece, left
}

// pendingKept is how many sightings wait at most while the file cannot be
// written. Beyond it the oldest are dropped, and a gap says so.
const pendingKept = 200_000

// back puts a batch that could not be written before what came since.
func (d *differ) back(b Batch) {
	b.Listings = append(b.Listings, d.batch.Listings...)
	b.Sightings = append(b.Sightings, d.batch.Sightings...)
	b.Coverage = append(b.Coverage, d.batch.Coverage...)
	d.batch = b
	if len(b.Sightings) > pendingKept {
		d.restart()
	}
}

// restart forgets what was seen: the next snapshot is taken as the first.
func (d *differ) restart() {
	fresh := newDiffer(d.tolerance)
	fresh.names = d.names
	*d = *fresh
}

// complete is up to when nothing more is to be expected of the parts that are
// being watched, nor of those another program watches.
func (d *differ) complete(now time.Time, speed float64) time.Time {
	until := now
	for _, p := range d.parts {
		if now.Sub(p.until) <= scaled(d.tolerance, speed) && p.until.Before(until) {
			until = p.until
		}
	}
	return until.Add(-scaled(lag, speed))
}
