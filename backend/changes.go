package backend

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
)

func isNotFound(err error) bool { return errors.Is(err, model.ErrNotFound) }

// describe says what changed between two observations of a row; Text is "" for
// nothing worth telling. Either may be nil, not both.
type describe[R any] func(before, after *R) model.Change

// changesOf describes what an answer changed.
func changesOf[R any](moved []pair[R], at time.Time, where string, tell describe[R]) []model.Change {
	var changes []model.Change
	for _, m := range moved {
		if c := tell(m.before, m.after); c.Text != "" {
			c.At, c.Where = at, where
			changes = append(changes, c)
		}
	}
	return changes
}

// passage is the text of a row that came, went, or moved between states; ""
// where the state is the same.
func passage(came, went bool, from, to string) string {
	switch {
	case came:
		if to == "" {
			return "appeared"
		}
		return "appeared, " + to
	case went:
		return "gone"
	case from == to:
		return ""
	default:
		return from + " → " + to
	}
}

func instanceChange(before, after *model.Instance) model.Change {
	r, from, to := after, "", ""
	if before != nil {
		from = string(before.State)
	}
	if after != nil {
		to = string(after.State)
	} else {
		r = before
	}
	c := model.Change{Kind: "instance", Target: string(r.ID), Name: r.Name, Health: r.State.Info().Health}
	c.Text = passage(before == nil, after == nil, from, to)
	if after == nil {
		c.Health = model.HealthQuiet
	}
	if before != nil && after != nil && c.Text != "" && after.State == model.StateStopped && after.Last.Trigger != "" {
		c.Text += " (" + after.Last.Trigger + ")"
	}
	return c
}

func clusterChange(before, after *model.Cluster) model.Change {
	r := after
	if after == nil {
		r = before
	}
	c := model.Change{Kind: "cluster", Target: string(r.ID), Name: r.Name}
	switch {
	case before == nil:
		c.Text, c.Health = "appeared", model.HealthGood
	case after == nil:
		c.Text, c.Health = "gone", model.HealthQuiet
	case before.Current != after.Current:
		c.Text = strconv.Itoa(before.Current) + " → " + nodesText(after.Current)
		c.Health = model.HealthChange
		if after.Current == 0 {
			c.Health = model.HealthQuiet
		}
	case before.Nodes.Preempted < after.Nodes.Preempted:
		c.Text, c.Health = nodesText(after.Nodes.Preempted-before.Nodes.Preempted)+" preempted", model.HealthWarn
	case before.Nodes.Unusable < after.Nodes.Unusable:
		c.Text, c.Health = nodesText(after.Nodes.Unusable)+" unusable", model.HealthBad
	case before.Scale != after.Scale:
		c.Text = fmt.Sprintf("scale %d–%d → %d–%d", before.Scale.Min, before.Scale.Max, after.Scale.Min, after.Scale.Max)
		c.Health = model.HealthChange
	default:
		c.Text = passage(false, false, before.ProvisioningState, after.ProvisioningState)
		c.Health = model.ProvisioningHealth(after.ProvisioningState)
	}
	return c
}

func nodesText(n int) string {
	if n == 1 {
		return "1 node"
	}
	return strconv.Itoa(n) + " nodes"
}

// resourceChange describes a row by its provisioning state.
func resourceChange(kind, id string, before, after *model.Resource) model.Change {
	c := model.Change{Kind: kind, Target: id}
	from, to := "", ""
	if before != nil {
		c.Name, from, c.Health = before.Name, before.ProvisioningState, model.HealthQuiet
	}
	if after != nil {
		c.Name, to, c.Health = after.Name, after.ProvisioningState, model.ProvisioningHealth(after.ProvisioningState)
	}
	c.Text = passage(before == nil, after == nil, from, to)
	return c
}

func attachedChange(before, after *model.Attached) model.Change {
	switch {
	case before == nil:
		return resourceChange("attached", string(after.ID), nil, &after.Resource)
	case after == nil:
		return resourceChange("attached", string(before.ID), &before.Resource, nil)
	default:
		return resourceChange("attached", string(after.ID), &before.Resource, &after.Resource)
	}
}

func endpointChange(before, after *model.Endpoint) model.Change {
	switch {
	case before == nil:
		return resourceChange("endpoint", string(after.ID), nil, &after.Resource)
	case after == nil:
		return resourceChange("endpoint", string(before.ID), &before.Resource, nil)
	default:
		return resourceChange("endpoint", string(after.ID), &before.Resource, &after.Resource)
	}
}

func deploymentChange(before, after *model.Deployment) model.Change {
	switch {
	case before == nil:
		return resourceChange("deployment", string(after.ID), nil, &after.Resource)
	case after == nil:
		return resourceChange("deployment", string(before.ID), &before.Resource, nil)
	case before.Instances != after.Instances && before.ProvisioningState == after.ProvisioningState:
		c := resourceChange("deployment", string(after.ID), &before.Resource, &after.Resource)
		c.Text = fmt.Sprintf("%d → %d instances", before.Instances, after.Instances)
		return c
	default:
		return resourceChange("deployment", string(after.ID), &before.Resource, &after.Resource)
	}
}

// jobChange tells of jobs that came and that changed their status. Old ones
// fall off the end of the list: that is not told.
func jobChange(before, after *model.Job) model.Change {
	if after == nil {
		return model.Change{}
	}
	c := model.Change{Kind: "job", Target: string(after.ID), Name: after.Name, Health: after.Status.Health()}
	if after.DisplayName != "" {
		c.Name = after.DisplayName
	}
	from := ""
	if before != nil {
		from = string(before.Status)
	}
	c.Text = passage(before == nil, false, from, string(after.Status))
	return c
}

func workspaceChange(ws *model.Workspace, at time.Time, text string, h model.Health) model.Change {
	return model.Change{At: at, Kind: "workspace", Target: string(ws.ID), Name: ws.Name, Where: ws.ResourceGroup, Text: text, Health: h}
}
