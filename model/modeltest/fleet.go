package modeltest

import (
	"time"

	"github.com/amltop/amltop/model"
)

// Fleet is a small fleet on a Friday evening: an instance whose idle rule is
// late, one forgotten without a rule, one in use, clusters draining, held by a
// floor and waiting for quota, a failed deployment that still bills, and a
// workspace that cannot be read.
func Fleet() *model.Snapshot {
	now := Now()
	s := &model.Snapshot{
		Seq: 7, Clock: model.Clock{Wall: now, Time: now, Speed: 60}, Origin: model.Origin{Carrier: model.CarrierSim, Scenario: "demo"},
		Subscriptions: []*model.Subscription{{ID: subscription, Name: "ml-platform", Tenant: "contoso", State: "Enabled"}},
		Workspaces: []*model.Workspace{
			workspace("vision", nil), workspace("nlp", nil), workspace("fraud-prod", map[string]string{"env": "production"}), workspace("legacy", nil),
		},
		Instances:   instances(now),
		Clusters:    clusters(now),
		Attached:    attached(),
		Jobs:        jobs(now),
		Endpoints:   endpoints(),
		Deployments: deployments(now),
		Sizes:       []*model.Size{SizeDS3(), SizeNC24(), {Name: "Standard_ND40rs_v2", GPUs: 8, GPUModel: "V100", VCPUs: 40, Location: "eastus"}},
		Quotas:      quotas(),
		Parts:       parts(now),
		Operations:  operations(now),
		Changes:     changes(now),
		Budget:      model.Budget{Remaining: 231, Limit: 250},
		Nodes: map[model.ComputeID][]model.Node{ComputeID("vision", "gpu-train"): {
			{ID: "tvm-1_1-2025", Cluster: ComputeID("vision", "gpu-train"), State: "running", PrivateIP: "10.0.0.4", PublicIP: "20.1.2.3", Port: 50000, RunID: "job-train"},
			{ID: "tvm-1_2-2025", Cluster: ComputeID("vision", "gpu-train"), State: "idle", PrivateIP: "10.0.0.5"},
		}},
	}
	return s.Seal()
}

func workspace(name string, tags map[string]string) *model.Workspace {
	arm := workspaceARM(name)
	return &model.Workspace{
		Resource: model.Resource{ARMID: arm, Name: name, Location: "eastus", ProvisioningState: "Succeeded", Tags: tags, CreatedAt: Now().AddDate(-1, 0, 0)},
		ID:       WorkspaceID(name), Subscription: subscription, ResourceGroup: "rg-ml", Kind: "Default", Tenant: "contoso",
	}
}

func instances(now time.Time) []*model.Instance {
	return []*model.Instance{
		Instance("vision", "ana-gpu", func(i *model.Instance) {
			since := now.Add(-9*time.Hour - 2*time.Minute)
			i.VMSize, i.Size, i.Price = "Standard_NC24s_v3", SizeNC24(), PriceOf(1224)
			i.RunningSince, i.Meter = since, Running(i.Price, since)
			i.Last = model.LastOperation{Name: "Start", Time: since, Status: "Succeeded", Trigger: "User"}
			i.IdleShutdown, i.LastJobEnd = time.Hour, now.Add(-3*time.Hour-12*time.Minute)
		}),
		Instance("vision", "ana-dev", func(i *model.Instance) {
			i.IdleShutdown, i.LastJobEnd = time.Hour, now.Add(-12*time.Minute)
		}),
		Instance("nlp", "bo-forgot", func(i *model.Instance) {
			since := now.AddDate(0, 0, -6)
			i.Owner, i.RunningSince, i.Meter = "bo", since, Running(i.Price, since)
			i.Last.Time, i.LastJobEnd = since, now.AddDate(0, 0, -5)
		}),
		Instance("nlp", "bo-busy", func(i *model.Instance) {
			i.Owner, i.State, i.ActiveJobs = "bo", model.StateJobRunning, 1
		}),
		Instance("nlp", "ana-old", func(i *model.Instance) {
			i.State, i.RunningSince = model.StateStopped, time.Time{}
			i.Meter = Stopped(i.Price, now.AddDate(0, 0, -9), now.AddDate(0, 0, -3))
			i.Last = model.LastOperation{Name: "Stop", Time: now.AddDate(0, 0, -3), Status: "Succeeded", Trigger: "IdleShutdown"}
		}),
		Instance("fraud-prod", "ops-shell", func(i *model.Instance) {
			i.Owner, i.CustomApps, i.IdleShutdown = "cy", 1, 30*time.Minute
			i.LastJobEnd = now.Add(-50 * time.Minute)
		}),
		Instance("nlp", "cy-stuck", func(i *model.Instance) {
			i.Owner, i.State, i.JobsKnown = "cy", model.StateStarting, false
			i.Last = model.LastOperation{Name: "Start", Time: now.Add(-45 * time.Minute), Status: "InProgress", Trigger: "User"}
			i.RunningSince, i.Price, i.Size = time.Time{}, model.Price{}, nil
			i.VMSize, i.Meter = "Standard_ND40rs_v2", model.Meter{{Spans: []model.Span{{From: now.Add(-45 * time.Minute), Units: 1}}}}
		}),
	}
}

func clusters(now time.Time) []*model.Cluster {
	return []*model.Cluster{
		Cluster("vision", "gpu-train", func(c *model.Cluster) {
			c.Current, c.TargetNodes, c.Nodes, c.ActiveJobs = 2, 2, model.NodeCounts{Running: 1, Idle: 1}, 1
			c.Meter = nodes(c.Price, now.Add(-3*time.Hour), 2)
		}),
		Cluster("vision", "gpu-sweep", func(c *model.Cluster) {
			c.Current, c.TargetNodes, c.Nodes, c.IdleSince = 3, 3, model.NodeCounts{Idle: 3}, now.Add(-20*time.Second)
			c.Meter = nodes(c.Price, now.Add(-time.Hour), 3)
		}),
		Cluster("nlp", "cpu-floor", func(c *model.Cluster) {
			c.VMSize, c.Size, c.Price, c.Scale.Min = "Standard_DS3_v2", SizeDS3(), PriceOf(29), 2
			c.Current, c.TargetNodes, c.Nodes = 2, 2, model.NodeCounts{Idle: 2}
			c.Meter = nodes(c.Price, now.AddDate(0, 0, -4), 2)
		}),
		Cluster("nlp", "gpu-wait", func(c *model.Cluster) {
			c.ActiveJobs, c.QueuedJobs = 2, 2
			c.Faults = []model.Fault{{Code: "ClusterCoreQuotaReached", Message: "no NCsv3 vCPUs left in eastus"}}
		}),
		Cluster("nlp", "low-broken", func(c *model.Cluster) {
			c.Priority, c.Current, c.TargetNodes, c.Nodes = model.LowPriority, 1, 1, model.NodeCounts{Unusable: 1, Preempted: 1}
			c.Price = PriceOf(245)
			c.Meter = nodes(c.Price, now.Add(-5*time.Hour), 1)
		}),
		Cluster("fraud-prod", "batch", nil),
	}
}
