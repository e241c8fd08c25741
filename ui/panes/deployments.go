package panes

import (
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Deployments is the pane of what is deployed behind endpoints.
func Deployments() pane.Spec[*model.Deployment, model.DeploymentID] {
	type row = *model.Deployment
	return pane.Spec[row, model.DeploymentID]{
		Name: "deployments", Title: "deployments", Section: model.SectionEndpoints,
		Rows:  func(s *model.Snapshot) []row { return s.Deployments },
		Key:   func(d row) model.DeploymentID { return d.ID },
		Label: func(d row) string { return d.Name },
		ARMID: func(d row) string { return d.ARMID },
		Meter: func(d row) model.Meter { return d.Meter },
		Where: func(d row) model.WorkspaceID { return d.Workspace },
		Sort:  "price",
		Empty: "Nothing is deployed in the workspaces that could be read.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 10, Max: 24, Grow: 2},
				func(d row, _ pane.Env) string { return d.Name }),
			word(pane.Column[row]{ID: "endpoint", Title: "ENDPOINT", Min: 16, Max: 24, Grow: 2, Drop: 2},
				func(d row, _ pane.Env) string { return d.EndpointName }),
			workspaceColumn(func(d row) model.WorkspaceID { return d.Workspace }, 5),
			word(pane.Column[row]{ID: "kind", Title: "KIND", Min: 16, Max: 17, Drop: 7},
				func(d row, _ pane.Env) string { return string(d.Kind) }),
			word(pane.Column[row]{ID: "size", Title: "SIZE", Min: 20, Max: 30, Grow: 1, Drop: 6}, deploymentSize),
			whole(pane.Column[row]{ID: "instances", Title: "INST", Min: 4, Drop: 8},
				func(d row, _ pane.Env) (int, bool) { return d.Instances, d.Instances > 0 }),
			{ID: "traffic", Title: "TRAFFIC", Min: 7, Align: pane.Right, Drop: 3, Desc: true,
				Cell: trafficCell, Value: trafficValue},
			provisioningColumn(func(d row) string { return string(d.ID) }, func(d row) string { return d.ProvisioningState }),
			cost(pane.Column[row]{ID: "price", Title: "$/H", Min: 6, Max: 9},
				func(d row, env pane.Env) money { return burning(d.Meter, env) }),
			reasonColumn(func(d row) []model.Fault { return d.Faults }),
			word(pane.Column[row]{ID: "model", Title: "MODEL", Min: 14, Max: 30, Grow: 1, Drop: 9},
				func(d row, _ pane.Env) string { return model.AssetName(d.Model) }),
			locationColumn(func(d row) string { return d.Location }, 10),
			since(pane.Column[row]{ID: "age", Title: "AGE", Min: 7, Drop: 11}, func(d row) time.Time { return d.CreatedAt }),
		},
		Actions: deploymentActions(),
	}
}

// deploymentSize is the VM size, or what decides in its place.
func deploymentSize(d *model.Deployment, _ pane.Env) string {
	if d.VMSize == "" && d.Compute != "" {
		return "on " + d.Compute
	}
	return sized(d.VMSize, d.Size)
}

func trafficCell(d *model.Deployment, _ pane.Env) pane.Cell {
	switch {
	case d.Kind == model.TargetBatch && d.Traffic <= 0:
		return nothing
	case d.Traffic < 0:
		return unknown
	case d.Traffic == 0:
		return pane.Cell{Text: "0 %", Tone: theme.Dim}
	default:
		return pane.Cell{Text: strconv.Itoa(d.Traffic) + " %"}
	}
}

func trafficValue(d *model.Deployment, _ pane.Env) pane.Value {
	if d.Traffic < 0 {
		return pane.Value{}
	}
	return number(float64(d.Traffic))
}
