package arm

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azarm "github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armsubscriptions"
)

const (
	sdkSub       = "8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01"
	sdkGroup     = "rg-vision"
	sdkWorkspace = "vision"
)

// anyone is a credential that everybody is given.
type anyone struct{}

func (anyone) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: "none", ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// withSDK runs a test of the official clients over the in-process transport,
// in a bubble of virtual time, so that their waits take none.
func withSDK(t *testing.T, o Options, test func(*testing.T, *armmachinelearning.ClientFactory, *azarm.ClientOptions)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o.Now = time.Now
		v := newTown(t, o)
		options := &azarm.ClientOptions{
			ClientOptions:         policy.ClientOptions{Transport: v.server.Transport()},
			DisableRPRegistration: true,
		}
		f, err := armmachinelearning.NewClientFactory(sdkSub, anyone{}, options)
		if err != nil {
			t.Fatal(err)
		}
		test(t, f, options)
	})
}

var often = &runtime.PollUntilDoneOptions{Frequency: time.Second}

func TestSDKListsEverything(t *testing.T) {
	withSDK(t, Options{PageSize: 2}, func(t *testing.T, f *armmachinelearning.ClientFactory, o *azarm.ClientOptions) {
		ctx, count := t.Context(), map[string]int{}
		subs, err := armsubscriptions.NewClient(anyone{}, o)
		if err != nil {
			t.Fatal(err)
		}
		walk(t, count, "subscriptions", subs.NewListPager(nil), func(p armsubscriptions.ClientListResponse) int { return len(p.Value) })
		walk(t, count, "workspaces", f.NewWorkspacesClient().NewListBySubscriptionPager(nil),
			func(p armmachinelearning.WorkspacesClientListBySubscriptionResponse) int { return len(p.Value) })
		walk(t, count, "computes", f.NewComputeClient().NewListPager(sdkGroup, sdkWorkspace, nil),
			func(p armmachinelearning.ComputeClientListResponse) int {
				for _, c := range p.Value {
					if c.Properties.GetCompute().ComputeType == nil || *c.Properties.GetCompute().ProvisioningState != "Succeeded" {
						t.Errorf("%s: %+v", *c.Name, c.Properties.GetCompute())
					}
				}
				return len(p.Value)
			})
		walk(t, count, "nodes", f.NewComputeClient().NewListNodesPager(sdkGroup, sdkWorkspace, "warm", nil),
			func(p armmachinelearning.ComputeClientListNodesResponse) int { return len(p.Nodes) })
		walk(t, count, "jobs", f.NewJobsClient().NewListPager(sdkGroup, sdkWorkspace, nil),
			func(p armmachinelearning.JobsClientListResponse) int { return len(p.Value) })
		walk(t, count, "online", f.NewOnlineEndpointsClient().NewListPager(sdkGroup, sdkWorkspace, nil),
			func(p armmachinelearning.OnlineEndpointsClientListResponse) int { return len(p.Value) })
		walk(t, count, "deployments", f.NewOnlineDeploymentsClient().NewListPager(sdkGroup, sdkWorkspace, "defects", nil),
			func(p armmachinelearning.OnlineDeploymentsClientListResponse) int { return len(p.Value) })
		walk(t, count, "batch deployments", f.NewBatchDeploymentsClient().NewListPager(sdkGroup, sdkWorkspace, "nightly", nil),
			func(p armmachinelearning.BatchDeploymentsClientListResponse) int { return len(p.Value) })
		walk(t, count, "usages", f.NewUsagesClient().NewListPager("eastus", nil),
			func(p armmachinelearning.UsagesClientListResponse) int { return min(1, len(p.Value)) })
		sizes, err := f.NewVirtualMachineSizesClient().List(ctx, "eastus", nil)
		if err != nil {
			t.Fatal(err)
		}
		count["sizes"] = min(1, len(sizes.Value))
		for what, want := range map[string]int{"subscriptions": 1, "workspaces": 2, "computes": 6, "nodes": 2, "jobs": 4,
			"online": 1, "deployments": 2, "batch deployments": 1, "usages": 1, "sizes": 1} {
			if count[what] != want {
				t.Errorf("%d %s, want %d", count[what], what, want)
			}
		}
	})
}

