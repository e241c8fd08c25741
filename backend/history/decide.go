package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// Confidence is how much a fill is to be trusted.
type Confidence string

// The confidences.
const (
	ConfidenceHigh   Confidence = "high"   // nothing known contradicts it
	ConfidenceMedium Confidence = "medium" // something in between may have been missed
)

// Sighting is what was seen of one target.
type Sighting struct {
	ID      string // ARM id in lower case
	Kind    string // instance, cluster, deployment
	Name    string
	Part    Part
	Gone    bool
	Billing model.Billing
	At      time.Time // since when it is so, as far as is known; not after Seen
	Seen    time.Time // when the service said so
	Before  time.Time // until when this program has watched the part without a break; zero: it has not
	Steady  time.Time // when the last thing was done to the target that the service tells of; zero: not known
	Ended   bool      // and that thing ended the state before: a stop, a start
	Source  string    // where Steady comes from: "last operation"
}

// present is what the file has of a target.
type present struct {
	known bool // there is a row
	gone  bool
	since time.Time
	now   model.Billing
}

// verdict is what a sighting changes.
type verdict struct {
	close *model.Interval // the interval that is over
	open  *model.Interval // the one that begins; its end means nothing
	gone  time.Time       // since when there is no such target any more
	fills []fill
}

// fill is an interval that nobody watched, with who vouches for it.
type fill struct {
	model.Interval
	source     string
	confidence Confidence
}

// decide compares a sighting with what is known. last is when the target's
// part was last seen before by anybody, restart how long a break between two
// programs' watches may be that is no gap, settled up to when sums are complete: nothing before it moves.
func decide(have present, s Sighting, last time.Time, restart time.Duration, settled time.Time) verdict {
	gap := s.Before.IsZero() && (last.IsZero() || s.Seen.Sub(last) > restart)
	alive := have.known && !have.gone
	s.Billing = canonical(s.Billing)
	var v verdict
	switch {
	case alive && !s.Gone && !have.since.Before(settled) && pricedLate(have, s):
		v.open = &model.Interval{Window: model.Window{From: have.since}, Billing: s.Billing}
		return v
	case have.known && !s.Seen.After(have.since):
		return v // another program knows newer
	case !alive && s.Gone:
		return v
	case alive && !s.Gone && have.now == s.Billing:
		if gap {
			v.fills = steadyFill(s, last)
		}
		return v
	}
	at := s.Seen
	if !gap {
		at = latest(s.At, last, settled)
	}
	if have.known {
		at = latest(at, have.since)
	}
	if at.After(s.Seen) {
		at = s.Seen
	}
	if alive && at.After(have.since) {
		v.close = &model.Interval{Window: model.Window{From: have.since, To: at}, Billing: have.now}
	}
	if s.Gone {
		v.gone = at
		return v
	}
	v.open = &model.Interval{Window: model.Window{From: at}, Billing: s.Billing}
	if gap {
		v.fills = steadyFill(s, last)
		if alive && s.Ended && s.Steady.After(last) && s.Steady.Before(s.Seen) && !last.IsZero() {
			v.fills = append(v.fills, fill{
				model.Interval{Window: model.Window{From: last, To: s.Steady}, Billing: have.now}, s.Source, ConfidenceMedium,
			})
		}
	}
	return v
}

// pricedLate reports whether nothing changed but the price, and only because it
// was not known at first: a price list comes after the rows it prices.
func pricedLate(have present, s Sighting) bool {
	late := !have.now.Price.Known() && s.Seen.After(have.since) || s.Seen.Equal(have.since)
	have.now.Price = s.Billing.Price
	return late && !s.Before.IsZero() && s.Billing.Price.Known() && have.now == s.Billing
}

// steadyFill is what a sighting after a gap says of the gap: since the last
// thing that was done to it, a target that bills has been as it is now. It
// never reaches behind what was seen.
func steadyFill(s Sighting, last time.Time) []fill {
	if s.Steady.IsZero() || s.Billing.Units == 0 {
		return nil
	}
	w := model.Window{From: latest(s.Steady, last), To: s.Seen}
	s.Billing.Idle = 0 // how many stood idle meanwhile nobody can say
	if w.Empty() {
		return nil
	}
	return []fill{{model.Interval{Window: w, Billing: s.Billing}, s.Source, ConfidenceHigh}}
}

func latest(times ...time.Time) time.Time {
	var newest time.Time
	for _, t := range times {
		if t.After(newest) {
			newest = t
		}
	}
	return newest
}
