package panes

import (
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// notManaged is what Azure ML has to say about every attached compute.
const notManaged = "not managed by Azure ML"

// Attached is the pane of computes that Azure ML uses but does not manage.
func Attached() pane.Spec[*model.Attached, model.ComputeID] {
	type row = *model.Attached
	return pane.Spec[row, model.ComputeID]{
		Name: "attached", Title: "attached compute", Section: model.SectionComputes,
		Rows:  func(s *model.Snapshot) []row { return s.Attached },
		Key:   func(a row) model.ComputeID { return a.ID },
		Label: func(a row) string { return a.Name },
		ARMID: func(a row) string { return a.ARMID },
		Where: func(a row) model.WorkspaceID { return a.Workspace },
		Sort:  "name",
		Empty: "Nothing is attached to the workspaces that could be read.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 12, Max: 28, Grow: 2},
				func(a row, _ pane.Env) string { return a.Name }),
			word(pane.Column[row]{ID: "type", Title: "TYPE", Min: 20, Max: 24, Grow: 1},
				func(a row, _ pane.Env) string { return model.KindName(a.ComputeType) }),
			workspaceColumn(func(a row) model.WorkspaceID { return a.Workspace }, 4),
			provisioningColumn(func(a row) string { return string(a.ID) }, func(a row) string { return a.ProvisioningState }),
			word(pane.Column[row]{ID: "uses", Title: "CAN BE USED FOR", Min: 28, Max: 48, Grow: 3, Drop: 1}, usesText),
			word(pane.Column[row]{ID: "size", Title: "SIZE", Min: 8, Max: 16, Drop: 6},
				func(a row, _ pane.Env) string { return a.VMSize.Short() }),
			some(pane.Column[row]{ID: "nodes", Title: "NODES", Min: 5, Drop: 7}, func(a row) int { return a.Nodes }),
			word(pane.Column[row]{ID: "detail", Title: "DETAIL", Min: 32, Max: 90, Grow: 3, Drop: 2}, attachedDetail),
			faultColumn("error", func(a row) []model.Fault { return a.Faults }, 3),
			locationColumn(func(a row) string { return a.Location }, 5),
			since(pane.Column[row]{ID: "age", Title: "AGE", Min: 7, Drop: 8}, func(a row) time.Time { return a.CreatedAt }),
		},
		Actions: attachedActions(),
	}
}

// usesText is what a kind of compute can be used for.
func usesText(a *model.Attached, _ pane.Env) string {
	uses, ok := model.Uses(a.ComputeType)
	if !ok {
		return "unknown kind"
	}
	words := make([]string, len(uses))
	for i, u := range uses {
		words[i] = string(u)
	}
	return strings.Join(words, ", ")
}

func attachedDetail(a *model.Attached, _ pane.Env) string {
	if a.Detail == "" {
		return notManaged
	}
	return a.Detail + "; " + notManaged
}
