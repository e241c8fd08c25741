package azure

import (
	"context"
	"net/http"

	"github.com/amltop/amltop/model"
)

// planUndeploy deletes a deployment. While it has traffic the service refuses,
// and the refusal says what to do first.
func (c *Client) planUndeploy(cmd model.Command) ([]step, error) {
	armID := idOf(cmd)
	id, err := inWorkspace(armID, 3)
	if err != nil {
		return nil, err
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	rg, ws, endpoint, name := id.ResourceGroup, id.Names[0], id.Names[1], id.Names[2]
	return []step{submit("deleting", armID, func(ctx context.Context) error {
		if isBatch(id) {
			_, err := ml.NewBatchDeploymentsClient().BeginDelete(ctx, rg, ws, endpoint, name, nil)
			return err
		}
		_, err := ml.NewOnlineDeploymentsClient().BeginDelete(ctx, rg, ws, endpoint, name, nil)
		return err
	})}, nil
}

// provisioning reads the provisioning state of a resource; "" if there is no
// such resource.
func (c *Client) provisioning(ctx context.Context, armID string) (string, error) {
	const doing = "read the resource"
	req, err := c.resource(ctx, http.MethodGet, armID, apiVersion)
	if err != nil {
		return "", refuse(doing, err)
	}
	a, err := c.send(req)
	if err != nil {
		return "", ignoreNotFound(refuse(doing, err))
	}
	var doc wireStatus
	if err := decode(a.body, &doc); err != nil {
		return "", unreadable(a, err).refusal()
	}
	if doc.Properties.ProvisioningState == "" {
		return "Unknown", nil
	}
	return string(doc.Properties.ProvisioningState), nil
}
