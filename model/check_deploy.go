package model

import (
	"maps"
	"slices"
)

// AllowUndeploy says why a deployment cannot be deleted now, or nil. The
// service does not delete what requests are routed to.
func AllowUndeploy(s *Snapshot, d *Deployment) error {
	if err := checkFree(s, string(d.ID), d.Name, VerbUndeploy); err != nil {
		return err
	}
	if err := settled(d.Name, d.ProvisioningState, VerbUndeploy); err != nil {
		return err
	}
	if d.Kind != TargetBatch && d.Traffic > 0 {
		return no(ErrNotNow, "move the traffic to another deployment first, or to none",
			"%s carries %d %% of the traffic of %s", d.Name, d.Traffic, d.EndpointName)
	}
	if e := s.Endpoint(d.Endpoint); e != nil && e.Kind == BatchEndpoint && e.Default == d.Name && len(s.Behind(e.ID)) > 1 {
		return no(ErrNotNow, "make another deployment the default first", "%s is the default of %s", d.Name, e.Name)
	}
	return nil
}

// AllowEndpoint says why an endpoint cannot be changed now, or nil.
func AllowEndpoint(s *Snapshot, e *Endpoint, v Verb) error {
	if err := checkFree(s, string(e.ID), e.Name, v); err != nil {
		return err
	}
	return settled(e.Name, e.ProvisioningState, v)
}

// checkDeploy checks what a deployment needs around it, then what it says itself.
func checkDeploy(s *Snapshot, c Command) error {
	d := c.Deploy
	if d == nil {
		return no(ErrNotNow, "", "%s: deploy needs a specification", c.Name)
	}
	if err := d.Validate(); err != nil {
		return err
	}
	if len(s.Workspaces) > 0 && s.Workspace(c.Workspace) == nil {
		return no(ErrNotFound, "", "no workspace %q", BaseName(string(c.Workspace)))
	}
	if err := checkEndpointFor(s, c); err != nil {
		return err
	}
	if have := s.Deployment(DeploymentID(c.Target)); have != nil {
		if err := settled(have.Name, have.ProvisioningState, VerbDeploy); err != nil {
			return err
		}
	}
	if d.Kind == TargetBatch && clusterNamed(s, c.Workspace, d.Cluster) == nil {
		return no(ErrNotFound, "", "no compute cluster %q in workspace %s", d.Cluster, s.WorkspaceName(c.Workspace))
	}
	return nil
}

// checkEndpointFor finds the endpoint a deployment goes behind.
func checkEndpointFor(s *Snapshot, c Command) error {
	e := endpointNamed(s, c.Workspace, c.Deploy.Endpoint)
	switch {
	case e == nil && c.Deploy.NewEndpoint:
		return nil
	case e == nil:
		return no(ErrNotFound, "have it created with the deployment", "no endpoint %q in workspace %s",
			c.Deploy.Endpoint, s.WorkspaceName(c.Workspace))
	case (e.Kind == BatchEndpoint) != (c.Deploy.Kind == TargetBatch):
		return no(ErrWrongKind, "", "%s is a %s endpoint", e.Name, e.Kind)
	default:
		return AllowEndpoint(s, e, VerbDeploy)
	}
}

// checkTraffic checks that traffic goes to deployments there are and adds up.
func checkTraffic(s *Snapshot, c Command) error {
	e := s.Endpoint(EndpointID(c.Target))
	if e == nil {
		return unknown("endpoint", c)
	}
	if err := AllowEndpoint(s, e, VerbTraffic); err != nil {
		return err
	}
	sum := 0
	for _, name := range slices.Sorted(maps.Keys(c.Traffic)) {
		share := c.Traffic[name]
		if share < 0 || share > 100 {
			return no(ErrNotNow, "", "%s: %d %% is not between 0 and 100", name, share)
		}
		if !slices.ContainsFunc(s.Behind(e.ID), func(d *Deployment) bool { return d.Name == name }) {
			return no(ErrNotFound, "", "no deployment %q behind %s", name, e.Name)
		}
		sum += share
	}
	switch {
	case e.Kind == BatchEndpoint && sum != 100:
		return no(ErrNotNow, "give one deployment 100 %", "%s: a batch endpoint has one default deployment", e.Name)
	case sum != 0 && sum != 100:
		return no(ErrNotNow, "", "%s: the shares add up to %d, not to 0 or 100", e.Name, sum)
	}
	return nil
}

func endpointNamed(s *Snapshot, ws WorkspaceID, name string) *Endpoint {
	for _, e := range s.Endpoints {
		if e.Workspace == ws && Fold(e.Name) == Fold(name) {
			return e
		}
	}
	return nil
}

func clusterNamed(s *Snapshot, ws WorkspaceID, name string) *Cluster {
	for _, c := range s.Clusters {
		if c.Workspace == ws && Fold(c.Name) == Fold(name) {
			return c
		}
	}
	return nil
}
