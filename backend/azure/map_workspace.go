package azure

import "github.com/amltop/amltop/model"

// wireWorkspace is a workspace, hub, project or feature store.
type wireWorkspace struct {
	ID         text           `json:"id"`
	Name       text           `json:"name"`
	Location   text           `json:"location"`
	Kind       text           `json:"kind"`
	Tags       map[text]text  `json:"tags"`
	SystemData wireSystemData `json:"systemData"`
	Properties struct {
		FriendlyName      text  `json:"friendlyName"`
		Description       text  `json:"description"`
		TenantID          text  `json:"tenantId"`
		DiscoveryURL      text  `json:"discoveryUrl"`
		PublicAccess      text  `json:"publicNetworkAccess"`
		ProvisioningState text  `json:"provisioningState"`
		CreationTime      stamp `json:"creationTime"`
		Hub               text  `json:"hubResourceId"` // of a project
	} `json:"properties"`
}

func mapWorkspace(w *wireWorkspace, sub model.SubscriptionID) *model.Workspace {
	p := &w.Properties
	ws := &model.Workspace{
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
		ID:           model.WorkspaceID(model.Fold(string(w.ID))),
		Subscription: sub,
		Kind:         string(w.Kind),
		FriendlyName: string(p.FriendlyName),
		Description:  string(p.Description),
		Tenant:       string(p.TenantID),
		DiscoveryURL: string(p.DiscoveryURL),
		PublicAccess: string(p.PublicAccess),
		Hub:          model.BaseName(string(p.Hub)),
	}
	if ws.CreatedAt.IsZero() {
		ws.CreatedAt = p.CreationTime.at
	}
	if id, err := model.ParseResourceID(ws.ARMID); err == nil {
		ws.ResourceGroup = id.ResourceGroup
	}
	return ws
}

// wireSubscription is a subscription the signed-in principal can read.
type wireSubscription struct {
	SubscriptionID text `json:"subscriptionId"`
	DisplayName    text `json:"displayName"`
	TenantID       text `json:"tenantId"`
	State          text `json:"state"`
}

func mapSubscription(w *wireSubscription) *model.Subscription {
	return &model.Subscription{
		ID:     model.SubscriptionID(model.Fold(string(w.SubscriptionID))),
		Name:   string(w.DisplayName),
		Tenant: string(w.TenantID),
		State:  string(w.State),
	}
}
