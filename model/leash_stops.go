package model

import "time"

// stops are what an instance's enabled stop schedules come to.
type stops struct {
	n      int
	next   time.Time     // of all of them; zero: cannot be said
	gap    time.Duration // longest time between two stops from now on; 0: cannot be said
	missed bool          // one ran, and the instance has been up since before
}

// gapRuns is how many runs ahead the longest gap is looked for: two weeks of
// working days.
const gapRuns = 10

// stopsAt looks at the stop schedules of an instance.
func (i *Instance) stopsAt(now time.Time) stops {
	var s stops
	var tables []Timetable
	for _, c := range i.Schedules {
		if c.Action != ScheduleStop || c.Off() {
			continue
		}
		s.n++
		t, err := c.Timetable(i.madeAt())
		if err != nil {
			continue
		}
		tables = append(tables, t)
		s.missed = s.missed || i.missed(c, t, now)
	}
	if len(tables) == 0 || len(tables) < s.n {
		return s // what cannot be read may stop it earlier
	}
	s.next = earliest(tables, now)
	for at, k := s.next, 0; !at.IsZero() && k < gapRuns; k++ {
		then := earliest(tables, at)
		if then.IsZero() { // the last there is
			s.gap = farthest * 24 * time.Hour
			break
		}
		s.gap, at = max(s.gap, then.Sub(at)), then
	}
	return s
}

// madeAt is a moment a schedule without a beginning can be counted from: the
// newest change of the instance.
func (i *Instance) madeAt() time.Time {
	if i.ModifiedAt.After(i.CreatedAt) {
		return i.ModifiedAt
	}
	return i.CreatedAt
}

// missed reports whether a schedule should have stopped an instance that has
// been running since before. Only what is known to have been set by then counts.
func (i *Instance) missed(c InstanceSchedule, t Timetable, now time.Time) bool {
	last := t.Last(now)
	if last.IsZero() || i.RunningSince.IsZero() || now.Sub(last) < scheduleGrace || !i.RunningSince.Before(last) || i.Last.Time.After(last) {
		return false
	}
	return (c.StartTime != "" || !i.ModifiedAt.IsZero()) && !i.ModifiedAt.After(last)
}

// earliest is the first run of several timetables after a moment.
func earliest(tables []Timetable, after time.Time) time.Time {
	var first time.Time
	for _, t := range tables {
		if at := t.Next(after); first.IsZero() || !at.IsZero() && at.Before(first) {
			first = at
		}
	}
	return first
}

func (s stops) by() string {
	if s.next.IsZero() {
		return ""
	}
	return "stop schedule"
}

// state is the leash that the schedules alone are.
func (s stops) state() LeashState {
	if s.gap > SlackStops {
		return LeashSlack
	}
	return LeashOn
}

// text says what the schedules alone do next.
func (s stops) text(now time.Time) string {
	text := count(s.n, "stop schedule")
	if !s.next.IsZero() {
		text += ", in " + Ago(s.next.Sub(now))
	}
	if s.state() == LeashSlack {
		return "slack: " + text
	}
	return text
}
