package guard

import (
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// Decision is what a policy says of one instance.
type Decision struct {
	Instance *model.Instance
	Rule     string // that decided
	Action   Action
	Reason   string
	Idle     model.Idle
	Leash    model.Leash
	Saving   model.Money // an hour, of its VM; 0 if the price is not known
}

// Broken reports whether what should have stopped the instance by itself
// certainly did not.
func (d Decision) Broken() bool { return d.Leash.State == model.LeashLate && d.Leash.Sure }

// Judge decides for every instance that costs money by running and that a rule
// matches, the ones to stop first, the dearest first among equals.
func Judge(s *model.Snapshot, p Policy, now time.Time) []Decision {
	var list []Decision
	for _, i := range s.Instances {
		if i.State.Info().Bills == model.No {
			continue
		}
		if d, matched := p.decide(s, i, now); matched {
			list = append(list, d)
		}
	}
	order := []Action{ActStop, ActReport, ActLeave}
	slices.SortStableFunc(list, func(a, b Decision) int {
		if x, y := slices.Index(order, a.Action), slices.Index(order, b.Action); x != y {
			return x - y
		}
		return int(min(1, max(-1, b.Saving-a.Saving)))
	})
	return list
}

// decide asks the rules in their order. The first that catches the instance
// decides; else the first that looked at it says why it lets it run.
func (p Policy) decide(s *model.Snapshot, i *model.Instance, now time.Time) (Decision, bool) {
	d := Decision{Instance: i, Action: ActLeave, Idle: i.IdleAt(now), Leash: i.LeashAt(now), Saving: i.Meter.BurnOf(model.ChargeCompute, now)}
	matched := false
	for _, r := range p.Rules {
		if !r.Match.Match(record{s, i, now}) {
			continue
		}
		if why := broken(i); why != "" {
			d.Rule, d.Reason, d.Action = r.Name, why, ActReport
			return d, true
		}
		reason, caught := r.catches(d.Idle, i, now)
		if !caught {
			if !matched {
				d.Rule, d.Reason = r.Name, reason
			}
			matched = true
			continue
		}
		d.Rule, d.Reason, d.Action = r.Name, reason, r.Action
		if why := p.spares(s, i, r); d.Action == ActStop && why != "" {
			d.Action, d.Reason = ActReport, reason+"; not stopped: "+why
		}
		return d, true
	}
	return d, matched
}

// broken says that nobody can work on an instance that bills, or "". Whether it
// is worth a restart, a person has to say.
func broken(i *model.Instance) string {
	info := i.State.Info()
	if info.Transient || info.Health != model.HealthBad {
		return ""
	}
	return "bills though it is " + string(i.State) + ": restart it, or delete it"
}

// catches reports whether a rule has something against an instance, and the
// reason why or why not. What is in use, and what nothing is known of, is never
// caught.
func (r Rule) catches(idle model.Idle, i *model.Instance, now time.Time) (reason string, caught bool) {
	switch {
	case i.State == model.StateJobRunning || i.ActiveJobs > 0 || idle.Known && idle.For == 0:
		return "in use: " + idle.Evidence, false
	case !idle.Known:
		return "nothing is known of its use: " + idle.Evidence, false
	case r.Hours != nil && !r.Hours.Hold(now):
		if r.Confidence != "" && !idle.Confidence.AtLeast(r.Confidence) {
			return "outside " + r.Hours.String() + ", but confidence is " + string(idle.Confidence) + ", below " + string(r.Confidence), false
		}
		return "runs outside " + r.Hours.String() + ", " + idle.Evidence, true
	case r.Idle == 0:
		return "within " + r.Hours.String(), false
	case idle.For <= r.Idle:
		return "idle for " + model.Ago(idle.For) + ", not longer than " + model.Ago(r.Idle), false
	case !idle.Confidence.AtLeast(r.confidence()):
		return "idle for " + model.Ago(idle.For) + ", but confidence is " + string(idle.Confidence) + ", below " + string(r.confidence()), false
	default:
		return "idle for " + model.Ago(idle.For) + ", longer than " + model.Ago(r.Idle), true
	}
}

// confidence is how sure idleness has to be; without a word of the rule, very.
func (r Rule) confidence() model.Confidence {
	if r.Confidence == "" {
		return model.ConfidenceHigh
	}
	return r.Confidence
}

// spares says why an instance that was caught is not stopped, or "".
func (p Policy) spares(s *model.Snapshot, i *model.Instance, r Rule) string {
	workspace := s.WorkspaceName(i.Workspace)
	switch err := model.AllowInstance(s, i, model.VerbStop); {
	case listed(p.Deny, i, workspace):
		return "on the deny list"
	case len(p.Allow) > 0 && !listed(p.Allow, i, workspace):
		return "not on the allow list"
	case !r.Production && s.Production(i.Workspace):
		return workspace + " looks like production, and the rule does not say production = true"
	case err != nil && !s.ReadOnly:
		return err.Error()
	}
	return ""
}
