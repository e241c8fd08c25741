package main

import (
	"github.com/amltop/amltop/model"
)

type instanceRow struct {
	head
	State         string            `json:"state"`
	VMSize        string            `json:"vm_size"`
	Owner         *string           `json:"owner"`
	PricePerHour  *string           `json:"price_per_hour"`
	Currency      string            `json:"currency"`
	BurnPerHour   *string           `json:"burn_per_hour"`
	RunCost       *string           `json:"run_cost"`
	RunningSince  *stamp            `json:"running_since"`
	IdleSeconds   *int64            `json:"idle_seconds"`
	IdleEvidence  string            `json:"idle_evidence"`
	Confidence    string            `json:"idle_confidence"`
	IdleShutdown  *int64            `json:"idle_shutdown_seconds"`
	Leash         string            `json:"leash"`
	LeashText     string            `json:"leash_text"`
	LeashBlocker  *string           `json:"leash_blocker"`
	LeashNextAt   *stamp            `json:"leash_next_at"`
	LeashNextBy   *string           `json:"leash_next_by"`
	LastOperation *lastOperationRow `json:"last_operation"`
	Errors        []faultRow        `json:"errors"`
}

type lastOperationRow struct {
	Name    string  `json:"name"`
	Time    *stamp  `json:"time"`
	Status  *string `json:"status"`
	Trigger *string `json:"trigger"`
}

func (v view) instance(i *model.Instance) any {
	idle, leash := i.IdleAt(v.now), i.LeashAt(v.now)
	row := instanceRow{
		head:  v.head(i.Resource, string(i.ID), i.Workspace, model.SectionComputes),
		State: string(i.State), VMSize: string(i.VMSize), Owner: text(i.Owner),
		PricePerHour: hourly(i.Price), Currency: i.Price.CurrencyCode(),
		BurnPerHour:  amount(i.Meter.Burn(v.now), !i.Meter.Unpriced(v.now)),
		RunningSince: at(i.RunningSince),
		IdleSeconds:  seconds(idle.For, idle.Known), IdleEvidence: idle.Evidence, Confidence: string(idle.Confidence),
		IdleShutdown: seconds(i.IdleShutdown, i.IdleShutdown > 0),
		Leash:        string(leash.State), LeashText: leash.Text, LeashBlocker: text(leash.Blocker),
		LeashNextAt: at(leash.Next), LeashNextBy: text(leash.NextBy),
		Errors: faults(i.Faults),
	}
	row.RunCost = amount(i.RunCost(v.now))
	if i.Last.Name != "" {
		row.LastOperation = &lastOperationRow{i.Last.Name, at(i.Last.Time), text(i.Last.Status), text(i.Last.Trigger)}
	}
	return row
}

type clusterRow struct {
	head
	VMSize          string     `json:"vm_size"`
	VMPriority      *string    `json:"vm_priority"`
	Provisioning    *string    `json:"provisioning_state"`
	AllocationState *string    `json:"allocation_state"`
	MinNodes        int        `json:"min_nodes"`
	MaxNodes        int        `json:"max_nodes"`
	CurrentNodes    int        `json:"current_nodes"`
	TargetNodes     int        `json:"target_nodes"`
	Nodes           nodeRow    `json:"nodes"`
	IdleBefore      *int64     `json:"idle_before_scale_down_seconds"`
	ScaleToZeroAt   *stamp     `json:"scale_to_zero_at"`
	QueuedJobs      int        `json:"queued_jobs"`
	PricePerHour    *string    `json:"price_per_hour"`
	BurnPerHour     *string    `json:"burn_per_hour"`
	Currency        string     `json:"currency"`
	Errors          []faultRow `json:"errors"`
}

type nodeRow struct {
	Idle      int `json:"idle"`
	Running   int `json:"running"`
	Preparing int `json:"preparing"`
	Leaving   int `json:"leaving"`
	Unusable  int `json:"unusable"`
	Preempted int `json:"preempted"`
}

