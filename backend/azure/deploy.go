package azure

import (
	"context"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"

	"github.com/amltop/amltop/model"
)

// deployment is a deployment to be: where it goes and what it is.
type deployment struct {
	client    *Client
	ml        *armmachinelearning.ClientFactory
	spec      model.DeploymentSpec
	workspace string // ARM id
	rg, ws    string
	batch     bool
}

// planDeploy is: the environment of an image, the endpoint if it is to be new,
// the deployment, the traffic if any is asked for.
func (c *Client) planDeploy(ctx context.Context, cmd model.Command) ([]step, error) {
	if cmd.Deploy == nil {
		return nil, &model.Refusal{Message: "deploy: nothing says what to deploy"}
	}
	if err := cmd.Deploy.Validate(); err != nil {
		return nil, &model.Refusal{Message: clean(err.Error()), Err: err}
	}
	id, err := inWorkspace(idOf(cmd), 3)
	if err != nil {
		return nil, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	d := &deployment{
		client: c, ml: ml, spec: *cmd.Deploy, workspace: workspaceOf(id),
		rg: id.ResourceGroup, ws: id.Names[0], batch: cmd.Deploy.Kind == model.TargetBatch,
	}
	if d.spec.Location == "" {
		if d.spec.Location, err = c.locationOf(ctx, ml, d.rg, d.ws); err != nil {
			return nil, err
		}
	}
	var steps []step
	if isImage(d.spec.Environment) {
		steps = append(steps, d.environmentStep())
	}
	if d.spec.NewEndpoint {
		steps = append(steps, d.endpointStep())
	}
	steps = append(steps, d.deploymentStep())
	if d.spec.Traffic > 0 {
		steps = append(steps, d.trafficStep())
	}
	return steps, nil
}

// workspaceOf is the ARM id of the workspace a resource is in.
func workspaceOf(id model.ResourceID) string {
	return fmt.Sprintf("/subscriptions/%s/resourceGroups/%s/providers/%s/workspaces/%s",
		id.Subscription, id.ResourceGroup, id.Provider, id.Names[0])
}

func (c *Client) locationOf(ctx context.Context, ml *armmachinelearning.ClientFactory, rg, ws string) (string, error) {
	w, err := read[wireWorkspace](ctx, "read the workspace", func(ctx context.Context) error {
		_, err := ml.NewWorkspacesClient().Get(ctx, rg, ws, nil)
		return err
	})
	if err != nil {
		return "", err
	}
	return string(w.Location), nil
}

// endpointID is the ARM id of the deployment's endpoint.
func (d *deployment) endpointID() string {
	if d.batch {
		return d.workspace + "/batchEndpoints/" + d.spec.Endpoint
	}
	return d.workspace + "/onlineEndpoints/" + d.spec.Endpoint
}

func (d *deployment) id() string { return d.endpointID() + "/deployments/" + d.spec.Name }

// endpointStep creates the endpoint unless it is there: a PUT replaces all of
// it, traffic too, and a command may be sent a second time.
func (d *deployment) endpointStep() step {
	const name = "endpoint"
	create := submit(name, d.endpointID(), func(ctx context.Context) error {
		mode := to.Ptr(armmachinelearning.EndpointAuthMode(d.authMode()))
		identity := &armmachinelearning.ManagedServiceIdentity{Type: to.Ptr(armmachinelearning.ManagedServiceIdentityTypeSystemAssigned)}
		if d.batch {
			_, err := d.ml.NewBatchEndpointsClient().BeginCreateOrUpdate(ctx, d.rg, d.ws, d.spec.Endpoint, armmachinelearning.BatchEndpoint{
				Location: &d.spec.Location, Identity: identity,
				Properties: &armmachinelearning.BatchEndpointProperties{AuthMode: mode},
			}, nil)
			return err
		}
		_, err := d.ml.NewOnlineEndpointsClient().BeginCreateOrUpdate(ctx, d.rg, d.ws, d.spec.Endpoint, armmachinelearning.OnlineEndpoint{
			Location: &d.spec.Location, Identity: identity,
			Properties: &armmachinelearning.OnlineEndpointProperties{AuthMode: mode},
		}, nil)
		return err
	})
	return step{name: name, send: func(ctx context.Context) (*operation, error) {
		there, err := d.client.provisioning(ctx, d.endpointID())
		switch {
		case err != nil:
			return nil, err
		case there == "":
			return create.send(ctx)
		case model.ProvisioningTransient(there):
			return &operation{resource: d.endpointID()}, nil
		default:
			return nil, nil
		}
	}}
}

// authMode is how callers of a new endpoint prove who they are. A batch
// endpoint knows one way only.
func (d *deployment) authMode() string {
	switch {
	case d.batch:
		return "AADToken"
	case d.spec.AuthMode == "":
		return "Key"
	default:
		return d.spec.AuthMode
	}
}

// deploymentStep creates or replaces the deployment. The service refuses it
// while the endpoint is still settling, also after it said it was done.
func (d *deployment) deploymentStep() step {
	s := submit("deployment", d.id(), func(ctx context.Context) error {
		if d.batch {
			_, err := d.ml.NewBatchDeploymentsClient().BeginCreateOrUpdate(ctx, d.rg, d.ws, d.spec.Endpoint, d.spec.Name, d.batchBody(), nil)
			return err
		}
		_, err := d.ml.NewOnlineDeploymentsClient().BeginCreateOrUpdate(ctx, d.rg, d.ws, d.spec.Endpoint, d.spec.Name, d.onlineBody(), nil)
		return err
	})
	s.patient = true
	return s
}

// trafficStep gives the deployment its share. Of a batch endpoint it becomes
// the default.
func (d *deployment) trafficStep() step {
	return step{name: "traffic", patient: true, send: func(ctx context.Context) (*operation, error) {
		return d.client.setTraffic(ctx, d.endpointID(), func(now map[string]int) map[string]int {
			return shareOut(now, d.spec.Name, d.spec.Traffic)
		})
	}}
}
