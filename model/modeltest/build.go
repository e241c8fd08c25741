// Package modeltest builds snapshots for tests: a small fleet with a story in
// every corner, and large ones for benchmarks.
package modeltest

import (
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// Now is the moment of every snapshot here: a Friday evening.
func Now() time.Time { return time.Date(2025, 11, 21, 17, 2, 0, 0, time.UTC) }

const subscription = "11111111-2222-3333-4444-555555555555"

// WorkspaceID is the identity of a workspace by its name.
func WorkspaceID(name string) model.WorkspaceID {
	return model.WorkspaceID(model.Fold(workspaceARM(name)))
}

// ComputeID is the identity of a compute target by the names of its workspace and its own.
func ComputeID(workspace, name string) model.ComputeID {
	return model.ComputeID(model.Fold(computeARM(workspace, name)))
}

// DeploymentID is the identity of a deployment.
func DeploymentID(workspace, endpoint, name string) model.DeploymentID {
	return model.DeploymentID(model.Fold(endpointARM(workspace, "onlineEndpoints", endpoint) + "/deployments/" + name))
}

// EndpointID is the identity of an online endpoint.
func EndpointID(workspace, name string) model.EndpointID {
	return model.EndpointID(model.Fold(endpointARM(workspace, "onlineEndpoints", name)))
}

// JobID is the identity of a job.
func JobID(workspace, name string) model.JobID {
	return model.JobID(model.Fold(workspaceARM(workspace) + "/jobs/" + name))
}

func workspaceARM(name string) string {
	return "/subscriptions/" + subscription + "/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/" + name
}

func computeARM(workspace, name string) string { return workspaceARM(workspace) + "/computes/" + name }

func endpointARM(workspace, kind, name string) string {
	return workspaceARM(workspace) + "/" + kind + "/" + name
}

// Dollars is an amount in whole US cents.
func Dollars(cents int) model.Money { return model.Money(cents) * 10_000 }

// PriceOf is a known price an hour in US cents.
func PriceOf(cents int) model.Price {
	return model.Price{PerHour: Dollars(cents), Currency: "USD", Source: model.PriceService}
}

// Running is a meter of one VM billing since a moment, with its standing charge.
func Running(price model.Price, since time.Time) model.Meter {
	return model.Meter{
		{Kind: model.ChargeCompute, Price: price, Spans: []model.Span{{From: since, Units: 1}}},
		standing(since),
	}
}

// Stopped is a meter of which only the standing charge goes on.
func Stopped(price model.Price, from, to time.Time) model.Meter {
	return model.Meter{
		{Kind: model.ChargeCompute, Price: price, Spans: []model.Span{{From: from, To: to, Units: 1}}},
		standing(from),
	}
}

func standing(since time.Time) model.Charge {
	return model.Charge{Kind: model.ChargeStanding, Price: PriceOf(5), Spans: []model.Span{{From: since, Units: 1}}}
}

// nodes is a meter of a cluster's nodes since a moment.
func nodes(price model.Price, since time.Time, units int) model.Meter {
	if units == 0 {
		return nil
	}
	return model.Meter{{Kind: model.ChargeCompute, Price: price, Spans: []model.Span{{From: since, Units: units}}}}
}

// target is what every compute target has.
func target(workspace, name, kind string) model.Target {
	arm := computeARM(workspace, name)
	return model.Target{
		Resource: model.Resource{ARMID: arm, Name: name, Location: "eastus", ProvisioningState: "Succeeded",
			CreatedBy: "ana", CreatedAt: Now().AddDate(0, -2, 0)},
		ID: model.ComputeID(strings.ToLower(arm)), Workspace: WorkspaceID(workspace), ComputeType: kind, JobsKnown: true,
	}
}

// Instance is an instance running for two hours, changed as the caller likes.
func Instance(workspace, name string, change func(*model.Instance)) *model.Instance {
	since := Now().Add(-2 * time.Hour)
	i := &model.Instance{
		Target: target(workspace, name, "ComputeInstance"), VMSize: "Standard_DS3_v2", State: model.StateRunning, Owner: "ana",
		Last:         model.LastOperation{Name: "Start", Time: since, Status: "Succeeded", Trigger: "User"},
		RunningSince: since, Size: SizeDS3(), Price: PriceOf(29),
	}
	i.Meter = Running(i.Price, since)
	if change != nil {
		change(i)
	}
	return i
}

// Cluster is a cluster at zero of at most eight nodes, changed as the caller likes.
func Cluster(workspace, name string, change func(*model.Cluster)) *model.Cluster {
	c := &model.Cluster{
		Target: target(workspace, name, "AmlCompute"), VMSize: "Standard_NC24s_v3", Priority: model.Dedicated, OSType: "Linux",
		Scale: model.Scale{Max: 8, IdleBeforeScaleDown: 2 * time.Minute}, AllocationState: model.AllocationSteady,
		AllocationSince: Now().Add(-time.Hour), Size: SizeNC24(), Price: PriceOf(1224),
	}
	if change != nil {
		change(c)
	}
	return c
}

// SizeDS3 is a small CPU size.
func SizeDS3() *model.Size {
	return &model.Size{Name: "Standard_DS3_v2", Family: "standardDSv2Family", Series: "DSv2", VCPUs: 4, MemoryMiB: 14336,
		Standard: PriceOf(29), LowPriority: PriceOf(6), Restriction: model.RestrictionNone, PremiumIO: true, LowPriorityCapable: true,
		ComputeTypes: []string{"AmlCompute", "ComputeInstance", "MIR"}, Recorded: true, Location: "eastus"}
}

// SizeNC24 is a large GPU size: restricted, isolated and about to be retired.
func SizeNC24() *model.Size {
	return &model.Size{Name: "Standard_NC24s_v3", Family: "standardNCSv3Family", Series: "NCsv3", VCPUs: 24, GPUs: 4, GPUModel: "V100",
		MemoryMiB: 458752, Standard: PriceOf(1224), Restriction: model.RestrictionApproval, Isolated: true, PremiumIO: true,
		ComputeTypes: []string{"AmlCompute", "ComputeInstance"}, RetiredOn: time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC),
		Recorded: true, Location: "eastus"}
}
