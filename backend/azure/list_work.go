package azure

import (
	"context"
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
	"golang.org/x/sync/errgroup"

	"github.com/amltop/amltop/model"
)

// endpointsAtOnce bounds how many endpoints are asked for their deployments at
// the same time.
const endpointsAtOnce = 4

// Jobs lists a workspace's newest jobs that are not archived. The service has
// no order to ask for, and lists newest first: pages are read until there are
// enough.
func (c *Client) Jobs(ctx context.Context, ws *model.Workspace) ([]*model.Job, error) {
	ml, err := c.ml(ws.Subscription)
	if err != nil {
		return nil, err
	}
	rows, err := collect[wireJob](ctx, "list jobs", ml.NewJobsClient().NewListPager(ws.ResourceGroup, ws.Name, nil), c.jobs)
	if err != nil {
		return nil, err
	}
	jobs := make([]*model.Job, 0, len(rows))
	for i := range rows {
		jobs = append(jobs, mapJob(&rows[i], ws.ID))
	}
	return newest(jobs, c.jobs), nil
}

// Endpoints lists online and batch endpoints, and the deployments of each: one
// call for each kind and one for each endpoint. Why one of them failed takes
// another call, once.
func (c *Client) Endpoints(ctx context.Context, ws *model.Workspace) ([]*model.Endpoint, []*model.Deployment, error) {
	ml, err := c.ml(ws.Subscription)
	if err != nil {
		return nil, nil, err
	}
	online, err := collect[wireEndpoint](ctx, "list online endpoints", ml.NewOnlineEndpointsClient().NewListPager(ws.ResourceGroup, ws.Name, nil), 0)
	if err != nil {
		return nil, nil, err
	}
	batch, err := collect[wireEndpoint](ctx, "list batch endpoints", ml.NewBatchEndpointsClient().NewListPager(ws.ResourceGroup, ws.Name, nil), 0)
	if err != nil {
		return nil, nil, err
	}
	var failed failures
	endpoints := make([]*model.Endpoint, 0, len(online)+len(batch))
	add := func(rows []wireEndpoint, kind model.EndpointKind) {
		for i := range rows {
			e := mapEndpoint(&rows[i], kind, ws.ID)
			failed.add(&e.Resource, rows[i].Properties.Inner.Operation, &e.Faults)
			endpoints = append(endpoints, e)
		}
	}
	add(online, model.OnlineEndpoint)
	add(batch, model.BatchEndpoint)
	deployments, err := deploymentsOf(ctx, ml, ws, endpoints, &failed)
	if err != nil {
		return nil, nil, err
	}
	c.explain(ctx, ws.ID, failed)
	return endpoints, deployments, nil
}

// deploymentsOf asks every endpoint for its deployments. One that was deleted
// meanwhile has none.
func deploymentsOf(ctx context.Context, ml *armmachinelearning.ClientFactory, ws *model.Workspace, endpoints []*model.Endpoint, failed *failures) ([]*model.Deployment, error) {
	found := make([][]wireDeployment, len(endpoints))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(endpointsAtOnce)
	for i, e := range endpoints {
		group.Go(func() error {
			rows, err := listDeployments(ctx, ml, ws, e)
			if errors.Is(err, model.ErrNotFound) {
				return nil
			}
			found[i] = rows
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var all []*model.Deployment
	for i, rows := range found {
		for n := range rows {
			if rows[n].ID != "" {
				d := mapDeployment(&rows[n], endpoints[i])
				failed.add(&d.Resource, rows[n].Properties.Inner.Operation, &d.Faults)
				all = append(all, d)
			}
		}
	}
	return all, nil
}

func listDeployments(ctx context.Context, ml *armmachinelearning.ClientFactory, ws *model.Workspace, e *model.Endpoint) ([]wireDeployment, error) {
	if e.Kind == model.BatchEndpoint {
		pager := ml.NewBatchDeploymentsClient().NewListPager(ws.ResourceGroup, ws.Name, e.Name, nil)
		return collect[wireDeployment](ctx, "list batch deployments", pager, 0)
	}
	pager := ml.NewOnlineDeploymentsClient().NewListPager(ws.ResourceGroup, ws.Name, e.Name, nil)
	return collect[wireDeployment](ctx, "list online deployments", pager, 0)
}
