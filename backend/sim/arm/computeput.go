package arm

import (
	"net/http"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// computeIn is the body of a PUT or a PATCH of a compute.
type computeIn struct {
	Location   string            `json:"location"`
	Tags       map[string]string `json:"tags"`
	Identity   *struct{ Type string }
	Properties *struct {
		ComputeType     string          `json:"computeType"`
		ComputeLocation string          `json:"computeLocation"`
		Description     string          `json:"description"`
		Properties      *computeInnerIn `json:"properties"`
	} `json:"properties"`
}

// computeInnerIn is the inner properties of a cluster or an instance.
type computeInnerIn struct {
	VMSize        string           `json:"vmSize"`
	VMPriority    string           `json:"vmPriority"`
	ScaleSettings *scaleSettingsIn `json:"scaleSettings"`

	IdleTimeBeforeShutdown string `json:"idleTimeBeforeShutdown"`
	SSHSettings            struct {
		SSHPublicAccess string `json:"sshPublicAccess"`
	} `json:"sshSettings"`
	Personal struct {
		AssignedUser struct {
			ObjectID string `json:"objectId"`
		} `json:"assignedUser"`
	} `json:"personalComputeInstanceSettings"`
	Schedules *schedulesIn `json:"schedules"`
}

type scaleSettingsIn struct {
	Max  *int    `json:"maxNodeCount"`
	Min  *int    `json:"minNodeCount"`
	Idle *string `json:"nodeIdleTimeBeforeScaleDown"`
}

// putCompute creates a cluster or an instance, or replaces its settings.
func putCompute(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	var in computeIn
	if err := c.decode(&in); err != nil {
		return err
	}
	if err := checkLocation(ws.Subscription, in.Location, "workspaces/computes"); err != nil {
		return err
	}
	if in.Properties == nil || in.Properties.Properties == nil {
		return userError("The body needs properties.computeType and properties.properties.")
	}
	switch in.Properties.ComputeType {
	case "AmlCompute":
		return c.putCluster(ws, &in)
	case "ComputeInstance":
		return c.putInstance(ws, &in)
	}
	return userError("The simulator creates computes of type AmlCompute and ComputeInstance only, not '%s'.", in.Properties.ComputeType)
}

func (c *call) putCluster(ws *sim.Workspace, in *computeIn) error {
	inner := in.Properties.Properties
	if inner.ScaleSettings == nil || inner.ScaleSettings.Max == nil {
		return userError("scaleSettings.maxNodeCount is required.")
	}
	idle, err := inner.ScaleSettings.idle(0) // the world knows the default
	if err != nil {
		return err
	}
	spec := sim.ClusterSpec{
		VMSize:      inner.VMSize,
		LowPriority: strings.EqualFold(inner.VMPriority, "LowPriority"),
		Scale:       sim.ScaleSpec{Min: or(inner.ScaleSettings.Min, 0), Max: *inner.ScaleSettings.Max, Idle: idle},
		Location:    in.Properties.ComputeLocation,
		Description: in.Properties.Description,
		Tags:        in.Tags,
	}
	cluster, op, err := c.world().PutCluster(ws, c.arg("compute"), spec)
	if err != nil {
		return err
	}
	c.computeAccepted(op, http.StatusCreated)
	c.clusterBody("", cluster, creating)
	return nil
}

func (c *call) putInstance(ws *sim.Workspace, in *computeIn) error {
	inner := in.Properties.Properties
	spec := sim.InstanceSpec{
		VMSize:      inner.VMSize,
		Description: in.Properties.Description,
		Tags:        in.Tags,
		OwnerName:   c.s.opts.Principal.Name,
		OwnerID:     c.s.opts.Principal.ObjectID,
		Identity:    in.Identity != nil && in.Identity.Type != "" && in.Identity.Type != "None",
		SSH:         strings.EqualFold(inner.SSHSettings.SSHPublicAccess, "Enabled"),
	}
	if id := inner.Personal.AssignedUser.ObjectID; id != "" {
		spec.OwnerID = id
	}
	if text := inner.IdleTimeBeforeShutdown; text != "" {
		d, err := parseDuration(text)
		if err != nil {
			return userError("idleTimeBeforeShutdown: %v.", err)
		}
		spec.IdleShutdown = d
	}
	spec.Schedules = c.schedulesFrom(inner.Schedules)
	instance, op, err := c.world().PutInstance(ws, c.arg("compute"), spec)
	if err != nil {
		return err
	}
	c.computeAccepted(op, http.StatusCreated)
	c.instanceBody("", instance, creating)
	return nil
}

// patchCompute changes the scale settings of a cluster. They have to stand
// within double properties: with single ones the service answers as if it had
// done something, and has not.
func patchCompute(c *call) error {
	target, err := c.compute()
	if err != nil {
		return err
	}
	cluster, ok := target.(*sim.Cluster)
	if !ok {
		return userError("Update of compute '%s' of type %s is not supported; it applies to AmlCompute only.",
			c.arg("compute"), computeType(target))
	}
	var in computeIn
	if err := c.decode(&in); err != nil {
		return err
	}
	spec := sim.ScaleSpec{Min: cluster.Min, Max: cluster.Max, Idle: cluster.IdleTime}
	if in.Properties != nil && in.Properties.Properties != nil && in.Properties.Properties.ScaleSettings != nil {
		s := in.Properties.Properties.ScaleSettings
		if s.Max == nil {
			return userError("scaleSettings.maxNodeCount is required.")
		}
		if spec.Idle, err = s.idle(cluster.IdleTime); err != nil {
			return err
		}
		spec.Max, spec.Min = *s.Max, or(s.Min, cluster.Min)
	}
	op, err := c.world().ScaleCluster(cluster, spec)
	if err != nil {
		return err
	}
	c.computeAccepted(op, http.StatusAccepted)
	c.clusterBody("", cluster, updating)
	return nil
}

// idle is the idle time before scale-down that was sent, or otherwise.
func (s *scaleSettingsIn) idle(otherwise time.Duration) (time.Duration, error) {
	if s.Idle == nil || *s.Idle == "" {
		return otherwise, nil
	}
	d, err := parseDuration(*s.Idle)
	if err != nil {
		return 0, userError("nodeIdleTimeBeforeScaleDown: %v.", err)
	}
	return d, nil
}
