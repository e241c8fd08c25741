package model

import "time"

// Resource is what every ARM resource has.
type Resource struct {
	ARMID             string // as the service spells it
	Name              string
	Location          string
	Tags              map[string]string
	ProvisioningState string // Succeeded, Creating, Updating, Deleting, Failed, Canceled, …; unknown strings pass through
	CreatedBy         string // display name or user principal name; "" if the service does not say
	CreatedAt         time.Time
	ModifiedAt        time.Time
}

// Fault is an error the service reports inside a resource.
type Fault struct {
	Code    string
	Message string
	// Shortage is what Message says of a lack of quota, in a few words with
	// numbers: "quota 6, needs 8". "" if it says nothing of the kind.
	Shortage string
}

func (f Fault) String() string {
	if f.Code == "" {
		return f.Message
	}
	if f.Message == "" {
		return f.Code
	}
	return f.Code + ": " + f.Message
}

// Subscription is an Azure subscription the signed-in principal can read.
type Subscription struct {
	ID     SubscriptionID
	Name   string
	Tenant string
	State  string // Enabled, Warned, PastDue, Disabled, Deleted
}

// Workspace is an Azure ML workspace. Hubs, projects and feature stores are
// workspaces of another kind.
type Workspace struct {
	Resource
	ID            WorkspaceID
	Subscription  SubscriptionID
	ResourceGroup string
	Kind          string // Default, Hub, Project, FeatureStore; unknown strings pass through
	FriendlyName  string
	Description   string
	Tenant        string
	DiscoveryURL  string
	PublicAccess  string
	Hub           string // of a project: its hub by name; "" not known
}
