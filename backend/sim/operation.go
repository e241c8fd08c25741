package sim

import "time"

// Statuses of a long-running operation.
const (
	statusInProgress = "InProgress"
	statusSucceeded  = "Succeeded"
	statusFailed     = "Failed"
	statusCanceled   = "Canceled"
)

// remembered is how many operations the world keeps; older ones are forgotten,
// as the service forgets them.
const remembered = 4096

// operations are the long-running operations, by id and by age.
type operations struct {
	byID map[string]*Operation
	age  []string
	rng  stream
}

// Operation finds a long-running operation, nil if there is none.
func (w *World) Operation(id string) *Operation { return w.operations.byID[id] }

// begin starts an operation. prefix goes before its GUID, as the service does
// for operations on endpoints and deployments.
func (w *World) begin(prefix string, ws *Workspace) *Operation {
	o := &w.operations
	op := &Operation{
		ID: prefix + o.rng.guid(), Sub: ws.Subscription, Region: ws.Location,
		Status: statusInProgress, Started: w.now,
	}
	if len(o.age) >= remembered {
		delete(o.byID, o.age[0])
		o.age = o.age[1:]
	}
	o.byID[op.ID] = op
	o.age = append(o.age, op.ID)
	return op
}

// finish ends an operation, with success if there is no denial. A nil operation
// or one that is over stays as it is.
func (w *World) finish(op *Operation, why *Denial) {
	if op == nil || op.Status != statusInProgress {
		return
	}
	op.Ended = w.now
	op.Status = statusSucceeded
	if why != nil {
		op.Status, op.Error = statusFailed, why
	}
}

// abandon ends an operation that another one has made pointless.
func (w *World) abandon(op *Operation) {
	if op != nil && op.Status == statusInProgress {
		op.Ended, op.Status = w.now, statusCanceled
	}
}

// finishAfter ends an operation later and calls then, if given, at that moment.
func (w *World) finishAfter(op *Operation, d time.Duration, why *Denial, then func()) *Operation {
	w.plan(d, func() {
		w.finish(op, why)
		if then != nil {
			then()
		}
	})
	return op
}
