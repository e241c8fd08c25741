package sim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// DeploymentSpec is what a PUT of a deployment asks for.
type DeploymentSpec struct {
	Name        string
	VMSize      string // managed: instance type
	Instances   int    // sku.capacity; batch: nodes a job asks for
	Model       string // ARM id or registry path
	Environment string
	CodeID      string
	Scoring     string
	Cluster     string // batch: ARM id of the cluster
	Tags        map[string]string
	CreatedBy   string
}

// Limits of managed deployments, by the service's documentation.
const (
	mostInstances   = 50
	mostDeployments = 20
)

// PutDeployment creates a deployment or replaces an existing one. How it ends is
// decided by what it asks for and the quota, not by chance: an environment whose
// name or image holds "broken" does not build, a model or scoring script whose name holds
// "crash" never gets ready, and cores the region does not have are OutOfQuota.
func (w *World) PutDeployment(e *Endpoint, spec DeploymentSpec) (*Deployment, *Operation, error) {
	if e.Gone || settling(e.ProvisioningState) {
		return nil, nil, conflict("endpoint", e.Name, e.ProvisioningState)
	}
	d := e.FindDeployment(spec.Name)
	switch {
	case d != nil && settling(d.ProvisioningState):
		return nil, nil, conflict("deployment", d.Name, d.ProvisioningState)
	case d == nil && !isEndpointName(spec.Name):
		return nil, nil, badArgument("Deployment name %q is invalid: 3 to 32 letters, digits and single dashes, starting with a letter.", spec.Name)
	case d == nil && len(e.Deployments) >= mostDeployments:
		return nil, nil, &Denial{http.StatusBadRequest, "OutOfQuota", fmt.Sprintf("Endpoint %s already has %d deployments, the most there can be.", e.Name, mostDeployments)}
	}
	spec.Instances = max(1, spec.Instances)
	if no := w.check(e, spec); no != nil {
		return nil, nil, no
	}
	state := updating
	if d == nil {
		state = creating
		d = &Deployment{Endpoint: e, Name: spec.Name, CreatedAt: w.now, CreatedBy: spec.CreatedBy, Kind: e.kind()}
		d.rng = newStream(w.seed, d.ID())
		d.bound = w.region(e.Workspace.Subscription, e.Location)
		e.Deployments = append(slices.Clip(e.Deployments), d)
		if d.Kind == kindManaged {
			d.bound.used.computes++
		}
	}
	return d, w.roll(d, spec, state), nil
}

// Kinds of deployment, as the service spells them; a batch deployment has none.
const (
	kindManaged    = "Managed"
	kindKubernetes = "Kubernetes"
)

func (e *Endpoint) kind() string {
	switch {
	case e.Batch:
		return ""
	case e.Compute != "":
		return kindKubernetes
	default:
		return kindManaged
	}
}

// check finds what the service refuses at once.
func (w *World) check(e *Endpoint, spec DeploymentSpec) *Denial {
	switch kind := e.kind(); {
	case spec.Model == "" && e.Workspace.registered(spec.Environment) == nil: // an image may hold its model
		return badArgument("Deployment %s names no model.", spec.Name)
	case strings.Contains(strings.ToLower(spec.Model), "missing"):
		return badArgument("The model %s was not found.", spec.Model)
	case kind == kindManaged && !catalog.ManagedOnline(model.SizeName(spec.VMSize)):
		return badArgument("The instance type %s is not supported for managed online deployments.", spec.VMSize)
	case kind == kindManaged && spec.Instances > mostInstances:
		return badArgument("Instance count %d exceeds the limit of %d instances per deployment.", spec.Instances, mostInstances)
	case e.Batch:
		if _, ok := e.Workspace.FindCompute(model.BaseName(spec.Cluster)).(*Cluster); !ok {
			return badArgument("The compute %q is not a compute cluster of this workspace.", spec.Cluster)
		}
	}
	return nil
}

