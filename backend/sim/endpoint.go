package sim

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// EndpointSpec is what a PUT of an endpoint asks for.
type EndpointSpec struct {
	Name      string
	AuthMode  string // "": Key
	Tags      map[string]string
	Traffic   map[string]int // per cent by deployment name
	Default   string         // batch: the default deployment
	Compute   string         // ARM id of a Kubernetes compute; "": managed
	CreatedBy string
}

var dashedName = regexp.MustCompile(`^[a-zA-Z](-?[a-zA-Z0-9])*$`)

// isEndpointName checks the naming rule of endpoints and deployments.
func isEndpointName(name string) bool {
	return len(name) >= 3 && len(name) <= 32 && dashedName.MatchString(name)
}

// PutEndpoint creates an endpoint, or replaces an existing one's traffic, tags
// and authentication. Traffic may name existing deployments only and must not
// exceed 100 per cent in all.
func (w *World) PutEndpoint(ws *Workspace, batch bool, spec EndpointSpec) (*Endpoint, *Operation, error) {
	old := ws.FindEndpoint(batch, spec.Name)
	if old == nil && !isEndpointName(spec.Name) {
		return nil, nil, badArgument("Endpoint name %q is invalid: 3 to 32 letters, digits and single dashes, starting with a letter.", spec.Name)
	}
	if old != nil && settling(old.ProvisioningState) {
		return nil, nil, conflict("endpoint", old.Name, old.ProvisioningState)
	}
	if d := checkTraffic(old, spec); d != nil {
		return nil, nil, d
	}
	if spec.Compute != "" && !ws.hasKubernetes(spec.Compute) {
		return nil, nil, badArgument("The compute %s is not a Kubernetes compute of this workspace.", spec.Compute)
	}
	if spec.AuthMode == "" {
		spec.AuthMode = "Key"
	}
	if old != nil {
		old.AuthMode, old.Tags, old.Traffic, old.Default = spec.AuthMode, spec.Tags, maps.Clone(spec.Traffic), spec.Default
		return old, w.provision(old, updating, 10*time.Second, 20*time.Second), nil
	}
	if !batch && w.endpointInRegion(ws, spec.Name) {
		return nil, nil, &Denial{409, "Conflict", "The endpoint name " + spec.Name + " is already in use in " + ws.Location + "."}
	}
	e := &Endpoint{
		Workspace: ws, Batch: batch, Name: spec.Name, Location: ws.Location, Tags: spec.Tags, AuthMode: spec.AuthMode,
		Traffic: map[string]int{}, Compute: spec.Compute, CreatedAt: w.now, CreatedBy: spec.CreatedBy,
	}
	e.rng = newStream(w.seed, e.ID())
	if batch {
		ws.Batch = append(slices.Clip(ws.Batch), e)
		return e, w.provision(e, creating, 15*time.Second, 30*time.Second), nil
	}
	ws.Online = append(slices.Clip(ws.Online), e)
	return e, w.provision(e, creating, 75*time.Second, 105*time.Second), nil
}

// provision takes an endpoint through a state of transition to Succeeded.
func (w *World) provision(e *Endpoint, state string, least, most time.Duration) *Operation {
	w.note(e, "", e.ProvisioningState, state)
	e.ProvisioningState, e.ModifiedAt = state, w.now
	e.Operation = w.begin(e.operationPrefix(), e.Workspace)
	op := e.Operation
	w.set(&e.timer, e.rng.between(least, most), func() {
		w.note(e, "", e.ProvisioningState, provisioned)
		e.ProvisioningState = provisioned
		w.finish(op, nil)
	})
	return op
}

// operationPrefix is what the service puts before the GUID of an operation on
// an endpoint.
func (e *Endpoint) operationPrefix() string {
	if e.Batch {
		return "bebes:" + e.Workspace.GUID + ":"
	}
	return "oeidp:" + e.Workspace.GUID + ":"
}

func checkTraffic(e *Endpoint, spec EndpointSpec) *Denial {
	sum := 0
	for _, name := range slices.Sorted(maps.Keys(spec.Traffic)) {
		percent := spec.Traffic[name]
		if e == nil || e.FindDeployment(name) == nil {
			return badArgument("Traffic names deployment %q, which does not exist under endpoint %s.", name, spec.Name)
		}
		if percent < 0 || percent > 100 {
			return badArgument("Traffic of deployment %q is %d; it must lie between 0 and 100.", name, percent)
		}
		sum += percent
	}
	if sum > 100 {
		return badArgument("The traffic percentages of endpoint %s add up to %d; at most 100 is allowed.", spec.Name, sum)
	}
	if spec.Default != "" && (e == nil || e.FindDeployment(spec.Default) == nil) {
		return badArgument("The default deployment %q does not exist under endpoint %s.", spec.Default, spec.Name)
	}
	return nil
}

// DeleteEndpoint deletes an endpoint and everything behind it.
func (w *World) DeleteEndpoint(e *Endpoint) (*Operation, error) {
	if e.Gone || settling(e.ProvisioningState) {
		return nil, conflict("endpoint", e.Name, e.ProvisioningState)
	}
	w.note(e, "", e.ProvisioningState, deleting)
	e.ProvisioningState, e.ModifiedAt = deleting, w.now
	op := w.begin(e.operationPrefix(), e.Workspace)
	e.Operation = op
	for _, d := range e.Deployments {
		w.abandon(d.Operation)
		d.timer.cancel() // or one that is being created would come up again
		w.enter(d, deleting)
	}
	return w.finishAfter(op, e.rng.between(60*time.Second, 110*time.Second), nil, func() {
		for _, d := range e.Deployments {
			w.vanish(d)
		}
		e.Gone = true
		e.Workspace.Online = without(e.Workspace.Online, e)
		e.Workspace.Batch = without(e.Workspace.Batch, e)
	}), nil
}

// settling reports whether a provisioning state passes by itself; the service
// accepts no other change meanwhile.
func settling(state string) bool {
	return state == creating || state == updating || state == scaling || state == deleting
}

func (ws *Workspace) hasKubernetes(id string) bool {
	a, ok := ws.FindCompute(model.BaseName(id)).(*Attached)
	return ok && (a.ComputeType == "Kubernetes" || a.ComputeType == "AKS")
}

// endpointInRegion reports whether a name is taken: the names of online
// endpoints are host names, unique within a region.
func (w *World) endpointInRegion(ws *Workspace, name string) bool {
	for _, s := range w.subs {
		for _, other := range s.Workspaces {
			if strings.EqualFold(other.Location, ws.Location) && named(other.Online, name) != nil {
				return true
			}
		}
	}
	return false
}

// RegenerateKey makes one of an endpoint's two keys anew.
func (w *World) RegenerateKey(e *Endpoint, secondary bool) (*Operation, error) {
	if e.Gone || settling(e.ProvisioningState) {
		return nil, conflict("endpoint", e.Name, e.ProvisioningState)
	}
	which := 0
	if secondary {
		which = 1
	}
	op := w.begin(e.operationPrefix(), e.Workspace)
	return w.finishAfter(op, e.rng.between(2*time.Second, 6*time.Second), nil, func() { e.KeyTurns[which]++ }), nil
}
