package model

import (
	"slices"
	"time"
)

// LeashPlan is how an order is carried out for one instance.
type LeashPlan struct {
	Commands []Command // to the service, now, one after the other
	Held     []Held    // what amltop does later
	Release  []HeldID  // what amltop no longer does
	Lines    []PreviewLine
}

// PlanLeash works out how an order is carried out for an instance. The error
// says why it cannot be.
func PlanLeash(s *Snapshot, i *Instance, o LeashOrder, now time.Time) (LeashPlan, error) {
	p := planner{s: s, i: i, now: now, order: o}
	var err error
	switch o.Kind {
	case OrderIdle:
		err = p.command(Command{Verb: VerbIdle, Idle: o.After})
	case OrderSchedule:
		err = p.addSchedule()
	case OrderStopIn:
		err = p.stopIn()
	case OrderSnooze:
		err = p.snooze()
	default:
		err = p.off()
	}
	return p.plan, err
}

// planner makes a plan.
type planner struct {
	s     *Snapshot
	i     *Instance
	now   time.Time
	order LeashOrder
	plan  LeashPlan
}

func (p *planner) target(c Command) Command {
	c.Target, c.ARMID, c.Name, c.Workspace = string(p.i.ID), p.i.ARMID, p.i.Name, p.i.Workspace
	return c
}

// command puts a command to the service on the plan, if it may be given.
func (p *planner) command(c Command) error {
	c = p.target(c)
	if err := Check(p.s, c); err != nil {
		return err
	}
	p.plan.Commands = append(p.plan.Commands, c)
	if c.Verb == VerbIdle {
		p.say("service", "idle rule "+idleText(p.i.IdleShutdown)+" → "+idleText(c.Idle))
	} else {
		p.say("service", itoa(len(c.Schedules))+" of "+itoa(MaxSchedules)+" schedules then, "+itoa(len(p.i.Schedules))+" now")
	}
	return nil
}

func (p *planner) say(label, text string) { p.plan.Lines = append(p.plan.Lines, fact(label, text)) }

// hold has amltop do something later.
func (p *planner) hold(c Command, at time.Time, why string) {
	h := Held{Command: p.target(c), At: at, Why: why}
	p.plan.Held = append(p.plan.Held, h)
	p.plan.Lines = append(p.plan.Lines, warn("amltop", h.Text(p.now)))
}

// release takes back what amltop would do to the instance.
func (p *planner) release(verbs ...Verb) {
	for _, h := range p.s.Held {
		if h.Command.Target == string(p.i.ID) && slices.Contains(verbs, h.Command.Verb) {
			p.plan.Release = append(p.plan.Release, h.ID)
		}
	}
}

func (p *planner) addSchedule() error {
	list := p.i.Schedules
	if len(list) >= MaxSchedules {
		return no(ErrNotNow, "empty one of them with :schedule", "%s: all %d schedules are used", p.i.Name, MaxSchedules)
	}
	for _, have := range list {
		if have.effect() == p.order.Schedule.effect() {
			return no(ErrNotNow, "", "%s: %s is set already", p.i.Name, have)
		}
	}
	return p.command(Command{Verb: VerbSchedule, Schedules: append(slices.Clone(list), p.order.Schedule)})
}

// stopIn is one stop, which the service has no word for.
func (p *planner) stopIn() error {
	if err := AllowInstance(p.s, p.i, VerbStop); err != nil {
		return err
	}
	p.release(VerbStop)
	p.hold(Command{Verb: VerbStop}, p.now.Add(p.order.After), "stop")
	return nil
}

// off takes away all that would stop the instance. What starts it stays.
func (p *planner) off() error {
	p.release(VerbStop, VerbIdle)
	stays := slices.DeleteFunc(slices.Clone(p.i.Schedules), func(c InstanceSchedule) bool {
		return c.Action == ScheduleStop && !c.Off()
	})
	rule, schedules := p.i.IdleShutdown > 0, len(stays) < len(p.i.Schedules)
	if !rule && !schedules && len(p.plan.Release) == 0 {
		return no(ErrNotNow, "", "%s: nothing would stop it", p.i.Name)
	}
	if rule {
		if err := p.command(Command{Verb: VerbIdle}); err != nil {
			return err
		}
	}
	if schedules {
		if err := p.command(Command{Verb: VerbSchedule, Schedules: stays}); err != nil {
			return err
		}
	}
	if len(p.plan.Release) > 0 {
		p.say("amltop", "no longer stops it")
	}
	p.plan.Lines = append(p.plan.Lines, warn("then", "it bills until somebody stops it"))
	return nil
}
