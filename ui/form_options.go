package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// managedOnline is the compute type of sizes that can carry managed online
// deployments, in the service's word.
const managedOnline = "MIR"

func (d deployer) workspaces() []dialog.Option {
	options := make([]dialog.Option, 0, len(d.s.Workspaces))
	for _, w := range d.s.Workspaces {
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
		options[fieldSize] = d.sizes(ws)
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

// sizes are the VM sizes of the workspace's region that can carry managed
// online deployments, cheapest first, those without a price last.
func (d deployer) sizes(ws *model.Workspace) []dialog.Option {
	var list []*model.Size
	for _, z := range d.s.Sizes {
		if model.Fold(z.Location) == model.Fold(ws.Location) && z.Supports(managedOnline) {
			list = append(list, z)
		}
	}
	slices.SortStableFunc(list, func(a, b *model.Size) int {
		return cmp.Or(a.Standard.Compare(b.Standard), cmp.Compare(a.Name, b.Name))
	})
	options := make([]dialog.Option, len(list))
	for i, z := range list {
		options[i] = dialog.Option{Value: string(z.Name), Label: z.Name.Short(), Note: sizeNote(z)}
	}
	return options
}

// sizeNote is what decides for or against a size: "4 vCPU  16 GiB  1×T4  $0.53/h".
func sizeNote(z *model.Size) string {
	parts := []string{fmt.Sprintf("%3d vCPU", z.VCPUs), fmt.Sprintf("%6.6g GiB", z.MemoryGiB()), fmt.Sprintf("%13s", z.Standard.Rate())}
	if z.GPUs > 0 {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%d×%s", z.GPUs, cmp.Or(z.GPUModel, "GPU"))))
	}
	if z.Restriction == model.RestrictionApproval {
		parts = append(parts, string(z.Restriction))
	}
	if !z.RetiredOn.IsZero() {
		parts = append(parts, "retires "+z.RetiredOn.Format("2006-01-02"))
	}
	return strings.Join(parts, "  ")
}
