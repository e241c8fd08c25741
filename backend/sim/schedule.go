package sim

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/amltop/amltop/model"
)

// mostSchedules is the service's limit for an instance.
const mostSchedules = 4

const (
	actionStart      = "Start"
	actionStop       = "Stop"
	scheduleDisabled = "Disabled"
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

func checkSchedules(list []Schedule) error {
	if len(list) > mostSchedules {
		return badArgument("A compute instance can have at most %d schedules.", mostSchedules)
	}
	for _, s := range list {
		if s.Action != actionStart && s.Action != actionStop {
			return badArgument("Schedule action %q is neither Start nor Stop.", s.Action)
		}
		if _, err := newTimetable(s.Cron, s.TimeZone); err != nil {
			return badArgument("Schedule: %v.", err)
		}
	}
	return nil
}

// followSchedules plans the next run of each enabled schedule.
func (w *World) followSchedules(i *Instance) {
	for _, s := range i.Schedules {
		if s.Status == scheduleDisabled {
			continue
		}
		if t, err := newTimetable(s.Cron, s.TimeZone); err == nil {
			w.followSchedule(i, s.Action, t)
		}
	}
}

func (w *World) followSchedule(i *Instance, action string, t timetable) {
	at := t.next(w.now)
	if at.IsZero() {
		return
	}
	w.plan(at.Sub(w.now), func() {
		if i.Gone {
			return
		}
		w.obey(i, action)
		w.followSchedule(i, action, t)
	})
}

// obey does what a schedule says, if the instance is in a state for it. A stop
// of an instance whose disk is full fails without a word.
func (w *World) obey(i *Instance, action string) {
	state := model.InstanceState(i.State)
	switch {
	case i.ProvisioningState == deleting:
	case action == actionStart && state == model.StateStopped:
		w.bringUp(i, triggerSchedule, nil)
	case action == actionStop && !state.Info().Transient && state.Info().Allows(model.VerbStop) && !i.DiskFull:
		w.bringDown(i, triggerSchedule, nil)
	}
}
