package detail

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// when writes a moment with how long ago it was; "" for none.
func when(env pane.Env, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	text := at.In(zone(env)).Format("2006-01-02 15:04:05 MST")
	if d := env.Now.Sub(at); d >= 0 {
		return text + ", " + model.Ago(d) + " ago"
	}
	return text + ", in " + model.Ago(at.Sub(env.Now))
}

func zone(env pane.Env) *time.Location {
	if env.Zone == nil {
		return time.UTC
	}
	return env.Zone
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// resource is what every ARM resource has to say of itself.
func resource(env pane.Env, r *model.Resource) Section {
	s := Section{Title: "resource"}
	s.must("location", r.Location)
	s.must("created", when(env, r.CreatedAt))
	s.say("created by", r.CreatedBy)
	s.say("modified", when(env, r.ModifiedAt))
	for _, key := range slices.Sorted(maps.Keys(r.Tags)) {
		s.say("tag "+key, r.Tags[key])
	}
	s.say("id", r.ARMID)
	return s
}

// provisioning adds the state ARM keeps of the resource.
func (s *Section) provisioning(r *model.Resource) {
	if r.ProvisioningState == "" {
		s.must("provisioning", "")
		return
	}
	s.mark("provisioning", r.ProvisioningState, theme.OfHealth(model.ProvisioningHealth(r.ProvisioningState)))
}

// faults adds every error the service reports.
func (s *Section) faults(list []model.Fault) {
	for _, f := range list {
		s.mark("error", f.String(), theme.Bad)
		s.say("short of", f.Shortage)
	}
}

// operation adds the newest operation of this session on a target.
func (s *Section) operation(env pane.Env, id string) {
	op := env.Snap.Operation(id)
	if op == nil {
		return
	}
	text := string(op.Command.Verb) + ": " + op.Label(env.Now, env.Snap.Clock)
	if op.Detail != "" {
		text += ". " + op.Detail
	}
	s.mark("operation", text, theme.OfHealth(op.Health()))
	s.say("next", op.Next)
}

// age adds how old the data is, and why it is not newer.
func (s *Section) age(env pane.Env, key model.SectionKey, scope string) {
	p := env.Snap.Part(key, scope)
	if p == nil {
		return
	}
	if p.AsOf.IsZero() {
		s.mark("read", "never yet", theme.Warn)
	} else {
		s.say("read", model.Ago(env.Now.Sub(p.AsOf))+" ago")
	}
	if p.Err == nil {
		return
	}
	s.mark("unreadable", p.Err.Error()+sinceText(env, p.FailedAt), theme.Bad)
	if no, ok := errors.AsType[*model.Refusal](p.Err); ok {
		s.say("next", no.Next)
	}
	if !p.RetryAt.IsZero() && p.RetryAt.After(env.Now) {
		s.say("tries again", "in "+model.Ago(p.RetryAt.Sub(env.Now)))
	}
}

func sinceText(env pane.Env, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return ", for " + model.Ago(env.Now.Sub(at))
}

// cost is what a target has cost and costs, by what was observed. residue says
// what its standing charge is for.
func cost(env pane.Env, m model.Meter, price model.Price, residue string) Section {
	s := Section{Title: "cost"}
	if price.Known() {
		s.say("price", price.Rate()+" a VM, from "+price.Origin())
	} else {
		s.mark("price", "unknown: "+price.Origin(), theme.Warn)
	}
	if len(m) == 0 {
		return s
	}
	if m.Unpriced(env.Now) && !priced(m) {
		s.mark("now", "unknown: it bills at a price that is not known", theme.Warn)
		s.say("observed since", when(env, m.Since()))
		return s
	}
	cur := m.Currency()
	s.mark("now", m.Burn(env.Now).In(cur)+"/h", theme.Money)
	if standing := m.BurnOf(model.ChargeStanding, env.Now); standing > 0 {
		s.say("of it standing", standing.RateIn(cur)+"/h for "+residue)
	}
	if m.Unpriced(env.Now) {
		s.mark("incomplete", "part of what bills has no known price", theme.Warn)
	}
	s.say("today", m.Between(model.StartOfDay(env.Now, zone(env)), env.Now).In(cur))
	s.say("this month", m.Between(model.StartOfMonth(env.Now, zone(env)), env.Now).In(cur))
	s.say("observed since", when(env, m.Since()))
	if gap := m.Unobserved(model.StartOfMonth(env.Now, zone(env)), env.Now); gap >= time.Minute {
		s.mark("unobserved", model.Ago(gap)+" of this month: not in these figures", theme.Warn)
	}
	return s
}

// priced reports whether any charge of a meter has a known price.
func priced(m model.Meter) bool {
	return slices.ContainsFunc(m, func(c model.Charge) bool { return c.Price.Known() })
}

// jobsOn lists the jobs on a target that are not over.
func jobsOn(env pane.Env, id model.ComputeID) Section {
	s := Section{Title: "jobs"}
	for _, j := range env.Snap.JobsOn(id) {
		text := string(j.Status)
		if !j.StartedAt.IsZero() {
			text += " for " + model.Ago(env.Now.Sub(j.StartedAt))
		}
		if j.Owner != "" {
			text += ", " + j.Owner
		}
		if j.Instances > 0 {
			text += ", nodes " + strconv.Itoa(j.Instances)
		}
		s.mark(j.Title(), text, theme.OfHealth(j.Status.Health()))
	}
	return s
}
