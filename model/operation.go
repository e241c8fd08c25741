package model

import "time"

// OpID identifies an operation of this session.
type OpID string

// Phase is where an operation stands.
type Phase string

// The phases, in order. Grace, Sending, Running and Verifying are under way;
// the others are final.
const (
	PhaseGrace     Phase = "grace"     // nothing sent yet; can be undone
	PhaseSending   Phase = "sending"   // the request is out
	PhaseRunning   Phase = "running"   // the service accepted it and works on it
	PhaseVerifying Phase = "verifying" // the service says done; the state is being read back
	PhaseVerified  Phase = "verified"  // the state was read back and is the one asked for
	PhaseRefused   Phase = "refused"   // the service said no, before or while doing it
	PhaseFailed    Phase = "failed"    // it could not be carried out or could not be verified
	PhaseUndone    Phase = "undone"    // taken back within the grace
)

// Final reports whether an operation is over.
func (p Phase) Final() bool {
	switch p {
	case PhaseVerified, PhaseRefused, PhaseFailed, PhaseUndone:
		return true
	}
	return false
}

// Health judges a phase.
func (p Phase) Health() Health {
	switch p {
	case PhaseVerified:
		return HealthGood
	case PhaseRefused, PhaseFailed:
		return HealthBad
	case PhaseUndone:
		return HealthQuiet
	default:
		return HealthChange
	}
}

// Operation is a command under way or over: a promise, and whether it was kept.
type Operation struct {
	ID       OpID
	Command  Command
	Phase    Phase
	Asked    time.Time // when the user asked
	SendAt   time.Time // end of the grace
	Sent     time.Time // zero until the request left
	Ended    time.Time // zero while under way
	Progress string    // what the service says of it while it runs: "InProgress 40 %"
	State    string    // the target's state as last read back
	Detail   string    // the receipt, or the service's refusal in its own words
	Next     string    // after a refusal: what to do about it
	Err      error     // why it was refused or failed
	RunCost  Money     // what the run that was stopped cost; 0 if not known
	Late     bool      // past its deadline and still not over: "stuck", not a spinner
}

// Health judges an operation: one that is stuck is bad before it is over.
func (o *Operation) Health() Health {
	if o.Late && !o.Phase.Final() {
		return HealthBad
	}
	return o.Phase.Health()
}

// StuckAfter is how long an operation may run before it counts as stuck, for
// those that the service itself gives 30 minutes.
const StuckAfter = 30 * time.Minute

// StuckAfter is how long an operation of this verb may run before it counts as
// stuck. A deployment may build an image, pull it and load a model first.
func (v Verb) StuckAfter() time.Duration {
	switch v {
	case VerbDeploy:
		return 60 * time.Minute
	default:
		return StuckAfter
	}
}

// StuckNext is what to do about an operation that does not end.
func (v Verb) StuckNext() string {
	switch v {
	case VerbStart:
		return "it may bill already: look at its state in the studio; stop it, or delete it and create it again"
	case VerbStop:
		return "it bills until it is stopped: stop it again, restart it, or delete it"
	case VerbRestart:
		return "it bills meanwhile: stop it, or delete it and create it again"
	case VerbCreate:
		return "delete it and create it again; what was allocated bills until then"
	case VerbDelete, VerbUndeploy:
		return "delete it again; what is not released bills until then"
	case VerbDeploy:
		return "read the container log; delete the deployment, which bills, and deploy it again"
	case VerbScale:
		return "look at its nodes and its quota; the old setting may hold until it ends"
	default:
		return "look at it in the studio, and ask Azure support if it stays like that"
	}
}

// inRow is the verb in the narrow column of states, before and while it
// happens: "idle in 5s" would say something of the instance.
func (v Verb) inRow() (noun, gerund string) {
	switch v {
	case VerbIdle:
		return "rule", "setting rule"
	case VerbSchedule:
		return "schedule", "scheduling"
	default:
		return string(v), v.Gerund()
	}
}

// Label is what the target's row says meanwhile. now is the time of clock; the
// grace is counted down in the wall's seconds, which are those people wait.
func (o *Operation) Label(now time.Time, clock Clock) string {
	noun, gerund := o.Command.Verb.inRow()
	switch o.Phase {
	case PhaseGrace:
		left := max(0, clock.OnWall(o.SendAt.Sub(now)))
		secs := int((left + time.Second - 1) / time.Second)
		return noun + " in " + itoa(secs) + "s"
	case PhaseSending:
		return noun + " sent"
	case PhaseRunning:
		if o.Late {
			return "stuck " + Ago(now.Sub(o.Sent))
		}
		return gerund
	case PhaseVerifying:
		return "verifying"
	default:
		return string(o.Phase)
	}
}
