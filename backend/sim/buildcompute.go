package sim

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

func (w *World) buildAttached(ws *Workspace, def attachedDef) {
	a := &Attached{
		Base: w.newBase(ws, def.Name, ws.Location, hardware{}, def.Tags), ComputeType: def.ComputeType,
		ResourceID: def.ResourceID, Inner: def.Inner,
	}
	if def.Location != "" {
		a.Location = def.Location
	}
	a.settled(def.Created, w.start, def.Description)
	if def.State != "" {
		a.ProvisioningState = def.State
	}
	ws.Attached = append(ws.Attached, a)
}

// settled marks a compute as one that has existed for a while. What is not
// dated yet is dated when all that happened on it is known.
func (b *Base) settled(created moment, start time.Time, description string) {
	b.ProvisioningState, b.Filled, b.Description = provisioned, true, description
	b.CreatedAt = created.in(start, time.Time{})
	b.ModifiedAt = b.CreatedAt.Add(4 * time.Minute)
}

func (w *World) buildCluster(ws *Workspace, def clusterDef) error {
	hw, known := hardwareOf(def.VMSize)
	if !known {
		return fmt.Errorf("VM size %q is unknown", def.VMSize)
	}
	location := ws.Location
	if def.Location != "" {
		location = strings.ToLower(def.Location)
	}
	c := &Cluster{
		Base: w.newBase(ws, def.Name, location, hw, def.Tags), VMSize: strings.ToUpper(def.VMSize),
		LowPriority: def.LowPriority, Min: def.Min, Max: def.Max, IdleTime: idleTime(def.IdleTime),
		ScaleBlocked: def.Locked, eviction: def.Eviction, unreliable: def.Unreliable,
		AllocationState: model.AllocationSteady,
	}
	if c.Max < 1 || c.Min < 0 || c.Min > c.Max {
		return fmt.Errorf("scale settings %d to %d are not possible", c.Min, c.Max)
	}
	c.settled(def.Created, w.start, def.Description)
	if c.ScaleBlocked {
		c.AllocationState, c.AllocationSince = model.AllocationResizing, w.start.Add(-c.rng.between(5*time.Hour, 20*time.Hour))
	}
	c.bound.used.computes++
	ws.Clusters = append(ws.Clusters, c)
	idleSince := def.IdleSince.in(w.start, w.start.Add(-c.rng.between(0, c.IdleTime)))
	for range def.Idle {
		w.buildNode(c, nodeIdle, idleSince)
	}
	for range def.Unusable {
		w.buildNode(c, nodeUnusable, w.start.Add(-c.rng.between(3*time.Hour, 30*time.Hour)))
	}
	for range def.Preempted {
		w.await(c, w.buildNode(c, nodePreempted, w.start.Add(-c.rng.between(time.Minute, 4*time.Minute))))
	}
	for range def.Preparing {
		w.boot(c, w.buildNode(c, nodePreparing, w.start.Add(-c.rng.between(10*time.Second, 2*time.Minute))))
	}
	c.Target = len(c.Nodes)
	return nil
}

// buildNode adds a node that exists at the start.
func (w *World) buildNode(c *Cluster, state string, since time.Time) *Node {
	n := c.newNode(state, since)
	if state != nodePreempted {
		c.bound.take(c.hw, c.LowPriority, c.hw.cores)
	}
	if c.LowPriority {
		w.threaten(c, n)
	}
	if since.After(c.AllocationSince) {
		c.AllocationSince = since
	}
	c.Target = len(c.Nodes)
	return n
}

