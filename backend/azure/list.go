package azure

import (
	"context"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Subscriptions lists the subscriptions the principal can read.
func (c *Client) Subscriptions(ctx context.Context) ([]*model.Subscription, error) {
	rows, err := collect[wireSubscription](ctx, "list subscriptions", c.subs.NewListPager(nil))
	if err != nil {
		return nil, err
	}
	subs := make([]*model.Subscription, 0, len(rows))
	for i := range rows {
		if s := mapSubscription(&rows[i]); s.ID != "" {
			subs = append(subs, s)
		}
	}
	return subs, nil
}

// Workspaces lists a subscription's workspaces, hubs, projects and feature
// stores. An answer that still is the one held is not decoded; nor is it of any
// list below.
func (c *Client) Workspaces(ctx context.Context, sub model.SubscriptionID, held backend.Version) ([]*model.Workspace, backend.Version, error) {
	ml, err := c.ml(sub)
	if err != nil {
		return nil, 0, err
	}
	pager := ml.NewWorkspacesClient().NewListBySubscriptionPager(nil)
	rows, version, err := listChanged[wireWorkspace](ctx, c, "list workspaces", "workspaces "+string(sub), held, 0, pages(pager))
	if err != nil {
		return nil, 0, err
	}
	all := make([]*model.Workspace, 0, len(rows))
	for i := range rows {
		all = append(all, mapWorkspace(&rows[i], sub))
	}
	return all, version, nil
}

// Computes lists every compute target of a workspace.
func (c *Client) Computes(ctx context.Context, ws *model.Workspace, held backend.Version) (backend.Computes, error) {
	ml, err := c.ml(ws.Subscription)
	if err != nil {
		return backend.Computes{}, err
	}
	pager := ml.NewComputeClient().NewListPager(ws.ResourceGroup, ws.Name, nil)
	rows, version, err := listChanged[wireCompute](ctx, c, "list computes", "computes "+string(ws.ID), held, 0, pages(pager))
	if err != nil {
		return backend.Computes{}, err
	}
	all := backend.Computes{Version: version}
	for i := range rows {
		addCompute(&all, &rows[i], ws.ID)
	}
	return all, nil
}

// Compute reads one compute target.
func (c *Client) Compute(ctx context.Context, armID string) (backend.Computes, error) {
	w, err := c.readCompute(ctx, armID)
	if err != nil {
		return backend.Computes{}, err
	}
	var one backend.Computes
	addCompute(&one, w, "")
	return one, nil
}

func (c *Client) readCompute(ctx context.Context, armID string) (*wireCompute, error) {
	id, err := inWorkspace(armID, 2)
	if err != nil {
		return nil, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	w, err := read[wireCompute](ctx, "read the compute", func(ctx context.Context) error {
		_, err := ml.NewComputeClient().Get(ctx, id.ResourceGroup, id.Names[0], id.Names[1], nil)
		return err
	})
	if err == nil && w.ID == "" {
		w.ID = text(armID)
	}
	return w, err
}

// Nodes lists the nodes of a cluster. The service takes it for a write.
func (c *Client) Nodes(ctx context.Context, cluster *model.Cluster) ([]model.Node, error) {
	id, err := inWorkspace(cluster.ARMID, 2)
	if err != nil {
		return nil, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	pager := ml.NewComputeClient().NewListNodesPager(id.ResourceGroup, id.Names[0], id.Names[1], nil)
	rows, err := collect[wireNode](ctx, "list nodes", pager)
	if err != nil {
		return nil, err
	}
	nodes := make([]model.Node, 0, len(rows))
	for i := range rows {
		nodes = append(nodes, mapNode(&rows[i], cluster.ID))
	}
	return nodes, nil
}
