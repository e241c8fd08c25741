package modeltest

import (
	"errors"
	"time"

	"github.com/amltop/amltop/model"
)

func attached() []*model.Attached {
	return []*model.Attached{
		{Target: target("nlp", "aks-prod", "Kubernetes"), ResourceID: "/subscriptions/x/aks", Detail: "namespace default", Nodes: 3},
		{Target: target("nlp", "spark", "Databricks")},
		{Target: target("vision", "odd", "Quantum")},
	}
}

func jobs(now time.Time) []*model.Job {
	job := func(ws, name, title string, status model.JobStatus, compute string, started, ended time.Time) *model.Job {
		j := &model.Job{Resource: model.Resource{ARMID: workspaceARM(ws) + "/jobs/" + name, Name: name, CreatedAt: now.Add(-4 * time.Hour)},
			ID: JobID(ws, name), Workspace: WorkspaceID(ws), Type: "Command", Status: status, DisplayName: title, Experiment: "exp",
			Owner: "ana", Instances: 1, StartedAt: started, EndedAt: ended}
		if compute != "" {
			j.Compute, j.ComputeName = ComputeID(ws, compute), compute
		}
		return j
	}
	return []*model.Job{
		job("vision", "job-train", "resnet-long", model.JobRunning, "gpu-train", now.Add(-3*time.Hour), time.Time{}),
		job("nlp", "job-note", "tokenise", model.JobRunning, "bo-busy", now.Add(-20*time.Minute), time.Time{}),
		job("nlp", "job-q1", "bert-large", model.JobQueued, "gpu-wait", time.Time{}, time.Time{}),
		job("nlp", "job-q2", "", model.JobQueued, "gpu-wait", time.Time{}, time.Time{}),
		job("vision", "job-done", "eval", model.JobCompleted, "gpu-train", now.Add(-5*time.Hour), now.Add(-4*time.Hour)),
		job("vision", "job-fail", "sweep-3", model.JobFailed, "", now.Add(-6*time.Hour), now.Add(-6*time.Hour+90*time.Second)),
	}
}

func endpoints() []*model.Endpoint {
	arm := endpointARM("fraud-prod", "onlineEndpoints", "fraud")
	return []*model.Endpoint{
		{Resource: model.Resource{ARMID: arm, Name: "fraud", Location: "eastus", ProvisioningState: "Succeeded"},
			ID: EndpointID("fraud-prod", "fraud"), Workspace: WorkspaceID("fraud-prod"), Kind: model.OnlineEndpoint,
			ScoringURI: "https://fraud.eastus.inference.ml.azure.com/score", AuthMode: "Key", Traffic: map[string]int{"blue": 100, "green": 0}},
		{Resource: model.Resource{ARMID: endpointARM("nlp", "batchEndpoints", "nightly"), Name: "nightly", Location: "eastus", ProvisioningState: "Succeeded"},
			ID:        model.EndpointID(model.Fold(endpointARM("nlp", "batchEndpoints", "nightly"))),
			Workspace: WorkspaceID("nlp"), Kind: model.BatchEndpoint, AuthMode: "AADToken", Default: "v1"},
	}
}

