package model

import (
	"slices"
	"time"
)

// snooze has what would stop the instance next come later by a time.
//
// A stop that amltop holds is held longer. A stop schedule skips its next run:
// its beginning (startTime) moves to the run after, so that the service goes on
// by itself from there even if amltop is gone, and the one stop between is held
// by amltop. An idle rule is made longer by the time, and amltop puts it back
// afterwards: should amltop be gone, there still is a rule.
func (p *planner) snooze() error {
	for _, h := range p.s.Held {
		if h.Command.Target == string(p.i.ID) && h.Command.Verb == VerbStop {
			p.plan.Release = append(p.plan.Release, h.ID)
			p.hold(Command{Verb: VerbStop}, h.At.Add(p.order.After), "stop")
			return nil
		}
	}
	next := p.i.stopsAt(p.now).next
	if next.IsZero() && p.i.IdleShutdown == 0 {
		return no(ErrNotNow, "", "%s: nothing would stop it that could be put off", p.i.Name)
	}
	if !next.IsZero() {
		if err := p.skip(next.Add(p.order.After)); err != nil {
			return err
		}
		p.release(VerbStop)
		p.hold(Command{Verb: VerbStop}, next.Add(p.order.After), "stop")
	}
	if p.i.IdleShutdown == 0 {
		return nil
	}
	back := p.i.IdleShutdown
	for _, h := range p.s.Held { // a snooze on a snooze: what was there first comes back
		if h.Command.Target == string(p.i.ID) && h.Command.Verb == VerbIdle {
			back = h.Command.Idle
		}
	}
	p.release(VerbIdle)
	if err := p.command(Command{Verb: VerbIdle, Idle: min(p.i.IdleShutdown+p.order.After, LongestIdle)}); err != nil {
		return err
	}
	p.hold(Command{Verb: VerbIdle, Idle: back}, p.now.Add(p.order.After), "idle rule back to "+Ago(back))
	return nil
}

// skip has the stop schedules begin with their first run after a moment.
func (p *planner) skip(until time.Time) error {
	list := slices.Clone(p.i.Schedules)
	for k := range list {
		c := &list[k]
		if c.Action != ScheduleStop || c.Off() {
			continue
		}
		table, err := c.Timetable(p.i.madeAt())
		if err != nil {
			return no(ErrNotNow, "change it in the studio", "%s: %s: %s", p.i.Name, c, err)
		}
		if table.Next(p.now).After(until) {
			continue
		}
		then := table.Next(until)
		if then.IsZero() {
			return no(ErrNotNow, "", "%s: %s has no later run", p.i.Name, c)
		}
		c.StartTime = then.In(table.zone).Format(BeginLayout)
		p.say("skips", c.String()+" until "+c.StartTime)
	}
	return p.command(Command{Verb: VerbSchedule, Schedules: list})
}
