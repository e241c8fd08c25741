package azure

import "github.com/amltop/amltop/model"

// wireEndpoint is an online or a batch endpoint.
type wireEndpoint struct {
	ID         text           `json:"id"`
	Name       text           `json:"name"`
	Location   text           `json:"location"`
	Tags       map[text]text  `json:"tags"`
	SystemData wireSystemData `json:"systemData"`
	Properties struct {
		ScoringURI        text           `json:"scoringUri"`
		AuthMode          text           `json:"authMode"`
		ProvisioningState text           `json:"provisioningState"`
		Compute           text           `json:"compute"` // of a Kubernetes endpoint
		Traffic           map[text]whole `json:"traffic"`
		Defaults          struct {
			DeploymentName text `json:"deploymentName"`
		} `json:"defaults"`
		Errors []wireFault `json:"provisioningErrors"`
		Inner  wireInner   `json:"properties"`
	} `json:"properties"`
}

func mapEndpoint(w *wireEndpoint, kind model.EndpointKind, ws model.WorkspaceID) *model.Endpoint {
	p := &w.Properties
	e := &model.Endpoint{
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
		ID:         model.EndpointID(model.Fold(string(w.ID))),
		Workspace:  ws,
		Kind:       kind,
		ScoringURI: string(p.ScoringURI),
		AuthMode:   string(p.AuthMode),
		Default:    string(p.Defaults.DeploymentName),
		Compute:    model.BaseName(string(p.Compute)),
		Faults:     faults(p.Errors),
	}
	if p.Traffic != nil {
		e.Traffic = make(map[string]int, len(p.Traffic))
		for name, share := range p.Traffic {
			e.Traffic[string(name)] = int(share)
		}
	}
	return e
}

// trafficTo is a deployment's share of its endpoint's traffic in per cent; -1
// where the endpoint does not say. A batch endpoint sends everything to its
// default deployment.
func trafficTo(e *model.Endpoint, deployment string) int {
	if e.Kind == model.BatchEndpoint {
		if e.Default != "" && model.Fold(e.Default) == model.Fold(deployment) {
			return 100
		}
		return 0
	}
	if e.Traffic == nil {
		return -1
	}
	return e.Traffic[deployment]
}