// roll brings a deployment to what a spec asks for, or to Failed.
func (w *World) roll(d *Deployment, spec DeploymentSpec, state string) *Operation {
	held, size, instances, hw := d.reserved, d.VMSize, d.Instances, d.hw
	d.VMSize, d.Instances, d.Model, d.Environment = spec.VMSize, spec.Instances, spec.Model, spec.Environment
	d.CodeID, d.Scoring, d.Cluster, d.Tags = spec.CodeID, spec.Scoring, spec.Cluster, maps.Clone(spec.Tags)
	d.Faults, d.ModifiedAt = nil, w.now
	w.reserve(d, 0)
	d.hw, _ = hardwareOf(spec.VMSize) // unknown sizes were refused
	takes, no := w.outcome(d)
	op := w.begin(d.operationPrefix(), d.Endpoint.Workspace)
	d.Operation = op
	w.enter(d, state)
	if no == nil || no.Code != codeOutOfQuota {
		w.reserve(d, d.needs(d.Instances))
		w.allocated(d, d.Instances)
	} else if held > 0 { // an update without room leaves the VMs as they are
		d.VMSize, d.Instances, d.hw = size, instances, hw
		w.reserve(d, held)
	}
	w.say(d, "Operation", "deployment "+d.Name+" requested: "+d.content())
	w.set(&d.timer, takes, func() {
		if no == nil {
			w.enter(d, provisioned)
			w.say(d, "Server", "worker ready, model loaded from "+modelDir+", health route answers 200")
			w.chatter(d)
		} else {
			d.Faults = no.fault()
			w.enter(d, unsuccessful)
			w.lament(d, no)
		}
		w.finish(op, no)
	})
	return op
}

// ScaleDeployment changes the number of instances of an online deployment.
func (w *World) ScaleDeployment(d *Deployment, n int) (*Operation, error) {
	switch {
	case d.Gone || settling(d.ProvisioningState):
		return nil, conflict("deployment", d.Name, d.ProvisioningState)
	case settling(d.Endpoint.ProvisioningState):
		return nil, conflict("endpoint", d.Endpoint.Name, d.Endpoint.ProvisioningState)
	case d.ProvisioningState != provisioned:
		return nil, badArgument("Deployment %s is in state %s and cannot be scaled.", d.Name, d.ProvisioningState)
	case n < 1 || n > mostInstances:
		return nil, badArgument("Instance count %d must lie between 1 and %d.", n, mostInstances)
	}
	op := w.begin(d.operationPrefix(), d.Endpoint.Workspace)
	d.Operation, d.ModifiedAt = op, w.now
	more := d.needs(n) - d.reserved
	if no := d.outOfQuota(more); no != nil {
		return w.finishAfter(op, d.rng.between(10*time.Second, 30*time.Second), no, nil), nil
	}
	w.enter(d, scaling)
	w.reserve(d, max(d.reserved, d.needs(n)))
	w.allocated(d, max(n, d.Instances))
	w.set(&d.timer, d.rng.between(2*time.Minute, 4*time.Minute), func() {
		d.Instances = n
		w.reserve(d, d.needs(n))
		w.allocated(d, n)
		w.enter(d, provisioned)
		w.finish(op, nil)
	})
	return op, nil
}

// DeleteDeployment deletes a deployment that gets no traffic.
func (w *World) DeleteDeployment(d *Deployment) (*Operation, error) {
	switch {
	case d.Gone || settling(d.ProvisioningState):
		return nil, conflict("deployment", d.Name, d.ProvisioningState)
	case d.Endpoint.Traffic[d.Name] > 0:
		return nil, badArgument("Deployment %s gets %d %% of the traffic of endpoint %s. Set its traffic to 0 before deleting it.",
			d.Name, d.Endpoint.Traffic[d.Name], d.Endpoint.Name)
	}
	op := w.begin(d.operationPrefix(), d.Endpoint.Workspace)
	d.Operation = op
	w.enter(d, deleting)
	return w.finishAfter(op, d.rng.between(45*time.Second, 100*time.Second), nil, func() { w.vanish(d) }), nil
}

// vanish removes a deployment for good.
func (w *World) vanish(d *Deployment) {
	if d.Gone {
		return
	}
	d.Gone = true
	d.timer.cancel()
	d.requests.cancel()
	w.note(d, "", d.ProvisioningState, "")
	w.allocated(d, 0)
	w.reserve(d, 0)
	if d.Kind == kindManaged {
		d.bound.used.computes--
	}
	delete(d.Endpoint.Traffic, d.Name)
	d.Endpoint.Deployments = without(d.Endpoint.Deployments, d)
}

// enter is the only place where a deployment changes its state.
func (w *World) enter(d *Deployment, state string) {
	w.note(d, "", d.ProvisioningState, state)
	d.ProvisioningState = state
}

func (d *Deployment) operationPrefix() string {
	if d.Endpoint.Batch {
		return "bdbes:" + d.Endpoint.Workspace.GUID + ":"
	}
	return "odidp:" + d.Endpoint.Workspace.GUID + ":"
}
