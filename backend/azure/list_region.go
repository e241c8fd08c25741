package azure

import (
	"context"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Sizes lists the VM sizes of a region with their prices there.
func (c *Client) Sizes(ctx context.Context, sub model.SubscriptionID, location string, held backend.Version) ([]*model.Size, backend.Version, error) {
	ml, err := c.ml(sub)
	if err != nil {
		return nil, 0, err
	}
	ask := single(func(ctx context.Context) error {
		_, err := ml.NewVirtualMachineSizesClient().List(ctx, location, nil)
		return err
	})
	key := "sizes " + string(sub) + "/" + model.RegionKey(location)
	rows, version, err := listChanged[wireSize](ctx, c, "list VM sizes", key, held, 0, ask)
	if err != nil {
		return nil, 0, err
	}
	sizes := make([]*model.Size, 0, len(rows))
	for i := range rows {
		sizes = append(sizes, mapSize(&rows[i], location))
	}
	return sizes, version, nil
}

// Quotas lists a region's limits and what is used of them.
func (c *Client) Quotas(ctx context.Context, sub model.SubscriptionID, location string, held backend.Version) ([]*model.Quota, backend.Version, error) {
	ml, err := c.ml(sub)
	if err != nil {
		return nil, 0, err
	}
	pager := ml.NewUsagesClient().NewListPager(location, nil)
	key := "usages " + string(sub) + "/" + model.RegionKey(location)
	rows, version, err := listChanged[wireUsage](ctx, c, "list usages", key, held, 0, pages(pager))
	if err != nil {
		return nil, 0, err
	}
	quotas := make([]*model.Quota, 0, len(rows))
	for i := range rows {
		if q, ok := mapQuota(&rows[i], sub, location); ok {
			quotas = append(quotas, q)
		}
	}
	return quotas, version, nil
}
