package arm

import (
	"hash/fnv"
	"net/netip"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// stage is how much of a compute the service tells: right after a PUT or a
// PATCH it answers null for what it has not worked out yet.
type stage int

const (
	settled  stage = iota // everything
	creating              // the answer to a PUT; of a cluster, also a GET until it is done
	midway                // a GET of an instance that is being created
	updating              // the answer to a PATCH
)

// computeBody writes a compute target of any kind.
func (w *writer) computeBody(key string, target any) {
	switch t := target.(type) {
	case *sim.Cluster:
		w.clusterBody(key, t, stageOf(&t.Base, creating))
	case *sim.Instance:
		w.instanceBody(key, t, stageOf(&t.Base, midway))
	case *sim.Attached:
		w.attachedBody(key, t)
	}
}

// stageOf is the stage that a GET finds a compute in; made is that of one which
// is being created.
func stageOf(b *sim.Base, made stage) stage {
	if b.ProvisioningState == "Creating" && !b.Filled {
		return made
	}
	return settled
}

// envelope writes what every compute has around its own properties. It leaves
// the outer properties open; see endEnvelope.
func (w *writer) envelope(key string, b *sim.Base, kind, resource string, attached, identity bool, s stage) {
	id := b.ID()
	w.object(key)
	w.str("id", id)
	w.str("name", b.Name)
	w.str("type", namespace+"/workspaces/computes")
	w.str("location", b.Workspace.Location)
	if s == creating {
		w.null("tags")
	} else {
		w.strings("tags", b.Tags)
	}
	if identity {
		w.systemIdentity(id, b.Workspace.Subscription.Tenant)
	}
	w.object("properties")
	w.time("createdOn", b.CreatedAt)
	w.time("modifiedOn", b.ModifiedAt)
	w.bool("disableLocalAuth", false)
	w.strOrNull("description", b.Description)
	w.strOrNull("resourceId", resource)
	w.str("computeType", kind)
	if s != creating {
		w.str("computeLocation", b.Location)
	}
	w.str("provisioningState", b.ProvisioningState)
	if b.ProvisioningState == failed {
		w.faults("provisioningErrors", b.Faults)
	} else {
		w.null("provisioningErrors")
	}
	if s == creating {
		w.null("provisioningWarnings")
	} else {
		w.raw("provisioningWarnings", "{}")
	}
	w.bool("isAttachedCompute", attached)
}

func (w *writer) endEnvelope() {
	w.endObject()
	w.endObject()
}

// faults writes errors inside a resource, null if there are none.
func (w *writer) faults(key string, faults []sim.Fault) {
	if len(faults) == 0 {
		w.null(key)
		return
	}
	w.array(key)
	for _, f := range faults {
		w.object("")
		w.object("error")
		w.str("code", f.Code)
		w.str("message", f.Message)
		w.raw("details", "[]")
		w.endObject()
		w.endObject()
	}
	w.endArray()
}

func (w *writer) systemIdentity(id, tenant string) {
	w.object("identity")
	w.str("type", "SystemAssigned")
	w.str("principalId", guidOf("principal of "+id))
	w.str("tenantId", tenant)
	w.endObject()
}

// attachedBody writes a compute that Azure ML does not manage.
func (w *writer) attachedBody(key string, a *sim.Attached) {
	w.envelope(key, &a.Base, a.ComputeType, a.ResourceID, true, false, settled)
	if len(a.Inner) == 0 {
		w.raw("properties", "{}")
	} else {
		w.any("properties", a.Inner)
	}
	w.endEnvelope()
}

// clusterBody writes a compute cluster.
func (w *writer) clusterBody(key string, c *sim.Cluster, s stage) {
	resource := ""
	if s != creating && c.ProvisioningState == "Updating" {
		resource = "/subscriptions/" + c.Workspace.Subscription.ID + "/resourceGroups/" + c.Workspace.ResourceGroup +
			"/providers/Microsoft.BatchAI/workspaces/" + c.Workspace.Name + "/clusters/" + c.Name
	}
	w.envelope(key, &c.Base, "AmlCompute", resource, false, false, s)
	w.object("properties")
	w.str("vmSize", strings.ToUpper(c.VMSize))
	if s == creating {
		w.null("vmPriority")
	} else {
		w.str("vmPriority", priority(c.LowPriority))
	}
	w.object("scaleSettings")
	w.int("maxNodeCount", c.Max)
	w.int("minNodeCount", c.Min)
	if s == settled {
		w.str("nodeIdleTimeBeforeScaleDown", isoDuration(c.IdleTime))
	} else {
		w.null("nodeIdleTimeBeforeScaleDown")
	}
	w.endObject()
	w.null("subnet")
	if s == settled {
		w.allocation(c)
		w.faults("errors", c.Faults)
		w.str("remoteLoginPortPublicAccess", "Enabled")
	} else {
		w.nulls("currentNodeCount", "targetNodeCount", "nodeStateCounts", "allocationState", "errors")
		w.str("remoteLoginPortPublicAccess", "NotSpecified")
	}
	w.str("osType", "Linux")
	w.null("virtualMachineImage")
	w.bool("isolatedNetwork", false)
	w.bool("enableNodePublicIp", true)
	w.bool("enableBatchPrivateLink", false)
	if s == settled {
		w.raw("propertyBag", "{}")
	}
	w.endObject()
	w.endEnvelope()
}

// allocation writes how many nodes there are, and in which states.
func (w *writer) allocation(c *sim.Cluster) {
	counts := map[string]int{}
	for _, n := range c.Nodes {
		counts[n.State]++
	}
	w.int("currentNodeCount", len(c.Nodes)-counts["preempted"])
	w.int("targetNodeCount", c.Target)
	w.object("nodeStateCounts")
	for _, state := range []string{"preparing", "running", "idle", "unusable", "leaving", "preempted"} {
		w.int(state+"NodeCount", counts[state])
	}
	w.endObject()
	w.str("allocationState", c.AllocationState)
	w.millis("allocationStateTransitionTime", c.AllocationSince)
}

func priority(low bool) string {
	if low {
		return "LowPriority"
	}
	return "Dedicated"
}

// guidOf is the GUID that always belongs to a name.
func guidOf(name string) string {
	h := fnv.New128a()
	_, _ = h.Write([]byte(name)) // never fails
	var sum [16]byte
	h.Sum(sum[:0])
	return formatGUID(sum)
}

// addressOf is the address, within a range, that always belongs to a name.
func addressOf(first byte, name string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // never fails
	n := h.Sum32()
	return netip.AddrFrom4([4]byte{first, byte(n >> 16), byte(n >> 8), byte(n)%254 + 1}).String()
}
