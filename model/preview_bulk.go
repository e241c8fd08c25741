package model

import "time"

// bulk previews several targets: what all of them come to, then a line for each
// of the first dozen, and the rest counted. The sum comes first, because short
// screens show the beginning.
func (v view) bulk(cmds []Command) Preview {
	verb, n := cmds[0].Verb, itoa(len(cmds))
	p := Preview{Title: titled(verb) + " " + n + " targets?", Confirm: titled(verb) + " " + n}
	if verb == VerbCancelJob {
		p.Title, p.Confirm = "Cancel "+n+" jobs?", "Cancel "+n+" jobs"
	}
	if verb == VerbIdle {
		p.Title, p.Confirm = "Set the idle shutdown of "+n+" instances to "+idleText(cmds[0].Idle)+"?", "Set "+n
	}
	var rate, saves Money
	currency, unpriced, busy := "", 0, 0
	until := NextMonday(v.now, v.zone)
	var each []PreviewLine
	for k, c := range cmds {
		if k < bulkShown {
			each = append(each, v.brief(c))
		}
		if why := v.careful(c); p.Why == "" && why != "" {
			p.Why = c.Name + ": " + why
		}
		if v.active(ComputeID(c.Target)) > 0 {
			busy++
		}
		r, cur, ok := v.rate(c)
		if !ok {
			unpriced++
			continue
		}
		rate, currency = rate+r, cur
		saves += r.For(until.Sub(v.now))
	}
	p.Lines = total(verb, rate, saves, currency, unpriced)
	if busy > 0 {
		p.Lines = append(p.Lines, warn("busy", itoa(busy)+" of "+n+" have active jobs"))
	}
	p.Lines = append(p.Lines, each...)
	if more := len(cmds) - bulkShown; more > 0 {
		p.Lines = append(p.Lines, fact("…", "and "+itoa(more)+" more"))
	}
	if len(cmds) > BulkFew && p.Why == "" {
		p.Why = n + " targets at once"
	}
	if p.Why != "" {
		p.Danger, p.Typed = DangerHigh, n
	}
	return p
}

// total is what all the targets of a bulk command come to.
func total(verb Verb, rate, saves Money, currency string, unpriced int) []PreviewLine {
	var lines []PreviewLine
	switch verb {
	case VerbStop, VerbDelete:
		line := fact("total", rate.In(currency)+"/h stops; saves "+saves.In(currency)+" until Monday 09:00, had all run on")
		line.Health = HealthGood
		lines = append(lines, line)
	case VerbStart:
		lines = append(lines, warn("total", rate.In(currency)+"/h, "+rate.For(24*time.Hour).In(currency)+" a day"))
	case VerbUndeploy:
		lines = append(lines, fact("total", "saves "+rate.In(currency)+"/h"))
	default:
		return nil
	}
	if unpriced > 0 {
		lines = append(lines, PreviewLine{"unpriced", itoa(unpriced) + " without a known price are not in it", HealthUnknown})
	}
	return lines
}

// rate is the amount an hour a command starts or ends, and whether it is known.
func (v view) rate(c Command) (Money, string, bool) {
	id := ComputeID(c.Target)
	if i := v.s.Instance(id); i != nil {
		if c.Verb == VerbStart {
			return i.Price.PerHour, i.Price.Currency, i.Price.Known()
		}
		return i.Meter.BurnOf(ChargeCompute, v.now), i.Price.Currency, !i.Meter.Unpriced(v.now)
	}
	if cl := v.s.Cluster(id); cl != nil {
		return cl.Meter.BurnOf(ChargeCompute, v.now), cl.Price.Currency, !cl.Meter.Unpriced(v.now)
	}
	if d := v.s.Deployment(DeploymentID(c.Target)); d != nil {
		return d.Meter.Burn(v.now), d.Price.Currency, !d.Meter.Unpriced(v.now)
	}
	return 0, "", false
}

// brief is one target of a bulk command in one line.
func (v view) brief(c Command) PreviewLine {
	id := ComputeID(c.Target)
	line := fact(c.Name, v.s.WorkspaceName(c.Workspace))
	if i := v.s.Instance(id); i != nil {
		line.Text += ", " + orUnknown(i.Owner) + ", " + sizeText(i.VMSize, i.Size) + ", " + i.Price.Rate()
		if c.Verb != VerbStart {
			idle := v.idle(i)
			line.Text += ", " + i.IdleAt(v.now).Evidence
			line.Health = idle.Health
		}
		return line
	}
	if d := v.s.Deployment(DeploymentID(c.Target)); d != nil {
		line.Text += ", " + d.EndpointName + ", " + orUnknown(d.ProvisioningState)
		return line
	}
	if j := v.s.Job(JobID(c.Target)); j != nil {
		line.Text += ", " + orUnknown(j.Owner) + ", " + string(j.Status)
		if !j.StartedAt.IsZero() {
			line.Text += " " + Ago(v.now.Sub(j.StartedAt))
		}
		return line
	}
	if cl := v.s.Cluster(id); cl != nil {
		line.Text += ", " + itoa(cl.Current) + " nodes, " + cl.Price.Rate() + " each"
	}
	return line
}