func deployments(now time.Time) []*model.Deployment {
	online := func(name, state string, traffic, count int) *model.Deployment {
		price := PriceOf(29)
		return &model.Deployment{
			Resource: model.Resource{ARMID: endpointARM("fraud-prod", "onlineEndpoints", "fraud") + "/deployments/" + name, Name: name, Location: "eastus", ProvisioningState: state},
			ID:       DeploymentID("fraud-prod", "fraud", name), Endpoint: EndpointID("fraud-prod", "fraud"), EndpointName: "fraud",
			Workspace: WorkspaceID("fraud-prod"), Kind: model.TargetManaged, VMSize: "Standard_DS3_v2", Size: SizeDS3(), Price: price,
			Instances: count, Traffic: traffic, Model: "azureml:fraud:3", Meter: nodes(price, now.Add(-48*time.Hour), count),
		}
	}
	failed := online("green", "Failed", 0, 3)
	failed.Faults = []model.Fault{{Code: "ImageBuildFailure", Message: "conda environment could not be solved"}}
	batch := &model.Deployment{
		Resource:     model.Resource{ARMID: endpointARM("nlp", "batchEndpoints", "nightly") + "/deployments/v1", Name: "v1", ProvisioningState: "Succeeded"},
		ID:           model.DeploymentID(model.Fold(endpointARM("nlp", "batchEndpoints", "nightly") + "/deployments/v1")),
		Endpoint:     model.EndpointID(model.Fold(endpointARM("nlp", "batchEndpoints", "nightly"))),
		EndpointName: "nightly", Workspace: WorkspaceID("nlp"), Kind: model.TargetBatch, Compute: "cpu-floor", Instances: 2, Traffic: -1,
	}
	return []*model.Deployment{online("blue", "Succeeded", 100, 2), failed, batch}
}

func quotas() []*model.Quota {
	q := func(id, family, name string, used, limit int64) *model.Quota {
		return &model.Quota{ID: id, Subscription: subscription, Location: "eastus", Name: name, Family: family, Priority: "dedicated", Unit: "Count", Used: used, Limit: limit}
	}
	return []*model.Quota{
		q("q1", "standardDSv2Family", "Standard DSv2 Family vCPUs", 40, 100),
		q("q2", "standardNCSv3Family", "Standard NCSv3 Family vCPUs", 144, 144),
		q("q3", "", "Total vCPUs", 184, -1),
		q("q4", "standardNDSv2Family", "Standard NDSv2 Family vCPUs", 0, 0),
	}
}

func parts(now time.Time) map[model.SectionKey]model.Parts {
	computes := model.Parts{}
	for _, name := range []string{"vision", "nlp", "fraud-prod"} {
		id := string(WorkspaceID(name))
		computes[id] = &model.Part{Scope: id, Name: name, AsOf: now.Add(-2 * time.Second)}
	}
	legacy := string(WorkspaceID("legacy"))
	computes[legacy] = &model.Part{Scope: legacy, Name: "legacy", FailedAt: now.Add(-4 * time.Minute),
		Err: &model.Refusal{Class: model.ErrDenied, Status: 403, Code: "AuthorizationFailed", Message: "no read permission", Err: errors.New("403")}}
	return map[model.SectionKey]model.Parts{model.SectionComputes: computes}
}

func operations(now time.Time) []*model.Operation {
	cmd := func(v model.Verb, ws, name string) model.Command {
		return model.Command{Verb: v, Target: string(ComputeID(ws, name)), ARMID: computeARM(ws, name), Name: name, Workspace: WorkspaceID(ws)}
	}
	return []*model.Operation{
		{ID: "op2", Command: cmd(model.VerbStop, "vision", "ana-dev"), Phase: model.PhaseGrace, Asked: now.Add(-2 * time.Second), SendAt: now.Add(3 * time.Second)},
		{ID: "op1", Command: cmd(model.VerbStop, "nlp", "ana-old"), Phase: model.PhaseVerified, Asked: now.Add(-10 * time.Minute),
			Sent: now.Add(-9 * time.Minute), Ended: now.Add(-8 * time.Minute), Detail: "Stopped, verified; this run cost $2.61 over 9h."},
	}
}

func changes(now time.Time) []model.Change {
	return []model.Change{
		{At: now.Add(-time.Minute), Kind: "cluster", Target: string(ComputeID("vision", "gpu-sweep")), Name: "gpu-sweep", Where: "vision", Text: "4 → 3 nodes", Health: model.HealthChange},
		{At: now.Add(-7 * time.Minute), Kind: "deployment", Target: string(DeploymentID("fraud-prod", "fraud", "green")), Name: "green", Where: "fraud-prod", Text: "Updating → Failed", Health: model.HealthBad},
	}
}
