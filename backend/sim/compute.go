package sim

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// Provisioning states of a compute, an endpoint or a deployment.
const (
	provisioned  = "Succeeded"
	creating     = "Creating"
	updating     = "Updating"
	scaling      = "Scaling"
	deleting     = "Deleting"
	unsuccessful = "Failed"
)

func (w *World) newBase(ws *Workspace, name, location string, hw hardware, tags map[string]string) Base {
	b := Base{
		Workspace: ws, Name: name, Location: location, Tags: tags,
		CreatedAt: w.now, ModifiedAt: w.now, ProvisioningState: creating,
		hw: hw, bound: w.region(ws.Subscription, location),
	}
	b.rng = newStream(w.seed, b.ID())
	return b
}

// DeleteCompute deletes a compute, or only detaches it from its workspace. A
// detached cluster or instance is out of sight and goes on being billed, as on
// the service. An attached compute is never more than detached.
func (w *World) DeleteCompute(compute any, detach bool) (*Operation, error) {
	switch c := compute.(type) {
	case *Cluster:
		return w.deleteCluster(c, detach)
	case *Instance:
		return w.deleteInstance(c, detach)
	case *Attached:
		if c.Gone || c.ProvisioningState == deleting {
			return nil, conflict("compute", c.Name, c.ProvisioningState)
		}
		c.ProvisioningState = deleting
		op := w.begin("", c.Workspace)
		return w.finishAfter(op, c.rng.between(20*time.Second, 40*time.Second), nil, func() {
			c.Gone = true
			c.Workspace.Attached = without(c.Workspace.Attached, c)
		}), nil
	default:
		return nil, &Denial{http.StatusNotFound, "ResourceNotFound", "The compute does not exist."}
	}
}

func (w *World) deleteInstance(i *Instance, detach bool) (*Operation, error) {
	if i.Gone || i.State == string(model.StateDeleting) || i.ProvisioningState == deleting {
		return nil, conflict("compute instance", i.Name, deleting)
	}
	w.abandon(i.op)
	i.timer.cancel()
	w.evict(i, "The compute instance was deleted.")
	i.idle.cancel()
	i.ProvisioningState = deleting
	op := w.begin("", i.Workspace)
	if !detach {
		w.undertake(i, "Delete", triggerUser, op, model.StateDeleting)
	}
	return w.finishAfter(op, i.rng.between(60*time.Second, 120*time.Second), nil, func() {
		i.Gone = true
		i.Workspace.Instances = without(i.Workspace.Instances, i)
		if !detach {
			w.note(i, "", i.State, "")
			i.goneAt = w.now
			w.buried = append(w.buried, i)
			i.bound.used.computes--
			w.free(i.bound, i.hw, false, i.hw.cores)
		}
	}), nil
}

func (w *World) deleteCluster(c *Cluster, detach bool) (*Operation, error) {
	if c.Gone || c.ProvisioningState == deleting {
		return nil, conflict("compute cluster", c.Name, c.ProvisioningState)
	}
	w.abandon(c.op)
	c.timer.cancel()
	c.drain.cancel()
	for _, j := range append(append([]*Job(nil), c.queue...), c.active...) {
		w.end(j, jobCanceled, "The compute cluster was deleted.")
	}
	c.ProvisioningState, c.ModifiedAt = deleting, w.now
	w.unblock(c)
	op := w.begin("", c.Workspace)
	return w.finishAfter(op, c.rng.between(45*time.Second, 75*time.Second), nil, func() {
		c.Gone = true
		c.Workspace.Clusters = without(c.Workspace.Clusters, c)
		if detach {
			return
		}
		c.bound.used.computes--
		for len(c.Nodes) > 0 {
			w.drop(c, c.Nodes[0])
		}
	}), nil
}

func taken(name string) *Denial {
	return &Denial{http.StatusConflict, "Conflict", fmt.Sprintf(
		"Compute name '%s' is not available. Reason: AlreadyExists. Message: The specified name %s is already in use and is therefore unavailable.", name, name)}
}

func unknownSize(size string) *Denial {
	return badArgument("The requested VM size %s is not supported by Azure Machine Learning.", strings.TrimSpace(size))
}
