package azure

import (
	"context"
	"errors"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Begin sends a command and returns once the service has accepted something of
// it that takes time, or all of it. Later steps, as of a deployment on a new
// endpoint, are sent by Poll.
func (c *Client) Begin(ctx context.Context, cmd model.Command) (backend.Pending, error) {
	steps, err := c.plan(ctx, cmd)
	if err != nil {
		return nil, err
	}
	p := &pending{client: c, steps: steps}
	for {
		p.op, err = steps[p.at].send(ctx)
		switch {
		case err != nil && p.at > 0 && steps[p.at].waitsFor(err):
			p.unsent = true
			return p, nil
		case err != nil:
			return nil, err
		case p.op != nil || p.at == len(steps)-1:
			return p, nil
		}
		p.at++
	}
}

// plan is what a command takes to be carried out, in order.
func (c *Client) plan(ctx context.Context, cmd model.Command) ([]step, error) {
	switch cmd.Verb {
	case model.VerbStart, model.VerbStop, model.VerbRestart, model.VerbDetach:
		return c.planCompute(ctx, cmd)
	case model.VerbDelete, model.VerbScale:
		id, err := model.ParseResourceID(idOf(cmd))
		switch {
		case err == nil && cmd.Verb == model.VerbDelete && isEndpoint(id):
			return c.planDeleteEndpoint(cmd, id)
		case err == nil && cmd.Verb == model.VerbScale && len(id.Names) == 3:
			return c.planScaleDeployment(ctx, cmd, id)
		}
		return c.planCompute(ctx, cmd)
	case model.VerbCreate:
		return c.planCreate(cmd)
	case model.VerbIdle, model.VerbSchedule:
		return c.planRule(cmd)
	case model.VerbDeploy:
		return c.planDeploy(ctx, cmd)
	case model.VerbUndeploy:
		return c.planUndeploy(cmd)
	case model.VerbTraffic:
		return c.planTraffic(cmd)
	case model.VerbCancelJob:
		return c.planCancel(cmd)
	default:
		return nil, &model.Refusal{Message: fmt.Sprintf("%q is not a command of this service", clean(string(cmd.Verb)))}
	}
}

func (c *Client) planCompute(ctx context.Context, cmd model.Command) ([]step, error) {
	armID := idOf(cmd)
	id, err := inWorkspace(armID, 2)
	if err != nil {
		return nil, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	computes, rg, ws, name := ml.NewComputeClient(), id.ResourceGroup, id.Names[0], id.Names[1]
	var call func(context.Context) error
	switch cmd.Verb {
	case model.VerbStart:
		call = func(ctx context.Context) error { _, err := computes.BeginStart(ctx, rg, ws, name, nil); return err }
	case model.VerbStop:
		call = func(ctx context.Context) error { _, err := computes.BeginStop(ctx, rg, ws, name, nil); return err }
	case model.VerbRestart:
		call = func(ctx context.Context) error { _, err := computes.BeginRestart(ctx, rg, ws, name, nil); return err }
	case model.VerbDelete:
		// Delete, not detach: a detached cluster goes on billing.
		call = func(ctx context.Context) error {
			_, err := computes.BeginDelete(ctx, rg, ws, name, armmachinelearning.UnderlyingResourceActionDelete, nil)
			return err
		}
	case model.VerbDetach:
		if err := c.attached(ctx, armID); err != nil {
			return nil, err
		}
		call = func(ctx context.Context) error {
			_, err := computes.BeginDelete(ctx, rg, ws, name, armmachinelearning.UnderlyingResourceActionDetach, nil)
			return err
		}
	default:
		patch, err := scalePatch(cmd.Scale)
		if err != nil {
			return nil, err
		}
		call = func(ctx context.Context) error {
			_, err := computes.BeginUpdate(ctx, rg, ws, name, patch, nil)
			return err
		}
	}
	return []step{submit(cmd.Verb.Gerund(), armID, call)}, nil
}

// attached refuses to detach what Azure ML manages: out of sight, it would go
// on billing.
func (c *Client) attached(ctx context.Context, armID string) error {
	found, err := c.Compute(ctx, armID)
	if err != nil {
		return err
	}
	if len(found.Attached) == 0 {
		return &model.Refusal{
			Class:   model.ErrWrongKind,
			Message: fmt.Sprintf("%s is managed by Azure ML; detached, it would go on billing unseen", clean(model.BaseName(armID))),
			Next:    "Delete it.",
		}
	}
	return nil
}

// scalePatch sends all three settings: the service wants the maximum, and
// takes a missing one for its default.
func scalePatch(s *model.Scale) (armmachinelearning.ClusterUpdateParameters, error) {
	if s == nil {
		return armmachinelearning.ClusterUpdateParameters{}, &model.Refusal{Message: "scale: no settings given"}
	}
	if s.Min < 0 || s.Max < s.Min || s.Max > maxNodes || s.IdleBeforeScaleDown < 0 {
		return armmachinelearning.ClusterUpdateParameters{}, &model.Refusal{
			Message: fmt.Sprintf("scale: minimum %d, maximum %d, idle %s is not a setting a cluster can have", s.Min, s.Max, s.IdleBeforeScaleDown),
		}
	}
	return armmachinelearning.ClusterUpdateParameters{Properties: &armmachinelearning.ClusterUpdateProperties{
		Properties: &armmachinelearning.ScaleSettingsInformation{ScaleSettings: &armmachinelearning.ScaleSettings{
			MinNodeCount:                to.Ptr(int32(s.Min)),
			MaxNodeCount:                to.Ptr(int32(s.Max)),
			NodeIdleTimeBeforeScaleDown: to.Ptr(isoPeriod(s.IdleBeforeScaleDown)),
		}},
	}}, nil
}

// maxNodes is the most nodes a cluster can have, by the service's highest limit.
const maxNodes = 65_000

func (c *Client) planCancel(cmd model.Command) ([]step, error) {
	armID := idOf(cmd)
	id, err := inWorkspace(armID, 2)
	if err != nil {
		return nil, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	return []step{submit("cancelling", armID, func(ctx context.Context) error {
		_, err := ml.NewJobsClient().BeginCancel(ctx, id.ResourceGroup, id.Names[0], id.Names[1], nil)
		return err
	})}, nil
}

// idOf is the id a command aims at, as the service spells it if that is known.
func idOf(cmd model.Command) string {
	if cmd.ARMID != "" {
		return cmd.ARMID
	}
	return cmd.Target
}

// submit is a step of one request through the SDK.
func submit(name, armID string, call func(context.Context) error) step {
	return step{name: name, send: func(ctx context.Context) (*operation, error) {
		got := &capture{}
		err := call(withCapture(ctx, got))
		// Whether it was accepted, the status tells, and not the SDK: its
		// generated code takes the 202 to a PATCH for a failure, and misses a
		// polling URL where the service sends none.
		if got.status >= 200 && got.status <= 299 {
			return begun(got, armID), nil
		}
		if err == nil {
			err = errors.New("no answer was seen")
		}
		return nil, refuse(name, err)
	}}
}
