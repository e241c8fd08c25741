package backend

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// finish follows an accepted command to its end: the service's word first,
// then the state itself.
func (r *runner) finish(ctx context.Context, pending Pending) {
	r.enter(ctx, model.PhaseRunning)
	if pending == nil {
		r.watch(ctx)
		return
	}
	if r.follow(ctx, pending) {
		r.verify(ctx, verifyFor)
	}
}

// follow polls until the service says it is finished; false if the operation
// ended. It does not give up: past its deadline an operation is late, and is
// asked after less often.
func (r *runner) follow(ctx context.Context, pending Pending) bool {
	pause := r.brisk(pollEvery)
	if pending.Token() == "" {
		pause = 0 // done already, or a later step is still to be sent
	}
	for {
		if !sleep(ctx, pause) {
			return false
		}
		done, progress, err := pending.Poll(ctx)
		switch {
		case ctx.Err() != nil:
			return false
		case done && err != nil:
			r.ended(ctx, err)
			return false
		case done:
			return true
		case (err != nil || r.op.Late) && r.reached(ctx):
			return true // the operation hangs or cannot be read, what it was to do is done
		case err != nil:
			pause = max(min(2*max(pause, time.Second), pollCap), retryAfter(err))
			progress = "asking failed: " + model.Short(err)
		default:
			pause = r.pace()
		}
		r.progress(progress)
	}
}

// reached reports whether the target is in the end state, whatever the
// operation says of itself. Of a restart the state says nothing.
func (r *runner) reached(ctx context.Context) bool {
	if r.op.Command.Verb == model.VerbRestart {
		return false
	}
	state, err := r.state(ctx)
	return err == nil && state.Reached
}

// ended takes in that the service gave up on a command it had accepted. The
// service fails a start of what is already starting: the state decides.
func (r *runner) ended(ctx context.Context, err error) {
	if state, again := r.state(ctx); again == nil {
		r.op.State = state.State
		if state.Reached && r.op.Command.Verb != model.VerbRestart {
			r.verified(ctx, state)
			return
		}
	}
	if ctx.Err() == nil {
		r.refuse(ctx, err)
	}
}

// pace is the pause between two looks at a running operation.
func (r *runner) pace() time.Duration {
	if r.op.Late {
		return r.brisk(pollLate)
	}
	return r.brisk(pollEvery)
}

// progress tells what is new of a running operation.
func (r *runner) progress(text string) {
	late := r.cloudNow().Sub(r.op.Sent) > r.op.Command.Verb.StuckAfter()
	if text == r.op.Progress && late == r.op.Late {
		return
	}
	r.op.Progress, r.op.Late, r.op.Next = text, late, ""
	if late {
		r.op.Next = r.op.Command.StuckNext()
	}
	r.changed(r.op)
}

// watch reads the state of a target whose request has no answer to poll, since
// it was lost or is an earlier session's, until it is what was asked for.
func (r *runner) watch(ctx context.Context) {
	var other insistence
	pause := r.brisk(pollEvery)
	for {
		state, err := r.state(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && state.Reached:
			r.verified(ctx, state)
			return
		case err == nil:
			pause = r.pace()
			if other.insists(state, r.now()) {
				r.contradicted(ctx, state)
				return
			}
			r.op.State = state.State
			r.progress(state.State)
		case !passing(err) && !isNotFound(err):
			r.fail(ctx, fmt.Errorf("accepted, but the state cannot be read back: %w", err))
			return
		default:
			pause = max(min(2*pause, pollCap), retryAfter(err))
			r.progress("reading back failed: " + model.Short(err))
		}
		if !sleep(ctx, pause) {
			return
		}
	}
}

// verify reads the state back after the service said that it is done. Reads
// may lag behind; how long they may is patience.
func (r *runner) verify(ctx context.Context, patience time.Duration) {
	r.op.Progress = ""
	r.enter(ctx, model.PhaseVerifying)
	start := r.now()
	var other insistence
	for pause := r.brisk(time.Second); ; pause = min(2*pause, pollLate) {
		state, err := r.state(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && state.Reached:
			r.verified(ctx, state)
			return
		case err == nil && other.insists(state, r.now()):
			r.contradicted(ctx, state)
			return
		case err == nil:
			r.op.State = state.State
		}
		if r.now().Sub(start) >= patience {
			r.unverified(ctx, state, err)
			return
		}
		if !sleep(ctx, max(pause, retryAfter(err))) {
			return
		}
	}
}

// insistence is how long read-backs have said the same other end state.
type insistence struct {
	state string
	since time.Time
}

// insists reports whether a state that is an end, and not the one asked for,
// has been read long enough to be no stale answer.
func (i *insistence) insists(state TargetState, now time.Time) bool {
	if !state.Failed || state.State != i.state {
		i.state, i.since = state.State, now
		return false
	}
	return now.Sub(i.since) >= settleFor
}

func (r *runner) verified(ctx context.Context, state TargetState) {
	r.op.State, r.op.Next = state.State, "" // what to do about being stuck is past
	at := r.cloudNow()
	r.op.RunCost, _ = r.known.runCost(r.op.Command.Verb, at)
	r.end(ctx, model.PhaseVerified, receipt(r.op, r.known, at))
}

func (r *runner) contradicted(ctx context.Context, state TargetState) {
	r.op.State = state.State
	text := "the state read back is " + state.State
	if state.Detail != "" {
		text += ": " + state.Detail
	}
	r.fail(ctx, errors.New(text))
}

func (r *runner) unverified(ctx context.Context, state TargetState, err error) {
	if err != nil {
		r.fail(ctx, fmt.Errorf("the service reported success, but the state cannot be read back: %w", err))
		return
	}
	r.op.State = state.State
	text := "the service reported success, but the state read back is " + state.State
	if state.Detail != "" {
		text += ": " + state.Detail
	}
	r.fail(ctx, errors.New(text))
}
