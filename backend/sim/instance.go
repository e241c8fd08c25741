package sim

import (
	"fmt"
	"net/http"
	"time"

	"github.com/amltop/amltop/model"
)

// What starts an operation on an instance, in the service's words.
const (
	triggerUser     = "User"
	triggerSchedule = "Schedule"
	triggerIdle     = "IdleShutdown"
)

// StartInstance starts a stopped instance. From any other settled state the
// service accepts the request and lets the operation fail.
func (w *World) StartInstance(i *Instance) (*Operation, error) {
	if d := i.busy(); d != nil {
		return nil, d
	}
	op := w.begin("", i.Workspace)
	if i.State != string(model.StateStopped) {
		return w.finishAfter(op, i.rng.between(2*time.Second, 6*time.Second), &Denial{
			http.StatusBadRequest, "StartComputeInstanceOnlyAllowedInStoppedState", fmt.Sprintf(
				"Start operation is only allowed when the compute instance %s is in 'stopped' state. Current state: '%s'.", i.Name, i.State),
		}, nil), nil
	}
	w.bringUp(i, triggerUser, op)
	return op, nil
}

// StopInstance stops an instance. Stopping a stopped one succeeds.
func (w *World) StopInstance(i *Instance) (*Operation, error) {
	if d := i.busy(); d != nil {
		return nil, d
	}
	switch {
	case i.DiskFull:
		return nil, &Denial{http.StatusBadRequest, "BadRequest", "StopCompute is not allowed when ComputeInstance disk is full."}
	case i.State == string(model.StateCreateFailed):
		return nil, &Denial{http.StatusConflict, "Conflict", fmt.Sprintf(
			"Stop operation is not allowed when the compute instance %s is in 'createFailed' state.", i.Name)}
	}
	op := w.begin("", i.Workspace)
	if i.State == string(model.StateStopped) {
		return w.finishAfter(op, i.rng.between(2*time.Second, 6*time.Second), nil, nil), nil
	}
	w.bringDown(i, triggerUser, op)
	return op, nil
}

// RestartInstance restarts an instance that has a VM.
func (w *World) RestartInstance(i *Instance) (*Operation, error) {
	if d := i.busy(); d != nil {
		return nil, d
	}
	if !model.InstanceState(i.State).Info().Allows(model.VerbRestart) {
		return nil, &Denial{http.StatusConflict, "Conflict", fmt.Sprintf(
			"Restart operation is not allowed when the compute instance %s is in '%s' state.", i.Name, i.State)}
	}
	op := w.begin("", i.Workspace)
	w.evict(i, "The compute instance was restarted.")
	w.undertake(i, "Restart", triggerUser, op, model.StateRestarting)
	w.set(&i.timer, i.rng.between(130*time.Second, 180*time.Second), func() {
		i.Errors = nil
		w.settle(i, model.StateRunning, nil)
		w.rise(i)
	})
	return op, nil
}

// bringUp takes a stopped instance to Running.
func (w *World) bringUp(i *Instance, trigger string, op *Operation) {
	w.undertake(i, "Start", trigger, op, model.StateStarting)
	if i.startFails {
		w.set(&i.timer, 30*time.Minute, func() {
			w.settle(i, model.StateStopped, &Denial{http.StatusInternalServerError, "OperationTimedOut",
				fmt.Sprintf("Compute instance %s was timed out for operation Start.", i.Name)})
		})
		return
	}
	w.set(&i.timer, i.rng.between(90*time.Second, 180*time.Second), func() {
		w.settle(i, model.StateRunning, nil)
		w.rise(i)
	})
}

// bringDown takes an instance with a VM to Stopped. What runs on it is lost.
func (w *World) bringDown(i *Instance, trigger string, op *Operation) {
	w.evict(i, "The compute instance was stopped.")
	w.undertake(i, "Stop", trigger, op, model.StateStopping)
	w.set(&i.timer, i.rng.between(80*time.Second, 110*time.Second), func() {
		w.settle(i, model.StateStopped, nil)
	})
}

// busy is the refusal of a request while another operation is in flight.
func (i *Instance) busy() *Denial {
	switch {
	case i.ProvisioningState == deleting: // its state stays as it is while it is only detached
		return conflict("compute instance", i.Name, deleting)
	case i.Gone || model.InstanceState(i.State).Info().Transient:
		return conflict("compute instance", i.Name, i.State)
	}
	return nil
}

// undertake enters a state of transition.
func (w *World) undertake(i *Instance, name, trigger string, op *Operation, to model.InstanceState) {
	i.op = op
	i.ModifiedAt = w.now
	i.Last = LastOperation{name, statusInProgress, trigger, w.now}
	w.become(i, to)
}

// settle ends the transition in flight in a state of rest.
func (w *World) settle(i *Instance, to model.InstanceState, why *Denial) {
	i.Last.Status = statusSucceeded
	if why != nil {
		i.Last.Status = i.Last.Name + statusFailed
	}
	w.finish(i.op, why)
	i.op = nil
	w.become(i, to)
}

// rise is called when an instance has come up: its queue moves and the idle rule counts.
func (w *World) rise(i *Instance) {
	i.LastActivity = w.now
	w.serve(i)
	w.watchIdle(i)
}

// become is the only place where an instance changes its state.
func (w *World) become(i *Instance, to model.InstanceState) {
	w.note(i, "", i.State, string(to))
	i.State = string(to)
	units := 0
	if to.Info().Bills == model.Yes {
		units = 1
	}
	w.bill(&i.meter, i.ID, units, sold{of: &i.Base, size: i.VMSize})
}
