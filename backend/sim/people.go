package sim

import (
	"time"

	"github.com/amltop/amltop/model"
)

// person is one of the people who use the tenant: when they work, and so when
// they submit jobs and sit at their instances.
type person struct {
	name, fullName, id string
	zone               *time.Location
	from, to           time.Duration // of a working day, since midnight
}

// shift is the working time of the day t lies in; empty on weekends.
func (p *person) shift(t time.Time) (from, to time.Time) {
	t = t.In(p.zone)
	y, m, d := t.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, p.zone)
	if day := t.Weekday(); day == time.Saturday || day == time.Sunday {
		return midnight, midnight
	}
	return midnight.Add(p.from), midnight.Add(p.to)
}

// after is the moment at which d of working time has passed since t.
func (p *person) after(t time.Time, d time.Duration) time.Time {
	for {
		from, to := p.shift(t)
		if t.Before(from) {
			t = from
		}
		if left := to.Sub(t); left > d {
			return t.Add(d)
		} else if left > 0 {
			d -= left
		}
		y, m, day := t.In(p.zone).Date()
		t = time.Date(y, m, day+1, 0, 0, 0, 0, p.zone)
	}
}

// nextDay is the start of the person's next working day after t.
func (p *person) nextDay(t time.Time) time.Time {
	for {
		y, m, d := t.In(p.zone).Date()
		t = time.Date(y, m, d+1, 0, 0, 0, 0, p.zone)
		if from, to := p.shift(t); to.After(from) {
			return from
		}
	}
}

// frequent plans the working days of an instance's person in it.
func (w *World) frequent(i *Instance) {
	begin := i.person.nextDay(w.now).Add(i.rng.between(0, 75*time.Minute))
	w.plan(begin.Sub(w.now), func() { w.sitDown(i) })
}

// sitDown is the start of a day's work in an instance: the person starts it if
// it is stopped, and stays some hours.
func (w *World) sitDown(i *Instance) {
	if i.Gone || i.ProvisioningState == deleting {
		return
	}
	if i.rng.chance(0.15) { // a day of meetings
		w.frequent(i)
		return
	}
	if i.State == string(model.StateStopped) {
		w.bringUp(i, triggerUser, w.act(i, verbStart))
	}
	w.work(i, i.rng.between(2*time.Hour, 8*time.Hour))
}

// work keeps an instance busy for a while.
func (w *World) work(i *Instance, d time.Duration) {
	i.LastActivity = w.now
	i.busyUntil = w.now.Add(d)
	w.watchIdle(i)
	w.plan(d, func() { w.getUp(i) })
}

// getUp is the end of it. Some people stop their instance then; those who
// forget leave it to the idle rule, if there is one.
func (w *World) getUp(i *Instance) {
	if i.Gone || i.ProvisioningState == deleting {
		return
	}
	i.LastActivity, i.busyUntil = w.now, time.Time{}
	if i.State == string(model.StateRunning) {
		if !i.rng.chance(i.forgets) && !i.DiskFull {
			w.bringDown(i, triggerUser, w.act(i, verbStop))
		} else {
			w.watchIdle(i)
		}
	}
	w.frequent(i)
}
