package azure

import (
	"context"
	"fmt"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// stateOfDeployment reads a deployment, and its endpoint where traffic was
// asked for as well.
func (c *Client) stateOfDeployment(ctx context.Context, cmd model.Command) (backend.TargetState, error) {
	id, err := inWorkspace(idOf(cmd), 3)
	if err != nil {
		return backend.TargetState{}, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return backend.TargetState{}, err
	}
	w, err := read[wireDeployment](ctx, "read the deployment", func(ctx context.Context) (err error) {
		if isBatch(id) {
			_, err = ml.NewBatchDeploymentsClient().Get(ctx, id.ResourceGroup, id.Names[0], id.Names[1], id.Names[2], nil)
		} else {
			_, err = ml.NewOnlineDeploymentsClient().Get(ctx, id.ResourceGroup, id.Names[0], id.Names[1], id.Names[2], nil)
		}
		return err
	})
	if err != nil {
		return backend.TargetState{}, err
	}
	deploying := cmd.Verb == model.VerbDeploy
	why := faults(w.Properties.Errors)
	if deploying && len(why) == 0 && model.Fold(string(w.Properties.ProvisioningState)) == "failed" {
		why, _ = c.reasonOf(ctx, string(w.Properties.Inner.Operation))
	}
	s := judgeProvisioning(string(w.Properties.ProvisioningState), why, deploying)
	if cmd.Verb == model.VerbScale {
		have := int(w.SKU.Capacity)
		s.Reached = model.Fold(s.State) == "succeeded" && have == cmd.Instances
		s.State += fmt.Sprintf(", %d instances", have)
		return s, nil
	}
	if !deploying && s.Failed { // a broken deployment is still there to be deleted
		s.Failed = model.Fold(s.State) == "failed" && s.Detail != ""
	}
	if s.Reached && cmd.Deploy != nil && cmd.Deploy.Traffic > 0 {
		e, err := c.readEndpoint(ctx, id)
		if err != nil {
			return backend.TargetState{}, err
		}
		share := trafficTo(e, id.Names[2])
		s.Reached = share == cmd.Deploy.Traffic || e.Kind == model.BatchEndpoint && share == 100
		s.Detail = fmt.Sprintf("carries %d %% of the traffic", max(share, 0))
	}
	return s, nil
}

// readEndpoint reads the endpoint that an id is of or belongs to.
func (c *Client) readEndpoint(ctx context.Context, id model.ResourceID) (*model.Endpoint, error) {
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	kind := model.OnlineEndpoint
	w, err := read[wireEndpoint](ctx, "read the endpoint", func(ctx context.Context) (err error) {
		if isBatch(id) {
			kind = model.BatchEndpoint
			_, err = ml.NewBatchEndpointsClient().Get(ctx, id.ResourceGroup, id.Names[0], id.Names[1], nil)
		} else {
			_, err = ml.NewOnlineEndpointsClient().Get(ctx, id.ResourceGroup, id.Names[0], id.Names[1], nil)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return mapEndpoint(w, kind, model.WorkspaceIDOf(string(w.ID))), nil
}

func (c *Client) stateOfTraffic(ctx context.Context, cmd model.Command) (backend.TargetState, error) {
	id, err := inWorkspace(idOf(cmd), 2)
	if err != nil {
		return backend.TargetState{}, err
	}
	e, err := c.readEndpoint(ctx, id)
	if err != nil {
		return backend.TargetState{}, err
	}
	s := judgeProvisioning(e.ProvisioningState, e.Faults, cmd.Verb == model.VerbTraffic)
	if cmd.Verb == model.VerbDelete { // a broken endpoint is still there to be deleted
		s.Failed = false
	}
	if s.Reached {
		s.Reached = trafficIs(e, cmd.Traffic)
	}
	return s, nil
}

// trafficIs compares traffic; a deployment that is not named has none.
func trafficIs(e *model.Endpoint, want map[string]int) bool {
	if e.Kind == model.BatchEndpoint {
		return model.Fold(e.Default) == model.Fold(defaultOf(want))
	}
	for name, share := range want {
		if e.Traffic[name] != share {
			return false
		}
	}
	for name, share := range e.Traffic {
		if want[name] != share {
			return false
		}
	}
	return true
}

// stateOfJob reads a job that was to be cancelled. One that ended by itself
// first is over, and not the way it was asked for.
func (c *Client) stateOfJob(ctx context.Context, cmd model.Command) (backend.TargetState, error) {
	id, err := inWorkspace(idOf(cmd), 2)
	if err != nil {
		return backend.TargetState{}, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return backend.TargetState{}, err
	}
	w, err := read[wireJob](ctx, "read the job", func(ctx context.Context) error {
		_, err := ml.NewJobsClient().Get(ctx, id.ResourceGroup, id.Names[0], id.Names[1], nil)
		return err
	})
	if err != nil {
		return backend.TargetState{}, err
	}
	s := backend.TargetState{State: string(w.Properties.Status)}
	switch model.JobStatus(s.State) {
	case model.JobCanceled:
		s.Reached = true
	case model.JobCompleted, model.JobFailed:
		s.Failed, s.Detail = true, "the job ended by itself before it could be cancelled"
	}
	return s, nil
}
