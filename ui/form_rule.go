package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/pane"
)

// idlePresets are the idle rules people mean.
func idlePresets() []dialog.Option {
	var options []dialog.Option
	for _, text := range []string{"15m", "30m", "1h", "2h", "4h", "8h", "1d", "3d"} {
		options = append(options, dialog.Option{Value: text})
	}
	return append(options, dialog.Option{Value: "off", Note: "it bills until somebody stops it"})
}

func idleWord(d time.Duration) string {
	if d == 0 {
		return "off"
	}
	return spelled(d)
}

// instancesOf are the instances among rows.
func instancesOf(rows []pane.Selection) []*model.Instance {
	var list []*model.Instance
	for _, r := range rows {
		if i, is := r.Row.(*model.Instance); is {
			list = append(list, i)
		}
	}
	return list
}

// idleForm sets the idle shutdown of one or several instances. It begins with
// what is so now, which typing replaces.
func idleForm(s *model.Snapshot, list []*model.Instance) *dialog.Form {
	title := "Idle shutdown of " + list[0].Name
	if len(list) > 1 {
		title = "Idle shutdown of " + counted(len(list), "instance")
	}
	field := dialog.Text(fieldIdle, "after so long idle", "", "30m, 2h, 1d … or off; enter lists some")
	field.Free, field.Options = true, idlePresets()
	now := map[string]string{fieldIdle: idleWord(list[0].IdleShutdown)}
	return dialog.NewForm(title, "preview", []dialog.Field{field}, func(v dialog.Values) dialog.Judged {
		idle, err := model.ParseIdle(v[fieldIdle])
		if err != nil {
			return dialog.Judged{Errors: sentences(err), Propose: now}
		}
		j := idleJudged(s, list, idle)
		j.Propose = now
		return j
	})
}

// idleJudged is what an idle rule comes to for each of the instances: those that
// have it already are left alone.
func idleJudged(s *model.Snapshot, list []*model.Instance, idle time.Duration) dialog.Judged {
	var commands []model.Command
	notes := []string{"any time from " + spelled(model.ShortestIdle) + " to " + spelled(model.LongestIdle) + ", or off"}
	var wrong error
	for _, i := range list {
		c := model.Command{Verb: model.VerbIdle, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace, Idle: idle}
		if err := model.Check(s, c); err != nil {
			wrong = err
		} else {
			commands = append(commands, c)
		}
		if len(notes) <= refusedShown {
			notes = append(notes, i.Name+" now: "+idleWord(i.IdleShutdown)+", "+i.LeashAt(s.Clock.Time).Text)
		}
	}
	if more := len(list) + 1 - len(notes); more > 0 {
		notes = append(notes, "and "+strconv.Itoa(more)+" more")
	}
	if len(commands) == 0 {
		return dialog.Judged{Notes: notes, Errors: sentences(wrong)}
	}
	return dialog.Judged{Notes: notes, Result: previewAnswer{commands}}
}

// scheduleForm sets all the schedules of an instance, one a line: what is
// emptied goes.
func scheduleForm(s *model.Snapshot, i *model.Instance) *dialog.Form {
	var fields []dialog.Field
	for k := range max(model.MaxSchedules, len(i.Schedules)) {
		text, hint := "", ""
		if k < len(i.Schedules) {
			text = i.Schedules[k].String()
		} else if k == len(i.Schedules) {
			hint = "such as stop daily 19:00 Romance Standard Time"
		}
		n := strconv.Itoa(k + 1)
		fields = append(fields, dialog.Text(n, "schedule "+n, text, hint))
	}
	notes := []string{
		"start or stop, then daily 19:00, weekdays 07:30, every week on Mon,Thu at 07:30 or five cron fields, then a Windows time zone (else UTC). An empty line takes its schedule away.",
	}
	return dialog.NewForm("Schedules of "+i.Name, "preview", fields, func(v dialog.Values) dialog.Judged {
		list, errs := schedulesRead(i, fields, v)
		if len(errs) > 0 {
			return dialog.Judged{Errors: errs}
		}
		command := model.Command{
			Verb: model.VerbSchedule, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace, Schedules: list,
		}
		return judged(notes, command, model.Check(s, command))
	})
}

// schedulesRead reads the lines. One that nobody changed stays as the service
// has it, with its identity and its beginning.
func schedulesRead(i *model.Instance, fields []dialog.Field, v dialog.Values) (list []model.InstanceSchedule, errs []string) {
	for k := range fields {
		text := strings.TrimSpace(v[fields[k].ID])
		switch {
		case text == "":
		case k < len(i.Schedules) && text == i.Schedules[k].String():
			list = append(list, i.Schedules[k])
		default:
			s, err := model.ParseSchedule(text)
			if err != nil {
				errs = append(errs, err.Error())
			}
			list = append(list, s)
		}
	}
	return list, errs
}
