package uitest

import (
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// Noon is the backend's time when a fleet's snapshot is taken: a Monday.
var Noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

const sub = "/subscriptions/11111111-2222-3333-4444-555555555555"

// workspace makes one; its id is the lower-case form of the spelling.
func workspace(name, location string) *model.Workspace {
	arm := sub + "/resourceGroups/ML/providers/Microsoft.MachineLearningServices/workspaces/" + name
	return &model.Workspace{
		Resource: model.Resource{ARMID: arm, Name: name, Location: location, ProvisioningState: "Succeeded"},
		ID:       model.WorkspaceID(model.Fold(arm)), Subscription: "11111111-2222-3333-4444-555555555555", ResourceGroup: "ML",
	}
}

func target(ws *model.Workspace, name, kind string) model.Target {
	arm := ws.ARMID + "/computes/" + name
	return model.Target{
		Resource: model.Resource{ARMID: arm, Name: name, Location: ws.Location, ProvisioningState: "Succeeded", CreatedAt: Noon.AddDate(0, -2, 0)},
		ID:       model.ComputeID(model.Fold(arm)), Workspace: ws.ID, ComputeType: kind, JobsKnown: true,
	}
}

func dollars(micros model.Money) model.Price {
	return model.Price{PerHour: micros, Source: model.PriceService}
}

// instance makes a compute instance that has been in its state for a while.
func instance(ws *model.Workspace, name, owner string, size *model.Size, state model.InstanceState, since time.Duration) *model.Instance {
	i := &model.Instance{Target: target(ws, name, "ComputeInstance"), VMSize: size.Name, State: state, Owner: owner, Size: size, Price: size.Standard}
	i.Last = model.LastOperation{Name: "Start", Time: Noon.Add(-since), Status: "Succeeded", Trigger: "User"}
	charge := model.Charge{Price: size.Standard}
	if state.Info().Bills == model.Yes {
		i.RunningSince = Noon.Add(-since)
		charge.Spans = []model.Span{{From: i.RunningSince, Units: 1}}
	}
	i.Meter = model.Meter{charge}
	return i
}

func size(name string, vcpus, gpus, memory int, price model.Money, location string) *model.Size {
	z := &model.Size{
		Name: model.SizeName(name), Family: "standard" + name, VCPUs: vcpus, GPUs: gpus, MemoryMiB: memory * 1024,
		Location: location, ComputeTypes: []string{"AmlCompute", "ComputeInstance", "MIR"}, Recorded: true,
	}
	if price > 0 {
		z.Standard = dollars(price)
	}
	return z
}

// Fleet is a small fleet: two workspaces, a cluster draining to zero, instances
// running, idle and stopped, an endpoint with a deployment, and everything read
// two seconds before [Noon].
func Fleet() *model.Snapshot {
	vision, nlp := workspace("vision", "westeurope"), workspace("nlp", "westeurope")
	small, gpu := size("Standard_DS3_v2", 4, 0, 14, 293_000, "westeurope"), size("Standard_NC24s_v3", 24, 4, 448, 12_240_000, "westeurope")
	odd := size("Standard_Odd_v9", 8, 0, 32, 0, "westeurope")
	s := &model.Snapshot{
		Seq: 1, Clock: model.Clock{Time: Noon, Speed: 1},
		Origin:        model.Origin{Carrier: model.CarrierSim, Scenario: "test", Portal: "https://portal.azure.com"},
		Subscriptions: []*model.Subscription{{ID: vision.Subscription, Name: "Research", State: "Enabled"}},
		Workspaces:    []*model.Workspace{nlp, vision},
		Instances: []*model.Instance{
			instance(vision, "ana-dev", "ana", small, model.StateRunning, 2*time.Hour),
			instance(vision, "ana-gpu", "ana", gpu, model.StateRunning, 9*time.Hour),
			instance(nlp, "ana-old", "ana", small, model.StateStopped, 90*time.Hour),
			instance(nlp, "bo-train", "bo", gpu, model.StateJobRunning, 3*time.Hour),
			instance(nlp, "cy-odd", "cy", odd, model.StateRunning, time.Hour),
		},
		Sizes:  []*model.Size{small, gpu, odd},
		Budget: model.Budget{Remaining: 231, Limit: 250},
	}
	s.Instances[3].ActiveJobs = 1
	c := &model.Cluster{
		Target: target(vision, "gpu-pool", "AmlCompute"), VMSize: gpu.Name, Priority: model.Dedicated, AllocationState: model.AllocationSteady,
		Scale: model.Scale{Min: 0, Max: 4, IdleBeforeScaleDown: 2 * time.Minute}, Current: 2, TargetNodes: 2,
		Nodes: model.NodeCounts{Idle: 2}, IdleSince: Noon.Add(-time.Minute), Size: gpu, Price: gpu.Standard,
	}
	c.Meter = model.Meter{{Price: gpu.Standard, Spans: []model.Span{{From: Noon.Add(-time.Hour), Units: 2}}}}
	s.Clusters = []*model.Cluster{c}
	s.Endpoints, s.Deployments = serving(vision, small)
	s.Parts = parts(s)
	return s.Seal()
}

// serving is an online endpoint with one deployment that takes all its traffic.
func serving(ws *model.Workspace, z *model.Size) ([]*model.Endpoint, []*model.Deployment) {
	arm := ws.ARMID + "/onlineEndpoints/fraud"
	e := &model.Endpoint{
		Resource: model.Resource{ARMID: arm, Name: "fraud", Location: ws.Location, ProvisioningState: "Succeeded"},
		ID:       model.EndpointID(model.Fold(arm)), Workspace: ws.ID, Kind: model.OnlineEndpoint, AuthMode: "Key", Traffic: map[string]int{"blue": 100},
	}
	d := &model.Deployment{
		Resource: model.Resource{ARMID: arm + "/deployments/blue", Name: "blue", Location: ws.Location, ProvisioningState: "Succeeded"},
		ID:       model.DeploymentID(model.Fold(arm + "/deployments/blue")), Endpoint: e.ID, EndpointName: "fraud", Workspace: ws.ID,
		Kind: model.TargetManaged, VMSize: z.Name, Instances: 2, Traffic: 100, Model: "azureml:fraud:3", Size: z, Price: z.Standard,
	}
	d.Meter = model.Meter{{Price: z.Standard, Spans: []model.Span{{From: Noon.AddDate(0, 0, -3), Units: 2}}}}
	return []*model.Endpoint{e}, []*model.Deployment{d}
}

// parts says that everything was read two seconds ago.
func parts(s *model.Snapshot) map[model.SectionKey]model.Parts {
	all := make(map[model.SectionKey]model.Parts)
	for _, key := range []model.SectionKey{model.SectionComputes, model.SectionEndpoints, model.SectionJobs} {
		all[key] = make(model.Parts)
		for _, w := range s.Workspaces {
			all[key][string(w.ID)] = &model.Part{Scope: string(w.ID), Name: w.Name, AsOf: Noon.Add(-2 * time.Second)}
		}
	}
	for _, key := range []model.SectionKey{model.SectionSubscriptions, model.SectionWorkspaces, model.SectionSizes, model.SectionQuotas} {
		all[key] = model.Parts{"": {Name: "Research", AsOf: Noon.Add(-2 * time.Second)}}
	}
	return all
}

// Crowd is a fleet of n instances in many workspaces, for measuring.
func Crowd(n int) *model.Snapshot {
	s := &model.Snapshot{Seq: 1, Clock: model.Clock{Time: Noon, Speed: 1}, Origin: model.Origin{Carrier: model.CarrierSim}}
	z := size("Standard_DS3_v2", 4, 0, 14, 293_000, "westeurope")
	states := []model.InstanceState{model.StateRunning, model.StateStopped, model.StateJobRunning}
	var ws *model.Workspace
	for i := range n {
		if i%100 == 0 {
			ws = workspace(fmt.Sprintf("ws-%04d", i/100), "westeurope")
			s.Workspaces = append(s.Workspaces, ws)
		}
		s.Instances = append(s.Instances, instance(ws, fmt.Sprintf("ci-%06d", (i*7919)%n), fmt.Sprintf("user%d", i%200), z, states[i%3], time.Duration(i%500)*time.Minute))
	}
	s.Parts = parts(s)
	return s.Seal()
}
