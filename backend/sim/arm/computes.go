package arm

import (
	"net/http"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// listComputes answers the list of a workspace's compute targets.
func listComputes(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	clusters, instances := len(ws.Clusters), len(ws.Instances)
	at := func(i int) (any, *sim.Base) {
		switch {
		case i < clusters:
			return ws.Clusters[i], &ws.Clusters[i].Base
		case i < clusters+instances:
			return ws.Instances[i-clusters], &ws.Instances[i-clusters].Base
		default:
			a := ws.Attached[i-clusters-instances]
			return a, &a.Base
		}
	}
	return c.list(clusters+instances+len(ws.Attached),
		func(i int) string { _, b := at(i); return b.Name },
		func(i int) { target, _ := at(i); c.computeBody("", target) })
}

// getCompute answers GET of one compute target.
func getCompute(c *call) error {
	target, err := c.compute()
	if err != nil {
		return err
	}
	c.computeBody("", target)
	return nil
}

// startCompute, stopCompute and restartCompute answer 202 with nothing but the
// place to poll.
func startCompute(c *call) error   { return operate(c, c.world().StartInstance) }
func stopCompute(c *call) error    { return operate(c, c.world().StopInstance) }
func restartCompute(c *call) error { return operate(c, c.world().RestartInstance) }

func operate(c *call, verb func(*sim.Instance) (*sim.Operation, error)) error {
	i, err := c.instance()
	if err != nil {
		return err
	}
	op, err := verb(i)
	if err != nil {
		return err
	}
	c.computeAccepted(op, http.StatusAccepted)
	return nil
}

// deleteCompute deletes a compute, or detaches it: the caller has to say which.
func deleteCompute(c *call) error {
	target, err := c.compute()
	if err != nil {
		return c.gone(err)
	}
	action := ""
	for k, v := range c.query {
		if strings.EqualFold(k, "underlyingResourceAction") && len(v) > 0 {
			action = v[0]
		}
	}
	detach := strings.EqualFold(action, "Detach")
	if !detach && !strings.EqualFold(action, "Delete") {
		return userError("The query parameter underlyingResourceAction is required and has to be Delete or Detach.")
	}
	op, err := c.world().DeleteCompute(target, detach)
	if err != nil {
		return err
	}
	c.computeAccepted(op, http.StatusAccepted)
	return nil
}

// listNodes answers a cluster's nodes. It is a POST, the array is called nodes,
// and an instance has none to list.
func listNodes(c *call) error {
	target, err := c.compute()
	if err != nil {
		return err
	}
	cluster, ok := target.(*sim.Cluster)
	if !ok {
		return userError("ComputeListNodes with computeType %s is not supported.", computeType(target))
	}
	nodes := cluster.Nodes
	p, err := c.paginate(len(nodes), c.s.opts.PageSize, func(i int) string { return nodes[i].ID })
	if err != nil {
		return err
	}
	c.object("")
	c.str("computeType", "AmlCompute")
	c.nodes(nodes[p.from:p.to])
	if p.next != "" {
		c.str("nextLink", c.nextLink(p.next))
	}
	c.endObject()
	return nil
}

// setIdleShutdown answers the one call that writes the idle rule of an
// instance. It is not a long-running operation.
func setIdleShutdown(c *call) error {
	i, err := c.instance()
	if err != nil {
		return err
	}
	var in struct {
		IdleTimeBeforeShutdown *string `json:"idleTimeBeforeShutdown"`
	}
	if err := c.decode(&in); err != nil {
		return err
	}
	if in.IdleTimeBeforeShutdown == nil || *in.IdleTimeBeforeShutdown == "" {
		return c.world().SetIdleShutdown(i, 0)
	}
	d, err := parseDuration(*in.IdleTimeBeforeShutdown)
	if err != nil {
		return userError("idleTimeBeforeShutdown: %v.", err)
	}
	return c.world().SetIdleShutdown(i, d)
}
