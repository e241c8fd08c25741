package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// workspaceOptions are all workspaces by name.
func workspaceOptions(s *model.Snapshot) []dialog.Option {
	options := make([]dialog.Option, 0, len(s.Workspaces))
	for _, w := range s.Workspaces {
		options = append(options, dialog.Option{Value: string(w.ID), Label: w.Name, Note: w.Location})
	}
	slices.SortFunc(options, func(a, b dialog.Option) int { return cmp.Compare(a.Label, b.Label) })
	return options
}

// options are the lists that depend on the workspace and the kind chosen.
func (d deployer) options(ws *model.Workspace, spec *model.DeploymentSpec) map[string][]dialog.Option {
	options := map[string][]dialog.Option{
		fieldEndpoint:    d.endpoints(ws, spec.Kind),
		fieldModel:       d.used(ws, func(x *model.Deployment) string { return x.Model }),
		fieldEnvironment: d.used(ws, func(x *model.Deployment) string { return cmp.Or(x.Environment, x.Image) }),
	}
	if spec.Kind == model.TargetBatch {
		options[fieldCluster] = d.clusters(ws)
	} else {
		options[fieldSize] = d.sizes.of(sizeAsk{ws: ws.ID, location: ws.Location, kind: managedOnline})
	}
	return options
}

func (d deployer) endpoints(ws *model.Workspace, kind model.TargetKind) []dialog.Option {
	var options []dialog.Option
	for _, e := range d.s.Endpoints {
		if e.Workspace == ws.ID && (e.Kind == model.BatchEndpoint) == (kind == model.TargetBatch) {
			options = append(options, dialog.Option{Value: e.Name, Note: e.ProvisioningState})
		}
	}
	return options
}

// used are the models or environments that deployments of a workspace use: what
// one is most likely to deploy again.
func (d deployer) used(ws *model.Workspace, of func(*model.Deployment) string) []dialog.Option {
	var options []dialog.Option
	seen := make(map[string]bool)
	for _, x := range d.s.Deployments {
		if v := of(x); x.Workspace == ws.ID && v != "" && !seen[v] {
			seen[v] = true
			options = append(options, dialog.Option{Value: v, Label: versioned(v), Note: "used by " + x.EndpointName + "/" + x.Name})
		}
	}
	return options
}

// versioned is an asset's ARM id as "name:version"; anything else stays as it
// is.
func versioned(ref string) string {
	id, err := model.ParseResourceID(ref)
	if err != nil || len(id.Types) < 3 || !strings.EqualFold(id.Types[len(id.Types)-1], "versions") {
		return ref
	}
	return id.Names[len(id.Names)-2] + ":" + id.Name()
}

func (d deployer) clusters(ws *model.Workspace) []dialog.Option {
	var options []dialog.Option
	for _, c := range d.s.Clusters {
		if c.Workspace == ws.ID {
			note := fmt.Sprintf("%s, %d to %d nodes, %s a node", c.VMSize.Short(), c.Scale.Min, c.Scale.Max, c.Price.Rate())
			options = append(options, dialog.Option{Value: c.Name, Note: note})
		}
	}
	return options
}
