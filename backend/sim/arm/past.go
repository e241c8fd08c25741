package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// Endpoints and deployments repeat the URL of the operation that made them. Of
// those that are older than the world there is no operation left, so one is
// made up from what became of them: it says Succeeded, or why not.

// endpointOperation is the operation that an endpoint names.
func endpointOperation(e *sim.Endpoint) *sim.Operation {
	if e.Operation != nil {
		return e.Operation
	}
	return &sim.Operation{
		ID:  "oeidp:" + e.Workspace.GUID + ":" + guidOf("operation of "+e.ID()),
		Sub: e.Workspace.Subscription, Region: e.Location, Status: outcome(e.ProvisioningState),
		Started: e.CreatedAt, Ended: e.ModifiedAt,
	}
}

// deploymentOperation is the operation that a deployment names.
func deploymentOperation(d *sim.Deployment) *sim.Operation {
	if d.Operation != nil {
		return d.Operation
	}
	e := d.Endpoint
	op := &sim.Operation{
		ID:  "odidp:" + e.Workspace.GUID + ":" + guidOf("operation of "+d.ID()),
		Sub: e.Workspace.Subscription, Region: e.Location, Status: outcome(d.ProvisioningState),
		Started: d.CreatedAt, Ended: d.ModifiedAt,
	}
	if op.Status == failed && len(d.Faults) > 0 {
		op.Error = &sim.Denial{Code: d.Faults[0].Code, Message: d.Faults[0].Message}
	}
	return op
}

func outcome(provisioningState string) string {
	switch provisioningState {
	case succeeded, failed, "Canceled":
		return provisioningState
	}
	return running
}

// past finds an operation that some endpoint or deployment of a subscription
// names and the world has forgotten; nil if there is none.
func past(sub *sim.Subscription, id string) *sim.Operation {
	_, rest, _ := strings.Cut(id, ":")
	guid, _, found := strings.Cut(rest, ":")
	if !found {
		return nil
	}
	for _, ws := range sub.Workspaces {
		if ws.GUID != guid {
			continue
		}
		for _, e := range ws.Online {
			if op := endpointOperation(e); op.ID == id {
				return op
			}
			for _, d := range e.Deployments {
				if op := deploymentOperation(d); op.ID == id {
					return op
				}
			}
		}
	}
	return nil
}
