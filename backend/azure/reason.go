package azure

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amltop/amltop/model"
)

// An online endpoint or deployment that failed does not say why: the reason is
// with the operation that it names in its properties. It is read once and
// remembered for as long as the failure is listed.

// reasonsAtOnce bounds how many operations are asked at the same time, and
// reasonsPerList how many by one list: the rest have their turn at the next.
const (
	reasonsAtOnce  = 4
	reasonsPerList = 20
)

// attempt is one failure. What is tried again names another operation or has
// another time of change, and so may have another reason.
type attempt struct {
	id        string
	operation string // URL
	changed   time.Time
}

// failure is an attempt without a reason, and where the reason belongs.
type failure struct {
	attempt
	faults *[]model.Fault
}

// failures are what a list found to have failed.
type failures []failure

// add notes a resource if it failed, says nothing of why, and names an operation.
func (f *failures) add(r *model.Resource, operation text, faults *[]model.Fault) {
	if operation == "" || len(*faults) > 0 || model.Fold(r.ProvisioningState) != "failed" {
		return
	}
	*f = append(*f, failure{attempt{model.Fold(r.ARMID), string(operation), r.ModifiedAt}, faults})
}

// explained are the reasons of a workspace's failures; nil where there is none
// to be had. The map of a workspace is replaced, never changed.
type explained struct {
	mu sync.Mutex
	of map[model.WorkspaceID]map[attempt][]model.Fault
}

func (e *explained) in(ws model.WorkspaceID) map[attempt][]model.Fault {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.of[ws]
}

func (e *explained) keep(ws model.WorkspaceID, reasons map[attempt][]model.Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(reasons) == 0 {
		delete(e.of, ws)
		return
	}
	if e.of == nil {
		e.of = map[model.WorkspaceID]map[attempt][]model.Fault{}
	}
	e.of[ws] = reasons
}

// explain fills in why a workspace's failures failed, as far as it is known or
// can be learned now. A list is as good without: nothing of this makes it fail.
// It reports whether asking again would bring nothing else.
func (c *Client) explain(ctx context.Context, ws model.WorkspaceID, found failures) (all bool) {
	known, reasons := c.reasons.in(ws), make(map[attempt][]model.Fault, len(found))
	var open failures
	for _, f := range found {
		if faults, ok := known[f.attempt]; ok {
			*f.faults, reasons[f.attempt] = faults, faults
		} else if len(open) < reasonsPerList {
			open = append(open, f)
		}
	}
	settled := make([]bool, len(open))
	var group errgroup.Group
	group.SetLimit(reasonsAtOnce)
	for i, f := range open {
		group.Go(func() error {
			*f.faults, settled[i] = c.reasonOf(ctx, f.operation)
			return nil
		})
	}
	_ = group.Wait() // none of them fails
	for i, f := range open {
		if settled[i] {
			reasons[f.attempt] = *f.faults
		}
	}
	c.reasons.keep(ws, reasons)
	for _, f := range found {
		if _, known := reasons[f.attempt]; !known {
			return false
		}
	}
	return true
}

// reasonOf reads why an operation failed. It is settled if asking again would
// bring nothing else: not while the service or the network is merely away. An
// operation on another host is never asked.
func (c *Client) reasonOf(ctx context.Context, operation string) (reason []model.Fault, settled bool) {
	if u, err := url.Parse(operation); err != nil || !sameOrigin(u, c.base) {
		return nil, true
	}
	a, err := c.get(ctx, operation)
	if err != nil {
		err = refuse("ask why it failed", err)
		refused, ok := errors.AsType[*model.Refusal](err)
		return nil, ok && refused.Status != 0 && !isPassing(err) && !errors.Is(err, model.ErrSignIn)
	}
	over, _, err := judgeStatus(a)
	if why, ok := errors.AsType[*model.Refusal](err); ok && over {
		return []model.Fault{faultOf(why.Code, why.Message)}, true
	}
	return nil, over
}
