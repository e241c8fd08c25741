package azure

import (
	"context"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Jobs lists a workspace's newest jobs that are not archived. The service has
// no order to ask for, and lists newest first: pages are read until there are
// enough.
func (c *Client) Jobs(ctx context.Context, ws *model.Workspace, held backend.Version) ([]*model.Job, backend.Version, error) {
	ml, err := c.ml(ws.Subscription)
	if err != nil {
		return nil, 0, err
	}
	pager := ml.NewJobsClient().NewListPager(ws.ResourceGroup, ws.Name, nil)
	rows, version, err := listChanged[wireJob](ctx, c, "list jobs", "jobs "+string(ws.ID), held, c.jobs, pages(pager))
	if err != nil {
		return nil, 0, err
	}
	jobs := make([]*model.Job, 0, len(rows))
	for i := range rows {
		if rows[i].ID != "" {
			jobs = append(jobs, mapJob(&rows[i], ws.ID))
		}
	}
	return newest(jobs, c.jobs), version, nil
}
