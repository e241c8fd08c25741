package overview

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/chart"
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
func (d *Digest) Render(w, h int, env pane.Env, th *theme.Theme) []string {
	lines, _ := d.Draw(w, h, env, th, Extra{})
	return lines
}

// Extra is what the overview shows besides a digest.
type Extra struct {
	Chosen  string                // ID of the entry under the cursor; "": none
	Budgets []model.BudgetVerdict // judged with the digest
	Chart   chart.Chart           // the last hours; without bars there is none
	Note    string                // what the chart's pieces mean
}

// Draw draws the digest at env's moment, exactly h lines of exactly w cells,
// and says which entries stand where. It asks only for the lines that fit.
func (d *Digest) Draw(w, h int, env pane.Env, th *theme.Theme, x Extra) ([]string, []Placed) {
	var entries []Placed
	lines := d.draw(w, h, env, canvas{pens: th.Pens(), theme: th, extra: x, entries: &entries})
	return lines, entries
}

func (d *Digest) draw(w, h int, env pane.Env, c canvas) []string {
	w, h = max(0, w), max(0, h)
	if d.snap == nil {
		return cells.Block([]string{" Nothing is known yet: waiting for the first answer."}, w, h)
	}
	if d.counts.workspaces == 0 && env.Snap != nil && env.Snap.Parts[model.SectionWorkspaces].Loaded() > 0 {
		return d.nothing(w, h, env, c)
	}
	c.tight = h < tight
	page := d.head(w, env, c)
	page = page[:min(len(page), h)]
	rest := h - len(page)
	c.top = len(page)
	if w < wide {
		return append(page, c.stack(d.sections(env, c), w, rest)...)
	}
	both := min(w, widest)
	left := (both - gutter) * 11 / 20
	a := c.stack(d.troubles(env, c), left, rest)
	c.column = 1
	b := c.stack(d.money(env, c), both-gutter-left, rest)
	for i := range rest {
		page = append(page, a[i]+cells.Blank(gutter)+b[i]+cells.Blank(w-both))
	}
	return page
}

// sections are all sections, the most urgent first.
func (d *Digest) sections(env pane.Env, c canvas) []section {
	return []section{
		d.underWay(env), d.idleMoney(env), d.broken(env), c.budgets(), d.drains(env), d.neverZero(env),
		d.sinceVisit(env), d.spenders("top targets", d.targets.rows, 3), d.spenders("by owner", d.owners, 3), d.spenders("by workspace", d.spaces, 3),
		c.overTime(), d.lately(env),
	}
}

// troubles are the left column: what to do something about.
func (d *Digest) troubles(env pane.Env, c canvas) []section {
	return []section{d.underWay(env), d.idleMoney(env), d.broken(env), c.budgets(), d.sinceVisit(env), d.lately(env)}
}

// money are the right column: where it goes.
func (d *Digest) money(env pane.Env, c canvas) []section {
	return []section{
		c.overTime(), d.drains(env), d.neverZero(env), d.spenders("top targets", d.targets.rows, 5),
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
	day := t.Advance(env.Now, zone)
	month := model.StartOfMonth(t.At, zone).Format("Jan")
	end := t.Across(func(t model.Tally) string { return t.MonthEnd(zone).WholeIn(t.Currency) })
	figures := []run{
		{" " + t.Across(rateOf), theme.Money}, {"   today ", theme.Dim},
		{least(day.TodayGap, day.Across(func(t model.Tally) string { return t.Today.In(t.Currency) })), theme.Money},
		{"   " + month + " ", theme.Dim},
		{least(day.MonthGap, day.Across(func(t model.Tally) string { return t.Month.WholeIn(t.Currency) })), theme.Money},
		{" → ", theme.Dim}, {least(day.MonthGap, end), theme.Money},
	}
	if w < 52 {
		figures = []run{
			{t.Across(rateOf), theme.Money}, {"  ", theme.Dim},
			{day.Across(func(t model.Tally) string { return t.Today.WholeIn(t.Currency) }), theme.Money}, {" today  ", theme.Dim},
			{month + " → " + end, theme.Money},
		}
	}
	if t.Unpriced > 0 {
		figures = append(figures, run{"   + " + plural(t.Unpriced, "target") + " at an unknown price", theme.Warn})
	}
	if day.MonthGap > 0 {
		figures = append(figures, run{d.account.unwatched(), theme.Warn})
	}
	lines := []string{c.runs(figures, w)}
	if c.tight {
		return lines
	}
	lines = append(lines, c.runs([]run{{" " + d.summary(), theme.Dim}}, w))
	if bill := d.account.bill(zone); bill != nil {
		lines = append(lines, c.runs(bill, w))
	}
	return append(lines, cells.Blank(w))
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
	parts = append(parts, plural(n.deployments, "deployment"))
	if n.low > 0 {
		parts = append(parts, itoa(n.low*100/n.nodes)+" % of nodes low priority")
	}
	return strings.Join(parts, " · ")
}
