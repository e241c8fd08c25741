package azure

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// State re-reads what a command aimed at. Reads lag behind writes, so a target
// counts as failed only where the service says so: by a state that is an end
// and a failure, or by the last operation it records. A state that is merely
// not the one asked for, such as Running right after a stop, is neither
// reached nor failed.
func (c *Client) State(ctx context.Context, cmd model.Command) (backend.TargetState, error) {
	var state backend.TargetState
	var err error
	id, _ := model.ParseResourceID(idOf(cmd)) // what is none is refused below
	switch {
	case cmd.Verb == model.VerbDeploy, cmd.Verb == model.VerbUndeploy, cmd.Verb == model.VerbScale && len(id.Names) == 3:
		state, err = c.stateOfDeployment(ctx, cmd)
	case cmd.Verb == model.VerbTraffic, cmd.Verb == model.VerbDelete && isEndpoint(id):
		state, err = c.stateOfTraffic(ctx, cmd)
	case cmd.Verb == model.VerbCancelJob:
		state, err = c.stateOfJob(ctx, cmd)
	default:
		state, err = c.stateOfCompute(ctx, cmd)
	}
	if errors.Is(err, model.ErrNotFound) {
		wanted := cmd.Verb == model.VerbDelete || cmd.Verb == model.VerbUndeploy || cmd.Verb == model.VerbDetach
		return backend.TargetState{State: "gone", Gone: true, Reached: wanted, Failed: !wanted}, nil
	}
	return state, err
}

func (c *Client) stateOfCompute(ctx context.Context, cmd model.Command) (backend.TargetState, error) {
	found, err := c.Compute(ctx, idOf(cmd))
	if err != nil {
		return backend.TargetState{}, err
	}
	switch {
	case len(found.Instances) == 1:
		return judgeInstance(found.Instances[0], cmd), nil
	case len(found.Clusters) == 1:
		return judgeCluster(found.Clusters[0], cmd), nil
	case len(found.Attached) == 1:
		a := found.Attached[0]
		return judgeProvisioning(a.ProvisioningState, a.Faults, false), nil
	default:
		return backend.TargetState{}, &model.Refusal{Message: "read the compute: the answer holds none"}
	}
}

// judgeInstance compares an instance with what the verb asked for.
func judgeInstance(i *model.Instance, cmd model.Command) backend.TargetState {
	verb := cmd.Verb
	if verb == model.VerbIdle || verb == model.VerbSchedule {
		return judgeRule(i, cmd)
	}
	s := backend.TargetState{State: string(i.State)}
	running := i.State == model.StateRunning || i.State == model.StateJobRunning
	lastIs := strings.EqualFold(i.Last.Name, operationOf(verb))
	switch verb {
	case model.VerbStop:
		s.Reached = i.State == model.StateStopped
	case model.VerbStart:
		s.Reached = running
	case model.VerbRestart:
		// Running is where it came from: the recorded operation tells whether
		// the restart is behind it.
		s.Reached = running && (i.Last.Name == "" || lastIs && strings.EqualFold(i.Last.Status, "Succeeded"))
	case model.VerbCreate:
		judgeCreated(i, cmd.Create, &s)
	}
	if s.Reached {
		return s
	}
	recorded := lastIs && strings.HasSuffix(model.Fold(i.Last.Status), "failed")
	info := i.State.Info()
	broken := info.Health == model.HealthBad && !info.Transient
	if verb == model.VerbDelete { // a broken instance may well be on its way out
		broken = false
	}
	if recorded || broken {
		s.Failed = true
		s.Detail = detailOf(i.Faults)
		if s.Detail == "" && recorded {
			s.Detail = "the service records " + i.Last.Status
		}
	}
	return s
}

// operationOf is the service's name for what a verb does to an instance.
func operationOf(verb model.Verb) string {
	switch verb {
	case model.VerbStart:
		return "Start"
	case model.VerbStop:
		return "Stop"
	case model.VerbRestart:
		return "Restart"
	case model.VerbDelete:
		return "Delete"
	case model.VerbCreate:
		return "Create"
	default:
		return string(verb)
	}
}

// judgeCluster compares a cluster with what the command asked for. A change of
// scale is reached when the settings read back are the ones sent: the nodes
// follow in their own time.
func judgeCluster(c *model.Cluster, cmd model.Command) backend.TargetState {
	state := c.AllocationState
	if state == "" || !strings.EqualFold(c.ProvisioningState, "Succeeded") {
		state = c.ProvisioningState
	}
	switch {
	case c.Current != c.TargetNodes:
		state = strings.TrimSpace(fmt.Sprintf("%s %d → %d nodes", state, c.Current, c.TargetNodes))
	case c.Current == 1:
		state = strings.TrimSpace(state + " 1 node")
	default:
		state = strings.TrimSpace(fmt.Sprintf("%s %d nodes", state, c.Current))
	}
	s := backend.TargetState{State: state}
	settled := !model.ProvisioningTransient(c.ProvisioningState)
	if cmd.Verb == model.VerbScale && cmd.Scale != nil {
		s.Reached = settled && c.Scale == *cmd.Scale
		s.State += fmt.Sprintf(", %d–%d", c.Scale.Min, c.Scale.Max)
	}
	if cmd.Verb == model.VerbCreate {
		s.Reached = strings.EqualFold(c.ProvisioningState, "Succeeded")
		s.State += fmt.Sprintf(", %d–%d", c.Scale.Min, c.Scale.Max)
	}
	if strings.EqualFold(c.ProvisioningState, "Failed") && !s.Reached {
		s.Failed = true
	}
	if s.Failed || s.Reached { // a cluster may take the settings and still report that it lacks quota
		s.Detail = detailOf(c.Faults)
	}
	return s
}

// judgeProvisioning judges by the provisioning state alone.
func judgeProvisioning(state string, faults []model.Fault, reachedWhenDone bool) backend.TargetState {
	s := backend.TargetState{State: state}
	switch model.Fold(state) {
	case "succeeded":
		s.Reached = reachedWhenDone
	case "failed", "canceled", "cancelled":
		s.Failed = true
		s.Detail = detailOf(faults)
	}
	return s
}

func detailOf(faults []model.Fault) string {
	words := make([]string, 0, len(faults))
	for _, f := range faults {
		words = append(words, f.String())
	}
	return strings.Join(words, "; ")
}
