package azure

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/amltop/amltop/model"
)

// planCreate is: see that the name is free, see it again, create, and set the
// idle rule of an instance. A PUT over what is there would replace it without
// asking; and where a name was just deleted, the service may bring the old
// target's settings back, so that one look is not enough.
func (c *Client) planCreate(cmd model.Command) ([]step, error) {
	spec := cmd.Create
	if spec == nil {
		return nil, &model.Refusal{Message: "create: nothing says what to create"}
	}
	if err := spec.Validate(); err != nil {
		return nil, &model.Refusal{Message: clean(err.Error()), Err: err}
	}
	armID := idOf(cmd)
	id, err := inWorkspace(armID, 2)
	if err != nil {
		return nil, err
	}
	free := func(ctx context.Context) error { return c.nameFree(ctx, armID) }
	steps := []step{
		{name: "name", send: func(ctx context.Context) (*operation, error) { return nil, free(ctx) }},
		c.createStep(armID, id, *spec, free),
	}
	if spec.Kind == model.TypeInstance && spec.Idle > 0 {
		rule := c.postStep("idle shutdown", armID, idlePath, idleVersion, idleBody(spec.Idle))
		rule.patient = true // it is set once the instance is there to take it
		steps = append(steps, rule)
	}
	return steps, nil
}

// nameFree refuses a name that a compute target has.
func (c *Client) nameFree(ctx context.Context, armID string) error {
	there, err := c.provisioning(ctx, armID)
	switch {
	case err != nil:
		return err
	case there != "":
		return &model.Refusal{
			Code:    "NameTaken",
			Message: fmt.Sprintf("the workspace has a compute target called %s (%s); creating it again would replace it", clean(model.BaseName(armID)), there),
			Next:    "Choose another name, or delete it first.",
		}
	default:
		return nil
	}
}

// staysFree is how long after the first look the second one is taken.
const staysFree = 2 * time.Second

// createStep creates what the spec says, at the second look. A service that is
// still busy with the name's last bearer is waited for.
func (c *Client) createStep(armID string, id model.ResourceID, spec model.ComputeSpec, free func(context.Context) error) step {
	const name = "create"
	var looked time.Time
	return step{name: name, patient: true, send: func(ctx context.Context) (*operation, error) {
		if looked.IsZero() {
			looked = c.now()
		}
		if c.now().Sub(looked) < staysFree {
			return nil, &model.Refusal{Class: model.ErrConflict, Message: "seeing that the name stays free"}
		}
		if err := free(ctx); err != nil {
			return nil, err
		}
		if spec.Location == "" {
			ml, err := c.ml(subscription(id))
			if err != nil {
				return nil, err
			}
			if spec.Location, err = c.locationOf(ctx, ml, id.ResourceGroup, id.Names[0]); err != nil {
				return nil, err
			}
		}
		return c.write(ctx, name, http.MethodPut, armID, "", apiVersion, bodyOf(spec))
	}}
}

// outCompute is the body of a PUT. The SDK's types do not have all of it.
type outCompute struct {
	Location   string        `json:"location"`
	Properties outProperties `json:"properties"`
}

type outProperties struct {
	ComputeType     string `json:"computeType"`
	ComputeLocation string `json:"computeLocation"`
	Description     string `json:"description,omitempty"`
	Properties      any    `json:"properties"`
}

type outCluster struct {
	VMSize   string   `json:"vmSize"`
	Priority string   `json:"vmPriority"`
	Scale    outScale `json:"scaleSettings"`
}

type outScale struct {
	Min  int    `json:"minNodeCount"`
	Max  int    `json:"maxNodeCount"`
	Idle string `json:"nodeIdleTimeBeforeScaleDown,omitempty"` // left out: the service's default of 120 s
}

type outInstance struct {
	VMSize    string        `json:"vmSize"`
	Auth      string        `json:"computeInstanceAuthorizationType"`
	SSH       outSSH        `json:"sshSettings"`
	Personal  *outPersonal  `json:"personalComputeInstanceSettings,omitempty"`
	Schedules *outSchedules `json:"schedules,omitempty"`
}

type outSSH struct {
	Public string `json:"sshPublicAccess"`
	Key    string `json:"adminPublicKey,omitempty"`
}

type outPersonal struct {
	Assigned struct {
		ObjectID string `json:"objectId"`
		TenantID string `json:"tenantId"`
	} `json:"assignedUser"`
}

func bodyOf(spec model.ComputeSpec) outCompute {
	body := outCompute{Location: spec.Location, Properties: outProperties{
		ComputeType: spec.Kind, ComputeLocation: spec.Location, Description: spec.Description,
	}}
	if spec.Kind == model.TypeCluster {
		cluster := outCluster{VMSize: string(spec.VMSize), Priority: string(spec.Priority), Scale: outScale{Min: spec.Scale.Min, Max: spec.Scale.Max}}
		if cluster.Priority == "" {
			cluster.Priority = string(model.Dedicated)
		}
		if spec.Scale.IdleBeforeScaleDown > 0 {
			cluster.Scale.Idle = isoPeriod(spec.Scale.IdleBeforeScaleDown)
		}
		body.Properties.Properties = cluster
		return body
	}
	instance := outInstance{VMSize: string(spec.VMSize), Auth: "personal", SSH: outSSH{Public: "Disabled"}}
	if spec.SSHKey != "" {
		instance.SSH = outSSH{Public: "Enabled", Key: spec.SSHKey}
	}
	if spec.Assigned.ObjectID != "" {
		instance.Personal = &outPersonal{}
		instance.Personal.Assigned.ObjectID, instance.Personal.Assigned.TenantID = spec.Assigned.ObjectID, spec.Assigned.TenantID
	}
	if len(spec.Schedules) > 0 {
		instance.Schedules = outSchedulesOf(spec.Schedules)
	}
	body.Properties.Properties = instance
	return body
}
