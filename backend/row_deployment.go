package backend

import (
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// deploymentKind is how deployments are merged; endpoints are those of the same answer.
func (j *joins) deploymentKind(endpoints []*model.Endpoint) rowKind[model.Deployment] {
	byID := make(map[model.EndpointID]*model.Endpoint, len(endpoints))
	for _, e := range endpoints {
		byID[e.ID] = e
	}
	return rowKind[model.Deployment]{
		id:    func(r *model.Deployment) string { return string(r.ID) },
		name:  func(r *model.Deployment) string { return r.EndpointName + "/" + r.Name },
		join:  func(r, before *model.Deployment) { j.deployment(r, before, byID[r.Endpoint]) },
		share: shareDeployment,
	}
}

func (j *joins) deployment(r, before *model.Deployment, endpoint *model.Endpoint) {
	r.Workspace = j.workspace.ID
	if endpoint != nil {
		r.Traffic = trafficOf(endpoint, r.Name)
	}
	r.Size, r.Price = j.price(r.Location, r.VMSize, model.TierStandard)
	if r.Kind != model.TargetManaged {
		r.Meter = nil // Kubernetes and the cluster bill for themselves
		return
	}
	units := 0
	if provisioned(r.ProvisioningState) {
		units = r.Instances
	}
	vms := j.soFar(nil, r.Price, false)
	at := j.now
	first := before == nil || before.CreatedAt.IsZero() && !r.CreatedAt.IsZero() // it only now becomes known since when
	if first {
		at = firstOf(r.CreatedAt, j.now)
	} else {
		vms = j.soFar(before.Meter, r.Price, before.VMSize != r.VMSize)
		vms.missed(j, units, time.Time{})
	}
	vms.live.Spans = model.Extend(vms.live.Spans, units, at)
	if first {
		vms.unseen(j, r.CreatedAt)
	}
	r.Meter = vms.meter()
}

// provisioned reports whether a managed deployment has VMs. One that failed
// does: it bills until it is deleted ("Plan to manage costs for Azure Machine
// Learning").
func provisioned(state string) bool {
	switch model.Fold(state) {
	case "succeeded", "failed", "updating", "scaling", "deleting":
		return true
	}
	return false
}

// trafficOf is a deployment's share of its endpoint's traffic in per cent; -1
// where the endpoint does not say.
func trafficOf(e *model.Endpoint, deployment string) int {
	if e.Kind == model.BatchEndpoint {
		if e.Default != "" && strings.EqualFold(e.Default, deployment) {
			return 100
		}
		return 0
	}
	if e.Traffic == nil {
		return -1
	}
	for name, share := range e.Traffic {
		if strings.EqualFold(name, deployment) {
			return share
		}
	}
	return 0
}

func shareDeployment(r *model.Deployment) {
	shared(&r.Location)
	shared(&r.ProvisioningState)
	shared(&r.CreatedBy)
	shared(&r.VMSize)
	shared(&r.Kind)
	shared(&r.Endpoint)
	shared(&r.EndpointName)
}
