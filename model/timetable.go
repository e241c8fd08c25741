package model

import (
	"fmt"
	"time"
)

// BeginLayout is how the wire writes the beginning of a schedule, in the
// schedule's zone.
const BeginLayout = "2006-01-02T15:04:05"

// farthest is how many days ahead and back a time is looked for: the 29th of
// February comes once in four years, or in eight.
const farthest = 8*366 + 1

// Timetable tells when a schedule runs. It is made once and asked often.
type Timetable struct {
	days  interface{ falls(day time.Time) bool }
	clock []int         // moments of such a day, in minutes
	step  time.Duration // instead: equal steps from the beginning
	begin time.Time     // nothing runs before it; zero: it always ran
	zone  *time.Location
}

// Timetable is when a schedule runs, whether it is on or off. What it does not
// say of its beginning, otherwise does: a recurrence counts from somewhere.
func (s InstanceSchedule) Timetable(otherwise time.Time) (Timetable, error) {
	zone, ok := WindowsZone(s.TimeZone)
	if !ok {
		return Timetable{}, fmt.Errorf("time zone %q is not a Windows time zone name known here", s.TimeZone)
	}
	t := Timetable{zone: zone}
	if s.StartTime != "" {
		var err error
		if t.begin, err = time.ParseInLocation(BeginLayout, s.StartTime, zone); err != nil {
			return Timetable{}, fmt.Errorf("startTime %q is not of the form %s", s.StartTime, BeginLayout)
		}
	}
	check := s
	check.Action = ScheduleStop
	if err := check.Validate(); err != nil {
		return Timetable{}, err
	}
	if s.Cron != "" {
		spec, err := parseCron(s.Cron)
		t.days, t.clock = spec, spec.clock()
		return t, err
	}
	if s.StartTime == "" {
		t.begin = otherwise.In(zone)
	}
	r := rhythm{every: s.Recurrence, begin: t.begin}
	if t.step = r.unit(); t.step == 0 {
		t.days, t.clock = r, r.clock()
	}
	return t, nil
}

// Next is the first run after a moment; zero if there is none in years.
func (t Timetable) Next(after time.Time) time.Time {
	after = after.In(t.zone)
	if after.Before(t.begin) {
		after = t.begin.Add(-time.Nanosecond)
	}
	if t.step > 0 {
		at := t.begin.Add(after.Sub(t.begin) / t.step * t.step)
		for !at.After(after) {
			at = at.Add(t.step)
		}
		return at.UTC()
	}
	day := dayOf(after)
	for range farthest {
		if t.days.falls(day) {
			for _, m := range t.clock {
				if at := day.Add(time.Duration(m) * time.Minute); at.After(after) {
					return at.UTC()
				}
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// Last is the newest run at or before a moment; zero if there was none.
func (t Timetable) Last(until time.Time) time.Time {
	until = until.In(t.zone)
	if until.Before(t.begin) {
		return time.Time{}
	}
	if t.step > 0 {
		return t.begin.Add(until.Sub(t.begin) / t.step * t.step).UTC()
	}
	day := dayOf(until)
	for range farthest {
		if !t.begin.IsZero() && day.Before(dayOf(t.begin)) {
			return time.Time{}
		}
		if t.days.falls(day) {
			for k := len(t.clock) - 1; k >= 0; k-- {
				at := day.Add(time.Duration(t.clock[k]) * time.Minute)
				if !at.After(until) && !at.Before(t.begin) {
					return at.UTC()
				}
			}
		}
		day = day.AddDate(0, 0, -1)
	}
	return time.Time{}
}
