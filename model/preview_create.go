package model

import "strings"

// create are the facts before a compute instance or cluster is created.
func (v view) create(c Command) []PreviewLine {
	spec := c.Create
	if spec == nil {
		return []PreviewLine{{"compute", "not specified", HealthBad}}
	}
	z := v.s.SizeIn(spec.VMSize, spec.Location)
	lines := []PreviewLine{
		fact("what", v.s.WorkspaceName(c.Workspace)+", "+KindName(spec.Kind)+" in "+orUnknown(spec.Location)),
	}
	if spec.Kind == TypeCluster {
		lines = append(lines, v.newCluster(spec, z)...)
	} else {
		lines = append(lines, v.newInstance(spec, z)...)
	}
	low := spec.Priority == LowPriority
	need := int64(max(1, spec.Units()))
	if z != nil {
		need *= int64(z.VCPUs)
		lines = append(lines, v.quota(z, c.Workspace, spec.Location, low, need))
	}
	return append(lines, sizeCautions(z, spec.Kind, "a "+KindName(spec.Kind), low)...)
}

func (v view) newInstance(spec *ComputeSpec, z *Size) []PreviewLine {
	lines := []PreviewLine{fact("size", sizeText(spec.VMSize, z)), priceLine(spec, z, 1)}
	if spec.Assigned.ObjectID != "" {
		lines = append(lines, fact("for", spec.Assigned.ObjectID+": nobody else can open it"))
	}
	if spec.SSHKey != "" {
		lines = append(lines, warn("ssh", "open to the internet for the key given; it cannot be turned off later"))
	}
	for _, s := range spec.Schedules {
		lines = append(lines, fact("schedule", s.String()))
	}
	return append(lines, leashOf(&Instance{IdleShutdown: spec.Idle, Schedules: spec.Schedules}),
		fact("goes on", "stopped, it still bills for disk, load balancer and IP; only deleting ends that"))
}

func (v view) newCluster(spec *ComputeSpec, z *Size) []PreviewLine {
	lines := []PreviewLine{
		fact("size", sizeText(spec.VMSize, z)+", "+string(spec.Priority)),
		fact("nodes", nodesRange(spec.Scale)+", given up after "+Ago(spec.Scale.IdleBeforeScaleDown)+" idle"),
	}
	if spec.Scale.Min > 0 {
		lines = append(lines, priceLine(spec, z, spec.Scale.Min))
	} else {
		lines = append(lines, fact("at rest", "nothing: it drains to zero"))
	}
	if z != nil {
		lines = append(lines, fact("at most", z.Price(spec.Priority.Tier()).Times(spec.Scale.Max).Rate()))
	}
	return lines
}

// priceLine is what a compute to be costs while its VMs are up.
func priceLine(spec *ComputeSpec, z *Size, units int) PreviewLine {
	label, rest := "price", " a month if nothing stops it"
	if spec.Kind == TypeCluster {
		label, rest = "floor", " a month with no job at all"
	}
	if z == nil || !z.Price(spec.Priority.Tier()).Known() {
		return PreviewLine{label, "unknown: no price for " + spec.VMSize.Short(), HealthUnknown}
	}
	price := z.Price(spec.Priority.Tier()).Times(units)
	return warn(label, price.Rate()+", "+price.PerHour.For(month).In(price.Currency)+rest)
}

// leashOf says what would stop an instance. It looks at the rules alone, not at
// whether they fire.
func leashOf(i *Instance) PreviewLine {
	leash := (&Instance{IdleShutdown: i.IdleShutdown, Schedules: i.Schedules}).LeashAt(i.CreatedAt)
	if leash.State == LeashNone {
		return warn("leash", "none: it bills until somebody stops it")
	}
	return fact("leash", leash.Text)
}

// sizeCautions are what may keep a size from being had for a kind of target.
func sizeCautions(z *Size, computeType, what string, low bool) []PreviewLine {
	var lines []PreviewLine
	if z == nil {
		return nil
	}
	if z.Restriction == RestrictionApproval {
		lines = append(lines, warn("restricted", z.Series+" requires approval"))
	}
	if len(z.ComputeTypes) > 0 && !z.Supports(computeType) {
		text := z.Name.Short() + " is not listed for " + what
		if only := strings.Join(z.ComputeTypes, ", "); only != "" {
			text += ", but for " + only
		}
		lines = append(lines, warn("size", text))
	}
	if low && !z.LowPriorityCapable {
		lines = append(lines, warn("priority", z.Name.Short()+" is not listed as low-priority capable"))
	}
	if !z.RetiredOn.IsZero() {
		lines = append(lines, warn("retires", z.RetiredOn.Format("2 Jan 2006")))
	}
	return lines
}

// quota is what is left of the quota that bounds a size most closely, against
// what is needed.
func (v view) quota(z *Size, ws WorkspaceID, location string, low bool, need int64) PreviewLine {
	of, left, known := v.s.Tightest(z, ws, location, low)
	switch {
	case !known:
		return PreviewLine{"quota", "unknown; needs " + itoa(int(need)) + " vCPUs", HealthUnknown}
	case of == nil:
		return fact("quota", "no limit on the family itself")
	}
	line := fact("quota", itoa(int(left))+" of "+itoa(int(of.Limit))+" vCPUs left, needs "+itoa(int(need)))
	if of.Family == "" {
		line.Text += " (" + of.Name + ")"
	}
	if left < need {
		line.Health = HealthBad
	}
	return line
}
