package ui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/pane"
)

// Fields of the deployment form.
const (
	fieldWorkspace   = "workspace"
	fieldKind        = "kind"
	fieldEndpoint    = "endpoint"
	fieldAuth        = "auth"
	fieldName        = "name"
	fieldModel       = "model"
	fieldEnvironment = "environment"
	fieldSize        = "vm_size"
	fieldCluster     = "cluster"
	fieldInstances   = "instances"
	fieldTraffic     = "traffic"
)

// openDeploy opens the form for a new deployment, filled in from a row.
func (a *App) openDeploy(row pane.Selection) tea.Cmd {
	if len(a.snap.Workspaces) == 0 {
		a.notify(model.HealthWarn, "there is no workspace to deploy to")
		return nil
	}
	if row.Name == "" {
		row, _ = a.page().pane.Selected(a.env())
	}
	d := deployer{a.snap, &sizeMenu{s: a.snap}}
	a.dialogs.Open(dialog.NewForm("New deployment", "preview", d.fields(row), d.judge))
	return nil
}

// deployer makes a deployment command of a form's values. It works on the
// snapshot the form was opened with.
type deployer struct {
	s     *model.Snapshot
	sizes *sizeMenu
}

// fields are the form's fields, filled in as far as a row tells.
func (d deployer) fields(row pane.Selection) []dialog.Field {
	ws, kind, endpoint := row.Workspace, model.TargetManaged, ""
	switch r := row.Row.(type) {
	case *model.Endpoint:
		endpoint = r.Name
		if r.Kind == model.BatchEndpoint {
			kind = model.TargetBatch
		}
	case *model.Deployment:
		endpoint = r.EndpointName
		if r.Kind == model.TargetBatch {
			kind = model.TargetBatch
		}
	case *model.Workspace:
		ws = r.ID
	}
	if d.s.Workspace(ws) == nil {
		ws = d.s.Workspaces[0].ID
	}
	suggested := func(id, label, hint string) dialog.Field {
		f := dialog.Text(id, label, "", hint)
		f.Free = true
		return f
	}
	fields := []dialog.Field{
		dialog.Choice(fieldWorkspace, "workspace", string(ws), workspaceOptions(d.s)),
		dialog.Choice(fieldKind, "kind", string(kind), []dialog.Option{
			{Value: string(model.TargetManaged)}, {Value: string(model.TargetBatch)},
		}),
		suggested(fieldEndpoint, "endpoint", "enter lists those there are; a new name makes a new one"),
		dialog.Choice(fieldAuth, "sign-in", "Key", []dialog.Option{{Value: "Key"}, {Value: "AMLToken"}, {Value: "AADToken"}}),
		dialog.Text(fieldName, "deployment", "", "3 to 32 letters, digits, dashes"),
		suggested(fieldModel, "model", "azureml:name:version or an ARM id; enter lists known ones"),
		suggested(fieldEnvironment, "environment", "azureml:name:version or registry/image:tag"),
		dialog.Choice(fieldSize, "VM size", "", nil),
		dialog.Choice(fieldCluster, "cluster", "", nil),
		dialog.Text(fieldInstances, "instances", "1", ""),
		dialog.Text(fieldTraffic, "traffic %", "", "once it is up; 0 leaves the traffic alone"),
	}
	fields[2].Set(endpoint)
	return fields
}

// judge says what the values come to. It is pure: the same values, the same
// judgement.
func (d deployer) judge(v dialog.Values) dialog.Judged {
	ws := d.s.Workspace(model.WorkspaceID(v[fieldWorkspace]))
	if ws == nil {
		return dialog.Judged{Errors: []string{"workspace: choose one"}}
	}
	command, err := d.command(ws, v)
	if err == nil {
		err = command.Deploy.Validate()
	}
	if err == nil {
		err = model.Check(d.s, command)
	}
	j := judged(d.notes(ws, command), command, err)
	j.Options, j.Hidden = d.options(ws, command.Deploy), hiddenFields(command.Deploy)
	j.Propose = d.proposals(ws, command.Deploy)
	return j
}

// command is the deployment the values ask for, as far as they do.
func (d deployer) command(ws *model.Workspace, v dialog.Values) (model.Command, error) {
	instances, errInstances := number("instances", v[fieldInstances])
	traffic, errTraffic := number("traffic", v[fieldTraffic])
	spec := &model.DeploymentSpec{
		Kind: model.TargetKind(v[fieldKind]), Endpoint: strings.TrimSpace(v[fieldEndpoint]), Name: strings.TrimSpace(v[fieldName]),
		AuthMode: v[fieldAuth], Location: ws.Location, Model: strings.TrimSpace(v[fieldModel]),
		Environment: strings.TrimSpace(v[fieldEnvironment]), Instances: instances, Traffic: traffic,
	}
	collection := "onlineEndpoints"
	if spec.Kind == model.TargetBatch {
		collection, spec.Cluster, spec.Traffic, errTraffic = "batchEndpoints", v[fieldCluster], 0, nil
	} else {
		spec.VMSize = model.SizeName(v[fieldSize])
	}
	spec.NewEndpoint = !slices.ContainsFunc(d.s.Endpoints, func(e *model.Endpoint) bool {
		return e.Workspace == ws.ID && model.Fold(e.Name) == model.Fold(spec.Endpoint)
	})
	armID := ws.ARMID + "/" + collection + "/" + spec.Endpoint + "/deployments/" + spec.Name
	return model.Command{
		Verb: model.VerbDeploy, Target: model.Fold(armID), ARMID: armID, Name: spec.Name,
		Workspace: ws.ID, Deploy: spec,
	}, errors.Join(errInstances, errTraffic)
}

// hiddenFields are the fields that do not apply to a specification.
func hiddenFields(spec *model.DeploymentSpec) []string {
	var hidden []string
	if spec.Kind == model.TargetBatch {
		hidden = append(hidden, fieldSize, fieldTraffic)
	} else {
		hidden = append(hidden, fieldCluster)
	}
	if !spec.NewEndpoint || spec.Endpoint == "" || spec.Kind == model.TargetBatch {
		hidden = append(hidden, fieldAuth)
	}
	return hidden
}
