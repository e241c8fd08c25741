package sim

import (
	"time"

	"github.com/amltop/amltop/model"
)

func checkSchedules(list []Schedule) error {
	if len(list) > model.MaxSchedules {
		return badArgument("A compute instance can have at most %d schedules.", model.MaxSchedules)
	}
	for _, s := range list {
		if s.Action != model.ScheduleStart && s.Action != model.ScheduleStop {
			return badArgument("Schedule action %q is neither Start nor Stop.", s.Action)
		}
		if _, err := s.Timetable(time.Time{}); err != nil {
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
		if t, err := s.Timetable(w.now); err == nil {
			w.followSchedule(i, s.Action, t, i.plans)
		}
	}
}

func (w *World) followSchedule(i *Instance, action string, t model.Timetable, plans int) {
	at := t.Next(w.now)
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
