package backend

import (
	"errors"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// facts are what is known of a target when a request leaves: what its receipt
// is made of. The zero value knows nothing.
type facts struct {
	runningSince time.Time   // start of an instance's run; zero: not known
	price        model.Price // of one VM
	units        int         // VMs that bill while it is up
	compute      model.Meter // the VM's part of the meter
	standing     model.Price // what goes on after a stop
	residue      []string    // what that is: "disk", "load balancer"
}

// instanceFacts are the facts of an instance.
func instanceFacts(i *model.Instance, residue []Residue) facts {
	f := facts{
		runningSince: i.RunningSince, price: i.Price, units: 1,
		compute: i.Meter.Only(model.ChargeCompute), standing: charge(i.Meter, model.ChargeStanding).Price,
	}
	for _, r := range residue {
		if r.Price.Known() {
			f.residue = append(f.residue, r.Name)
		}
	}
	return f
}

// runCost is what the run that a command ended cost for its VM, and whether
// that is known.
func (f facts) runCost(v model.Verb, at time.Time) (model.Money, bool) {
	if v != model.VerbStop && v != model.VerbDelete || f.runningSince.IsZero() || !f.price.Known() {
		return 0, false
	}
	return f.compute.Between(f.runningSince, at), true
}

// receipt says what became of a verified operation and what it means in money.
func receipt(op model.Operation, f facts, at time.Time) string {
	took := model.Ago(at.Sub(op.Sent))
	switch op.Command.Verb {
	case model.VerbStop:
		return op.State + ", verified" + runText(f, op.Command.Verb, at) + standingText(f)
	case model.VerbDetach:
		return "detached, verified; what was attached is as it was, and bills as before"
	case model.VerbCreate:
		return op.State + ", verified after " + took + createText(op.Command.Create, f)
	case model.VerbDelete:
		if sectionOf(op.Command) == model.SectionEndpoints {
			return "deleted with its deployments, verified after " + took
		}
		return "deleted, verified" + runText(f, op.Command.Verb, at) + "; nothing goes on billing"
	case model.VerbStart, model.VerbRestart:
		return op.State + ", verified after " + took + billsText(f)
	case model.VerbDeploy:
		text := op.State + ", verified after " + took
		if spec := op.Command.Deploy; spec != nil {
			f.units = spec.Instances
			if spec.Traffic > 0 {
				text += fmt.Sprintf(", carries %d %% of the traffic", spec.Traffic)
			}
		}
		return text + billsText(f)
	case model.VerbScale:
		if op.Command.Instances > 0 {
			f.units = op.Command.Instances
			return op.State + ", verified after " + took + billsText(f)
		}
		return op.State + ", verified" + scaleText(op.Command.Scale, f)
	case model.VerbUndeploy:
		return "deleted, verified after " + took
	default:
		return op.State + ", verified"
	}
}

func runText(f facts, v model.Verb, at time.Time) string {
	if f.runningSince.IsZero() {
		return ""
	}
	up := model.Ago(at.Sub(f.runningSince))
	if cost, known := f.runCost(v, at); known {
		return fmt.Sprintf("; this run cost %s over %s", cost.In(f.price.Currency), up)
	}
	return "; this run took " + up + ", its price is not known"
}

func standingText(f facts) string {
	if !f.standing.Known() || f.standing.PerHour == 0 || len(f.residue) == 0 {
		return ""
	}
	verb := " go on at "
	if len(f.residue) == 1 {
		verb = " goes on at "
	}
	return "; " + listing(f.residue) + verb + f.standing.Rate()
}

// listing joins names as prose: "disk, load balancer and public IP".
func listing(names []string) string {
	text := ""
	for i, name := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			text += " and "
		default:
			text += ", "
		}
		text += name
	}
	return text
}

func billsText(f facts) string {
	if !f.price.Known() || f.units == 0 {
		return ""
	}
	return "; bills " + f.price.Times(f.units).Rate()
}

func createText(spec *model.ComputeSpec, f facts) string {
	switch {
	case spec == nil:
		return ""
	case spec.Kind == model.TypeCluster:
		return scaleText(&spec.Scale, f)
	}
	f.units = 1
	text := billsText(f)
	if spec.Idle == 0 && len(spec.Schedules) == 0 {
		text += "; nothing stops it by itself"
	}
	return text
}

func scaleText(s *model.Scale, f facts) string {
	if s == nil || !f.price.Known() {
		return ""
	}
	if s.Min == 0 {
		return "; drains to zero, and costs nothing then"
	}
	return "; its minimum of " + nodesText(s.Min) + " costs " + f.price.Times(s.Min).Rate() + " at rest"
}

// nextStep is what to do after a refusal: the service's hint where the client
// has one, else what its class calls for.
func nextStep(err error) string {
	var no *model.Refusal
	if errors.As(err, &no) && no.Next != "" {
		return no.Next
	}
	switch {
	case errors.Is(err, model.ErrConflict):
		return "another operation is under way on it: wait until it is over and try again"
	case errors.Is(err, model.ErrDenied) && no != nil && no.Action != "":
		return "ask for a role with " + no.Action
	case errors.Is(err, model.ErrDenied):
		return "ask for a role that allows it on the workspace"
	case errors.Is(err, model.ErrSignIn):
		return "sign in again, then repeat it"
	case errors.Is(err, model.ErrThrottled):
		return "the service asks to slow down: try again in a minute"
	case errors.Is(err, model.ErrUnreachable):
		return "check the network, then look at the target before repeating it"
	case errors.Is(err, model.ErrNotFound):
		return "it is gone: nothing is left to do"
	default:
		return ""
	}
}
