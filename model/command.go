package model

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Verb is what a command does. The words are those of the command line.
type Verb string

// The verbs.
const (
	VerbStart     Verb = "start"
	VerbStop      Verb = "stop"
	VerbRestart   Verb = "restart"
	VerbDelete    Verb = "delete"   // a compute target that Azure ML manages, or an endpoint with its deployments
	VerbDetach    Verb = "detach"   // attached compute leaves its workspace; what is attached stays as it is
	VerbCreate    Verb = "create"   // a compute instance or a compute cluster
	VerbScale     Verb = "scale"    // a cluster's minimum, maximum and idle time, or the instances of a managed online deployment
	VerbIdle      Verb = "idle"     // an instance's idle shutdown
	VerbSchedule  Verb = "schedule" // the start and stop schedules of an instance, all of them
	VerbDeploy    Verb = "deploy"   // create (or replace) a deployment, and its endpoint if there is none
	VerbUndeploy  Verb = "undeploy" // delete a deployment
	VerbTraffic   Verb = "traffic"  // set an online endpoint's traffic, or a batch endpoint's default
	VerbCancelJob Verb = "cancel"   // cancel a job
)

// Command is something the user wants done to one target. It is a value: it
// can be shown, checked, written down and sent again.
type Command struct {
	Verb      Verb
	Target    string // identity (lower-case ARM id) of what it acts on; for deploy and create, of what is to be
	ARMID     string // the same as the service spells it
	Name      string // for people
	Workspace WorkspaceID
	Scale     *Scale             // for scale of a cluster
	Instances int                // for scale of a deployment
	Create    *ComputeSpec       // for create
	Idle      time.Duration      // for idle; 0 turns it off
	Schedules []InstanceSchedule // for schedule: all that the instance is to have, none for no schedule
	Deploy    *DeploymentSpec    // for deploy
	Traffic   map[string]int     // for traffic
}

// Called is the target's name where it stands alone: many a deployment is
// called blue, so one to be goes by its endpoint's name, too.
func (c Command) Called() string {
	if c.Deploy != nil && c.Deploy.Endpoint != "" {
		return c.Deploy.Endpoint + "/" + c.Name
	}
	return c.Name
}

// Doing is the command while it happens: "stopping ana-gpu".
func (c Command) Doing() string {
	switch c.Verb {
	case VerbIdle, VerbSchedule, VerbTraffic:
		return c.Verb.Gerund() + " of " + c.Called()
	default:
		return c.Verb.Gerund() + " " + c.Called()
	}
}

// DeploymentSpec is what a deployment needs to come up.
type DeploymentSpec struct {
	Kind        TargetKind
	Endpoint    string
	Name        string
	NewEndpoint bool   // create the endpoint first
	AuthMode    string // Key, AMLToken, AADToken: of a new endpoint
	Location    string
	Model       string // ARM id or azureml: reference of a registered model; "" with an image that holds it
	Environment string // ARM id or azureml: reference of an environment, or a container image
	CodeID      string
	Scoring     string // scoring script within the code
	VMSize      SizeName
	Instances   int
	Cluster     string // for batch: name of the cluster
	Traffic     int    // per cent the deployment gets once it is up; 0 leaves the traffic alone
}

// Validate says what is missing or wrong, one sentence for each, or nothing.
func (d *DeploymentSpec) Validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if err := validName("endpoint", d.Endpoint); err != nil {
		errs = append(errs, err)
	}
	if err := validName("name", d.Name); err != nil {
		errs = append(errs, err)
	}
	if d.Model == "" && d.Environment == "" {
		bad("model: name a registered model, or an image in environment")
	}
	switch d.Kind {
	case TargetManaged:
		if d.VMSize == "" {
			bad("vm_size: a managed online deployment needs a VM size")
		}
	case TargetBatch:
		if d.Cluster == "" {
			bad("cluster: a batch deployment runs on a compute cluster; name it")
		}
	default:
		bad("kind: %q is not one of managed, batch", d.Kind)
	}
	if d.Instances < 1 || d.Instances > MaxInstances {
		bad("instances: %d is not between 1 and %d", d.Instances, MaxInstances)
	}
	if d.Traffic < 0 || d.Traffic > 100 {
		bad("traffic: %d is not between 0 and 100", d.Traffic)
	}
	return errors.Join(errs...)
}

// validName checks the naming rule of endpoints and deployments: 3 to 32
// letters, digits and single dashes, starting with a letter.
func validName(what, name string) error {
	ok := len(name) >= 3 && len(name) <= 32 && !strings.Contains(name, "--") && !strings.HasSuffix(name, "-")
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			ok = false
		}
	}
	if !ok {
		return fmt.Errorf("%s: %q is not 3 to 32 letters, digits and single dashes starting with a letter", what, name)
	}
	return nil
}

// Gerund is the verb while it happens: "stopping".
func (v Verb) Gerund() string {
	switch v {
	case VerbStop:
		return "stopping"
	case VerbCancelJob:
		return "cancelling"
	case VerbTraffic:
		return "setting traffic"
	case VerbDelete, VerbCreate, VerbScale:
		return strings.TrimSuffix(string(v), "e") + "ing"
	case VerbIdle:
		return "setting the idle rule"
	case VerbSchedule:
		return "setting schedules"
	default:
		return string(v) + "ing"
	}
}
