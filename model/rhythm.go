package model

import (
	"slices"
	"time"
)

// rhythm is a recurrence with its beginning. What it leaves open (the time of
// day, the day of the week or of the month), the beginning decides.
type rhythm struct {
	every Recurrence
	begin time.Time // in the schedule's zone
}

// unit is the length of a step of a recurrence that counts on from its
// beginning; 0 for one that goes by days.
func (r rhythm) unit() time.Duration {
	switch r.every.Frequency {
	case "Minute":
		return time.Duration(r.every.Interval) * time.Minute
	case "Hour":
		return time.Duration(r.every.Interval) * time.Hour
	default:
		return 0
	}
}

// falls reports whether a day is one of the recurrence's.
func (r rhythm) falls(day time.Time) bool {
	begin := dayOf(r.begin)
	days := int(day.Sub(begin) / (24 * time.Hour))
	switch r.every.Frequency {
	case "Day":
		return days%r.every.Interval == 0
	case "Week":
		monday := days + (int(begin.Weekday())+6)%7 // counted from the Monday of the first week
		if (monday/7)%r.every.Interval != 0 {
			return false
		}
		if len(r.every.WeekDays) == 0 {
			return day.Weekday() == begin.Weekday()
		}
		return slices.Contains(r.every.WeekDays, day.Weekday().String())
	default:
		months := (day.Year()-begin.Year())*12 + int(day.Month()-begin.Month())
		if months%r.every.Interval != 0 {
			return false
		}
		if len(r.every.MonthDays) == 0 {
			return day.Day() == begin.Day()
		}
		return slices.Contains(r.every.MonthDays, day.Day())
	}
}

// clock are the moments of a day in minutes, in order: each hour with each
// minute.
func (r rhythm) clock() []int {
	hours, minutes := slices.Sorted(slices.Values(r.every.Hours)), slices.Sorted(slices.Values(r.every.Minutes))
	if len(minutes) == 0 {
		minutes = []int{0}
	}
	if len(hours) == 0 {
		hours = []int{r.begin.Hour()}
		if len(r.every.Minutes) == 0 {
			minutes = []int{r.begin.Minute()}
		}
	}
	var at []int
	for _, h := range hours {
		for _, m := range minutes {
			at = append(at, h*60+m)
		}
	}
	return at
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
