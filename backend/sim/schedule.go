package sim

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/amltop/amltop/model"
)

// zones are the offsets of the Windows time zones that schedules may name, in
// minutes. The service's schedules ignore daylight saving time, so an offset is
// all there is to a zone.
var zones = map[string]int{
	"": 0, "UTC": 0, "GMT Standard Time": 0, "Greenwich Standard Time": 0,
	"W. Europe Standard Time": 60, "Central Europe Standard Time": 60, "Romance Standard Time": 60,
	"E. Europe Standard Time": 120, "FLE Standard Time": 120, "Israel Standard Time": 120,
	"Russian Standard Time": 180, "Arabian Standard Time": 240, "India Standard Time": 330,
	"China Standard Time": 480, "Singapore Standard Time": 480, "Tokyo Standard Time": 540,
	"AUS Eastern Standard Time": 600, "New Zealand Standard Time": 720,
	"E. South America Standard Time": -180, "Atlantic Standard Time": -240, "Eastern Standard Time": -300,
	"Central Standard Time": -360, "Mountain Standard Time": -420, "Pacific Standard Time": -480,
	"Azores Standard Time": -60, "Argentina Standard Time": -180, "Newfoundland Standard Time": -210,
	"SA Pacific Standard Time": -300, "US Eastern Standard Time": -300, "Canada Central Standard Time": -360,
	"Central Standard Time (Mexico)": -360, "US Mountain Standard Time": -420, "Alaskan Standard Time": -540,
	"Hawaiian Standard Time": -600, "Central European Standard Time": 60, "W. Central Africa Standard Time": 60,
	"GTB Standard Time": 120, "Egypt Standard Time": 120, "South Africa Standard Time": 120, "Turkey Standard Time": 180,
	"Arab Standard Time": 180, "E. Africa Standard Time": 180, "Iran Standard Time": 210, "Pakistan Standard Time": 300,
	"Nepal Standard Time": 345, "Bangladesh Standard Time": 360, "SE Asia Standard Time": 420, "Taipei Standard Time": 480,
	"W. Australia Standard Time": 480, "Korea Standard Time": 540, "Cen. Australia Standard Time": 570,
	"E. Australia Standard Time": 600, "Tonga Standard Time": 780,
}

// timetable is a parsed cron expression in a zone.
type timetable struct {
	spec cron.Schedule
	zone *time.Location
}

func newTimetable(expression, zone string) (timetable, error) {
	minutes, ok := zones[zone]
	if !ok {
		return timetable{}, fmt.Errorf("time zone %q is not a Windows time zone name known here", zone)
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	spec, err := parser.Parse(expression)
	if err != nil {
		return timetable{}, fmt.Errorf("cron expression %q: %w", expression, err)
	}
	return timetable{spec, time.FixedZone(zone, minutes*60)}, nil
}

// next is the first time after t; zero if there is none.
func (t timetable) next(after time.Time) time.Time {
	at := t.spec.Next(after.In(t.zone))
	if at.IsZero() {
		return at
	}
	return at.UTC()
}

// nexter finds the next time something is due; zero if there is none.
type nexter interface {
	next(after time.Time) time.Time
}

// scheduleOf is when an instance's schedule is due, counted from a beginning
// where it does not name its own.
func scheduleOf(s Schedule, begin time.Time) (nexter, error) {
	if s.Cron != "" {
		return newTimetable(s.Cron, s.TimeZone)
	}
	return newRhythm(s.Recurrence, s.StartTime, s.TimeZone, begin)
}

func checkSchedules(list []Schedule) error {
	if len(list) > model.MaxSchedules {
		return badArgument("A compute instance can have at most %d schedules.", model.MaxSchedules)
	}
	for _, s := range list {
		if s.Action != model.ScheduleStart && s.Action != model.ScheduleStop {
			return badArgument("Schedule action %q is neither Start nor Stop.", s.Action)
		}
		if _, err := scheduleOf(s, time.Time{}); err != nil {
			return badArgument("Schedule: %v.", err)
		}
	}
	return nil
}

// SetSchedules gives an instance other schedules, all of them.
func (w *World) SetSchedules(i *Instance, list []Schedule) error {
	if err := checkSchedules(list); err != nil {
		return err
	}
	if i.Gone || i.ProvisioningState != provisioned {
		return conflict("compute instance", i.Name, i.State)
	}
	i.Schedules, i.ModifiedAt = list, w.now
	w.followSchedules(i)
	return nil
}

// followSchedules plans the next run of each enabled schedule. Plans made for
// earlier schedules come to nothing.
func (w *World) followSchedules(i *Instance) {
	i.plans++
	for _, s := range i.Schedules {
		if s.Off() {
			continue
		}
		if t, err := scheduleOf(s, w.now); err == nil {
			w.followSchedule(i, s.Action, t, i.plans)
		}
	}
}

func (w *World) followSchedule(i *Instance, action string, t nexter, plans int) {
	at := t.next(w.now)
	if at.IsZero() {
		return
	}
	w.plan(at.Sub(w.now), func() {
		if i.Gone || i.plans != plans {
			return
		}
		w.obey(i, action)
		w.followSchedule(i, action, t, plans)
	})
}

// obey does what a schedule says, if the instance is in a state for it. A stop
// of an instance whose disk is full fails without a word.
func (w *World) obey(i *Instance, action string) {
	state := model.InstanceState(i.State)
	switch {
	case i.ProvisioningState == deleting:
	case action == model.ScheduleStart && state == model.StateStopped:
		w.bringUp(i, triggerSchedule, nil)
	case action == model.ScheduleStop && !state.Info().Transient && state.Info().Allows(model.VerbStop) && !i.DiskFull:
		w.bringDown(i, triggerSchedule, nil)
	}
}
