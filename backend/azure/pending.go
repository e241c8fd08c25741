package azure

import (
	"context"
	"errors"
	"strings"

	"github.com/amltop/amltop/model"
)

// step is one request of a command, and how to send it. The operation is nil
// if the service was done with it at once.
type step struct {
	name    string
	patient bool // a busy service is waited for, not taken for an end
	send    func(context.Context) (*operation, error)
}

// waitsFor reports whether an error is one that the step waits out: something
// else is under way, or the endpoint is still settling.
func (s step) waitsFor(err error) bool {
	if !s.patient {
		return false
	}
	var r *model.Refusal
	return errors.Is(err, model.ErrConflict) ||
		errors.As(err, &r) && strings.Contains(model.Fold(r.Code+r.Message), "updating")
}

// pending is an accepted command: some steps, of which the first was sent. It
// is asked by one goroutine at a time.
type pending struct {
	client *Client
	steps  []step
	at     int
	op     *operation // nil: the step is done, or (unsent) not sent yet
	unsent bool
}

// Poll asks once about the running step, or sends the next one.
func (p *pending) Poll(ctx context.Context) (done bool, progress string, err error) {
	if p.unsent {
		return p.sendStep(ctx)
	}
	if p.op != nil {
		over, progress, err := p.op.poll(ctx, p.client)
		if !over || err != nil {
			return over, p.label(progress), err
		}
		p.op = nil
	}
	return p.advance()
}

// sendStep sends the step that is due.
func (p *pending) sendStep(ctx context.Context) (bool, string, error) {
	op, err := p.steps[p.at].send(ctx)
	switch {
	case err == nil:
		p.op, p.unsent = op, false
		if op == nil {
			return p.advance()
		}
		return false, p.label("sent"), nil
	case p.steps[p.at].waitsFor(err):
		return false, p.label("waiting: " + model.Short(err)), nil
	case isPassing(err):
		return false, p.label("not sent yet"), err
	default:
		return true, p.label(""), err
	}
}

// advance goes to the next step, which the next Poll sends.
func (p *pending) advance() (bool, string, error) {
	if p.at == len(p.steps)-1 {
		return true, "", nil
	}
	p.at++
	p.unsent = true
	return false, p.label("next"), nil
}

// isPassing reports an error that may be gone a moment later.
func isPassing(err error) bool {
	return errors.Is(err, model.ErrThrottled) || errors.Is(err, model.ErrUnreachable) ||
		errors.Is(err, context.Canceled)
}

// label says which step a progress is about, where there are several.
func (p *pending) label(progress string) string {
	switch {
	case len(p.steps) == 1:
		return progress
	case progress == "":
		return p.steps[p.at].name
	default:
		return p.steps[p.at].name + ": " + progress
	}
}

// Token is the URL of the operation under way. It may be signed: it is for the
// journal, not for logs or the screen.
func (p *pending) Token() string {
	switch {
	case p.op == nil:
		return ""
	case p.op.status != "":
		return p.op.status
	default:
		return p.op.location
	}
}
