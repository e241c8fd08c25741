package model

import (
	"errors"
	"fmt"
)

// MaxNodes is the highest maximum the service grants a cluster, on request.
const MaxNodes = 65_000

// MaxInstances is how many instances the service grants a managed online
// deployment.
const MaxInstances = 50

// checkScale checks a scale command: its cluster or deployment, then its numbers.
func checkScale(s *Snapshot, c Command) error {
	if d := s.Deployment(DeploymentID(c.Target)); d != nil {
		if err := AllowScale(s, d); err != nil {
			return err
		}
		return CheckInstances(d, c.Instances)
	}
	id := ComputeID(c.Target)
	if i := s.Instance(id); i != nil {
		return no(ErrWrongKind, "", "%s: a compute instance is one VM and does not scale", i.Name)
	}
	cl := s.Cluster(id)
	if cl == nil {
		return unknown("compute cluster", c)
	}
	if err := AllowCluster(s, cl, VerbScale); err != nil {
		return err
	}
	if c.Scale == nil {
		return no(ErrNotNow, "", "%s: scale needs a minimum, a maximum and an idle time", cl.Name)
	}
	return CheckScale(cl, *c.Scale)
}

// AllowScale says why a deployment's instances cannot be changed now, or nil.
// The endpoint has to be settled as well.
func AllowScale(s *Snapshot, d *Deployment) error {
	if err := checkFree(s, string(d.ID), d.Name, VerbScale); err != nil {
		return err
	}
	switch d.Kind {
	case TargetManaged:
	case TargetBatch:
		return no(ErrWrongKind, "scale its cluster", "%s: a batch deployment runs on the nodes of its cluster", d.Name)
	default:
		return no(ErrWrongKind, "use kubectl, or the deployment's own scale settings",
			"%s: Kubernetes decides where it runs", d.Name)
	}
	if Fold(d.ProvisioningState) == "failed" {
		return no(ErrNotNow, "deploy it again, or delete it", "%s failed: there is nothing to scale", d.Name)
	}
	if err := settled(d.Name, d.ProvisioningState, VerbScale); err != nil {
		return err
	}
	if e := s.Endpoint(d.Endpoint); e != nil {
		return AllowEndpoint(s, e, VerbScale)
	}
	return nil
}

// CheckInstances says what is wrong with a new number of instances of a
// deployment, or nil.
func CheckInstances(d *Deployment, want int) error {
	switch {
	case want < 1:
		return no(ErrNotNow, "delete the deployment if it is to cost nothing", "%s: a managed online deployment has at least 1 instance, not %d", d.Name, want)
	case want > MaxInstances:
		return no(ErrNotNow, "", "%s: %d instances are more than the %d of a deployment", d.Name, want, MaxInstances)
	case want == d.Instances:
		return no(ErrNotNow, "", "%s: nothing to change", d.Name)
	}
	return nil
}

// CheckScale says what is wrong with new scale settings of a cluster, or nil.
func CheckScale(c *Cluster, want Scale) error {
	if err := want.validate(); err != nil {
		return no(ErrNotNow, "", "%s", err)
	}
	if want == c.Scale {
		return no(ErrNotNow, "", "%s: nothing to change", c.Name)
	}
	return nil
}

// validate says what is wrong with scale settings, or nothing.
func (s Scale) validate() error {
	switch {
	case s.Min < 0:
		return fmt.Errorf("minimum %d is below 0", s.Min)
	case s.Max < 1 || s.Max > MaxNodes:
		return fmt.Errorf("maximum %d is not between 1 and %d", s.Max, MaxNodes)
	case s.Min > s.Max:
		return fmt.Errorf("minimum %d is above the maximum %d", s.Min, s.Max)
	case s.IdleBeforeScaleDown < 0:
		return errors.New("idle time before scale down is negative")
	}
	return nil
}
