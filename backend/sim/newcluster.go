package sim

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

// ClusterSpec is what a PUT of a cluster asks for.
type ClusterSpec struct {
	VMSize      string
	LowPriority bool
	Scale       ScaleSpec
	Location    string // "": the workspace's
	Description string
	Tags        map[string]string
}

// ScaleSpec are a cluster's scale settings. They belong together: whoever
// changes one sends all.
type ScaleSpec struct {
	Min, Max int
	Idle     time.Duration // 0: the service's default of 120 s
}

var clusterName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$`)

// PutCluster creates a cluster. Over an existing one it replaces the scale
// settings; VM size and priority are fixed from creation on.
func (w *World) PutCluster(ws *Workspace, name string, spec ClusterSpec) (*Cluster, *Operation, error) {
	switch old := ws.FindCompute(name).(type) {
	case nil:
	case *Cluster:
		return w.replaceCluster(old, spec)
	default:
		return nil, nil, taken(name)
	}
	hw, known := hardwareOf(spec.VMSize)
	if !clusterName.MatchString(name) {
		return nil, nil, badArgument("Compute cluster name %q is invalid: 3 to 32 letters, digits and dashes, starting with a letter.", name)
	}
	if !known {
		return nil, nil, unknownSize(spec.VMSize)
	}
	location := strings.ToLower(spec.Location)
	if location == "" {
		location = ws.Location
	}
	c := &Cluster{
		Base:   w.newBase(ws, name, location, hw, spec.Tags),
		VMSize: strings.ToUpper(spec.VMSize), LowPriority: spec.LowPriority,
		AllocationSince: w.now,
		eviction:        6 * time.Hour,
	}
	if d := checkScale(c, spec.Scale); d != nil {
		return nil, nil, d
	}
	if d := c.bound.tooMany(); d != nil {
		return nil, nil, d
	}
	c.Description = spec.Description
	c.Min, c.Max, c.IdleTime = spec.Scale.Min, spec.Scale.Max, idleTime(spec.Scale.Idle)
	ws.Clusters = append(ws.Clusters[:len(ws.Clusters):len(ws.Clusters)], c)
	c.bound.used.computes++
	return c, w.rescale(c, spec.Scale, creating, 10*time.Second, 30*time.Second), nil
}

func (w *World) replaceCluster(c *Cluster, spec ClusterSpec) (*Cluster, *Operation, error) {
	if d := c.busy(); d != nil {
		return nil, nil, d
	}
	if spec.VMSize != "" && !strings.EqualFold(spec.VMSize, c.VMSize) || spec.LowPriority != c.LowPriority {
		return nil, nil, badArgument("The VM size and priority of compute cluster %s cannot be changed after creation.", c.Name)
	}
	if d := checkScale(c, spec.Scale); d != nil {
		return nil, nil, d
	}
	c.Tags, c.Description = spec.Tags, spec.Description
	return c, w.rescale(c, spec.Scale, creating, 6*time.Second, 15*time.Second), nil
}

// ScaleCluster changes a cluster's scale settings. They take effect when the
// operation is done: until then the cluster reads as before.
func (w *World) ScaleCluster(c *Cluster, spec ScaleSpec) (*Operation, error) {
	if d := c.busy(); d != nil {
		return nil, d
	}
	if d := checkScale(c, spec); d != nil {
		return nil, d
	}
	return w.rescale(c, spec, updating, 4*time.Second, 8*time.Second), nil
}

// rescale provisions a cluster with new scale settings. A resize also rids it
// of its unusable nodes.
func (w *World) rescale(c *Cluster, spec ScaleSpec, state string, least, most time.Duration) *Operation {
	c.ProvisioningState, c.Filled, c.ModifiedAt = state, false, w.now
	c.op = w.begin("", c.Workspace)
	w.set(&c.timer, c.rng.between(least, most), func() {
		c.ProvisioningState, c.Filled = provisioned, true
		c.Min, c.Max, c.IdleTime = spec.Min, spec.Max, idleTime(spec.Idle)
		w.finish(c.op, nil)
		c.op = nil
		if c.AllocationState == "" {
			c.AllocationState, c.AllocationSince = "Steady", w.now
		}
		if !c.ScaleBlocked {
			for _, n := range c.in(nodeUnusable) {
				w.leave(c, n)
			}
		}
		w.reconcile(c)
	})
	return c.op
}

func (c *Cluster) busy() *Denial {
	if c.Gone || c.ProvisioningState == creating || c.ProvisioningState == updating || c.ProvisioningState == deleting {
		return conflict("compute cluster", c.Name, c.ProvisioningState)
	}
	return nil
}

// mostNodes is the service's limit for clusters, raised on request only.
const mostNodes = 100

func checkScale(c *Cluster, s ScaleSpec) *Denial {
	switch {
	case s.Min < 0 || s.Max < s.Min || s.Max < 1:
		return badArgument("Invalid scale settings of %s: minNodeCount %d, maxNodeCount %d.", c.Name, s.Min, s.Max)
	case s.Max > mostNodes:
		return &Denial{http.StatusBadRequest, "BadArgument", "The requested maxNodeCount exceeds the limit of 100 nodes per cluster."}
	}
	return c.bound.noRoom(c.hw, c.LowPriority, max(1, s.Min), false)
}
