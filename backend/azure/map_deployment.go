package azure

import (
	"encoding/json"
	"strings"

	"github.com/amltop/amltop/model"
)

// wireDeployment is an online or a batch deployment.
type wireDeployment struct {
	ID         text           `json:"id"`
	Name       text           `json:"name"`
	Location   text           `json:"location"`
	Tags       map[text]text  `json:"tags"`
	SystemData wireSystemData `json:"systemData"`
	SKU        struct {
		Capacity whole `json:"capacity"`
	} `json:"sku"`
	Properties struct {
		EndpointComputeType text     `json:"endpointComputeType"`
		InstanceType        text     `json:"instanceType"`
		Model               wireRef  `json:"model"`
		EnvironmentID       text     `json:"environmentId"`
		ProvisioningState   text     `json:"provisioningState"`
		Compute             text     `json:"compute"` // of a batch deployment
		Resources           struct { // of a batch deployment
			InstanceCount whole `json:"instanceCount"`
		} `json:"resources"`
		Errors []wireFault `json:"provisioningErrors"`
		Error  *wireError  `json:"error"`
		Inner  wireInner   `json:"properties"`
	} `json:"properties"`
}

// wireInner are the properties within the properties of an online endpoint or
// deployment.
type wireInner struct {
	Operation text `json:"AzureAsyncOperationUri"` // the last one on it
}

// wireRef is a reference to a registered asset: a plain id in an online
// deployment, an object in a batch deployment.
type wireRef text

// UnmarshalJSON implements json.Unmarshaler.
func (r *wireRef) UnmarshalJSON(b []byte) error {
	var ref struct {
		AssetID text `json:"assetId"`
		Path    text `json:"path"`
		JobID   text `json:"jobId"`
	}
	var plain text
	if json.Unmarshal(b, &plain) == nil {
		*r = wireRef(plain)
		return nil
	}
	if decode(b, &ref) == nil {
		for _, s := range []text{ref.AssetID, ref.Path, ref.JobID} {
			if s != "" {
				*r = wireRef(s)
				break
			}
		}
	}
	return nil
}

// mapDeployment maps a deployment of an endpoint.
func mapDeployment(w *wireDeployment, e *model.Endpoint) *model.Deployment {
	p := &w.Properties
	d := &model.Deployment{
		Resource: model.Resource{
			ARMID:             string(w.ID),
			Name:              nameOf(w.Name, w.ID),
			Location:          string(w.Location),
			Tags:              tags(w.Tags),
			ProvisioningState: string(p.ProvisioningState),
			CreatedBy:         string(w.SystemData.CreatedBy),
			CreatedAt:         w.SystemData.CreatedAt.at,
			ModifiedAt:        w.SystemData.LastModifiedAt.at,
		},
		ID:           model.DeploymentID(model.Fold(string(w.ID))),
		Endpoint:     e.ID,
		EndpointName: e.Name,
		Workspace:    e.Workspace,
		Kind:         targetKind(e.Kind, p.EndpointComputeType),
		VMSize:       model.SizeName(p.InstanceType),
		Instances:    int(w.SKU.Capacity),
		Model:        string(p.Model),
		Environment:  string(p.EnvironmentID),
		Compute:      model.BaseName(string(p.Compute)),
		Faults:       faults(p.Errors),
	}
	d.Traffic = trafficTo(e, d.Name)
	if d.Kind == model.TargetBatch {
		d.Instances = int(p.Resources.InstanceCount)
	}
	if p.Error != nil {
		d.Faults = append(d.Faults, faults([]wireFault{{wireError: *p.Error}})...)
	}
	return d
}

func targetKind(kind model.EndpointKind, computeType text) model.TargetKind {
	switch {
	case kind == model.BatchEndpoint:
		return model.TargetBatch
	case strings.EqualFold(string(computeType), "Kubernetes"):
		return model.TargetKubernetes
	default:
		return model.TargetManaged
	}
}