func (w *World) buildInstance(ws *Workspace, def instanceDef) error {
	hw, known := hardwareOf(def.VMSize)
	if !known {
		return fmt.Errorf("VM size %q is unknown", def.VMSize)
	}
	owner, err := w.who(def.Owner)
	if err != nil {
		return err
	}
	i := &Instance{
		Base: w.newBase(ws, def.Name, ws.Location, hw, def.Tags), VMSize: strings.ToUpper(def.VMSize),
		OwnerName: owner.fullName, OwnerID: owner.id, NamelessOwner: def.NamelessOwner,
		IdleShutdown: def.IdleShutdown, IdleBroken: def.IdleBroken, CustomApps: def.CustomApps,
		Identity: def.Identity, SSH: def.SSH, DiskFull: def.DiskFull,
		person: owner, forgets: def.Forgets, startFails: def.StartFails,
	}
	i.settled(def.Created, w.start, def.Description)
	for _, f := range def.Errors {
		i.Errors = append(i.Errors, Fault(f))
	}
	for n, s := range def.Schedules {
		schedule := Schedule{ID: guidOf(fmt.Sprint(i.ID(), n)), Action: s.Action, Status: model.ScheduleEnabled, Cron: s.Cron, TimeZone: s.TimeZone}
		if s.Disabled {
			schedule.Status = model.ScheduleDisabled
		}
		i.Schedules = append(i.Schedules, schedule)
	}
	if err := checkSchedules(i.Schedules); err != nil {
		return err
	}
	state := model.StateStopped
	if def.State != "" {
		state = model.InstanceState(def.State)
	}
	if err := w.enterLife(i, state, def); err != nil {
		return err
	}
	i.bound.take(hw, false, hw.cores)
	i.bound.used.computes++
	ws.Instances = append(ws.Instances, i)
	w.followSchedules(i)
	switch {
	case def.Busy > 0:
		w.work(i, def.Busy)
	case def.Sessions:
		w.frequent(i)
	}
	w.watchIdle(i)
	return nil
}

// ledTo is the operation that leads to a state; "" for a state no instance can
// start a scenario in.
func ledTo(state model.InstanceState) string {
	switch state {
	case model.StateStopped, model.StateStopping:
		return "Stop"
	case model.StateRunning, model.StateStarting, model.StateUnknown:
		return "Start"
	case model.StateRestarting, model.StateUnusable:
		return "Restart"
	case model.StateCreating, model.StateSettingUp, model.StateSetupFailed, model.StateCreateFailed:
		return "Create"
	default:
		return ""
	}
}

// enterLife puts an instance into its state at the start, with the last
// operation that led there.
func (w *World) enterLife(i *Instance, state model.InstanceState, def instanceDef) error {
	name := ledTo(state)
	if name == "" {
		return errors.New("state " + string(state) + " is not one an instance can start the scenario in")
	}
	since := def.Since.in(w.start, w.start.Add(-i.rng.between(20*time.Minute, 40*time.Hour)))
	if state.Info().Transient {
		since = w.start.Add(-i.rng.between(5*time.Second, 40*time.Second))
	}
	trigger := triggerUser
	if def.Trigger != "" {
		trigger = def.Trigger
	}
	i.Last = LastOperation{name, statusSucceeded, trigger, since}
	i.LastActivity = def.Active.in(w.start, since)
	w.become(i, state)
	switch state {
	case model.StateCreateFailed, model.StateSetupFailed:
		i.Last.Status = "CreateFailed"
		i.ProvisioningState = unsuccessful
		i.Faults = i.Errors
	case model.StateStopping:
		i.Last.Status = statusInProgress
		w.set(&i.timer, i.rng.between(20*time.Second, 80*time.Second), func() { w.settle(i, model.StateStopped, nil) })
	case model.StateStarting, model.StateRestarting, model.StateSettingUp:
		i.Last.Status = statusInProgress
		w.set(&i.timer, i.rng.between(40*time.Second, 120*time.Second), func() { w.settle(i, model.StateRunning, nil); w.rise(i) })
	case model.StateCreating:
		i.Last.Status, i.Filled, i.ProvisioningState = statusInProgress, false, creating
		w.set(&i.timer, i.rng.between(60*time.Second, 150*time.Second), func() {
			w.become(i, model.StateSettingUp)
			w.set(&i.timer, i.rng.between(90*time.Second, 180*time.Second), func() { w.created(i) })
		})
	}
	return nil
}
