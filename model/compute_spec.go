package model

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Compute types of what Azure ML manages, as the service spells them.
const (
	TypeInstance = "ComputeInstance"
	TypeCluster  = "AmlCompute"
)

// The bounds of an instance's idle shutdown.
const (
	ShortestIdle = 15 * time.Minute
	LongestIdle  = 3 * 24 * time.Hour
)

// ComputeSpec is what a compute instance or a compute cluster needs to be
// created.
type ComputeSpec struct {
	Kind        string // [TypeInstance] or [TypeCluster]
	Name        string
	Location    string // region; "" is the workspace's
	VMSize      SizeName
	Description string

	Idle      time.Duration      // instances: idle shutdown; 0: none
	Schedules []InstanceSchedule // instances
	Assigned  AssignedUser       // instances: whose it is, if not who creates it
	SSHKey    string             // instances: public key that turns public SSH on; "" leaves it off

	Priority Priority // clusters; "" is Dedicated
	Scale    Scale    // clusters
}

// AssignedUser is the user a personal instance is created for. Both are needed.
type AssignedUser struct{ ObjectID, TenantID string }

// Units is how many VMs bill at rest: an instance runs as soon as it is there,
// and a cluster keeps its minimum.
func (c *ComputeSpec) Units() int {
	if c.Kind == TypeCluster {
		return c.Scale.Min
	}
	return 1
}

// instanceName and clusterName are the service's naming rules.
var (
	instanceName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9-]{2,23}$`)
	clusterName  = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$`)
)

// Validate says what is missing or wrong, one sentence for each, or nothing.
func (c *ComputeSpec) Validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	switch c.Kind {
	case TypeInstance:
		if !instanceName.MatchString(c.Name) {
			bad("name: %q is not 3 to 24 letters, digits and dashes starting with a letter", c.Name)
		}
		errs = append(errs, c.instanceErrors()...)
	case TypeCluster:
		if !clusterName.MatchString(c.Name) {
			bad("name: %q is not 3 to 32 letters, digits and dashes starting with a letter and not ending with a dash", c.Name)
		}
		errs = append(errs, c.clusterErrors()...)
	default:
		bad("kind: %q is not one of %s, %s", c.Kind, TypeInstance, TypeCluster)
	}
	if c.VMSize == "" {
		bad("vm_size: name a VM size")
	}
	return errors.Join(errs...)
}

func (c *ComputeSpec) instanceErrors() []error {
	var errs []error
	if err := ValidateIdle(c.Idle); err != nil {
		errs = append(errs, err)
	}
	if err := ValidateSchedules(c.Schedules); err != nil {
		errs = append(errs, err)
	}
	if (c.Assigned.ObjectID == "") != (c.Assigned.TenantID == "") {
		errs = append(errs, errors.New("assigned: name the object id and the tenant id of the user"))
	}
	if c.Priority == LowPriority {
		errs = append(errs, errors.New("priority: a compute instance cannot be low priority"))
	}
	if c.Scale != (Scale{}) {
		errs = append(errs, errors.New("scale: a compute instance is one VM and does not scale"))
	}
	return errs
}

func (c *ComputeSpec) clusterErrors() []error {
	var errs []error
	if c.Priority != "" && c.Priority != Dedicated && c.Priority != LowPriority {
		errs = append(errs, fmt.Errorf("priority: %q is not one of %s, %s", c.Priority, Dedicated, LowPriority))
	}
	if err := c.Scale.validate(); err != nil {
		errs = append(errs, err)
	}
	if c.Idle != 0 || len(c.Schedules) > 0 || c.Assigned != (AssignedUser{}) || c.SSHKey != "" {
		errs = append(errs, errors.New("idle shutdown, schedules, SSH and assigned user are an instance's, not a cluster's"))
	}
	return errs
}

// ValidateIdle says what is wrong with an instance's idle shutdown, or nothing.
// 0 turns it off. The service counts in minutes.
func ValidateIdle(d time.Duration) error {
	if d != 0 && (d < ShortestIdle || d > LongestIdle) {
		return fmt.Errorf("idle: %s is not between %s and %s, nor off", Ago(d), Ago(ShortestIdle), Ago(LongestIdle))
	}
	if d%time.Minute != 0 {
		return fmt.Errorf("idle: %s is not whole minutes", d)
	}
	return nil
}

// ParseIdle reads an instance's idle shutdown: a duration, or off.
func ParseIdle(text string) (time.Duration, error) {
	switch Fold(strings.TrimSpace(text)) {
	case "off", "never", "none":
		return 0, nil
	}
	d, err := ParseDuration(text)
	if err != nil || d == 0 {
		return 0, fmt.Errorf("idle: %q is not a time such as 30m or 2h, nor off", text)
	}
	return d, ValidateIdle(d)
}

// CreateCommand is the command that creates a compute instance or cluster in a
// workspace. It fills in what follows from the workspace.
func CreateCommand(ws *Workspace, spec ComputeSpec) Command {
	if spec.Location == "" {
		spec.Location = ws.Location
	}
	if spec.Kind == TypeCluster && spec.Priority == "" {
		spec.Priority = Dedicated
	}
	id := ws.ARMID + "/computes/" + spec.Name
	return Command{Verb: VerbCreate, Target: Fold(id), ARMID: id, Name: spec.Name, Workspace: ws.ID, Create: &spec}
}
