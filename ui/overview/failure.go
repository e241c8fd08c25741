package overview

import (
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// failure is something that does not work: one of its fields is set.
type failure struct {
	deployment *model.Deployment
	cluster    *model.Cluster
	instance   *model.Instance
	part       *model.Part
}

// fail counts a failure in. Beyond what is kept it is only counted.
func (c *collector) fail(f failure) {
	c.failed++
	if len(c.failing) < kept {
		c.failing = append(c.failing, f)
	}
}

// unreadable adds the workspaces whose targets cannot be read.
func (c *collector) unreadable() {
	parts := c.snap.Parts[model.SectionComputes]
	c.counts.workspaces, c.counts.answered = max(len(parts), len(c.snap.Workspaces)), parts.Loaded()
	for _, p := range parts.Failing() {
		c.fail(failure{part: p})
	}
}

// rank puts what costs money for nothing first, then what blocks work.
func (f failure) rank(now time.Time) int {
	switch {
	case f.deployment != nil && f.deployment.Meter.Burn(now) > 0:
		return 0
	case f.cluster != nil && f.cluster.QueuedJobs > 0:
		return 1
	case f.part != nil:
		return 2
	case f.instance != nil:
		return 3
	default:
		return 4
	}
}

// line says what fails, why, and what it costs meanwhile.
func (f failure) line(s *model.Snapshot, env pane.Env) line {
	switch {
	case f.deployment != nil:
		d := f.deployment
		text := "Failed" + because(d.Faults)
		burn := d.Meter.Burn(env.Now)
		if burn > 0 {
			text = "Failed, still bills" + because(d.Faults)
		}
		return line{name: d.EndpointName + "/" + d.Name, text: text, tone: theme.Bad, right: rate(burn, d.Meter.Currency())}
	case f.cluster != nil:
		return f.clusterLine(env)
	case f.instance != nil:
		i := f.instance
		text := string(i.State) + because(i.Faults)
		if i.State.Info().Transient {
			text += ", stuck " + model.Ago(env.Now.Sub(i.Last.Time))
		}
		burn := i.Meter.Burn(env.Now)
		return line{name: i.Name, text: text + ", " + s.WorkspaceName(i.Workspace), tone: theme.Bad, right: rate(burn, i.Meter.Currency())}
	default:
		text := "unreadable: " + model.Short(f.part.Err)
		if !f.part.FailedAt.IsZero() {
			text += " for " + model.Ago(env.Now.Sub(f.part.FailedAt))
		}
		return line{name: f.part.Name, text: text, tone: theme.Bad}
	}
}

func (f failure) clusterLine(env pane.Env) line {
	c := f.cluster
	text := ""
	waiting := env.Snap.WaitingOn(c)
	switch {
	case waiting.Quota != nil:
		text = waiting.String()
	case c.QueuedJobs > 0 && len(c.Faults) > 0:
		text = plural(c.QueuedJobs, "job") + " waiting" + because(c.Faults)
	case stuck(c, env.Now):
		text = "resizing " + strconv.Itoa(c.Current) + "→" + strconv.Itoa(c.TargetNodes) + " for " + model.Ago(env.Now.Sub(c.AllocationSince))
		if c.QueuedJobs > 0 {
			text += ", " + plural(c.QueuedJobs, "job") + " waiting"
		}
	case c.Nodes.Unusable > 0:
		text = strconv.Itoa(c.Nodes.Unusable) + " unusable, bills until resized away"
	default:
		text = "error" + because(c.Faults)
	}
	burn := c.Meter.Burn(env.Now)
	return line{name: c.Name, text: text, tone: theme.Bad, right: rate(burn, c.Meter.Currency())}
}

// stuck reports whether a cluster has been resizing for too long.
func stuck(c *model.Cluster, now time.Time) bool {
	return c.AllocationState == model.AllocationResizing && !c.AllocationSince.IsZero() && now.Sub(c.AllocationSince) > model.StuckAfter
}

// because is the first fault's code, or its words.
func because(faults []model.Fault) string {
	if len(faults) == 0 {
		return ""
	}
	if faults[0].Code != "" {
		return ": " + faults[0].Code
	}
	return ": " + faults[0].Message
}

// rate is an amount an hour; "" for none.
func rate(m model.Money, currency string) string {
	if m == 0 {
		return ""
	}
	return m.In(currency) + "/h"
}

// rateOf is a tally's rate.
func rateOf(t model.Tally) string { return t.Burn.In(t.Currency) + "/h" }

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
