package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxSchedules is how many start and stop schedules an instance can have.
const MaxSchedules = 4

// The actions and states of a schedule, as the service spells them.
const (
	ScheduleStart    = "Start"
	ScheduleStop     = "Stop"
	ScheduleEnabled  = "Enabled"
	ScheduleDisabled = "Disabled"
)

// InstanceSchedule is a start or stop schedule of an instance. It has either a
// cron expression or a recurrence.
type InstanceSchedule struct {
	ID         string // the service's own; "" for one to be
	Action     string // Start, Stop
	Status     string // Enabled, Disabled
	Cron       string // five-field cron expression, "" for a recurrence
	Recurrence Recurrence
	StartTime  string // when it begins to count, 2006-01-02T15:04:05 in its time zone; "" from now on
	TimeZone   string // Windows time zone name; its daylight saving is ignored
}

// Recurrence is how often and when a schedule does what it does. The zero
// value is none.
type Recurrence struct {
	Frequency string // Minute, Hour, Day, Week, Month
	Interval  int    // every so many of them
	Hours     []int
	Minutes   []int
	WeekDays  []string // Monday, …
	MonthDays []int
}

// Off reports whether the schedule does nothing.
func (s InstanceSchedule) Off() bool { return strings.EqualFold(s.Status, ScheduleDisabled) }

// When says when a schedule does what it does: "0 19 * * 1-5", or
// "every week on Monday, Friday at 19:00".
func (s InstanceSchedule) When() string {
	if s.Cron != "" {
		return s.Cron
	}
	return s.Recurrence.String()
}

// String writes a schedule the way [ParseSchedule] reads it.
func (s InstanceSchedule) String() string {
	words := []string{strings.ToLower(s.Action), s.When()}
	if s.Off() {
		words = append([]string{"disabled"}, words...)
	}
	if s.TimeZone != "" {
		words = append(words, s.TimeZone)
	}
	return strings.Join(words, " ")
}

// String writes a recurrence: "every 2 weeks on Monday,Friday at 19:00".
func (r Recurrence) String() string {
	if r.Frequency == "" {
		return ""
	}
	text := "every " + Fold(r.Frequency)
	if r.Interval > 1 {
		text = "every " + count(r.Interval, Fold(r.Frequency))
	}
	on := append([]string(nil), r.WeekDays...)
	for _, d := range r.MonthDays {
		on = append(on, itoa(d))
	}
	if len(on) > 0 {
		text += " on " + strings.Join(on, ",")
	}
	if at := r.times(); len(at) > 0 {
		text += " at " + strings.Join(at, ",")
	}
	return text
}

// times are the hours and minutes of a recurrence: each hour with each minute.
func (r Recurrence) times() []string {
	minutes := r.Minutes
	if len(minutes) == 0 {
		minutes = []int{0}
	}
	var at []string
	for _, h := range r.Hours {
		for _, m := range minutes {
			at = append(at, fmt.Sprintf("%02d:%02d", h, m))
		}
	}
	return at
}

// Validate says what is missing or wrong, one sentence for each, or nothing.
func (s InstanceSchedule) Validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if s.Action != ScheduleStart && s.Action != ScheduleStop {
		bad("action: %q is not one of start, stop", s.Action)
	}
	switch {
	case s.Cron == "" && s.Recurrence.Frequency == "":
		bad("when: a schedule needs a cron expression or a recurrence, such as %q or %q", "0 19 * * 1-5", "every day at 19:00")
	case s.Cron != "" && s.Recurrence.Frequency != "":
		bad("when: a cron expression or a recurrence, not both")
	case s.Cron != "":
		if _, err := parseCron(s.Cron); err != nil {
			errs = append(errs, err)
		}
	default:
		errs = append(errs, s.Recurrence.validate()...)
	}
	return errors.Join(errs...)
}

// ValidateSchedules says what is wrong with the schedules an instance is to
// have, one sentence for each, or nothing.
func ValidateSchedules(list []InstanceSchedule) error {
	var errs []error
	if len(list) > MaxSchedules {
		errs = append(errs, fmt.Errorf("schedules: an instance can have %d, not %d", MaxSchedules, len(list)))
	}
	for i, s := range list {
		if err := s.Validate(); err != nil {
			errs = append(errs, fmt.Errorf("schedule %d: %w", i+1, err))
		}
	}
	return errors.Join(errs...)
}

// SameSchedules reports whether the schedules an instance has do what is wanted,
// in whatever order: the service gives them ids, and a beginning of its own to
// those that are wanted without one.
func SameSchedules(have, want []InstanceSchedule) bool {
	if len(have) != len(want) {
		return false
	}
	left := slices.Clone(have)
	for _, w := range want {
		k := slices.IndexFunc(left, func(h InstanceSchedule) bool {
			return h.effect() == w.effect() && (w.StartTime == "" || strings.HasPrefix(h.StartTime, w.StartTime))
		})
		if k < 0 {
			return false
		}
		left = slices.Delete(left, k, k+1)
	}
	return true
}

// effect is what a schedule does, to be compared with another's.
func (s InstanceSchedule) effect() string {
	if s.TimeZone == "" {
		s.TimeZone = "UTC"
	}
	return Fold(s.String())
}
