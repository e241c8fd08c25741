package panes

import (
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Zero says when a cluster will be at zero nodes, or why it never will.
func Zero(c *model.Cluster, env pane.Env) pane.Cell {
	zero := c.ScaleToZero(env.Now)
	switch zero.State {
	case model.ZeroAt:
		return pane.Cell{Text: "at 0", Tone: theme.Dim}
	case model.ZeroCounting:
		if zero.Left == 0 {
			return pane.Cell{Text: model.Due(env.Now.Sub(zero.At)), Tone: theme.Warn}
		}
		return pane.Cell{Text: "0 in " + model.Ago(zero.Left), Tone: theme.Change}
	case model.ZeroLeaving:
		return pane.Cell{Text: "draining", Tone: theme.Change}
	case model.ZeroBusy:
		return pane.Cell{Text: "busy", Tone: theme.Good}
	case model.ZeroNever:
		if !c.Price.Known() {
			return pane.Cell{Text: "never: floor " + strconv.Itoa(c.Scale.Min), Tone: theme.Warn}
		}
		return pane.Cell{Text: "never: floor " + c.Price.Times(c.Scale.Min).Rate(), Tone: theme.Warn}
	case model.ZeroBlocked:
		return pane.Cell{Text: "blocked: " + strconv.Itoa(c.Nodes.Unusable) + " unusable", Tone: theme.Bad}
	default:
		return unknown
	}
}

// zeroValue sorts by the time left: nearest first, then those on their way, then
// those that will not get there; at zero comes last but for the unknown.
func zeroValue(c *model.Cluster, env pane.Env) pane.Value {
	const day = 86_400
	switch zero := c.ScaleToZero(env.Now); zero.State {
	case model.ZeroLeaving:
		return number(0)
	case model.ZeroCounting:
		return number(zero.Left.Seconds())
	case model.ZeroBlocked:
		return number(100 * day)
	case model.ZeroNever:
		return number(200 * day)
	case model.ZeroBusy:
		return number(300 * day)
	case model.ZeroAt:
		return number(400 * day)
	default:
		return pane.Value{}
	}
}

// clusterJobs is the jobs on a cluster: running, and waiting for nodes.
func clusterJobs(c *model.Cluster, _ pane.Env) pane.Cell {
	if !c.JobsKnown {
		return unknown
	}
	running := max(0, c.ActiveJobs-c.QueuedJobs)
	switch {
	case c.ActiveJobs == 0:
		return pane.Cell{Text: "0", Tone: theme.Dim}
	case c.QueuedJobs == 0:
		return pane.Cell{Text: strconv.Itoa(running) + " run", Tone: theme.Good}
	default:
		cell := pane.Cell{Text: strconv.Itoa(c.QueuedJobs) + " wait", Tone: theme.Warn}
		if running > 0 {
			cell.Text = strconv.Itoa(running) + " run, " + cell.Text
		}
		return cell
	}
}

func clusterJobsValue(c *model.Cluster, _ pane.Env) pane.Value {
	if !c.JobsKnown {
		return pane.Value{}
	}
	return number(float64(c.ActiveJobs))
}
