package arm

import (
	"errors"
	"net/http"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// subscription is the subscription that the path names.
func (c *call) subscription() (*sim.Subscription, error) {
	id := c.arg("sub")
	if s := c.world().FindSubscription(id); s != nil {
		return s, nil
	}
	return nil, subscriptionNotFound(id)
}

// group checks that the resource group of the path exists: one that holds a
// workspace does.
func (c *call) group(s *sim.Subscription) error {
	name := c.arg("group")
	for _, ws := range s.Workspaces {
		if strings.EqualFold(ws.ResourceGroup, name) {
			return nil
		}
	}
	return groupNotFound(name)
}

// workspace is the workspace that the path names, for requests about the
// workspace itself.
func (c *call) workspace() (*sim.Workspace, error) {
	ws, err := c.lookup()
	if err != nil || ws != nil {
		return ws, err
	}
	return nil, resourceNotFound("workspaces/"+c.arg("workspace"), c.arg("group"))
}

// inside is the workspace that the path names, for requests about something in
// it: the caller needs to be permitted to look in.
func (c *call) inside() (*sim.Workspace, error) {
	ws, err := c.lookup()
	switch {
	case err != nil:
		return nil, err
	case ws == nil:
		return nil, parentNotFound(c.arg("workspace"))
	case ws.Forbidden:
		return nil, c.forbidden(ws.ID())
	}
	return ws, nil
}

// lookup finds the workspace of the path; nil if its group has none of that
// name.
func (c *call) lookup() (*sim.Workspace, error) {
	sub, err := c.subscription()
	if err != nil {
		return nil, err
	}
	if ws := c.world().FindWorkspace(sub.ID, c.arg("group"), c.arg("workspace")); ws != nil {
		return ws, nil
	}
	return nil, c.group(sub)
}

// compute is the compute target that the path names: *sim.Cluster,
// *sim.Instance or *sim.Attached.
func (c *call) compute() (any, error) {
	ws, err := c.inside()
	if err != nil {
		return nil, err
	}
	name := c.arg("compute")
	if found := ws.FindCompute(name); found != nil {
		return found, nil
	}
	return nil, resourceNotFound("workspaces/"+ws.Name+"/computes/"+name, ws.ResourceGroup)
}

// gone turns an error that says there is no such resource into ARM's answer to
// a DELETE of one: 204 and no body.
func (c *call) gone(err error) error {
	var r *refusal
	if !errors.As(err, &r) || r.code != codeNotFound {
		return err
	}
	c.status = http.StatusNoContent
	return nil
}

// instance is the compute instance that the path names, for an operation that
// only instances have.
func (c *call) instance() (*sim.Instance, error) {
	found, err := c.compute()
	if err != nil {
		return nil, err
	}
	if i, ok := found.(*sim.Instance); ok {
		return i, nil
	}
	return nil, userError("The operation '%s' is not supported for compute '%s' of type %s; it applies to ComputeInstance only.",
		verb(c.route.name), c.arg("compute"), computeType(found))
}

// endpoint is the endpoint that the path names.
func (c *call) endpoint(batch bool) (*sim.Endpoint, error) {
	ws, err := c.inside()
	if err != nil {
		return nil, err
	}
	if e := ws.FindEndpoint(batch, c.arg("endpoint")); e != nil {
		return e, nil
	}
	return nil, resourceNotFound("workspaces/"+ws.Name+"/"+endpointSegment(batch)+"/"+c.arg("endpoint"), ws.ResourceGroup)
}

// behind is the endpoint of the path, for requests about its deployments.
func (c *call) behind(batch bool) (*sim.Endpoint, error) {
	ws, err := c.inside()
	if err != nil {
		return nil, err
	}
	if e := ws.FindEndpoint(batch, c.arg("endpoint")); e != nil {
		return e, nil
	}
	return nil, parentNotFound(c.arg("endpoint"))
}

// deployment is the deployment that the path names.
func (c *call) deployment(batch bool) (*sim.Deployment, error) {
	e, err := c.behind(batch)
	if err != nil {
		return nil, err
	}
	if d := e.FindDeployment(c.arg("deployment")); d != nil {
		return d, nil
	}
	return nil, resourceNotFound("workspaces/"+e.Workspace.Name+"/"+endpointSegment(batch)+"/"+e.Name+
		"/deployments/"+c.arg("deployment"), e.Workspace.ResourceGroup)
}

// environment is the version of an environment that the path names.
func (c *call) environment() (*sim.Environment, error) {
	ws, err := c.inside()
	if err != nil {
		return nil, err
	}
	name, version := c.arg("environment"), c.arg("version")
	if e := ws.FindEnvironment(name, version); e != nil {
		return e, nil
	}
	return nil, resourceNotFound("workspaces/"+ws.Name+"/environments/"+name+"/versions/"+version, ws.ResourceGroup)
}

// job is the job that the path names.
func (c *call) job() (*sim.Job, error) {
	ws, err := c.inside()
	if err != nil {
		return nil, err
	}
	if j := ws.FindJob(c.arg("job")); j != nil {
		return j, nil
	}
	return nil, resourceNotFound("workspaces/"+ws.Name+"/jobs/"+c.arg("job"), ws.ResourceGroup)
}

// verb is the last word of a route's name.
func verb(route string) string { return route[strings.LastIndexByte(route, '.')+1:] }
