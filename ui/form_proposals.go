package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
)

// proposals fill in what most new deployments behind an endpoint have in
// common with the newest one there: its environment and its VM size. The name
// is one nobody has; an endpoint there is keeps its traffic; the model is what a
// new deployment is about, and left open.
func (d deployer) proposals(ws *model.Workspace, spec *model.DeploymentSpec) map[string]string {
	proposed := map[string]string{fieldName: d.unusedName(ws, spec), fieldTraffic: "0"}
	if spec.NewEndpoint {
		proposed[fieldTraffic] = "100" // nothing else would answer
	}
	last := d.newest(ws, spec)
	if last == nil {
		return proposed
	}
	proposed[fieldEnvironment] = assetRef(ws, cmp.Or(last.Environment, last.Image))
	switch {
	case spec.Kind == model.TargetBatch:
		proposed[fieldCluster] = last.Compute
	case last.VMSize != "":
		proposed[fieldSize] = string(last.VMSize)
	}
	return proposed
}

// behind reports whether a deployment belongs to the endpoint asked for.
func behind(x *model.Deployment, ws *model.Workspace, spec *model.DeploymentSpec) bool {
	return x.Workspace == ws.ID && (x.Kind == model.TargetBatch) == (spec.Kind == model.TargetBatch) &&
		model.Fold(x.EndpointName) == model.Fold(spec.Endpoint)
}

// newest is the newest deployment behind the endpoint that is up, if any.
func (d deployer) newest(ws *model.Workspace, spec *model.DeploymentSpec) *model.Deployment {
	var newest *model.Deployment
	for _, x := range d.s.Deployments {
		up := model.ProvisioningHealth(x.ProvisioningState) == model.HealthGood
		if behind(x, ws, spec) && up && (newest == nil || x.CreatedAt.After(newest.CreatedAt)) {
			newest = x
		}
	}
	return newest
}

// unusedName is the first of blue, green, blue-2, green-2, … that no deployment
// behind the endpoint has, nor one on its way there.
func (d deployer) unusedName(ws *model.Workspace, spec *model.DeploymentSpec) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(d.s.Deployments, func(x *model.Deployment) bool {
			return behind(x, ws, spec) && model.Fold(x.Name) == name
		}) || slices.ContainsFunc(d.s.Operations, func(op *model.Operation) bool {
			to := op.Command.Deploy
			return to != nil && !op.Phase.Final() && op.Command.Workspace == ws.ID &&
				model.Fold(to.Endpoint) == model.Fold(spec.Endpoint) && model.Fold(to.Name) == name
		})
	}
	for n := 1; ; n++ {
		for _, name := range []string{"blue", "green"} {
			if n > 1 {
				name += "-" + strconv.Itoa(n)
			}
			if !taken(name) {
				return name
			}
		}
	}
}

// assetRef is an asset of the workspace in its short form; anything else stays
// as it is.
func assetRef(ws *model.Workspace, ref string) string {
	if !strings.HasPrefix(model.Fold(ref), string(ws.ID)+"/") {
		return ref
	}
	return "azureml:" + versioned(ref)
}

// notes say what the deployment will cost and what is known of its size.
func (d deployer) notes(ws *model.Workspace, command model.Command) []string {
	var notes []string
	spec := command.Deploy
	if spec.NewEndpoint && spec.Endpoint != "" {
		notes = append(notes, spec.Endpoint+" is new: it is created first")
	}
	if spec.Kind == model.TargetBatch {
		return append(notes, "a batch deployment costs what its jobs use on the cluster")
	}
	size := d.s.SizeIn(spec.VMSize, ws.Location)
	if spec.VMSize == "" || size == nil {
		return notes
	}
	for _, n := range inPreviewsWords(d.s, command, "price", "quota", "restricted", "retires", "replaces") {
		if sum, is := strings.CutPrefix(n, "price: "); is {
			n = fmt.Sprintf("price: %s × %d = %s", size.Standard.Rate(), spec.Instances, sum)
		}
		notes = append(notes, n)
	}
	return notes
}