func walk[P any](t *testing.T, count map[string]int, what string, pager *runtime.Pager[P], size func(P) int) {
	t.Helper()
	for pager.More() {
		page, err := pager.NextPage(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		count[what] += size(page)
	}
}

func TestSDKStopsAndStarts(t *testing.T) {
	withSDK(t, Options{Speed: 60}, func(t *testing.T, f *armmachinelearning.ClientFactory, _ *azarm.ClientOptions) {
		ctx, c := t.Context(), f.NewComputeClient()
		state := func() armmachinelearning.ComputeInstanceState {
			got, err := c.Get(ctx, sdkGroup, sdkWorkspace, "ana-gpu", nil)
			if err != nil {
				t.Fatal(err)
			}
			return *got.Properties.(*armmachinelearning.ComputeInstance).Properties.State
		}
		stop, err := c.BeginStop(ctx, sdkGroup, sdkWorkspace, "ana-gpu", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := stop.PollUntilDone(ctx, often); err != nil || state() != "Stopped" {
			t.Fatal(err, state())
		}
		start, err := c.BeginStart(ctx, sdkGroup, sdkWorkspace, "ana-gpu", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := start.PollUntilDone(ctx, often); err != nil || state() != "Running" {
			t.Fatal(err, state())
		}
		again, err := c.BeginStart(ctx, sdkGroup, sdkWorkspace, "ana-gpu", nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = again.PollUntilDone(ctx, often)
		var refused *azcore.ResponseError
		if !errors.As(err, &refused) || refused.ErrorCode != "StartComputeInstanceOnlyAllowedInStoppedState" || refused.StatusCode != http.StatusOK {
			t.Errorf("starting what runs: %v", err)
		}
	})
}

// The SDK takes 200 only for a PATCH, and the service answers 202: the error is
// the service's, and the change happens.
func TestSDKScalesInSpiteOfItself(t *testing.T) {
	withSDK(t, Options{}, func(t *testing.T, f *armmachinelearning.ClientFactory, _ *azarm.ClientOptions) {
		ctx, c := t.Context(), f.NewComputeClient()
		_, err := c.BeginUpdate(ctx, sdkGroup, sdkWorkspace, "cold", armmachinelearning.ClusterUpdateParameters{
			Properties: &armmachinelearning.ClusterUpdateProperties{Properties: &armmachinelearning.ScaleSettingsInformation{
				ScaleSettings: &armmachinelearning.ScaleSettings{MaxNodeCount: to.Ptr[int32](3), NodeIdleTimeBeforeScaleDown: to.Ptr("PT600S")},
			}},
		}, nil)
		var refused *azcore.ResponseError
		if !errors.As(err, &refused) || refused.StatusCode != http.StatusAccepted {
			t.Fatalf("%v", err)
		}
		time.Sleep(time.Minute)
		got, err := c.Get(ctx, sdkGroup, sdkWorkspace, "cold", nil)
		if err != nil {
			t.Fatal(err)
		}
		scale := got.Properties.(*armmachinelearning.AmlCompute).Properties.ScaleSettings
		if *scale.MaxNodeCount != 3 || *scale.NodeIdleTimeBeforeScaleDown != "PT10M" {
			t.Errorf("max %d, idle %s", *scale.MaxNodeCount, *scale.NodeIdleTimeBeforeScaleDown)
		}
	})
}

func TestSDKCreatesAndDeletesACluster(t *testing.T) {
	withSDK(t, Options{Speed: 60}, func(t *testing.T, f *armmachinelearning.ClientFactory, _ *azarm.ClientOptions) {
		ctx, c := t.Context(), f.NewComputeClient()
		put, err := c.BeginCreateOrUpdate(ctx, sdkGroup, sdkWorkspace, "fresh", armmachinelearning.ComputeResource{
			Location: to.Ptr("eastus"),
			Properties: &armmachinelearning.AmlCompute{
				ComputeType: to.Ptr(armmachinelearning.ComputeTypeAmlCompute),
				Properties: &armmachinelearning.AmlComputeProperties{
					VMSize:        to.Ptr("Standard_DS3_v2"),
					ScaleSettings: &armmachinelearning.ScaleSettings{MaxNodeCount: to.Ptr[int32](2)},
				},
			},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		made, err := put.PollUntilDone(ctx, often)
		if err != nil {
			t.Fatal(err)
		}
		if p := made.Properties.(*armmachinelearning.AmlCompute); *p.ProvisioningState != "Succeeded" || *p.Properties.ScaleSettings.NodeIdleTimeBeforeScaleDown != "PT2M" {
			t.Errorf("%+v", p.Properties)
		}
		gone, err := c.BeginDelete(ctx, sdkGroup, sdkWorkspace, "fresh", armmachinelearning.UnderlyingResourceActionDelete, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := gone.PollUntilDone(ctx, often); err != nil {
			t.Fatal(err)
		}
		_, err = c.Get(ctx, sdkGroup, sdkWorkspace, "fresh", nil)
		var refused *azcore.ResponseError
		if !errors.As(err, &refused) || refused.ErrorCode != "ResourceNotFound" {
			t.Errorf("after the deletion: %v", err)
		}
	})
}
