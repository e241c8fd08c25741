package model

import "fmt"

// Check says why a command cannot be carried out now, or nil. It judges by
// what the snapshot knows; the service may still refuse. Every reason is a
// *[Refusal] of a class that errors.Is finds, with the next step where there is
// one.
func Check(s *Snapshot, c Command) error {
	if err := checkFree(s, c.Target, c.Name, c.Verb); err != nil {
		return err
	}
	switch c.Verb {
	case VerbDelete:
		if e := s.Endpoint(EndpointID(c.Target)); e != nil {
			return AllowEndpoint(s, e, VerbDelete)
		}
		return checkCompute(s, c)
	case VerbStart, VerbStop, VerbRestart, VerbDetach:
		return checkCompute(s, c)
	case VerbIdle, VerbSchedule:
		return checkRule(s, c)
	case VerbCreate:
		return checkCreate(s, c)
	case VerbScale:
		return checkScale(s, c)
	case VerbDeploy:
		return checkDeploy(s, c)
	case VerbUndeploy:
		d := s.Deployment(DeploymentID(c.Target))
		if d == nil {
			return unknown("deployment", c)
		}
		return AllowUndeploy(s, d)
	case VerbTraffic:
		return checkTraffic(s, c)
	case VerbCancelJob:
		j := s.Job(JobID(c.Target))
		if j == nil {
			return unknown("job", c)
		}
		return AllowCancel(s, j)
	default:
		return no(ErrWrongKind, "", "%q is not a command", c.Verb)
	}
}

// no is the program's own refusal, before anything is asked of the service.
func no(class error, next, format string, args ...any) error {
	return &Refusal{Class: class, Message: fmt.Sprintf(format, args...), Next: next}
}

func unknown(kind string, c Command) error {
	name := c.Name
	if name == "" {
		name = BaseName(c.Target)
	}
	return no(ErrNotFound, "", "no %s %q: it is gone, or was never listed", kind, name)
}

// checkFree refuses what read-only mode forbids and what would cross an
// operation under way on the same target.
func checkFree(s *Snapshot, target, name string, v Verb) error {
	if s == nil {
		return no(ErrNotFound, "", "nothing is known yet")
	}
	if s.ReadOnly {
		return no(ErrReadOnly, "start without --read-only to change anything", "read-only: %s is off", v)
	}
	op := s.Operation(target)
	if op == nil || op.Phase.Final() {
		return nil
	}
	next := "wait until it is over"
	if op.Phase == PhaseGrace {
		next = "undo it first"
	}
	return no(ErrConflict, next, "%s: %s is already under way", name, op.Command.Verb)
}

// checkCompute finds what an instance command aims at, and says where a command
// that other kinds of target do not have would belong.
func checkCompute(s *Snapshot, c Command) error {
	id := ComputeID(c.Target)
	if i := s.Instance(id); i != nil {
		return AllowInstance(s, i, c.Verb)
	}
	if cl := s.Cluster(id); cl != nil {
		return AllowCluster(s, cl, c.Verb)
	}
	if a := s.AttachedCompute(id); a != nil {
		return AllowAttached(s, a, c.Verb)
	}
	return unknown("compute target", c)
}

// AllowInstance says why a verb is not possible for an instance now, or nil.
func AllowInstance(s *Snapshot, i *Instance, v Verb) error {
	if err := checkFree(s, string(i.ID), i.Name, v); err != nil {
		return err
	}
	switch v {
	case VerbStart, VerbStop, VerbRestart, VerbDelete:
		if i.State.Info().Allows(v) {
			return nil
		}
	case VerbIdle, VerbSchedule:
		if i.State != StateCreating && i.State != StateCreateFailed && i.State != StateDeleting {
			return nil
		}
	case VerbDetach:
		return notAttached(i.Name)
	default:
		return no(ErrWrongKind, "", "%s: a compute instance has no %s", i.Name, v)
	}
	state := string(i.State)
	if state == "" {
		state = string(StateUnknown)
	}
	return no(ErrNotNow, nextFor(i.State, v), "%s is %s: %s is not possible", i.Name, state, v)
}

// notAttached refuses to detach what Azure ML manages: it would be out of sight,
// and go on billing.
func notAttached(name string) error {
	return no(ErrWrongKind, "delete it", "%s: Azure ML manages it; detached, it would go on billing unseen", name)
}

// nextFor is the step that leads to where a verb is possible.
func nextFor(s InstanceState, v Verb) string {
	switch info := s.Info(); {
	case info.Transient:
		return "wait until it is over"
	case v == VerbStart && info.Allows(VerbStop):
		return "start works from Stopped only; restart it instead"
	case s == StateStopped:
		return "start it"
	case s == StateCreateFailed:
		return "delete it and create it again"
	default:
		return ""
	}
}

// AllowCluster says why a verb is not possible for a cluster now, or nil.
func AllowCluster(s *Snapshot, c *Cluster, v Verb) error {
	if err := checkFree(s, string(c.ID), c.Name, v); err != nil {
		return err
	}
	switch v {
	case VerbScale, VerbDelete:
	case VerbDetach:
		return notAttached(c.Name)
	case VerbIdle, VerbSchedule:
		return no(ErrWrongKind, "scale it: its idle time before scale down is part of that",
			"%s: %s is for compute instances, and this is a cluster", c.Name, v)
	case VerbStart, VerbStop, VerbRestart:
		return no(ErrWrongKind, "set its minimum to 0 and let it drain",
			"%s: %s is for compute instances, and this is a cluster", c.Name, v)
	default:
		return no(ErrWrongKind, "", "%s: a compute cluster has no %s", c.Name, v)
	}
	return settled(c.Name, c.ProvisioningState, v)
}

// settled refuses a change while a resource is still busy with another one. A
// resource in creation may be deleted.
func settled(name, provisioning string, v Verb) error {
	creating := Fold(provisioning) == "creating"
	deleting := v == VerbDelete || v == VerbUndeploy
	if !ProvisioningTransient(provisioning) || creating && deleting {
		return nil
	}
	return no(ErrConflict, "wait until it is over", "%s is %s", name, provisioning)
}
