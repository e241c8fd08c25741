package azure

import (
	"context"
	"fmt"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"

	"github.com/amltop/amltop/model"
)

// planScaleDeployment changes the number of instances of a managed online
// deployment, which is the capacity of its SKU.
func (c *Client) planScaleDeployment(ctx context.Context, cmd model.Command, id model.ResourceID) ([]step, error) {
	if len(id.Names) != 3 || isBatch(id) {
		return nil, &model.Refusal{Message: fmt.Sprintf("scale: %s is not an online deployment", clean(id.Name())),
			Next: "The instances of a batch deployment are the nodes of its cluster: scale that."}
	}
	if cmd.Instances < 1 || cmd.Instances > model.MaxInstances {
		return nil, &model.Refusal{Message: fmt.Sprintf("scale: %d instances are not between 1 and %d", cmd.Instances, model.MaxInstances)}
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	// Where the list cannot be read, the service itself is the judge.
	if have, err := c.Capacity(ctx, idOf(cmd)); err == nil {
		if err := have.Allows(cmd.Instances); err != nil {
			return nil, &model.Refusal{Message: "scale: " + err.Error(), Err: err}
		}
	}
	patch := armmachinelearning.PartialMinimalTrackedResourceWithSKU{
		SKU: &armmachinelearning.PartialSKU{Capacity: to.Ptr(int32(cmd.Instances))},
	}
	return []step{submit("scaling", idOf(cmd), func(ctx context.Context) error {
		_, err := ml.NewOnlineDeploymentsClient().BeginUpdate(ctx, id.ResourceGroup, id.Names[0], id.Names[1], id.Names[2], patch, nil)
		return err
	})}, nil
}

// wireSKUs are what a deployment may be scaled to.
type wireSKUs struct {
	Value []struct {
		Capacity struct {
			Min     whole `json:"minimum"`
			Max     whole `json:"maximum"`
			Default whole `json:"default"`
		} `json:"capacity"`
	} `json:"value"`
}

// Capacity reads how many instances an online deployment may have. The service
// lists one SKU; of several, the widest bounds count.
func (c *Client) Capacity(ctx context.Context, armID string) (model.Capacity, error) {
	const doing = "read the deployment's SKUs"
	if id, err := inWorkspace(armID, 3); err != nil || isBatch(id) {
		return model.Capacity{}, &model.Refusal{Class: model.ErrWrongKind, Message: fmt.Sprintf("%s is not an online deployment", clean(model.BaseName(armID)))}
	}
	req, err := c.resource(ctx, http.MethodGet, armID+"/skus", apiVersion)
	if err != nil {
		return model.Capacity{}, refuse(doing, err)
	}
	a, err := c.send(req)
	if err != nil {
		return model.Capacity{}, refuse(doing, err)
	}
	var w wireSKUs
	if err := decode(a.body, &w); err != nil {
		return model.Capacity{}, unreadable(a, err).refusal()
	}
	var all model.Capacity
	for k, sku := range w.Value {
		one := model.Capacity{Min: int(sku.Capacity.Min), Max: int(sku.Capacity.Max), Default: int(sku.Capacity.Default)}
		if k == 0 {
			all = one
		}
		all.Min, all.Max = min(all.Min, one.Min), max(all.Max, one.Max)
	}
	return all, nil
}

// planDeleteEndpoint deletes an endpoint; its deployments go with it.
func (c *Client) planDeleteEndpoint(cmd model.Command, id model.ResourceID) ([]step, error) {
	ml, err := c.ml(subscription(id))
	if err != nil {
		return nil, err
	}
	rg, ws, name := id.ResourceGroup, id.Names[0], id.Names[1]
	return []step{submit("deleting", idOf(cmd), func(ctx context.Context) error {
		if isBatch(id) {
			_, err := ml.NewBatchEndpointsClient().BeginDelete(ctx, rg, ws, name, nil)
			return err
		}
		_, err := ml.NewOnlineEndpointsClient().BeginDelete(ctx, rg, ws, name, nil)
		return err
	})}, nil
}

// isEndpoint tells an endpoint's id.
func isEndpoint(id model.ResourceID) bool {
	return len(id.Types) == 2 && (isBatch(id) || model.Fold(id.Types[1]) == "onlineendpoints")
}
