package model

import "time"

// rule are the facts before an instance's idle rule or its schedules change.
func (v view) rule(i *Instance, c Command) []PreviewLine {
	lines := []PreviewLine{
		fact("owner", orUnknown(i.Owner)),
		fact("what", v.s.WorkspaceName(i.Workspace)+", "+sizeText(i.VMSize, i.Size)),
	}
	after := *i
	if c.Verb == VerbIdle {
		after.IdleShutdown = c.Idle
		lines = append(lines, fact("idle rule", idleText(i.IdleShutdown)+" → "+idleText(c.Idle)), v.idle(i))
		lines = append(lines, v.idleCautions(i, c.Idle)...)
	} else {
		after.Schedules = c.Schedules
		lines = append(lines, schedulesNow(i.Schedules)...)
		for _, s := range c.Schedules {
			lines = append(lines, fact("then", s.String()))
		}
		if len(c.Schedules) == 0 {
			lines = append(lines, fact("then", "no schedule"))
		} else {
			lines = append(lines, fact("zone", "times follow the zone's standard time all year: daylight saving is ignored"))
		}
	}
	return append(lines, leashOf(&after))
}

func idleText(d time.Duration) string {
	if d == 0 {
		return "off"
	}
	return Ago(d)
}

func schedulesNow(list []InstanceSchedule) []PreviewLine {
	if len(list) == 0 {
		return []PreviewLine{fact("now", "no schedule")}
	}
	var lines []PreviewLine
	for _, s := range list {
		lines = append(lines, fact("now", s.String()))
	}
	return lines
}

// idleCautions are what the service does, and what may keep it from doing it.
func (v view) idleCautions(i *Instance, want time.Duration) []PreviewLine {
	var lines []PreviewLine
	if idle := i.IdleAt(v.now); want > 0 && idle.Known && idle.For > want {
		lines = append(lines, fact("counts", "from zero: it has been idle for longer than that already"))
	}
	if want > 0 && i.CustomApps > 0 {
		lines = append(lines, warn("blocked", "a custom application keeps it awake: the rule will not fire"))
	}
	if want > 0 && i.Identity {
		lines = append(lines, warn("identity", "the rule fires only if its managed identity is Contributor on the workspace"))
	}
	return lines
}

// detach are the facts before attached compute leaves its workspace.
func (v view) detach(a *Attached) []PreviewLine {
	lines := []PreviewLine{
		fact("what", v.s.WorkspaceName(a.Workspace)+", "+KindName(a.ComputeType)),
		v.jobs(a.ID, a.JobsKnown, a.ActiveJobs),
	}
	if a.ResourceID != "" {
		lines = append(lines, fact("stays", BaseName(a.ResourceID)+" itself, and what it costs"))
	} else {
		lines = append(lines, fact("stays", "what is attached, and what it costs"))
	}
	on := 0
	for _, e := range v.s.Endpoints {
		if e.Workspace == a.Workspace && e.Compute != "" && Fold(BaseName(e.Compute)) == Fold(a.Name) {
			on++
		}
	}
	if on > 0 {
		lines = append(lines, warn("endpoints", count(on, "endpoint")+" would have nowhere to run"))
	}
	return lines
}

// deleteEndpoint are the facts before an endpoint is deleted with all behind it.
func (v view) deleteEndpoint(e *Endpoint) []PreviewLine {
	lines := []PreviewLine{
		fact("what", v.s.WorkspaceName(e.Workspace)+", "+string(e.Kind)+" endpoint"),
		fact("traffic", trafficSorted(e.Traffic)),
	}
	behind := v.s.Behind(e.ID)
	if len(behind) == 0 {
		return append(lines, fact("behind", "no deployment"))
	}
	lines = append(lines, warn("lost", count(len(behind), "deployment")+" with it, and its address and keys"))
	var burn Money
	cur := ""
	for k, d := range behind {
		if k < bulkShown {
			lines = append(lines, fact(d.Name, orUnknown(d.ProvisioningState)+", "+orUnknown(AssetName(d.Model))))
		}
		burn += d.Meter.Burn(v.now)
		cur = orDefault(d.Meter.Currency(), cur)
	}
	if burn > 0 {
		line := fact("saves", burn.In(cur)+"/h, "+burn.For(month).In(cur)+" a month")
		line.Health = HealthGood
		lines = append(lines, line)
	}
	return lines
}

// scaleDeployment are the facts before a deployment's instances change.
func (v view) scaleDeployment(d *Deployment, want int) []PreviewLine {
	lines := []PreviewLine{
		fact("endpoint", v.s.WorkspaceName(d.Workspace)+", "+d.EndpointName),
		fact("instances", itoa(d.Instances)+" → "+itoa(want)+" × "+sizeText(d.VMSize, d.Size)),
	}
	if d.Price.Known() {
		was, is := d.Price.Times(d.Instances), d.Price.Times(want)
		text := was.Rate() + " → " + is.Rate() + ", " + is.PerHour.For(month).In(d.Price.Currency) + " a month"
		if want > d.Instances {
			lines = append(lines, warn("price", text))
		} else {
			lines = append(lines, PreviewLine{"price", text, HealthGood})
		}
	} else {
		lines = append(lines, PreviewLine{"price", "unknown", HealthUnknown})
	}
	if z := d.Size; z != nil && want > d.Instances {
		more := reserved(want, z) - reserved(d.Instances, z)
		lines = append(lines, v.quota(z, d.Workspace, d.Location, false, more))
	}
	if d.Traffic > 0 && want < d.Instances {
		lines = append(lines, warn("traffic", itoa(d.Traffic)+" % of the requests, on fewer instances"))
	}
	return lines
}

// reserved is how many vCPUs of quota the service sets aside for a managed
// deployment: a fifth more than it has, kept for upgrades.
func reserved(instances int, z *Size) int64 { return int64((instances*6 + 4) / 5 * z.VCPUs) }
