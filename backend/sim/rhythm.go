package sim

import (
	"fmt"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// rhythm is a recurrence in a zone. What it leaves open (the time of day, the
// day of the week or of the month), its beginning decides.
type rhythm struct {
	every model.Recurrence
	begin time.Time // in the zone
}

// beginLayout is how the wire writes the beginning of a schedule.
const beginLayout = "2006-01-02T15:04:05"

// farthest is how many days ahead the next time is looked for.
const farthest = 5 * 366

func newRhythm(r model.Recurrence, begin, zone string, otherwise time.Time) (rhythm, error) {
	minutes, ok := zones[zone]
	if !ok {
		return rhythm{}, fmt.Errorf("time zone %q is not a Windows time zone name known here", zone)
	}
	place := time.FixedZone(zone, minutes*60)
	check := model.InstanceSchedule{Action: model.ScheduleStop, Recurrence: r}
	if err := check.Validate(); err != nil {
		return rhythm{}, err
	}
	at := otherwise.In(place)
	if begin != "" {
		var err error
		if at, err = time.ParseInLocation(beginLayout, begin, place); err != nil {
			return rhythm{}, fmt.Errorf("startTime %q is not of the form %s", begin, beginLayout)
		}
	}
	return rhythm{every: r, begin: at}, nil
}

// next is the first time after t.
func (r rhythm) next(after time.Time) time.Time {
	after = after.In(r.begin.Location())
	if after.Before(r.begin) {
		after = r.begin.Add(-time.Nanosecond)
	}
	switch r.every.Frequency {
	case "Minute":
		return r.step(after, time.Minute)
	case "Hour":
		return r.step(after, time.Hour)
	}
	day := time.Date(after.Year(), after.Month(), after.Day(), 0, 0, 0, 0, after.Location())
	for range farthest {
		if r.falls(day) {
			for _, at := range r.times(day) {
				if at.After(after) {
					return at.UTC()
				}
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// step counts on from the beginning in equal steps.
func (r rhythm) step(after time.Time, unit time.Duration) time.Time {
	step := time.Duration(r.every.Interval) * unit
	done := after.Sub(r.begin) / step
	for at := r.begin.Add(done * step); ; at = at.Add(step) {
		if at.After(after) {
			return at.UTC()
		}
	}
}

// falls reports whether a day is one of the recurrence's.
func (r rhythm) falls(day time.Time) bool {
	begin := time.Date(r.begin.Year(), r.begin.Month(), r.begin.Day(), 0, 0, 0, 0, r.begin.Location())
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

// times are the moments of a day, in order: each hour with each minute.
func (r rhythm) times(day time.Time) []time.Time {
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
	var at []time.Time
	for _, h := range hours {
		for _, m := range minutes {
			at = append(at, day.Add(time.Duration(h)*time.Hour+time.Duration(m)*time.Minute))
		}
	}
	return at
}
