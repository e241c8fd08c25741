package overview

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// From which width on there are two columns, what lies between them, how wide
// both are at most – an amount should stand near what it is for – and below
// which height no line is spent on blanks.
const (
	wide   = 104
	gutter = 3
	widest = 200
	tight  = 16
)

// Render draws the overview of a snapshot: exactly h lines of exactly w cells.
// Who draws more than once keeps the [Digest] and calls its Render.
func Render(w, h int, env pane.Env, th *theme.Theme) []string {
	return NewDigest(env.Snap, env.Now, env.Zone).Render(w, h, env, th)
}

// Render draws the digest at env's moment: exactly h lines of exactly w cells.
// It asks only for the lines that fit.
func (d *Digest) Render(w, h int, env pane.Env, th *theme.Theme) []string {
	w, h = max(0, w), max(0, h)
	if d.snap == nil {
		return cells.Block([]string{" Nothing is known yet: waiting for the first answer."}, w, h)
	}
	c := canvas{pens: th.Pens()}
	if d.counts.workspaces == 0 && env.Snap != nil && env.Snap.Parts[model.SectionWorkspaces].Loaded() > 0 {
		return d.nothing(w, h, env, c)
	}
	c.tight = h < tight
	page := d.head(w, env, c)
	page = page[:min(len(page), h)]
	rest := h - len(page)
	if w < wide {
		return append(page, c.stack(d.sections(env), w, rest)...)
	}
	both := min(w, widest)
	left := (both - gutter) * 11 / 20
	a := c.stack(d.troubles(env), left, rest)
	b := c.stack(d.money(env), both-gutter-left, rest)
	for i := range rest {
		page = append(page, a[i]+cells.Blank(gutter)+b[i]+cells.Blank(w-both))
	}
	return page
}

// sections are all sections, the most urgent first.
func (d *Digest) sections(env pane.Env) []section {
	return []section{
		d.underWay(env), d.idleMoney(env), d.broken(env), d.drains(env), d.neverZero(env),
		d.sinceVisit(env), d.spenders("top targets", d.targets.rows, 3), d.spenders("by owner", d.owners, 3), d.spenders("by workspace", d.spaces, 3),
		d.lately(env),
	}
}

// troubles are the left column: what to do something about.
func (d *Digest) troubles(env pane.Env) []section {
	return []section{d.underWay(env), d.idleMoney(env), d.broken(env), d.sinceVisit(env), d.lately(env)}
}

// money are the right column: where it goes.
func (d *Digest) money(env pane.Env) []section {
	return []section{
		d.drains(env), d.neverZero(env), d.spenders("top targets", d.targets.rows, 5),
		d.spenders("by owner", d.owners, 4), d.spenders("by workspace", d.spaces, 4),
	}
}

// head are the first lines: the money, and how much of everything there is.
func (d *Digest) head(w int, env pane.Env, c canvas) []string {
	zone := env.Zone
	if zone == nil {
		zone = env.Now.Location()
	}
	t := d.tally
	month := model.StartOfMonth(t.At, zone).Format("Jan")
	figures := []run{
		{" " + t.Burn.In(d.currency) + "/h", theme.Money}, {"   today ", theme.Dim}, {t.TodayAt(env.Now).In(d.currency), theme.Money},
		{"   " + month + " ", theme.Dim}, {t.MonthAt(env.Now).WholeIn(d.currency), theme.Money},
		{" → ", theme.Dim}, {t.MonthEnd(zone).WholeIn(d.currency), theme.Money},
	}
	if w < 52 {
		figures = []run{
			{t.Burn.In(d.currency) + "/h", theme.Money}, {"  ", theme.Dim}, {t.TodayAt(env.Now).WholeIn(d.currency), theme.Money}, {" today  ", theme.Dim},
			{month + " → " + t.MonthEnd(zone).WholeIn(d.currency), theme.Money},
		}
	}
	if t.Unpriced > 0 {
		figures = append(figures, run{"   + " + plural(t.Unpriced, "target") + " at an unknown price", theme.Warn})
	}
	lines := []string{c.runs(figures, w)}
	if !c.tight {
		lines = append(lines, c.runs([]run{{" " + d.summary(), theme.Dim}}, w), cells.Blank(w))
	}
	return lines
}

// summary counts the fleet in one line.
func (d *Digest) summary() string {
	n := d.counts
	var parts []string
	if n.answered < n.workspaces {
		parts = append(parts, "read "+itoa(n.answered)+" of "+plural(n.workspaces, "workspace"))
	}
	parts = append(parts,
		itoa(n.running)+" of "+plural(n.instances, "instance")+" billed",
		plural(n.nodes, "node")+" in "+plural(n.clusters, "cluster"))
	if n.jobs > 0 {
		parts = append(parts, plural(n.jobs, "cluster job")+", "+itoa(n.queued)+" waiting")
	}
	return strings.Join(append(parts, plural(n.deployments, "deployment")), " · ")
}
