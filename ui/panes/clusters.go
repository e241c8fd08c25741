package panes

import (
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Clusters is the pane of compute clusters.
func Clusters() pane.Spec[*model.Cluster, model.ComputeID] {
	type row = *model.Cluster
	return pane.Spec[row, model.ComputeID]{
		Name: "clusters", Title: "compute clusters", Section: model.SectionComputes,
		Rows:  func(s *model.Snapshot) []row { return s.Clusters },
		Key:   func(c row) model.ComputeID { return c.ID },
		Label: func(c row) string { return c.Name },
		ARMID: func(c row) string { return c.ARMID },
		Meter: func(c row) model.Meter { return c.Meter },
		Where: func(c row) model.WorkspaceID { return c.Workspace },
		Open:  func(c row) pane.Drill { return within("nodes", "cluster", c.Name, c.Workspace) },
		Sort:  "burn",
		Empty: "No compute clusters in the workspaces that could be read.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 14, Max: 28, Grow: 2},
				func(c row, _ pane.Env) string { return c.Name }),
			workspaceColumn(func(c row) model.WorkspaceID { return c.Workspace }, 6),
			word(pane.Column[row]{ID: "size", Title: "SIZE", Min: 20, Max: 30, Grow: 1, Drop: 7},
				func(c row, _ pane.Env) string { return sized(c.VMSize, c.Size) }),
			word(pane.Column[row]{ID: "priority", Title: "PRIORITY", Min: 9, Max: 11, Drop: 8},
				func(c row, _ pane.Env) string { return priorityText(c.Priority) }),
			{ID: "state", Title: "STATE", Min: 12, Max: 22, Grow: 1, Drop: 2,
				Cell: clusterState, Value: func(c row, _ pane.Env) pane.Value { return text(clusterWord(c)) }},
			{ID: "nodes", Title: "NODES", Min: 5, Max: 9, Align: pane.Right, Desc: true,
				Cell: nodesCell, Value: func(c row, _ pane.Env) pane.Value { return number(float64(c.Current)) }},
			{ID: "breakdown", Title: "OF THEM", Min: 15, Max: 32, Grow: 2, Drop: 5, Cell: breakdownCell},
			{ID: "zero", Title: "TO ZERO", Min: 22, Max: 28, Grow: 2, Drop: 1, Live: true, Cell: Zero, Value: zeroValue},
			{ID: "jobs", Title: "JOBS", Min: 13, Max: 14, Drop: 4, Desc: true, Cell: clusterJobs, Value: clusterJobsValue},
			cost(pane.Column[row]{ID: "burn", Title: "$/H", Min: 6, Max: 9},
				func(c row, env pane.Env) money { return burning(c.Meter, env) }),
			cost(pane.Column[row]{ID: "floor", Title: "FLOOR", Min: 7, Max: 9, Drop: 9}, floorCost),
			faultColumn("faults", func(c row) []model.Fault { return c.Faults }, 3),
			locationColumn(func(c row) string { return c.Location }, 10),
			since(pane.Column[row]{ID: "age", Title: "AGE", Min: 7, Drop: 11}, func(c row) time.Time { return c.CreatedAt }),
		},
		Actions: clusterActions(),
	}
}

func priorityText(p model.Priority) string {
	switch p {
	case model.Dedicated:
		return "dedicated"
	case model.LowPriority:
		return "low"
	default:
		return string(p)
	}
}

// clusterWord is what a cluster is doing, in one word of the service's.
func clusterWord(c *model.Cluster) string {
	if c.ProvisioningState != "" && model.ProvisioningHealth(c.ProvisioningState) != model.HealthGood {
		return c.ProvisioningState
	}
	return c.AllocationState
}

func clusterState(c *model.Cluster, env pane.Env) pane.Cell {
	state := clusterWord(c)
	cell := provisioned(state)
	switch state {
	case model.AllocationSteady:
		cell.Tone = theme.Plain
	case model.AllocationResizing:
		cell = pane.Cell{Text: state, Tone: theme.Change}
		if c.Current != c.TargetNodes { // equal while nodes are replaced
			cell.Text += " " + strconv.Itoa(c.Current) + "→" + strconv.Itoa(c.TargetNodes)
		}
		if d := env.Now.Sub(c.AllocationSince); !c.AllocationSince.IsZero() && d > model.StuckAfter {
			cell = pane.Cell{Text: cell.Text + ", stuck " + model.Ago(d), Tone: theme.Bad}
		}
	}
	return overlay(env, string(c.ID), cell)
}

func nodesCell(c *model.Cluster, _ pane.Env) pane.Cell {
	cell := pane.Cell{Text: strconv.Itoa(c.Current) + "/" + strconv.Itoa(c.Scale.Max)}
	if c.Current == 0 {
		cell.Tone = theme.Dim
	}
	return cell
}

// breakdownCell counts the nodes by state, states without nodes left out.
func breakdownCell(c *model.Cluster, _ pane.Env) pane.Cell {
	n := c.Nodes
	var parts []string
	add := func(count int, word string) {
		if count > 0 {
			parts = append(parts, strconv.Itoa(count)+" "+word)
		}
	}
	add(n.Unusable, "unusable")
	add(n.Running, "run")
	add(n.Idle, "idle")
	add(n.Preparing, "prep")
	add(n.Leaving, "leave")
	add(n.Preempted, "preempted")
	switch {
	case len(parts) == 0:
		return nothing
	case n.Unusable > 0:
		return pane.Cell{Text: strings.Join(parts, " "), Tone: theme.Bad}
	case n.Preempted > 0:
		return pane.Cell{Text: strings.Join(parts, " "), Tone: theme.Warn}
	default:
		return pane.Cell{Text: strings.Join(parts, " ")}
	}
}

// floorCost is what the nodes a cluster never gives up cost an hour.
func floorCost(c *model.Cluster, _ pane.Env) money {
	if c.Scale.Min == 0 {
		return money{None: true}
	}
	return money{Amount: c.Floor(), Currency: c.Price.Currency, Known: c.Price.Known()}
}
