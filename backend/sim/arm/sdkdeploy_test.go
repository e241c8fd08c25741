package arm

import (
	"errors"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azarm "github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
)

// TestSDKDeploys goes the whole way: an endpoint, a deployment behind it, its
// traffic, more instances, its log, and the end of it all.
func TestSDKDeploys(t *testing.T) {
	withSDK(t, Options{Speed: 60}, func(t *testing.T, f *armmachinelearning.ClientFactory, _ *azarm.ClientOptions) {
		ctx, endpoints, deployments := t.Context(), f.NewOnlineEndpointsClient(), f.NewOnlineDeploymentsClient()
		endpoint := armmachinelearning.OnlineEndpoint{
			Location:   to.Ptr("eastus"),
			Identity:   &armmachinelearning.ManagedServiceIdentity{Type: to.Ptr(armmachinelearning.ManagedServiceIdentityTypeSystemAssigned)},
			Properties: &armmachinelearning.OnlineEndpointProperties{AuthMode: to.Ptr(armmachinelearning.EndpointAuthModeKey)},
		}
		put, err := endpoints.BeginCreateOrUpdate(ctx, sdkGroup, sdkWorkspace, "fresh", endpoint, nil)
		if err != nil {
			t.Fatal(err)
		}
		made, err := put.PollUntilDone(ctx, often)
		if err != nil || *made.Properties.ProvisioningState != "Succeeded" || made.Properties.ScoringURI == nil {
			t.Fatalf("%v %+v", err, made.Properties)
		}
		deploy := func(name, environment string) error {
			p, err := deployments.BeginCreateOrUpdate(ctx, sdkGroup, sdkWorkspace, "fresh", name, armmachinelearning.OnlineDeployment{
				Location: to.Ptr("eastus"),
				SKU:      &armmachinelearning.SKU{Name: to.Ptr("Default"), Capacity: to.Ptr[int32](1)},
				Properties: &armmachinelearning.ManagedOnlineDeployment{
					EndpointComputeType: to.Ptr(armmachinelearning.EndpointComputeTypeManaged),
					InstanceType:        to.Ptr("Standard_F4s_v2"),
					Model:               to.Ptr("azureml:iris:1"),
					EnvironmentID:       to.Ptr(environment),
				},
			}, nil)
			if err != nil {
				return err
			}
			_, err = p.PollUntilDone(ctx, often)
			return err
		}
		if err := deploy("blue", "azureml:serving:1"); err != nil {
			t.Fatal(err)
		}
		var refused *azcore.ResponseError
		if err := deploy("red", "azureml:broken:1"); !errors.As(err, &refused) || refused.ErrorCode != "ImageBuildFailure" {
			t.Fatalf("a broken environment: %v", err)
		}
		made.Properties.Traffic = map[string]*int32{"blue": to.Ptr[int32](100)}
		put, err = endpoints.BeginCreateOrUpdate(ctx, sdkGroup, sdkWorkspace, "fresh", made.OnlineEndpoint, nil)
		if err != nil {
			t.Fatal(err)
		}
		if made, err = put.PollUntilDone(ctx, often); err != nil || *made.Properties.Traffic["blue"] != 100 {
			t.Fatal(err, made.Properties.Traffic)
		}
		grow, err := deployments.BeginUpdate(ctx, sdkGroup, sdkWorkspace, "fresh", "blue",
			armmachinelearning.PartialMinimalTrackedResourceWithSKU{SKU: &armmachinelearning.PartialSKU{Capacity: to.Ptr[int32](2)}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := grow.PollUntilDone(ctx, often); err != nil {
			t.Fatal(err)
		}
		grown, err := deployments.Get(ctx, sdkGroup, sdkWorkspace, "fresh", "blue", nil)
		if err != nil || *grown.SKU.Capacity != 2 {
			t.Fatal(err, grown.SKU)
		}
		logs, err := deployments.GetLogs(ctx, sdkGroup, sdkWorkspace, "fresh", "blue", armmachinelearning.DeploymentLogsRequest{Tail: to.Ptr[int32](1)}, nil)
		if err != nil || logs.Content == nil || *logs.Content == "" {
			t.Error(err)
		}
		gone, err := endpoints.BeginDelete(ctx, sdkGroup, sdkWorkspace, "fresh", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := gone.PollUntilDone(ctx, often); err != nil {
			t.Fatal(err)
		}
		_, err = endpoints.Get(ctx, sdkGroup, sdkWorkspace, "fresh", nil)
		if !errors.As(err, &refused) || refused.ErrorCode != "ResourceNotFound" {
			t.Errorf("after the deletion: %v", err)
		}
	})
}
