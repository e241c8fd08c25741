package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// instanceKind is how instances are merged.
func (j *joins) instanceKind() rowKind[model.Instance] {
	return rowKind[model.Instance]{
		id:    func(r *model.Instance) string { return string(r.ID) },
		name:  func(r *model.Instance) string { return r.Name },
		join:  j.instance,
		share: shareInstance,
	}
}

func (j *joins) instance(r, before *model.Instance) {
	j.target(&r.Target)
	r.Size, r.Price = j.price(r.Location, r.VMSize, model.TierStandard)
	r.RunningSince = j.runningSince(r, before)
	standing := model.Charge{Kind: model.ChargeStanding, Price: j.standing}
	vm := j.soFar(nil, r.Price, false)
	if before != nil {
		vm = j.soFar(before.Meter, r.Price, before.VMSize != r.VMSize)
		j.missedInstance(&vm, r)
		standing.Spans = charge(before.Meter, model.ChargeStanding).Spans
	}
	vm.live.Spans = j.instanceSpans(vm.live.Spans, r, before)
	if before == nil {
		vm.unseen(j, r.CreatedAt)
	}
	if len(standing.Spans) == 0 && j.standing.Known() {
		standing.Spans = model.Extend(nil, 1, firstOf(r.CreatedAt, j.now))
	}
	r.Meter = vm.meter(standing)
}

// missedInstance notes that nobody watched for long. A stop meanwhile tells
// when it ended what was seen before.
func (j *joins) missedInstance(vm *vmTime, r *model.Instance) {
	units, steady := 0, time.Time{}
	if r.State.Info().Bills == model.Yes {
		units = 1
	}
	if r.Last.Status == "Succeeded" && !r.State.Info().Transient {
		steady = r.Last.Time
	}
	if units == 0 && r.Last.Name == "Stop" && j.since(steady) {
		return
	}
	vm.missed(j, units, steady)
}

// runningSince is the start of the current run: as the client read it from the
// service's last operation, else as observed, else unknown. A restart does not
// end a run, since the VM stays allocated; a start that came between two
// observations does begin one, and one that failed does not.
func (j *joins) runningSince(r, before *model.Instance) time.Time {
	bills := r.State.Info().Bills
	if bills == model.No {
		return time.Time{}
	}
	said := r.RunningSince
	switch {
	case before == nil:
		return said
	case bills == model.Unsure || before.State.Info().Bills != model.No:
		if before.RunningSince.IsZero() || j.restarted(r, said) {
			return said
		}
		return before.RunningSince
	case j.since(said):
		return said
	default:
		return j.now
	}
}

// restarted reports whether the instance was stopped and started again between
// two observations, both of which found it running.
func (j *joins) restarted(r *model.Instance, said time.Time) bool {
	return r.Last.Name == "Start" && j.since(said)
}

// instanceSpans extends what was observed of the VM's billing.
func (j *joins) instanceSpans(spans []model.Span, r, before *model.Instance) []model.Span {
	billed := r.State.Info().Bills == model.Yes
	was := len(spans) > 0 && spans[len(spans)-1].Open()
	switch {
	case billed && before == nil:
		return model.Extend(spans, 1, firstOf(r.RunningSince, j.now))
	case billed && was && j.since(r.RunningSince) && j.restarted(r, r.RunningSince):
		// When it was stopped in between is not known: only what was seen is counted.
		return model.Extend(model.Extend(spans, 0, j.seen), 1, r.RunningSince)
	case billed && !was && j.since(r.RunningSince):
		return model.Extend(spans, 1, r.RunningSince)
	case billed:
		return model.Extend(spans, 1, j.now)
	case was && r.Last.Name == "Stop" && r.State == model.StateStopped && j.since(r.Last.Time):
		return model.Extend(spans, 0, r.Last.Time)
	default:
		return model.Extend(spans, 0, j.now)
	}
}

// firstOf is t where it is a moment not after now, else now.
func firstOf(t, now time.Time) time.Time {
	if t.IsZero() || t.After(now) {
		return now
	}
	return t
}

func shareInstance(r *model.Instance) {
	shareTarget(&r.Target)
	shared(&r.VMSize)
	shared(&r.State)
	shared(&r.Owner)
	shared(&r.Last.Name)
	shared(&r.Last.Status)
	shared(&r.Last.Trigger)
	for i := range r.Applications {
		shared(&r.Applications[i].Name)
	}
}

func shareTarget(t *model.Target) {
	shared(&t.Location)
	shared(&t.ProvisioningState)
	shared(&t.CreatedBy)
	shared(&t.ComputeType)
	shared(&t.Description)
}
