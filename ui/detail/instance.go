package detail

import (
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

func instance(env pane.Env, i *model.Instance) []Section {
	money := cost(env, i.Meter, i.Price, "disk, load balancer and IP: bills until it is deleted")
	if run, ok := i.RunCost(env.Now); ok {
		up, _ := i.Uptime(env.Now)
		money.mark("this run", run.In(i.Price.Currency)+" over "+model.Ago(up), theme.Money)
	}
	money.billedTarget(env, string(i.ID), i.Workspace, i.Meter)
	return []Section{
		instanceState(env, i), leash(env, i), money, machine(env, i.VMSize, i.Size), jobsOn(env, i.ID), access(i), resource(env, &i.Resource),
	}
}

func instanceState(env pane.Env, i *model.Instance) Section {
	s := Section{Title: "compute instance " + i.Name}
	info := i.State.Info()
	state := string(i.State)
	if state == "" {
		state = "unknown"
	}
	s.mark("state", state, theme.OfHealth(info.Health))
	s.operation(env, string(i.ID))
	switch info.Bills {
	case model.Yes:
		s.say("bills", "yes: its VM is allocated")
	case model.No:
		s.say("bills", "not for its VM")
	default:
		s.mark("bills", "unknown in this state", theme.Warn)
	}
	s.must("owner", i.Owner)
	s.say("workspace", env.Snap.WorkspaceName(i.Workspace))
	s.must("last operation", lastOperation(env, i.Last))
	s.say("running since", when(env, i.RunningSince))
	s.provisioning(&i.Resource)
	s.faults(i.Faults)
	s.age(env, model.SectionComputes, string(i.Workspace))
	return s
}

// lastOperation is what last happened to an instance, and what triggered it.
func lastOperation(env pane.Env, last model.LastOperation) string {
	if last.Name == "" {
		return ""
	}
	text := last.Name + " " + last.Status
	if last.Trigger != "" {
		text += " by " + last.Trigger
	}
	if at := when(env, last.Time); at != "" {
		text += ", " + at
	}
	return text
}

// leash is what will stop the instance, and the evidence for it being idle.
func leash(env pane.Env, i *model.Instance) Section {
	s := Section{Title: "leash"}
	l := i.LeashAt(env.Now)
	s.mark("leash", l.Text, panes.LeashTone(l.State))
	if h := env.Snap.HeldFor(string(i.ID)); h != nil {
		s.mark("amltop", h.Text(env.Now), theme.Change)
	}
	s.say("likely because", l.Blocker)
	if !l.Next.IsZero() && l.Pulls() {
		s.say("acts next", "in "+model.Ago(l.Next.Sub(env.Now))+", by its "+l.NextBy)
	}
	if idle := i.IdleAt(env.Now); idle.Known {
		s.say("idle", idle.Evidence)
		s.say("confidence", string(idle.Confidence))
	} else {
		s.mark("idle", "unknown: "+idle.Evidence, theme.Dim)
	}
	if i.IdleShutdown > 0 {
		s.say("idle rule", "stops after "+model.Ago(i.IdleShutdown)+" idle")
	} else {
		s.say("idle rule", "none")
	}
	if n := len(i.Schedules); n > 0 {
		s.say("schedules", strconv.Itoa(n)+" of "+strconv.Itoa(model.MaxSchedules)+" used")
	}
	for _, c := range i.Schedules {
		text := c.Status
		switch {
		case c.Cron != "":
			text += ", cron " + c.Cron
		case c.Recurrence.Frequency != "":
			text += ", " + c.Recurrence.String()
		}
		if c.TimeZone != "" {
			text += ", " + c.TimeZone
			if model.Fold(c.TimeZone) != "utc" {
				text += " (daylight saving ignored)"
			}
		}
		s.say(c.Action+" schedule", text)
	}
	if i.CustomApps > 0 {
		s.mark("keeps it awake", strconv.Itoa(i.CustomApps)+" custom application: the service never sees it as idle", theme.Warn)
	}
	if i.Identity && i.IdleShutdown > 0 {
		s.say("identity", "managed: the rule fires only if it is Contributor of the workspace")
	}
	return s
}

func access(i *model.Instance) Section {
	s := Section{Title: "access"}
	s.say("ssh", i.SSH)
	for _, a := range i.Applications {
		s.say(a.Name, a.URL)
	}
	return s
}
