package sim

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

func (w *World) buildEndpoint(ws *Workspace, def endpointDef, batch bool) error {
	by, err := w.who(def.CreatedBy)
	if err != nil {
		return err
	}
	e := &Endpoint{
		Workspace: ws, Batch: batch, Name: def.Name, Location: ws.Location, Tags: def.Tags, AuthMode: def.AuthMode,
		ProvisioningState: provisioned, Traffic: maps.Clone(def.Traffic), Default: def.Default,
		CreatedBy: by.fullName,
	}
	e.CreatedAt = def.Created.in(w.start, w.opened(e, def))
	e.ModifiedAt = e.CreatedAt
	if e.AuthMode == "" {
		e.AuthMode = "Key"
	}
	if e.Traffic == nil {
		e.Traffic = map[string]int{}
	}
	if def.Compute != "" {
		a, ok := ws.FindCompute(def.Compute).(*Attached)
		if !ok {
			return fmt.Errorf("compute %q is not an attached compute here", def.Compute)
		}
		e.Compute = a.ID()
	}
	e.rng = newStream(w.seed, e.ID())
	e.Operation = w.past(e.operationPrefix(), ws, e.CreatedAt)
	for _, d := range def.Deployments {
		if err := w.buildDeployment(e, d, def.Deployments); err != nil {
			return fmt.Errorf("deployment %s: %w", d.Name, err)
		}
	}
	if no := checkTraffic(e, EndpointSpec{Name: e.Name, Traffic: e.Traffic, Default: e.Default}); no != nil {
		return no
	}
	if def.State != "" && def.State != provisioned {
		w.provision(e, def.State, 40*time.Second, 90*time.Second)
	}
	if batch {
		ws.Batch = append(ws.Batch, e)
	} else {
		ws.Online = append(ws.Online, e)
	}
	return nil
}

// past is an operation that succeeded before the start.
func (w *World) past(prefix string, ws *Workspace, at time.Time) *Operation {
	op := w.begin(prefix, ws)
	op.Status, op.Started, op.Ended = statusSucceeded, at, at.Add(80*time.Second)
	return op
}

// buildDeployment adds a deployment, one of those that its endpoint starts with.
func (w *World) buildDeployment(e *Endpoint, def deploymentDef, all []deploymentDef) error {
	by, err := w.who(def.CreatedBy)
	if err != nil {
		return err
	}
	ws := e.Workspace
	asset := func(kind, name string) string {
		if name == "" {
			return ""
		}
		base, version := cutVersion(name)
		return ws.ID() + "/" + kind + "/" + base + "/versions/" + version
	}
	spec := DeploymentSpec{
		Name: def.Name, VMSize: def.VMSize, Instances: max(1, def.Instances), Model: asset("models", def.Model),
		Environment: asset("environments", def.Environment), CodeID: asset("codes", def.Code), Scoring: def.Scoring,
		Tags: def.Tags, CreatedBy: by.fullName,
	}
	if def.Cluster != "" {
		spec.Cluster = ws.ID() + "/computes/" + def.Cluster
	}
	if no := w.check(e, spec); no != nil {
		return no
	}
	d := &Deployment{Endpoint: e, Name: def.Name, Kind: e.kind(), CreatedBy: by.fullName,
		bound: w.region(ws.Subscription, e.Location)}
	d.CreatedAt = def.Created.in(w.start, w.rolledOut(d, def, all))
	d.rng = newStream(w.seed, d.ID())
	e.Deployments = append(slices.Clip(e.Deployments), d)
	if d.Kind == kindManaged {
		d.bound.used.computes++
	}
	if def.State == creating || def.State == updating {
		w.roll(d, spec, def.State)
		return nil
	}
	w.stand(d, spec, def)
	return nil
}

// stand puts a deployment there as one that has been there for a while. One
// that failed keeps its VMs unless the failure came before there were any.
func (w *World) stand(d *Deployment, spec DeploymentSpec, def deploymentDef) {
	d.VMSize, d.Instances, d.Model, d.Environment = spec.VMSize, spec.Instances, spec.Model, spec.Environment
	d.CodeID, d.Scoring, d.Cluster, d.Tags = spec.CodeID, spec.Scoring, spec.Cluster, spec.Tags
	d.ModifiedAt = d.CreatedAt
	d.hw, _ = hardwareOf(d.VMSize)
	d.Operation = w.past(d.operationPrefix(), d.Endpoint.Workspace, d.CreatedAt)
	d.ProvisioningState = provisioned
	w.reserve(d, d.needs(d.Instances))
	w.allocated(d, d.Instances)
	if f := def.Failure; f != nil {
		why := &Denial{400, f.Code, f.Message}
		d.ProvisioningState, d.Faults = unsuccessful, why.fault()
		d.Operation.Status, d.Operation.Error = statusFailed, why
		if f.Code == codeOutOfQuota {
			w.allocated(d, 0)
			w.reserve(d, 0)
		}
		w.lament(d, why)
		return
	}
	w.say(d, "Server", "worker ready, model loaded from "+modelDir+", health route answers 200")
	w.chatter(d)
}

func cutVersion(name string) (base, version string) {
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == ':' {
			return name[:i], name[i+1:]
		}
	}
	return name, "1"
}
