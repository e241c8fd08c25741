package azure

import (
	"context"

	"github.com/amltop/amltop/model"
)

// Sizes lists the VM sizes of a region with their prices there.
func (c *Client) Sizes(ctx context.Context, sub model.SubscriptionID, location string) ([]*model.Size, error) {
	ml, err := c.ml(sub)
	if err != nil {
		return nil, err
	}
	all := newRows[wireSize]()
	got := &capture{decode: all.page}
	if _, err := ml.NewVirtualMachineSizesClient().List(withCapture(ctx, got), location, nil); err != nil {
		return nil, refuse("list VM sizes", err)
	}
	sizes := make([]*model.Size, 0, len(all.list))
	for i := range all.list {
		sizes = append(sizes, mapSize(&all.list[i], location))
	}
	return sizes, nil
}

// Quotas lists a region's limits and what is used of them.
func (c *Client) Quotas(ctx context.Context, sub model.SubscriptionID, location string) ([]*model.Quota, error) {
	ml, err := c.ml(sub)
	if err != nil {
		return nil, err
	}
	rows, err := collect[wireUsage](ctx, "list usages", ml.NewUsagesClient().NewListPager(location, nil), 0)
	if err != nil {
		return nil, err
	}
	quotas := make([]*model.Quota, 0, len(rows))
	for i := range rows {
		if q, ok := mapQuota(&rows[i], sub, location); ok {
			quotas = append(quotas, q)
		}
	}
	return quotas, nil
}
