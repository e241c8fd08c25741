package sim

import "strings"

const provider = "/providers/Microsoft.MachineLearningServices/"

// ID is the workspace's ARM id.
func (ws *Workspace) ID() string { return ws.id }

// ID is the compute's ARM id.
func (b *Base) ID() string { return b.Workspace.ID() + "/computes/" + b.Name }

// ID is the job's ARM id.
func (j *Job) ID() string { return j.Workspace.ID() + "/jobs/" + j.Name }

// ID is the endpoint's ARM id.
func (e *Endpoint) ID() string {
	if e.Batch {
		return e.Workspace.ID() + "/batchEndpoints/" + e.Name
	}
	return e.Workspace.ID() + "/onlineEndpoints/" + e.Name
}

// ID is the deployment's ARM id.
func (d *Deployment) ID() string { return d.Endpoint.ID() + "/deployments/" + d.Name }

// ID is the ARM id of the environment's version.
func (e *Environment) ID() string {
	return e.Workspace.ID() + "/environments/" + e.Name + "/versions/" + e.Version
}

// FindCompute finds a compute by name: a *Cluster, *Instance or *Attached, or
// nil without a type if there is none.
func (ws *Workspace) FindCompute(name string) any {
	if c := named(ws.Clusters, name); c != nil {
		return c
	}
	if i := named(ws.Instances, name); i != nil {
		return i
	}
	if a := named(ws.Attached, name); a != nil {
		return a
	}
	return nil
}

// FindEndpoint finds an online or a batch endpoint, nil if there is none.
func (ws *Workspace) FindEndpoint(batch bool, name string) *Endpoint {
	if batch {
		return named(ws.Batch, name)
	}
	return named(ws.Online, name)
}

// FindDeployment finds a deployment, nil if there is none.
func (e *Endpoint) FindDeployment(name string) *Deployment { return named(e.Deployments, name) }

// FindEnvironment finds a registered version of an environment, nil if there is
// none.
func (ws *Workspace) FindEnvironment(name, version string) *Environment {
	return named(ws.Environments, name+":"+version)
}

// FindJob finds a job, nil if there is none or the world has forgotten it.
func (ws *Workspace) FindJob(name string) *Job { return named(ws.Jobs, name) }

func (b *Base) called() string       { return b.Name }
func (j *Job) called() string        { return j.Name }
func (e *Endpoint) called() string   { return e.Name }
func (d *Deployment) called() string { return d.Name }

func (e *Environment) called() string { return e.Name + ":" + e.Version }

func named[P interface {
	*T
	called() string
}, T any](list []P, name string) P {
	for _, p := range list {
		if strings.EqualFold(p.called(), name) {
			return p
		}
	}
	return nil
}

// without is the list without an element, in a new array: readers may hold the old one.
func without[P comparable](list []P, gone P) []P {
	rest := make([]P, 0, len(list))
	for _, p := range list {
		if p != gone {
			rest = append(rest, p)
		}
	}
	return rest
}
