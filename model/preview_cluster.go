package model

// scale are the facts before a cluster's scale settings change.
func (v view) scale(c *Cluster, want *Scale) []PreviewLine {
	lines := []PreviewLine{
		fact("what", v.s.WorkspaceName(c.Workspace)+", "+sizeText(c.VMSize, c.Size)+", "+string(c.Priority)),
		v.jobs(c.ID, c.JobsKnown, c.ActiveJobs),
	}
	if want == nil {
		return lines
	}
	lines = append(lines,
		fact("nodes", nodesRange(c.Scale)+" → "+nodesRange(*want)+", "+itoa(c.Current)+" now"),
		v.floor(c, want.Min),
		v.ceiling(c, want.Max))
	if c.Scale.IdleBeforeScaleDown != want.IdleBeforeScaleDown {
		lines = append(lines, fact("idle time", Ago(c.Scale.IdleBeforeScaleDown)+" → "+Ago(want.IdleBeforeScaleDown)+" before nodes go"))
	}
	if c.Nodes.Running > want.Max {
		lines = append(lines, warn("running", itoa(c.Nodes.Running)+" nodes run jobs, more than the new maximum"))
	}
	return lines
}

func nodesRange(s Scale) string { return itoa(s.Min) + "–" + itoa(s.Max) }

// floor is what the nodes that never go away cost, before and after.
func (v view) floor(c *Cluster, minimum int) PreviewLine {
	if !c.Price.Known() {
		return PreviewLine{"floor", "price unknown", HealthUnknown}
	}
	was, is := c.Price.Times(c.Scale.Min), c.Price.Times(minimum)
	text := was.Rate() + " → " + is.Rate()
	switch {
	case minimum == c.Scale.Min:
		return fact("floor", was.Rate()+", unchanged")
	case minimum > c.Scale.Min:
		return warn("floor", text+", "+is.PerHour.For(month).In(c.Price.Currency)+" a month with no job at all")
	default:
		line := fact("floor", text+", saves "+(was.PerHour-is.PerHour).For(month).In(c.Price.Currency)+" a month")
		line.Health = HealthGood
		return line
	}
}

// ceiling is what the cluster costs with every node up, before and after.
func (v view) ceiling(c *Cluster, maximum int) PreviewLine {
	if !c.Price.Known() || maximum == c.Scale.Max {
		return fact("at most", c.Price.Times(c.Scale.Max).Rate())
	}
	return fact("at most", c.Price.Times(c.Scale.Max).Rate()+" → "+c.Price.Times(maximum).Rate())
}

// deleteCluster are the facts before a cluster is deleted.
func (v view) deleteCluster(c *Cluster) []PreviewLine {
	burn := c.Meter.Burn(v.now)
	lines := []PreviewLine{
		fact("what", v.s.WorkspaceName(c.Workspace)+", "+sizeText(c.VMSize, c.Size)+", "+string(c.Priority)),
		v.jobs(c.ID, c.JobsKnown, c.ActiveJobs),
		fact("nodes", itoa(c.Current)+" now, "+nodesRange(c.Scale)),
		fact("ends", burn.In(c.Price.Currency)+"/h now, floor "+c.Price.Times(c.Scale.Min).Rate()),
	}
	if batch := v.batchOn(c); batch > 0 {
		lines = append(lines, warn("batch", count(batch, "batch deployment")+" would have nowhere to run"))
	}
	return lines
}

// batchOn is how many batch deployments name the cluster.
func (v view) batchOn(c *Cluster) int {
	n := 0
	for _, d := range v.s.Deployments {
		if d.Workspace == c.Workspace && d.Compute != "" && Fold(d.Compute) == Fold(c.Name) {
			n++
		}
	}
	return n
}

// cancel are the facts before a job is cancelled.
func (v view) cancel(c Command) []PreviewLine {
	j := v.s.Job(JobID(c.Target))
	if j == nil {
		return []PreviewLine{{"job", "not in the newest data", HealthUnknown}}
	}
	where := j.ComputeName
	if where == "" {
		where = "serverless, or not said"
	}
	lines := []PreviewLine{
		fact("owner", orUnknown(j.Owner)),
		fact("what", v.s.WorkspaceName(j.Workspace)+", "+orUnknown(j.Type)+" on "+where),
		fact("status", string(j.Status)),
	}
	if j.StartedAt.IsZero() {
		return append(lines, fact("ran", "not started"))
	}
	ran := v.now.Sub(j.StartedAt)
	text := Ago(ran)
	cl := v.s.Cluster(j.Compute)
	if cl == nil || !cl.Price.Known() {
		return append(lines, fact("ran", text))
	}
	nodes := max(1, j.Instances)
	cost := cl.Price.PerHour.Times(nodes).For(ran).In(cl.Price.Currency)
	return append(lines, fact("ran", text+" on "+count(nodes, "node")+", "+cost+" so far"))
}