func (v view) cluster(c *model.Cluster) any {
	row := clusterRow{
		head:   v.head(c.Resource, string(c.ID), c.Workspace, model.SectionComputes),
		VMSize: string(c.VMSize), VMPriority: text(c.Priority), Provisioning: text(c.ProvisioningState),
		AllocationState: text(c.AllocationState),
		MinNodes:        c.Scale.Min, MaxNodes: c.Scale.Max, CurrentNodes: c.Current, TargetNodes: c.TargetNodes,
		Nodes:      nodeRow(c.Nodes),
		IdleBefore: seconds(c.Scale.IdleBeforeScaleDown, c.Scale.IdleBeforeScaleDown > 0),
		QueuedJobs: c.QueuedJobs, PricePerHour: hourly(c.Price), Currency: c.Price.CurrencyCode(),
		BurnPerHour: amount(c.Meter.Burn(v.now), !c.Meter.Unpriced(v.now)),
		Errors:      faults(c.Faults),
	}
	if zero := c.ScaleToZero(v.now); zero.State == model.ZeroCounting {
		row.ScaleToZeroAt = at(zero.At)
	}
	return row
}

type attachedRow struct {
	head
	ComputeType  string     `json:"compute_type"`
	Provisioning *string    `json:"provisioning_state"`
	Uses         []string   `json:"uses"`
	ResourceID   *string    `json:"resource_id"`
	Detail       *string    `json:"detail"`
	Errors       []faultRow `json:"errors"`
}

func (v view) attached(a *model.Attached) any {
	return attachedRow{
		head:        v.head(a.Resource, string(a.ID), a.Workspace, model.SectionComputes),
		ComputeType: a.ComputeType, Provisioning: text(a.ProvisioningState), Uses: useWords(a.ComputeType),
		ResourceID: text(a.ResourceID), Detail: text(a.Detail), Errors: faults(a.Faults),
	}
}

type workspaceRow struct {
	head
	Kind          *string `json:"kind"`
	ResourceGroup *string `json:"resource_group"`
	Provisioning  *string `json:"provisioning_state"`
	FriendlyName  *string `json:"friendly_name"`
	Error         *string `json:"error"`
}

func (v view) workspace(w *model.Workspace) any {
	row := workspaceRow{
		head: v.head(w.Resource, string(w.ID), w.ID, model.SectionComputes), Kind: text(w.Kind),
		ResourceGroup: text(w.ResourceGroup), Provisioning: text(w.ProvisioningState), FriendlyName: text(w.FriendlyName),
	}
	if part := v.snap.Part(model.SectionWorkspaces, string(w.Subscription)); part != nil {
		row.AsOf = at(part.AsOf)
	}
	if part := v.snap.Part(model.SectionComputes, string(w.ID)); part != nil && part.Err != nil {
		row.Error = text(part.Err.Error())
	}
	return row
}

type quotaRow struct {
	head
	Used     int64   `json:"used"`
	Limit    *int64  `json:"limit"`
	Unit     *string `json:"unit"`
	Priority *string `json:"priority"`
	Family   *string `json:"family"`
}

func (v view) quota(q *model.Quota) any {
	row := quotaRow{
		head: head{ID: q.ID, Name: q.Name, SubscriptionID: text(q.Subscription), Location: text(q.Location)},
		Used: q.Used, Unit: text(q.Unit), Priority: text(q.Priority), Family: text(q.Family),
	}
	if q.Limit >= 0 {
		row.Limit = &q.Limit
	}
	row.AsOf = at(v.snap.Parts[model.SectionQuotas].AsOf())
	return row
}

// useWords are what a compute type can be used for; null for a kind the
// program does not know.
func useWords(computeType string) []string {
	uses, known := model.Uses(computeType)
	if !known {
		return nil
	}
	words := make([]string, 0, len(uses))
	for _, u := range uses {
		words = append(words, string(u))
	}
	return words
}
