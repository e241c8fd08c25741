package backend

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// The pace of an operation, in time on the wall.
const (
	pollEvery    = 2 * time.Second  // how often the service is asked how far it is
	pollLate     = 10 * time.Second // the same once the operation is stuck
	pollCap      = 30 * time.Second // longest pause after failures to ask
	verifyFor    = 2 * time.Minute  // how long the read-back may disagree with "succeeded"
	settleFor    = 15 * time.Second // how long a read-back must insist on another end state
	reachFor     = 2 * time.Minute  // how long a target may be out of reach before anything is sent
	briskest     = 10               // how many times shorter a fast clock makes a pause, at most
	sendAttempts = 3                // how often a request whose fate is unknown is sent
)

// runner carries one operation from its grace to its end. A goroutine runs it;
// nothing else writes to op.
type runner struct {
	cloud   Cloud
	now     func() time.Time
	journal Journal
	gate    *gate
	facts   func(context.Context) facts // what receipts are made of, as known when the request leaves
	changed func(model.Operation)       // told of every change
	logged  func(error)                 // told of journal failures that stop nothing

	op    model.Operation
	known facts
}

func (r *runner) cloudNow() time.Time { return r.cloud.Clock().At(r.now()) }

// brisk shortens a pause where the cloud's time runs faster than the wall's:
// what takes minutes there is over in seconds here.
func (r *runner) brisk(pause time.Duration) time.Duration {
	return time.Duration(float64(pause) / min(max(r.cloud.Clock().Speed, 1), briskest))
}

// run is the operation's whole life. It returns with the operation final, or
// with the context, and then the journal knows how far it came.
func (r *runner) run(ctx context.Context, grace time.Duration) {
	if grace > 0 {
		r.enter(ctx, model.PhaseGrace)
	}
	if !r.wait(ctx, grace) {
		return
	}
	if done := r.already(ctx); done || ctx.Err() != nil {
		return
	}
	pending, sent := r.send(ctx)
	if !sent {
		return
	}
	r.finish(ctx, pending)
}

// wait is the grace; false if the operation ended in it.
func (r *runner) wait(ctx context.Context, grace time.Duration) bool {
	if grace > 0 {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.gate.undone:
		case <-ctx.Done():
			return false
		}
	}
	if !r.gate.send() {
		r.end(ctx, model.PhaseUndone, "undone, nothing was sent")
		return false
	}
	return true
}

// already re-reads the target first: what is there already is not asked for.
// A restart, and a deployment that may replace another, cannot be told by the
// state before; what is to be created has none.
func (r *runner) already(ctx context.Context) bool {
	r.known = r.facts(ctx)
	switch r.op.Command.Verb {
	case model.VerbRestart, model.VerbDeploy, model.VerbCreate:
		return false
	}
	state, err := r.read(ctx, reachFor)
	switch {
	case ctx.Err() != nil:
		return true
	case err != nil && isNotFound(err):
		r.refuse(ctx, err)
		return true
	case err != nil:
		r.fail(ctx, fmt.Errorf("nothing was sent, the target cannot be read: %w", err))
		return true
	case state.Reached:
		r.op.State = state.State
		r.end(ctx, model.PhaseVerified, "already "+state.State)
		return true
	case state.Gone:
		r.refuse(ctx, &model.Refusal{Class: model.ErrNotFound, Message: r.op.Command.Name + " is gone"})
		return true
	}
	r.op.State = state.State
	return false
}

// read reads the target's state, patiently while it is only out of reach.
func (r *runner) read(ctx context.Context, patience time.Duration) (TargetState, error) {
	start := r.now()
	for pause := pollEvery; ; pause = min(2*pause, pollCap) {
		state, err := r.state(ctx)
		if err == nil || !passing(err) || r.now().Sub(start) > patience {
			return state, err
		}
		if !sleep(ctx, max(pause, retryAfter(err))) {
			return state, ctx.Err()
		}
	}
}

func (r *runner) state(ctx context.Context) (TargetState, error) {
	return r.cloud.State(ctx, r.op.Command)
}

// send writes the intent down and sends the request; false if the operation
// ended. A request that may or may not have arrived is followed by a look at
// the target before it is sent again: every verb may be repeated.
func (r *runner) send(ctx context.Context) (Pending, bool) {
	r.op.Sent = r.cloudNow()
	r.op.Phase = model.PhaseSending
	if err := r.journal.Record(ctx, r.op); err != nil {
		r.op.Sent = time.Time{}
		r.fail(ctx, fmt.Errorf("nothing was sent, the journal cannot be written: %w", err))
		return nil, false
	}
	r.changed(r.op)
	for attempt := 1; ; attempt++ {
		pending, err := r.cloud.Begin(ctx, r.op.Command)
		switch {
		case ctx.Err() != nil:
			return nil, false
		case err == nil:
			return pending, true
		case !passing(err) || attempt == sendAttempts:
			r.refuse(ctx, err)
			return nil, false
		}
		if !sleep(ctx, max(pollEvery, retryAfter(err))) {
			return nil, false
		}
		if errors.Is(err, model.ErrThrottled) {
			continue // it was certainly not taken
		}
		if state, err := r.state(ctx); err == nil && r.took(state) {
			return nil, true
		}
	}
}

// took reports whether a state shows that a request whose answer was lost has
// arrived. What is being created is not asked for again: its name is taken now.
func (r *runner) took(state TargetState) bool {
	switch r.op.Command.Verb {
	case model.VerbRestart:
		return false
	case model.VerbCreate:
		return !state.Gone
	default:
		return state.Reached
	}
}

// enter begins a phase and writes it down.
func (r *runner) enter(ctx context.Context, phase model.Phase) {
	r.op.Phase = phase
	r.record(ctx)
}

// record writes the operation down and tells of it. That the journal fails
// after the request has left stops nothing any more.
func (r *runner) record(ctx context.Context) {
	if err := r.journal.Record(ctx, r.op); err != nil {
		r.logged(fmt.Errorf("journal: %s of %s: %w", r.op.Command.Verb, r.op.Command.Name, err))
	}
	r.changed(r.op)
}

// end makes the operation final.
func (r *runner) end(ctx context.Context, phase model.Phase, detail string) {
	r.op.Ended = r.cloudNow()
	r.op.Detail, r.op.Progress, r.op.Late = detail, "", false
	r.enter(ctx, phase)
}

// refuse ends the operation with the service's own no.
func (r *runner) refuse(ctx context.Context, err error) {
	r.op.Err = err
	r.op.Next = nextStep(err)
	phase := model.PhaseRefused
	if passing(err) {
		phase = model.PhaseFailed
	}
	r.end(ctx, phase, err.Error())
}

// fail ends an operation that could not be carried out or verified.
func (r *runner) fail(ctx context.Context, err error) {
	r.op.Err = err
	r.op.Next = nextStep(err)
	r.end(ctx, model.PhaseFailed, err.Error())
}

// passing reports whether an error says nothing about the command itself.
func passing(err error) bool {
	return errors.Is(err, model.ErrThrottled) || errors.Is(err, model.ErrUnreachable)
}

// retryAfter is the pause the service asked for, or 0.
func retryAfter(err error) time.Duration {
	var no *model.Refusal
	if errors.As(err, &no) {
		return no.RetryAfter
	}
	return 0
}

// sleep waits; false if the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
