package model

import "fmt"

// EndpointKind tells online endpoints from batch endpoints.
type EndpointKind string

// The kinds of endpoint.
const (
	OnlineEndpoint EndpointKind = "online"
	BatchEndpoint  EndpointKind = "batch"
)

// Endpoint is an online or a batch endpoint.
type Endpoint struct {
	Resource
	ID         EndpointID
	Workspace  WorkspaceID
	Kind       EndpointKind
	ScoringURI string
	AuthMode   string
	Traffic    map[string]int // per cent by deployment name; nil: not said
	Default    string         // default deployment of a batch endpoint
	Compute    string         // Kubernetes compute behind an online endpoint, by name
	Faults     []Fault
}

// TargetKind is where a deployment runs.
type TargetKind string

// The inference targets Azure ML deploys to itself.
const (
	TargetManaged    TargetKind = "managed online"
	TargetKubernetes TargetKind = "Kubernetes online"
	TargetBatch      TargetKind = "batch on cluster"
)

// Deployment is a model (or image) behind an endpoint.
type Deployment struct {
	Resource
	ID           DeploymentID
	Endpoint     EndpointID
	EndpointName string
	Workspace    WorkspaceID
	Kind         TargetKind
	VMSize       SizeName // "" where a cluster or Kubernetes decides
	Instances    int      // sku.capacity; for batch, nodes a job asks for
	Traffic      int      // per cent; -1: not said
	Model        string
	Environment  string
	Image        string
	Compute      string // name of the cluster of a batch deployment
	Faults       []Fault
	Meter        Meter
	Size         *Size
	Price        Price
}

// Capacity is how many instances a deployment may have, as the service lists it
// for its SKU. Max 0 is not said.
type Capacity struct{ Min, Max, Default int }

// Allows says why a number of instances is outside the capacity, or nil.
func (c Capacity) Allows(n int) error {
	if c.Max == 0 || n >= c.Min && n <= c.Max {
		return nil
	}
	return fmt.Errorf("%d instances are not between %d and %d, which its SKU allows", n, c.Min, c.Max)
}

// TrafficText writes an endpoint's traffic as "blue 90 % green 10 %", in a
// given order of names.
func TrafficText(traffic map[string]int, order []string) string {
	text := ""
	for _, name := range order {
		if text != "" {
			text += " "
		}
		text += fmt.Sprintf("%s %d %%", name, traffic[name])
	}
	return text
}
