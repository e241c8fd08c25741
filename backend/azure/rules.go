package azure

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// The SDK has no method for an instance's idle shutdown, nor for its schedules.
// The first is documented with a version of its own.
const (
	idlePath      = "/updateIdleShutdownSetting"
	idleVersion   = "2021-07-01"
	schedulesPath = "/updateSchedules"
)

// planRule sets an instance's idle shutdown or its schedules. The service is
// known to take such a setting and drop it: only reading it back tells.
func (c *Client) planRule(cmd model.Command) ([]step, error) {
	armID := idOf(cmd)
	if _, err := inWorkspace(armID, 2); err != nil {
		return nil, err
	}
	if cmd.Verb == model.VerbIdle {
		if err := model.ValidateIdle(cmd.Idle); err != nil {
			return nil, &model.Refusal{Message: err.Error(), Err: err}
		}
		return []step{c.postStep("idle shutdown", armID, idlePath, idleVersion, idleBody(cmd.Idle))}, nil
	}
	if err := model.ValidateSchedules(cmd.Schedules); err != nil {
		return nil, &model.Refusal{Message: clean(err.Error()), Err: err}
	}
	body := struct {
		Schedules *outSchedules `json:"schedules"`
	}{outSchedulesOf(cmd.Schedules)}
	return []step{c.postStep("schedules", armID, schedulesPath, apiVersion, body)}, nil
}

// idleBody is an idle rule; null takes it away.
func idleBody(d time.Duration) any {
	var rule struct {
		Idle *string `json:"idleTimeBeforeShutdown"`
	}
	if d > 0 {
		text := isoPeriod(d)
		rule.Idle = &text
	}
	return rule
}

// postStep is a step of one POST that the SDK does not have.
func (c *Client) postStep(name, armID, path, version string, body any) step {
	return step{name: name, send: func(ctx context.Context) (*operation, error) {
		return c.write(ctx, name, http.MethodPost, armID, path, version, body)
	}}
}

// write sends a body to a resource, or to an action of it, and reads how it
// goes on.
func (c *Client) write(ctx context.Context, doing, method, armID, path, version string, body any) (*operation, error) {
	req, err := c.resource(ctx, method, armID+path, version)
	if err != nil {
		return nil, refuse(doing, err)
	}
	if err := runtime.MarshalAsJSON(req, body); err != nil {
		return nil, refuse(doing, err)
	}
	got, err := c.send(req)
	if err != nil {
		return nil, refuse(doing, err)
	}
	return begun(&capture{status: got.status, header: got.header, body: got.body}, armID), nil
}

// outSchedules are an instance's schedules on the wire: all of them.
type outSchedules struct {
	StartStop []outSchedule `json:"computeStartStop"`
}

type outSchedule struct {
	ID          string         `json:"id,omitempty"`
	Action      string         `json:"action"`
	Status      string         `json:"status"`
	TriggerType string         `json:"triggerType"`
	Cron        *outCron       `json:"cron,omitempty"`
	Recurrence  *outRecurrence `json:"recurrence,omitempty"`
}

type outCron struct {
	Expression string `json:"expression"`
	StartTime  string `json:"startTime,omitempty"`
	TimeZone   string `json:"timeZone"`
}

type outRecurrence struct {
	Frequency string `json:"frequency"`
	Interval  int    `json:"interval"`
	StartTime string `json:"startTime,omitempty"`
	TimeZone  string `json:"timeZone"`
	Schedule  struct {
		Hours     []int    `json:"hours,omitempty"`
		Minutes   []int    `json:"minutes,omitempty"`
		WeekDays  []string `json:"weekDays,omitempty"`
		MonthDays []int    `json:"monthDays,omitempty"`
	} `json:"schedule"`
}

func outSchedulesOf(list []model.InstanceSchedule) *outSchedules {
	out := &outSchedules{StartStop: make([]outSchedule, 0, len(list))}
	for _, s := range list {
		w := outSchedule{ID: s.ID, Action: s.Action, Status: model.ScheduleEnabled}
		if s.Off() {
			w.Status = model.ScheduleDisabled
		}
		zone := s.TimeZone
		if zone == "" {
			zone = "UTC"
		}
		if s.Cron != "" {
			w.TriggerType, w.Cron = "Cron", &outCron{strings.Join(strings.Fields(s.Cron), " "), s.StartTime, zone}
		} else {
			r := s.Recurrence
			w.TriggerType = "Recurrence"
			w.Recurrence = &outRecurrence{Frequency: r.Frequency, Interval: r.Interval, StartTime: s.StartTime, TimeZone: zone}
			at := &w.Recurrence.Schedule
			at.Hours, at.Minutes, at.WeekDays, at.MonthDays = r.Hours, r.Minutes, r.WeekDays, r.MonthDays
		}
		out.StartStop = append(out.StartStop, w)
	}
	return out
}
