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
		s.Cron, s.TimeZone = string(w.Cron.Expression), string(w.Cron.TimeZone)
	case w.Recurrence != nil:
		s.Every, s.TimeZone = every(w), string(w.Recurrence.TimeZone)
	}
	return s
}

// every writes a recurrence: "1 Week on Monday, Friday at 19:00".
func every(w *wireSchedule) string {
	r := w.Recurrence
	words := fmt.Sprintf("%d %s", max(1, int(r.Interval)), r.Frequency)
	var days []string
	for _, d := range r.Schedule.WeekDays {
		days = append(days, string(d))
	}
	if len(days) > 0 {
		words += " on " + strings.Join(days, ", ")
	}
	minutes := r.Schedule.Minutes
	if len(minutes) == 0 {
		minutes = []whole{0}
	}
	var times []string
	for _, h := range r.Schedule.Hours {
		for _, m := range minutes {
			times = append(times, fmt.Sprintf("%02d:%02d", int(h), int(m)))
		}
	}
	if len(times) > 0 {
		words += " at " + strings.Join(times, ", ")
	}
	return words
}
