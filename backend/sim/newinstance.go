package sim

import (
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// InstanceSpec is what a PUT of an instance asks for.
type InstanceSpec struct {
	VMSize       string
	Description  string
	Tags         map[string]string
	OwnerName    string // who creates it, or who it is assigned to
	OwnerID      string
	IdleShutdown time.Duration // 0: none
	Schedules    []Schedule
	Identity     bool
	SSH          bool
}

// misnamed is the service's answer to a name that no instance can have.
func misnamed(name string) *Denial {
	return badArgument("Compute name '%s' is not available. Reason: Invalid. Message: A name for an Azure ML Compute Instance must be between 3 and 24"+
		" characters in length and must use only numbers, letters and minus symbol (-), must start with letters."+
		" Numbers cannot be the ending of the name if the previous character is a minus symbol (-). Please specify a different Azure ML Instance name.", name)
}

// PutInstance creates an instance, which takes about five minutes. A PUT over an
// existing one changes its tags and description, and its schedules if it names
// any; its size is fixed.
func (w *World) PutInstance(ws *Workspace, name string, spec InstanceSpec) (*Instance, *Operation, error) {
	switch old := ws.FindCompute(name).(type) {
	case nil:
	case *Instance:
		return w.editInstance(old, spec)
	default:
		return nil, nil, taken(name)
	}
	hw, known := hardwareOf(spec.VMSize)
	region := w.region(ws.Subscription, ws.Location)
	switch {
	case model.CheckInstanceName(name) != nil:
		return nil, nil, misnamed(name)
	case !known:
		return nil, nil, unknownSize(spec.VMSize)
	case w.instanceInRegion(ws, name):
		return nil, nil, taken(name)
	}
	if err := checkSchedules(spec.Schedules); err != nil {
		return nil, nil, err
	}
	if d := checkIdle(spec.IdleShutdown); d != nil {
		return nil, nil, d
	}
	if d := region.noRoom(hw, false, 1, true); d != nil {
		return nil, nil, d
	}
	if d := region.tooMany(); d != nil {
		return nil, nil, d
	}

	i := &Instance{
		Base:   w.newBase(ws, name, ws.Location, hw, spec.Tags),
		VMSize: strings.ToUpper(spec.VMSize), OwnerName: spec.OwnerName, OwnerID: spec.OwnerID,
		IdleShutdown: spec.IdleShutdown, Identity: spec.Identity, SSH: spec.SSH, Schedules: spec.Schedules,
		LastActivity: w.now,
	}
	i.Description = spec.Description
	ws.Instances = append(ws.Instances[:len(ws.Instances):len(ws.Instances)], i)
	region.take(hw, false, hw.cores)
	region.used.computes++
	op := w.begin("", ws)
	w.undertake(i, "Create", triggerUser, op, model.StateCreating)
	w.set(&i.timer, i.rng.between(150*time.Second, 210*time.Second), func() {
		w.become(i, model.StateSettingUp)
		w.set(&i.timer, i.rng.between(90*time.Second, 180*time.Second), func() { w.created(i) })
	})
	return i, op, nil
}

func (w *World) created(i *Instance) {
	i.ProvisioningState, i.Filled, i.ModifiedAt = provisioned, true, w.now
	w.settle(i, model.StateRunning, nil)
	w.rise(i)
	w.followSchedules(i)
}

func (w *World) editInstance(i *Instance, spec InstanceSpec) (*Instance, *Operation, error) {
	if d := i.busy(); d != nil {
		return nil, nil, d
	}
	if spec.VMSize != "" && !strings.EqualFold(spec.VMSize, i.VMSize) {
		return nil, nil, badArgument("The VM size of compute instance %s cannot be changed after creation.", i.Name)
	}
	if len(spec.Schedules) > 0 {
		if err := w.SetSchedules(i, spec.Schedules); err != nil {
			return nil, nil, err
		}
	}
	i.Tags, i.Description, i.ModifiedAt = spec.Tags, spec.Description, w.now
	op := w.begin("", i.Workspace)
	return i, w.finishAfter(op, 5*time.Second, nil, nil), nil
}

// instanceInRegion reports whether a name is taken: instance names are unique
// within a region, not only within a workspace.
func (w *World) instanceInRegion(ws *Workspace, name string) bool {
	for _, s := range w.subs {
		for _, other := range s.Workspaces {
			if strings.EqualFold(other.Location, ws.Location) && named(other.Instances, name) != nil {
				return true
			}
		}
	}
	return false
}
