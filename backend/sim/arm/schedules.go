package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/model"
)

// schedulesIn are the schedules of an instance in a body.
type schedulesIn struct {
	ComputeStartStop []scheduleIn `json:"computeStartStop"`
}

type scheduleIn struct {
	ID     string `json:"id"`
	Action string `json:"action"`
	Status string `json:"status"`
	Cron   struct {
		Expression string `json:"expression"`
		StartTime  string `json:"startTime"`
		TimeZone   string `json:"timeZone"`
	} `json:"cron"`
	Recurrence struct {
		Frequency string `json:"frequency"`
		Interval  int    `json:"interval"`
		StartTime string `json:"startTime"`
		TimeZone  string `json:"timeZone"`
		Schedule  struct {
			Hours     []int    `json:"hours"`
			Minutes   []int    `json:"minutes"`
			WeekDays  []string `json:"weekDays"`
			MonthDays []int    `json:"monthDays"`
		} `json:"schedule"`
	} `json:"recurrence"`
}

// updateSchedules answers the call that replaces an instance's schedules. What
// the service answers is not known; an empty 200 says as much as is needed.
func updateSchedules(c *call) error {
	i, err := c.instance()
	if err != nil {
		return err
	}
	var in struct {
		Schedules *schedulesIn `json:"schedules"`
	}
	if err := c.decode(&in); err != nil {
		return err
	}
	if in.Schedules == nil {
		return userError("The body needs schedules.computeStartStop.")
	}
	return c.world().SetSchedules(i, c.schedulesFrom(in.Schedules))
}

// schedulesFrom are the world's schedules of a body. One without an id is new.
func (c *call) schedulesFrom(in *schedulesIn) []sim.Schedule {
	if in == nil {
		return nil
	}
	var list []sim.Schedule
	for _, s := range in.ComputeStartStop {
		to := sim.Schedule{ID: s.ID, Action: camel(s.Action), Status: camel(s.Status)}
		if to.ID == "" {
			to.ID = c.s.newGUID()
		}
		if to.Status == "" {
			to.Status = model.ScheduleEnabled
		}
		if s.Cron.Expression != "" {
			to.Cron, to.StartTime, to.TimeZone = s.Cron.Expression, s.Cron.StartTime, s.Cron.TimeZone
		} else {
			r := s.Recurrence
			to.StartTime, to.TimeZone = r.StartTime, r.TimeZone
			to.Recurrence = model.Recurrence{
				Frequency: camel(r.Frequency), Interval: r.Interval, Hours: r.Schedule.Hours, Minutes: r.Schedule.Minutes,
				MonthDays: r.Schedule.MonthDays,
			}
			for _, day := range r.Schedule.WeekDays {
				to.Recurrence.WeekDays = append(to.Recurrence.WeekDays, camel(day))
			}
		}
		list = append(list, to)
	}
	return list
}

// camel is a word of an enumeration, which the service reads without case, as
// it writes it: "week" is Week.
func camel(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + strings.ToLower(word[1:])
}

// schedules writes an instance's schedules.
func (w *writer) schedules(list []sim.Schedule) {
	w.object("schedules")
	w.array("computeStartStop")
	for _, s := range list {
		w.object("")
		w.str("id", s.ID)
		w.str("provisioningStatus", "Completed")
		w.str("status", s.Status)
		w.str("action", s.Action)
		if s.Cron != "" {
			w.str("triggerType", "Cron")
			w.null("recurrence")
			w.object("cron")
			w.strOrNull("startTime", s.StartTime)
			w.str("timeZone", s.TimeZone)
			w.str("expression", s.Cron)
			w.endObject()
		} else {
			w.str("triggerType", "Recurrence")
			w.recurrence(s)
			w.null("cron")
		}
		w.null("schedule")
		w.endObject()
	}
	w.endArray()
	w.endObject()
}

func (w *writer) recurrence(s sim.Schedule) {
	r := s.Recurrence
	w.object("recurrence")
	w.str("frequency", r.Frequency)
	w.int("interval", r.Interval)
	w.strOrNull("startTime", s.StartTime)
	w.str("timeZone", s.TimeZone)
	w.object("schedule")
	w.ints("hours", r.Hours)
	w.ints("minutes", r.Minutes)
	w.array("weekDays")
	for _, day := range r.WeekDays {
		w.str("", day)
	}
	w.endArray()
	w.ints("monthDays", r.MonthDays)
	w.endObject()
	w.endObject()
}

func (w *writer) ints(key string, list []int) {
	w.array(key)
	for _, n := range list {
		w.int("", n)
	}
	w.endArray()
}
