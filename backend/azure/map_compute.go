package azure

import (
	"strings"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Compute types the program manages, as the service spells them.
const (
	typeCluster  = "AmlCompute"
	typeInstance = "ComputeInstance"
)

// addCompute maps a compute target by its type. A type nobody knows is an
// attached compute under the service's own word.
func addCompute(into *backend.Computes, w *wireCompute, ws model.WorkspaceID) {
	if w.ID == "" {
		return
	}
	switch kind := string(w.Properties.ComputeType); {
	case strings.EqualFold(kind, typeCluster):
		into.Clusters = append(into.Clusters, mapCluster(w, ws))
	case strings.EqualFold(kind, typeInstance):
		into.Instances = append(into.Instances, mapInstance(w, ws))
	default:
		into.Attached = append(into.Attached, mapAttached(w, ws))
	}
}

// mapTarget maps what every compute target has.
func mapTarget(w *wireCompute, ws model.WorkspaceID) model.Target {
	p := &w.Properties
	t := model.Target{
		Resource: model.Resource{
			ARMID:             string(w.ID),
			Name:              nameOf(w.Name, w.ID),
			Location:          string(p.ComputeLocation),
			Tags:              tags(w.Tags),
			ProvisioningState: string(p.ProvisioningState),
			CreatedBy:         string(w.SystemData.CreatedBy),
			CreatedAt:         p.CreatedOn.at,
			ModifiedAt:        p.ModifiedOn.at,
		},
		ID:          model.ComputeID(model.Fold(string(w.ID))),
		Workspace:   ws,
		ComputeType: string(p.ComputeType),
		Description: string(p.Description),
		Faults:      faults(p.ProvisioningErrors, p.Properties.Errors),
	}
	if t.Location == "" {
		t.Location = string(w.Location)
	}
	if t.CreatedAt.IsZero() {
		t.CreatedAt = w.SystemData.CreatedAt.at
	}
	if t.Workspace == "" {
		t.Workspace = model.WorkspaceIDOf(string(w.ID))
	}
	return t
}

// nameOf is the name of a resource. Its id ends with it, and is what requests
// are made of: where the two disagree about more than case, the id is right.
func nameOf(name, id text) string {
	base := model.BaseName(string(id))
	if base == "" || strings.EqualFold(string(name), base) {
		return string(name)
	}
	return base
}
