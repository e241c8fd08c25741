package model

import "time"

// Date is a day of the calendar, counted in UTC from 1970-01-01. The zero Date
// is not known: no price and no bill is that old.
type Date int32

const secondsPerDay = 24 * 60 * 60

// DateOf is the day of a moment, in UTC; unknown for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= secondsPerDay - 1
	}
	return Date(seconds / secondsPerDay)
}

// Known reports whether there is a day at all.
func (d Date) Known() bool { return d != 0 }

// Time is when the day began, in UTC; the zero time if it is not known.
func (d Date) Time() time.Time {
	if !d.Known() {
		return time.Time{}
	}
	return time.Unix(int64(d)*secondsPerDay, 0).UTC()
}

func (d Date) String() string {
	if !d.Known() {
		return "date unknown"
	}
	return d.Time().Format(time.DateOnly)
}
