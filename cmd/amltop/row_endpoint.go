package main

import (
	"github.com/amltop/amltop/model"
)

type endpointRow struct {
	head
	Kind         string         `json:"kind"`
	Provisioning *string        `json:"provisioning_state"`
	ScoringURI   *string        `json:"scoring_uri"`
	AuthMode     *string        `json:"auth_mode"`
	Traffic      map[string]int `json:"traffic"`
	Default      *string        `json:"default_deployment"`
}

func (v view) endpoint(e *model.Endpoint) any {
	return endpointRow{
		head: v.head(e.Resource, string(e.ID), e.Workspace, model.SectionEndpoints), Kind: string(e.Kind),
		Provisioning: text(e.ProvisioningState), ScoringURI: text(e.ScoringURI), AuthMode: text(e.AuthMode),
		Traffic: e.Traffic, Default: text(e.Default),
	}
}

type deploymentRow struct {
	head
	Endpoint      string  `json:"endpoint"`
	TargetKind    string  `json:"target_kind"`
	Provisioning  *string `json:"provisioning_state"`
	VMSize        *string `json:"vm_size"`
	InstanceCount *int    `json:"instance_count"`
	Traffic       *int    `json:"traffic_percent"`
	PricePerHour  *string `json:"price_per_hour"`
	BurnPerHour   *string `json:"burn_per_hour"`
	Currency      string  `json:"currency"`
	Model         *string `json:"model"`
	Environment   *string `json:"environment"`
	Cluster       *string `json:"cluster"`
	Error         *string `json:"error"`
}

func (v view) deployment(d *model.Deployment) any {
	row := deploymentRow{
		head: v.head(d.Resource, string(d.ID), d.Workspace, model.SectionEndpoints), Endpoint: d.EndpointName,
		TargetKind: string(d.Kind), Provisioning: text(d.ProvisioningState), VMSize: text(d.VMSize),
		PricePerHour: hourly(d.Price), Currency: d.Price.CurrencyCode(),
		BurnPerHour: amount(d.Meter.Burn(v.now), !d.Meter.Unpriced(v.now)),
		Model:       text(d.Model), Environment: text(d.Environment), Cluster: text(d.Compute),
	}
	if d.Instances > 0 {
		row.InstanceCount = &d.Instances
	}
	if d.Traffic >= 0 {
		row.Traffic = &d.Traffic
	}
	if len(d.Faults) > 0 {
		row.Error = text(d.Faults[0].String())
	}
	return row
}

type jobRow struct {
	head
	DisplayName *string `json:"display_name"`
	Experiment  *string `json:"experiment"`
	Status      string  `json:"status"`
	Type        *string `json:"type"`
	Compute     *string `json:"compute"`
	Nodes       *int    `json:"nodes"`
	Owner       *string `json:"owner"`
	CreatedAt   *stamp  `json:"created_at"`
	StartedAt   *stamp  `json:"started_at"`
	EndedAt     *stamp  `json:"ended_at"`
	StudioURL   *string `json:"studio_url"`
}

func (v view) job(j *model.Job) any {
	row := jobRow{
		head: v.head(j.Resource, string(j.ID), j.Workspace, model.SectionJobs), DisplayName: text(j.DisplayName),
		Experiment: text(j.Experiment), Status: string(j.Status), Type: text(j.Type), Compute: text(j.ComputeName),
		Owner: text(j.Owner), CreatedAt: at(j.CreatedAt), StartedAt: at(j.StartedAt), EndedAt: at(j.EndedAt),
		StudioURL: text(j.StudioURL),
	}
	if j.Instances > 0 {
		row.Nodes = &j.Instances
	}
	return row
}

type sizeRow struct {
	head
	Family             *string  `json:"family"`
	Series             *string  `json:"series"`
	VCPUs              int      `json:"vcpus"`
	GPUs               int      `json:"gpus"`
	GPUModel           *string  `json:"gpu_model"`
	MemoryGB           float64  `json:"memory_gb"`
	PricePerHour       *string  `json:"price_per_hour"`
	LowPriorityPrice   *string  `json:"low_priority_price_per_hour"`
	SpotPrice          *string  `json:"spot_price_per_hour"`
	Currency           string   `json:"currency"`
	PriceSource        *string  `json:"price_source"`
	Restriction        *string  `json:"restriction"`
	Isolated           bool     `json:"isolated"`
	RDMA               bool     `json:"rdma"`
	LowPriorityCapable bool     `json:"low_priority_capable"`
	ComputeTypes       []string `json:"compute_types"`
	RetiredOn          *string  `json:"retired_on"`
	Recorded           bool     `json:"recorded"`
}

func (v view) size(s *model.Size) any {
	row := sizeRow{
		head:   head{ID: string(s.Name), Name: string(s.Name), Location: text(s.Location)},
		Family: text(s.Family), Series: text(s.Series), VCPUs: s.VCPUs, GPUs: s.GPUs, GPUModel: text(s.GPUModel),
		MemoryGB: s.MemoryGiB(), PricePerHour: hourly(s.Standard), LowPriorityPrice: hourly(s.LowPriority),
		SpotPrice: hourly(s.Spot), Currency: s.Standard.CurrencyCode(), Restriction: text(s.Restriction),
		PriceSource: priceSource(s.Standard),
		Isolated:    s.Isolated, RDMA: s.RDMA, LowPriorityCapable: s.LowPriorityCapable,
		ComputeTypes: append([]string{}, s.ComputeTypes...), Recorded: s.Recorded,
	}
	row.AsOf = at(v.snap.Parts[model.SectionSizes].AsOf())
	if !s.RetiredOn.IsZero() {
		row.RetiredOn = text(s.RetiredOn.Format("2006-01-02"))
	}
	return row
}

// priceSource says where a price comes from; null for an unknown one.
func priceSource(p model.Price) *string {
	if !p.Known() {
		return nil
	}
	return text(p.Source.String())
}
