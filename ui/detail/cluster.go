package detail

import (
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

func cluster(env pane.Env, c *model.Cluster) []Section {
	money := cost(env, c.Meter, c.Price, "load balancers, one for each 50 nodes")
	if c.Price.Known() {
		floor := c.Price.Times(c.Scale.Min).Rate() + " with no job at all"
		if c.Scale.Min > 0 {
			floor += ", " + c.FloorAMonth().In(c.Price.Currency) + " a month"
		}
		money.say("floor", floor)
		money.say("at most", c.Price.Times(c.Scale.Max).Rate())
	}
	money.billedTarget(env, string(c.ID), c.Workspace, c.Meter)
	return []Section{
		clusterState(env, c), nodes(c), nodesListed(env, c), jobsOn(env, c.ID), money, machine(env, c.VMSize, c.Size), resource(env, &c.Resource),
	}
}

func clusterState(env pane.Env, c *model.Cluster) Section {
	s := Section{Title: "compute cluster " + c.Name}
	s.must("allocation", allocation(env, c))
	s.operation(env, string(c.ID))
	zero := panes.Zero(c, env)
	s.mark("scale to zero", zero.Text, zero.Tone)
	s.say("workspace", env.Snap.WorkspaceName(c.Workspace))
	s.must("priority", string(c.Priority))
	s.say("OS", c.OSType)
	if c.JobsKnown {
		s.say("active jobs", strconv.Itoa(c.ActiveJobs)+", "+strconv.Itoa(c.QueuedJobs)+" of them waiting for nodes")
	} else {
		s.must("active jobs", "")
	}
	if w := env.Snap.WaitingOn(c); w.Jobs > 0 {
		s.mark("queue", w.String(), theme.Warn)
	}
	s.provisioning(&c.Resource)
	s.faults(c.Faults)
	s.age(env, model.SectionComputes, string(c.Workspace))
	return s
}

func allocation(env pane.Env, c *model.Cluster) string {
	text := c.AllocationState
	if text == model.AllocationResizing {
		text += " " + strconv.Itoa(c.Current) + " → " + strconv.Itoa(c.TargetNodes)
	}
	if text != "" && !c.AllocationSince.IsZero() {
		text += " for " + model.Ago(env.Now.Sub(c.AllocationSince))
	}
	return text
}

// nodes are the cluster's scale settings and its nodes by state.
func nodes(c *model.Cluster) Section {
	s := Section{Title: "scale"}
	s.say("nodes", strconv.Itoa(c.Current)+" now, between "+strconv.Itoa(c.Scale.Min)+" and "+strconv.Itoa(c.Scale.Max))
	s.say("scales down", "after "+model.Ago(c.Scale.IdleBeforeScaleDown)+" idle")
	n := c.Nodes
	for _, state := range []struct {
		label string
		count int
		tone  theme.Tone
	}{
		{"running", n.Running, theme.Good}, {"idle", n.Idle, theme.Plain}, {"preparing", n.Preparing, theme.Change},
		{"leaving", n.Leaving, theme.Change}, {"unusable", n.Unusable, theme.Bad}, {"preempted", n.Preempted, theme.Warn},
	} {
		if state.count > 0 {
			s.mark(state.label, strconv.Itoa(state.count), state.tone)
		}
	}
	return s
}

// nodesListed are the nodes themselves, if somebody looked into the cluster.
func nodesListed(env pane.Env, c *model.Cluster) Section {
	s := Section{Title: "nodes"}
	for _, n := range env.Snap.Nodes[c.ID] {
		text := n.State
		if n.RunID != "" {
			text += ", " + n.RunID
		}
		s.say(string(n.ID), text)
	}
	return s
}

func node(env pane.Env, n *model.Node) []Section {
	s := Section{Title: "node " + string(n.ID)}
	s.must("state", n.State)
	s.say("cluster", model.BaseName(string(n.Cluster)))
	s.say("workspace", env.Snap.WorkspaceName(model.WorkspaceIDOf(string(n.Cluster))))
	s.say("job", n.RunID)
	s.say("private IP", n.PrivateIP)
	if n.PublicIP != "" {
		s.say("ssh", n.PublicIP+":"+strconv.Itoa(n.Port))
	}
	return []Section{s}
}
