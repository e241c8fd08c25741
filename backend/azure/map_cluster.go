package azure

import (
	"time"

	"github.com/amltop/amltop/model"
)

// defaultIdle is the service's idle time before scale-down where a cluster
// does not say.
const defaultIdle = 120 * time.Second

// mapCluster maps a compute cluster. Right after its creation most fields are
// null: the counts are then zero, as there are no nodes yet.
func mapCluster(w *wireCompute, ws model.WorkspaceID) *model.Cluster {
	p := &w.Properties.Properties
	c := &model.Cluster{
		Target:   mapTarget(w, ws),
		VMSize:   model.SizeName(p.VMSize),
		Priority: model.Priority(p.VMPriority),
		OSType:   string(p.OSType),
		Scale: model.Scale{
			Min: int(p.ScaleSettings.Min), Max: int(p.ScaleSettings.Max),
			IdleBeforeScaleDown: defaultIdle,
		},
		AllocationState: string(p.Allocation),
		AllocationSince: p.AllocationSince.at,
		Current:         int(p.CurrentNodes),
		TargetNodes:     int(p.TargetNodes),
		Nodes: model.NodeCounts{
			Idle:      int(p.Nodes.Idle),
			Running:   int(p.Nodes.Running),
			Preparing: int(p.Nodes.Preparing),
			Leaving:   int(p.Nodes.Leaving),
			Unusable:  int(p.Nodes.Unusable),
			Preempted: int(p.Nodes.Preempted),
		},
	}
	if p.ScaleSettings.Idle != nil {
		c.Scale.IdleBeforeScaleDown = time.Duration(*p.ScaleSettings.Idle)
	}
	return c
}

// wireNode is one entry of listNodes.
type wireNode struct {
	ID        text  `json:"nodeId"`
	State     text  `json:"nodeState"`
	Port      whole `json:"port"`
	PrivateIP text  `json:"privateIpAddress"`
	PublicIP  text  `json:"publicIpAddress"`
	RunID     text  `json:"runId"`
}

func mapNode(w *wireNode, cluster model.ComputeID) model.Node {
	return model.Node{
		ID:        model.NodeID(w.ID),
		Cluster:   cluster,
		State:     model.Fold(string(w.State)),
		PrivateIP: string(w.PrivateIP),
		PublicIP:  string(w.PublicIP),
		Port:      int(w.Port),
		RunID:     string(w.RunID),
	}
}
