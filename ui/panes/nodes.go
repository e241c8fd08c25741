package panes

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Nodes is the pane of the VMs of the clusters somebody looked into.
func Nodes() pane.Spec[*model.Node, string] {
	type row = *model.Node
	return pane.Spec[row, string]{
		Name: "nodes", Title: "cluster nodes", Section: model.SectionComputes,
		Rows:  clusterNodes,
		Key:   func(n row) string { return string(n.Cluster) + "/" + string(n.ID) },
		Label: func(n row) string { return string(n.ID) },
		Where: func(n row) model.WorkspaceID { return model.WorkspaceIDOf(string(n.Cluster)) },
		Sort:  "node",
		Empty: "No nodes: the cluster is at zero, or its nodes have not been listed yet.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "node", Title: "NODE", Min: 16, Max: 40, Grow: 2},
				func(n row, _ pane.Env) string { return string(n.ID) }),
			word(pane.Column[row]{ID: "cluster", Title: "CLUSTER", Min: 10, Max: 28, Grow: 1, Drop: 2},
				func(n row, _ pane.Env) string { return model.BaseName(string(n.Cluster)) }),
			workspaceColumn(func(n row) model.WorkspaceID { return model.WorkspaceIDOf(string(n.Cluster)) }, 5),
			{ID: "state", Title: "STATE", Min: 9, Max: 12, Cell: nodeState,
				Value: func(n row, _ pane.Env) pane.Value { return text(n.State) }},
			word(pane.Column[row]{ID: "job", Title: "JOB", Min: 10, Max: 40, Grow: 2, Drop: 1}, nodeJob),
			word(pane.Column[row]{ID: "private_ip", Title: "PRIVATE IP", Min: 11, Max: 15, Drop: 4},
				func(n row, _ pane.Env) string { return n.PrivateIP }),
			word(pane.Column[row]{ID: "address", Title: "SSH", Min: 16, Max: 24, Grow: 1, Drop: 3},
				func(n row, _ pane.Env) string { return nodeAddress(n) }),
		},
	}
}

// clusterNodes flattens the nodes there are, by cluster and then as listed.
func clusterNodes(s *model.Snapshot) []*model.Node {
	var rows []*model.Node
	for _, nodes := range s.Nodes {
		for i := range nodes {
			rows = append(rows, &nodes[i])
		}
	}
	slices.SortFunc(rows, func(a, b *model.Node) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.ID, b.ID))
	})
	return rows
}

func nodeState(n *model.Node, _ pane.Env) pane.Cell {
	cell := pane.Cell{Text: n.State}
	switch n.State {
	case "running":
		cell.Tone = theme.Good
	case "preparing", "leaving":
		cell.Tone = theme.Change
	case "unusable":
		cell.Tone = theme.Bad
	case "preempted":
		cell.Tone = theme.Warn
	case "":
		return unknown
	}
	return cell
}

// nodeJob is the job on a node, by the name people gave it if it is listed.
func nodeJob(n *model.Node, env pane.Env) string {
	if n.RunID == "" {
		return ""
	}
	for _, j := range env.Snap.JobsOn(n.Cluster) {
		if model.Fold(j.Name) == model.Fold(n.RunID) {
			return j.Title()
		}
	}
	return n.RunID
}

func nodeAddress(n *model.Node) string {
	if n.PublicIP == "" {
		return ""
	}
	return n.PublicIP + ":" + strconv.Itoa(n.Port)
}
