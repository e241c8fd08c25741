package azure

import (
	"context"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"

	"github.com/amltop/amltop/model"
)

// planScaleDeployment changes the number of instances of a managed online
// deployment, which is the capacity of its SKU.
func (c *Client) planScaleDeployment(cmd model.Command, id model.ResourceID) ([]step, error) {
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
	patch := armmachinelearning.PartialMinimalTrackedResourceWithSKU{
		SKU: &armmachinelearning.PartialSKU{Capacity: to.Ptr(int32(cmd.Instances))},
	}
	return []step{submit("scaling", idOf(cmd), func(ctx context.Context) error {
		_, err := ml.NewOnlineDeploymentsClient().BeginUpdate(ctx, id.ResourceGroup, id.Names[0], id.Names[1], id.Names[2], patch, nil)
		return err
	})}, nil
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
