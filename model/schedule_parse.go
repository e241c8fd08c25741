package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ParseSchedule reads a schedule as people write it:
//
//	stop 0 19 * * 1-5 Romance Standard Time
//	start every week on Monday,Friday at 07:30 W. Europe Standard Time
//	disabled stop every 2 days at 19:00
//	stop daily 19:00
//	start weekdays 07:30 W. Europe Standard Time
//
// The action comes first, then five cron fields or a recurrence (every …, on …,
// at …), then the name of a Windows time zone, without which it is UTC.
func ParseSchedule(text string) (InstanceSchedule, error) {
	words := strings.Fields(text)
	s := InstanceSchedule{Status: ScheduleEnabled}
	if len(words) > 0 && strings.EqualFold(words[0], "disabled") {
		s.Status, words = ScheduleDisabled, words[1:]
	}
	if len(words) == 0 {
		return s, fmt.Errorf("schedule %q: write it as %q or %q", text, "stop 0 19 * * 1-5 Romance Standard Time", "stop every day at 19:00 UTC")
	}
	switch Fold(words[0]) {
	case "start":
		s.Action = ScheduleStart
	case "stop":
		s.Action = ScheduleStop
	default:
		return s, fmt.Errorf("schedule %q: it begins with start or stop, not with %q", text, words[0])
	}
	words = inFull(words[1:])
	if len(words) > 0 && strings.EqualFold(words[0], "every") {
		var err error
		if s.Recurrence, words, err = parseRecurrence(words[1:]); err != nil {
			return s, fmt.Errorf("schedule %q: %w", text, err)
		}
	} else if len(words) < 5 {
		return s, fmt.Errorf("schedule %q: five cron fields follow %s (minute hour day month weekday), or every …", text, Fold(s.Action))
	} else {
		s.Cron, words = strings.Join(words[:5], " "), words[5:]
	}
	s.TimeZone = strings.Trim(strings.Join(words, " "), `"'`)
	if s.TimeZone == "" {
		s.TimeZone = "UTC"
	}
	if err := s.Validate(); err != nil {
		return s, fmt.Errorf("schedule %q: %w", text, err)
	}
	return s, nil
}

// inFull writes the short forms out: "daily 19:00" is "every day at 19:00".
func inFull(words []string) []string {
	if len(words) == 0 {
		return words
	}
	long := map[string]string{"daily": "every day", "weekdays": "every week on Monday,Tuesday,Wednesday,Thursday,Friday"}[Fold(words[0])]
	if long == "" {
		return words
	}
	full := strings.Fields(long)
	if len(words) > 1 && words[1][0] >= '0' && words[1][0] <= '9' {
		full = append(full, "at")
	}
	return append(full, words[1:]...)
}

// frequencies are the service's, and weekDays the days of a week.
var (
	frequencies = []string{"Minute", "Hour", "Day", "Week", "Month"}
	weekDays    = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)

// parseRecurrence reads what follows "every" and returns the words left over.
func parseRecurrence(words []string) (Recurrence, []string, error) {
	r := Recurrence{Interval: 1}
	if len(words) > 0 {
		if n, err := strconv.Atoi(words[0]); err == nil {
			r.Interval, words = n, words[1:]
		}
	}
	if len(words) == 0 {
		return r, nil, fmt.Errorf("after every comes %s", strings.ToLower(strings.Join(frequencies, ", ")))
	}
	k := slices.IndexFunc(frequencies, func(f string) bool { return Fold(f) == strings.TrimSuffix(Fold(words[0]), "s") })
	if k < 0 {
		return r, nil, fmt.Errorf("every %s: that is none of %s", words[0], strings.ToLower(strings.Join(frequencies, ", ")))
	}
	r.Frequency, words = frequencies[k], words[1:]
	var list []string
	if list, words = listAfter("on", words); len(list) > 0 {
		for _, day := range list {
			if err := r.addDay(day); err != nil {
				return r, nil, err
			}
		}
	}
	if list, words = listAfter("at", words); len(list) > 0 {
		if err := r.setTimes(list); err != nil {
			return r, nil, err
		}
	}
	if len(r.Hours) == 0 && k >= 2 { // by day, week or month
		return r, nil, fmt.Errorf("every %s: say when, such as at 19:00", Fold(r.Frequency))
	}
	return r, words, nil
}

// listAfter reads a word and the comma-separated list after it, which may have
// spaces behind its commas.
func listAfter(word string, words []string) (list, rest []string) {
	if len(words) < 2 || !strings.EqualFold(words[0], word) {
		return nil, words
	}
	rest = words[1:]
	for more := true; more && len(rest) > 0; rest = rest[1:] {
		more = strings.HasSuffix(rest[0], ",")
		for _, item := range strings.Split(rest[0], ",") {
			if item != "" {
				list = append(list, item)
			}
		}
	}
	return list, rest
}

// addDay takes a day of the week, at least three letters of it, or of the month.
func (r *Recurrence) addDay(day string) error {
	if n, err := strconv.Atoi(day); err == nil {
		r.MonthDays = append(r.MonthDays, n)
		return nil
	}
	for _, full := range weekDays {
		if len(day) >= 3 && strings.HasPrefix(Fold(full), Fold(day)) {
			r.WeekDays = append(r.WeekDays, full)
			return nil
		}
	}
	return fmt.Errorf("on %s: that is no day of the week or of the month", day)
}

// setTimes takes times of day. The service keeps hours and minutes apart and
// runs at each pair of them, so that 07:30,19:00 cannot be said in one schedule.
func (r *Recurrence) setTimes(list []string) error {
	for _, at := range list {
		hour, minute, ok := strings.Cut(at, ":")
		h, err := strconv.Atoi(hour)
		m, err2 := strconv.Atoi(minute)
		if !ok || err != nil || err2 != nil {
			return fmt.Errorf("at %s: write a time of day as 19:00", at)
		}
		if !slices.Contains(r.Hours, h) {
			r.Hours = append(r.Hours, h)
		}
		if !slices.Contains(r.Minutes, m) {
			r.Minutes = append(r.Minutes, m)
		}
	}
	if len(r.Hours)*len(r.Minutes) != len(list) {
		return fmt.Errorf("at %s: the service runs at each hour with each minute; use one schedule for each", strings.Join(list, ","))
	}
	return nil
}

// validate says what is wrong with a recurrence.
func (r Recurrence) validate() []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if !slices.Contains(frequencies, r.Frequency) {
		bad("frequency: %q is not one of %s", r.Frequency, strings.Join(frequencies, ", "))
	}
	if r.Interval < 1 {
		bad("interval: %d is below 1", r.Interval)
	}
	for _, b := range []struct {
		what         string
		list         []int
		lowest, most int
	}{{"hours", r.Hours, 0, 23}, {"minutes", r.Minutes, 0, 59}, {"month days", r.MonthDays, 1, 31}} {
		for _, n := range b.list {
			if n < b.lowest || n > b.most {
				bad("%s: %d is not between %d and %d", b.what, n, b.lowest, b.most)
			}
		}
	}
	if len(r.WeekDays) > 0 && r.Frequency != "Week" || len(r.MonthDays) > 0 && r.Frequency != "Month" {
		bad("on: days of the week belong to every week, days of the month to every month")
	}
	return errs
}
