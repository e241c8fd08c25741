package azure

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	azfake "github.com/Azure/azure-sdk-for-go/sdk/azcore/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	ml "github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4/fake"

	"github.com/amltop/amltop/model"
)

// sdkInstance is an instance as the SDK's own types write it.
func sdkInstance(name string, state ml.ComputeInstanceState) *ml.ComputeResource {
	return &ml.ComputeResource{
		ID: to.Ptr(testWS + "/computes/" + name), Name: &name,
		Properties: &ml.ComputeInstance{
			ComputeType: to.Ptr(ml.ComputeTypeComputeInstance), ProvisioningState: to.Ptr(ml.ProvisioningStateSucceeded),
			Properties: &ml.ComputeInstanceProperties{VMSize: to.Ptr("Standard_DS3_v2"), State: to.Ptr(state)},
		},
	}
}

// witness is the SDK's fake server with two instances on two pages, whose stop
// is done at once and whose start is refused.
func witness() *fake.ServerFactory {
	state := ml.ComputeInstanceStateRunning
	var s fake.ServerFactory
	s.ComputeServer.NewListPager = func(string, string, *ml.ComputeClientListOptions) (resp azfake.PagerResponder[ml.ComputeClientListResponse]) {
		for _, name := range []string{"ana", "bob"} {
			resp.AddPage(http.StatusOK, ml.ComputeClientListResponse{
				PaginatedComputeResourcesList: ml.PaginatedComputeResourcesList{Value: []*ml.ComputeResource{sdkInstance(name, state)}},
			}, nil)
		}
		return resp
	}
	s.ComputeServer.Get = func(_ context.Context, _, _, name string, _ *ml.ComputeClientGetOptions) (resp azfake.Responder[ml.ComputeClientGetResponse], errResp azfake.ErrorResponder) {
		if name != "ana" {
			errResp.SetResponseError(http.StatusNotFound, "ResourceNotFound")
			return resp, errResp
		}
		resp.SetResponse(http.StatusOK, ml.ComputeClientGetResponse{ComputeResource: *sdkInstance(name, state)}, nil)
		return resp, errResp
	}
	s.ComputeServer.BeginStop = func(context.Context, string, string, string, *ml.ComputeClientBeginStopOptions) (resp azfake.PollerResponder[ml.ComputeClientStopResponse], errResp azfake.ErrorResponder) {
		state = ml.ComputeInstanceStateStopped
		resp.SetTerminalResponse(http.StatusAccepted, ml.ComputeClientStopResponse{}, nil)
		return resp, errResp
	}
	s.ComputeServer.BeginStart = func(context.Context, string, string, string, *ml.ComputeClientBeginStartOptions) (resp azfake.PollerResponder[ml.ComputeClientStartResponse], errResp azfake.ErrorResponder) {
		errResp.SetResponseError(http.StatusConflict, "Conflict")
		return resp, errResp
	}
	s.OnlineEndpointsServer.NewListPager = func(string, string, *ml.OnlineEndpointsClientListOptions) (resp azfake.PagerResponder[ml.OnlineEndpointsClientListResponse]) {
		resp.AddPage(http.StatusOK, ml.OnlineEndpointsClientListResponse{OnlineEndpointTrackedResourceArmPaginatedResult: ml.OnlineEndpointTrackedResourceArmPaginatedResult{
			Value: []*ml.OnlineEndpoint{{
				ID: to.Ptr(testWS + "/onlineEndpoints/e"), Name: to.Ptr("e"), Location: to.Ptr("eastus"),
				Properties: &ml.OnlineEndpointProperties{AuthMode: to.Ptr(ml.EndpointAuthModeKey), Traffic: map[string]*int32{"blue": to.Ptr(int32(100))}},
			}},
		}}, nil)
		return resp
	}
	s.BatchEndpointsServer.NewListPager = func(string, string, *ml.BatchEndpointsClientListOptions) (resp azfake.PagerResponder[ml.BatchEndpointsClientListResponse]) {
		resp.AddPage(http.StatusOK, ml.BatchEndpointsClientListResponse{BatchEndpointTrackedResourceArmPaginatedResult: ml.BatchEndpointTrackedResourceArmPaginatedResult{Value: []*ml.BatchEndpoint{}}}, nil)
		return resp
	}
	s.OnlineDeploymentsServer.NewListPager = func(string, string, string, *ml.OnlineDeploymentsClientListOptions) (resp azfake.PagerResponder[ml.OnlineDeploymentsClientListResponse]) {
		resp.AddPage(http.StatusOK, ml.OnlineDeploymentsClientListResponse{OnlineDeploymentTrackedResourceArmPaginatedResult: ml.OnlineDeploymentTrackedResourceArmPaginatedResult{Value: []*ml.OnlineDeployment{}}}, nil)
		return resp
	}
	return &s
}

// TestFakeServersOfTheSDK has the makers of the API's own library be the other
// end. Its fakes hear only what went through its own clients, and not polling:
// reading the state back stands in for that.
func TestFakeServersOfTheSDK(t *testing.T) {
	c, err := New(Options{Carrier: model.CarrierSim, Transport: fake.NewServerFactoryTransport(witness()), Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.Computes(t.Context(), testWorkspace(), 0)
	if err != nil || len(all.Instances) != 2 || all.Instances[0].State != model.StateRunning || all.Instances[1].Name != "bob" {
		t.Fatalf("%+v, %v", all, err)
	}
	if _, err := c.Compute(t.Context(), testWS+"/computes/nobody"); model.Short(err) != "ResourceNotFound" {
		t.Errorf("nobody: %v", err)
	}
	stop := commandOn(model.VerbStop, testWS+"/computes/ana")
	if _, err := c.Begin(t.Context(), stop); err != nil {
		t.Fatal(err)
	}
	if st, err := c.State(t.Context(), stop); err != nil || !st.Reached || st.State != "Stopped" {
		t.Errorf("after the stop: %+v, %v", st, err)
	}
	if _, err := c.Begin(t.Context(), commandOn(model.VerbStart, testWS+"/computes/ana")); err == nil || !strings.Contains(err.Error(), "Conflict") {
		t.Errorf("start: %v", err)
	}
	served, err := c.Endpoints(t.Context(), testWorkspace(), 0)
	if err != nil || len(served.Endpoints) != 1 || served.Endpoints[0].Traffic["blue"] != 100 || len(served.Deployments) != 0 {
		t.Errorf("%d endpoints, %d deployments, %v", len(served.Endpoints), len(served.Deployments), err)
	}
}
