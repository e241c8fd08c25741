package overview

import (
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

// section is one group of lines. Only the lines that fit are ever asked for.
type section struct {
	title string // says by itself what the lines add up to
	alarm bool   // the title stands out
	n     int
	line  func(i int) line
	first int                     // lines it gets before others get more
	draw  func(w, n int) []string // instead of line: what is no list
}

// kind is the section's title without its figures.
func (s section) kind() string {
	kind, _, _ := strings.Cut(s.title, ":")
	return kind
}

// underWay are the operations that are not over, those just over, and what amltop
// itself will do.
func (d *Digest) underWay(env pane.Env) section {
	var ops []*model.Operation
	for _, op := range d.snap.Operations {
		if !op.Phase.Final() || env.Now.Sub(op.Ended) < time.Minute {
			ops = append(ops, op)
		}
		if len(ops) == kept {
			break
		}
	}
	held := d.snap.Held
	return section{title: "operations", n: len(ops) + len(held), first: 3, line: func(i int) line {
		if i >= len(ops) {
			h := held[i-len(ops)]
			return line{name: h.Command.Name, text: h.Text(env.Now), tone: theme.Change}
		}
		op := ops[i]
		l := line{name: op.Command.Called(), text: op.Label(env.Now, env.Snap.Clock), tone: theme.Change}
		switch {
		case op.Phase == model.PhaseGrace:
			l.text += ", u undoes it"
		case op.Health() == model.HealthBad:
			l.tone = theme.Bad
		case op.Phase == model.PhaseVerified:
			l.tone = theme.Good
		}
		if op.Detail != "" {
			l.text += ": " + op.Detail
		} else if op.Late {
			l.text += ": " + op.Next
		}
		l.to = entryOf(d.snap, op.Command.Target)
		return l
	}}
}

// idleMoney are the instances nobody has used for long, broken promises first.
func (d *Digest) idleMoney(env pane.Env) section {
	s := section{title: "idle", n: len(d.idle.rows), first: 5, alarm: d.late > 0}
	if d.idling == 0 {
		s.title = "idle: none known"
		return s
	}
	s.title = "idle: " + d.idleBurn.Across(rateOf) + " in " + plural(d.idling, "instance")
	if d.late > 0 {
		s.title += ", " + plural(d.late, "late rule")
	}
	if d.unleashed > 0 {
		s.title += ", " + strconv.Itoa(d.unleashed) + " without a leash"
	}
	s.line = func(k int) line {
		i := d.idle.rows[k]
		leash := i.LeashAt(env.Now)
		tone := panes.LeashTone(leash.State)
		text, _, _ := strings.Cut(leash.Text, ";")
		if leash.State == model.LeashNone {
			text = "nothing will stop it"
		}
		idle, _ := i.IdleFor(env.Now)
		return line{
			name: i.Name, text: text + ", no job " + model.Ago(idle) + ", " + owner(i.Instance), tone: tone,
			right: rate(i.Meter.BurnOf(model.ChargeCompute, env.Now), i.Meter.Currency()),
			to:    entryFor(i.Instance),
		}
	}
	return s
}

func owner(i *model.Instance) string {
	if i.Owner == "" {
		return "owner unknown"
	}
	return i.Owner
}

// drains are the clusters on their way to zero nodes, soonest first.
func (d *Digest) drains(env pane.Env) section {
	return section{title: "draining to zero", n: len(d.draining.rows), first: 3, line: func(k int) line {
		c := d.draining.rows[k]
		zero := c.ScaleToZero(env.Now)
		l := line{name: c.Name, tone: theme.Change, right: rate(c.Meter.Burn(env.Now), c.Meter.Currency()), to: entryFor(c)}
		switch {
		case zero.State == model.ZeroLeaving:
			l.text = "draining, " + plural(c.Nodes.Billed(), "node") + " left"
		case zero.Left == 0:
			l.text, l.tone = model.Due(env.Now.Sub(zero.At))+", still "+plural(c.Nodes.Billed(), "node"), theme.Warn
		default:
			l.text = "0 in " + model.Ago(zero.Left) + ", " + plural(c.Nodes.Idle, "idle node")
		}
		return l
	}}
}

// neverZero are the clusters whose minimum keeps nodes up, dearest first.
func (d *Digest) neverZero(env pane.Env) section {
	return section{title: "never at zero: floors cost " + d.floor.Across(rateOf), n: len(d.floors.rows), first: 2,
		line: func(k int) line {
			c := d.floors.rows[k]
			text := "minimum " + plural(c.Scale.Min, "node")
			if c.JobsKnown && c.ActiveJobs == 0 {
				text += ", no job"
			}
			if c.Price.Known() {
				text += ", " + c.FloorAMonth().In(c.Price.Currency) + " a month"
			}
			price := c.Price.Times(c.Scale.Min).Rate()
			return line{name: c.Name, text: text + ", " + d.snap.WorkspaceName(c.Workspace), tone: theme.Warn, right: price, to: entryFor(c)}
		}}
}

// broken is what fails.
func (d *Digest) broken(env pane.Env) section {
	return section{title: "failing: " + plural(d.failed, "thing"), alarm: d.failed > 0, n: len(d.failing), first: 4,
		line: func(k int) line {
			l := d.failing[k].line(d.snap, env)
			l.to = d.failing[k].entry(d.snap)
			return l
		}}
}

// spenders ranks what costs most.
func (d *Digest) spenders(title string, rows []spender, first int) section {
	return section{title: title, n: len(rows), first: first, line: func(k int) line {
		r := rows[k]
		return line{name: r.name, text: r.about, tone: theme.Dim, right: rate(r.burn, r.currency), to: r.to}
	}}
}

// lately is what happened, newest first.
func (d *Digest) lately(env pane.Env) section {
	return section{title: "lately", n: min(kept, len(d.snap.Changes)), first: 3, line: func(k int) line {
		c := d.snap.Changes[k]
		return line{name: c.Name, text: c.Text + ", " + c.Where, tone: theme.OfHealth(c.Health), right: model.Ago(env.Now.Sub(c.At)) + " ago", to: entryOf(d.snap, c.Target)}
	}}
}
