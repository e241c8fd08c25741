package azure

import (
	"fmt"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// mapInstance maps a compute instance.
func mapInstance(w *wireCompute, ws model.WorkspaceID) *model.Instance {
	p := &w.Properties.Properties
	i := &model.Instance{
		Target:       mapTarget(w, ws),
		VMSize:       model.SizeName(p.VMSize),
		State:        model.InstanceState(p.State),
		Owner:        owner(w),
		IdleShutdown: time.Duration(p.IdleShutdown),
		Last: model.LastOperation{
			Name:    string(p.LastOperation.Name),
			Time:    p.LastOperation.Time.at,
			Status:  string(p.LastOperation.Status),
			Trigger: string(p.LastOperation.Trigger),
		},
		CustomApps: len(p.CustomServices),
		Identity:   w.Identity != nil && w.Identity.Type != "" && !strings.EqualFold(string(w.Identity.Type), "None"),
	}
	if i.State == "" {
		i.State = stateOf(i.ProvisioningState)
	}
	if i.CreatedBy == "" {
		i.CreatedBy = string(p.CreatedBy.UserName)
	}
	for _, app := range p.Applications {
		i.Applications = append(i.Applications, model.Application{Name: string(app.Name), URL: string(app.URL)})
	}
	for n := range p.Schedules.StartStop {
		i.Schedules = append(i.Schedules, mapSchedule(&p.Schedules.StartStop[n]))
	}
	if strings.EqualFold(string(p.SSH.Public), "Enabled") && p.Connectivity.PublicIP != "" && p.SSH.Port > 0 {
		i.SSH = fmt.Sprintf("%s@%s:%d", p.SSH.User, p.Connectivity.PublicIP, p.SSH.Port)
	}
	i.RunningSince = runningSince(i)
	return i
}

// stateOf stands in for the state, which is null right after the creation was
// asked for: the resource's provisioning state tells as much.
func stateOf(provisioning string) model.InstanceState {
	switch model.Fold(provisioning) {
	case "creating", "provisioning":
		return model.StateCreating
	case "deleting":
		return model.StateDeleting
	case "failed":
		return model.StateCreateFailed
	default:
		return model.StateUnknown
	}
}

// owner is the assigned user of a personal instance, else its creator. Only
// the creator comes with a name; of another user there is the object id.
func owner(w *wireCompute) string {
	p := &w.Properties.Properties
	if p.Personal != nil {
		if id := p.Personal.AssignedUser.ObjectID; id != "" && id != p.CreatedBy.UserID {
			return string(id)
		}
	}
	if p.CreatedBy.UserName != "" {
		return string(p.CreatedBy.UserName)
	}
	if p.CreatedBy.UserID != "" {
		return string(p.CreatedBy.UserID)
	}
	return string(w.SystemData.CreatedBy)
}

// runningSince is when the current run began, as far as one answer tells: the
// last operation's time, if that operation is what brought the VM up. The
// service stamps an operation when it begins. A restart does not deallocate,
// so that the run may be older: since then, at least. After anything else, such
// as a stop under way or one that failed, the beginning is not known and the
// answer is zero; the history of earlier polls may know.
func runningSince(i *model.Instance) time.Time {
	if i.State.Info().Bills != model.Yes {
		return time.Time{}
	}
	if i.Last.Name == "" {
		if i.State == model.StateCreating {
			return i.CreatedAt
		}
		return time.Time{}
	}
	switch model.Fold(i.Last.Status) {
	case "succeeded", "inprogress":
	default:
		return time.Time{}
	}
	switch model.Fold(i.Last.Name) {
	case "create", "start", "restart":
		return i.Last.Time
	default:
		return time.Time{}
	}
}

func mapSchedule(w *wireSchedule) model.InstanceSchedule {
	s := model.InstanceSchedule{ID: string(w.ID), Action: string(w.Action), Status: string(w.Status)}
	switch {
	case w.Cron != nil && w.Cron.Expression != "":
		s.Cron, s.TimeZone, s.StartTime = string(w.Cron.Expression), string(w.Cron.TimeZone), string(w.Cron.StartTime)
	case w.Recurrence != nil:
		r := w.Recurrence
		s.TimeZone, s.StartTime = string(r.TimeZone), string(r.StartTime)
		s.Recurrence = model.Recurrence{
			Frequency: string(r.Frequency), Interval: max(1, int(r.Interval)),
			Hours: ints(r.Schedule.Hours), Minutes: ints(r.Schedule.Minutes), MonthDays: ints(r.Schedule.MonthDays),
		}
		for _, d := range r.Schedule.WeekDays {
			s.Recurrence.WeekDays = append(s.Recurrence.WeekDays, string(d))
		}
	}
	return s
}

func ints(list []whole) []int {
	var out []int
	for _, n := range list {
		out = append(out, int(n))
	}
	return out
}
