package model

import (
	"maps"
	"slices"
	"strings"
)

// deploy are the facts before a deployment is created or replaced.
func (v view) deploy(c Command) []PreviewLine {
	d := c.Deploy
	if d == nil {
		return []PreviewLine{{"deployment", "not specified", HealthBad}}
	}
	endpoint := d.Endpoint
	if d.NewEndpoint && endpointNamed(v.s, c.Workspace, d.Endpoint) == nil {
		endpoint += ", created first (" + orDefault(d.AuthMode, "Key") + ")"
	}
	lines := []PreviewLine{
		fact("endpoint", v.s.WorkspaceName(c.Workspace)+", "+endpoint),
		fact("model", orDefault(AssetName(d.Model), "in the image")),
	}
	if have := v.s.Deployment(DeploymentID(c.Target)); have != nil {
		lines = append(lines, warn("replaces", have.Name+" as it is now ("+orUnknown(have.ProvisioningState)+")"))
	}
	if d.Kind == TargetBatch {
		lines = append(lines, v.batch(c))
	} else {
		lines = append(lines, v.managed(d, c.Workspace)...)
	}
	if d.Traffic > 0 {
		lines = append(lines, warn("traffic", itoa(d.Traffic)+" % once it is up"))
	} else if d.Kind != TargetBatch {
		lines = append(lines, fact("traffic", "left alone"))
	}
	return lines
}

// batch is what a batch deployment costs: what its cluster costs while it works.
func (v view) batch(c Command) PreviewLine {
	cl := clusterNamed(v.s, c.Workspace, c.Deploy.Cluster)
	if cl == nil {
		return PreviewLine{"cluster", c.Deploy.Cluster + ": not listed", HealthUnknown}
	}
	return fact("cluster", cl.Name+", "+count(c.Deploy.Instances, "node")+" a job: "+
		cl.Price.Times(c.Deploy.Instances).Rate()+" while one runs, nothing between jobs")
}

// managed is what a managed online deployment costs and whether it can come up.
func (v view) managed(d *DeploymentSpec, ws WorkspaceID) []PreviewLine {
	z := v.s.SizeIn(d.VMSize, d.Location)
	lines := []PreviewLine{fact("size", itoa(d.Instances)+" × "+sizeText(d.VMSize, z))}
	if z == nil {
		return append(lines, PreviewLine{"price", "unknown: " + d.VMSize.Short() + " is not listed", HealthUnknown})
	}
	price := z.Standard.Times(d.Instances)
	line := fact("price", price.Rate())
	if price.Known() {
		line.Text += ", " + price.PerHour.For(month).In(price.Currency) + " a month; it never scales to zero"
	}
	lines = append(lines, line, v.quota(z, ws, d.Location, false, reserved(d.Instances, z)))
	return append(lines, sizeCautions(z, "MIR", "managed online deployments", false)...)
}

// undeploy are the facts before a deployment is deleted.
func (v view) undeploy(c Command) []PreviewLine {
	d := v.s.Deployment(DeploymentID(c.Target))
	if d == nil {
		return []PreviewLine{{"deployment", "not in the newest data", HealthUnknown}}
	}
	lines := []PreviewLine{
		fact("endpoint", v.s.WorkspaceName(d.Workspace)+", "+d.EndpointName),
		fact("state", orUnknown(d.ProvisioningState)),
		fact("model", orUnknown(AssetName(d.Model))),
	}
	switch {
	case d.Traffic > 0:
		lines = append(lines, warn("traffic", itoa(d.Traffic)+" % of the requests"))
	case d.Traffic == 0:
		lines = append(lines, fact("traffic", "none"))
	default:
		lines = append(lines, PreviewLine{"traffic", "unknown", HealthUnknown})
	}
	if d.Kind == TargetBatch {
		return append(lines, fact("saves", "nothing: the cluster bills, not the deployment"))
	}
	if burn := d.Meter.Burn(v.now); burn > 0 {
		cur := d.Meter.Currency()
		line := fact("saves", burn.In(cur)+"/h, "+burn.For(month).In(cur)+" a month")
		line.Health = HealthGood
		return append(lines, line)
	}
	return append(lines, PreviewLine{"saves", "unknown: no price", HealthUnknown})
}

// traffic are the facts before an endpoint's traffic changes.
func (v view) traffic(c Command) []PreviewLine {
	e := v.s.Endpoint(EndpointID(c.Target))
	if e == nil {
		return []PreviewLine{{"endpoint", "not in the newest data", HealthUnknown}}
	}
	lines := []PreviewLine{
		fact("now", trafficSorted(e.Traffic)),
		fact("then", trafficSorted(c.Traffic)),
	}
	for _, d := range v.s.Behind(e.ID) {
		if c.Traffic[d.Name] > 0 && ProvisioningHealth(d.ProvisioningState) == HealthBad {
			lines = append(lines, PreviewLine{d.Name, "is " + d.ProvisioningState + " and would get requests", HealthBad})
		}
	}
	return lines
}

// trafficSorted writes traffic by name; deployments without any are left out.
func trafficSorted(traffic map[string]int) string {
	var order []string
	for _, name := range slices.Sorted(maps.Keys(traffic)) {
		if traffic[name] != 0 {
			order = append(order, name)
		}
	}
	if len(order) == 0 {
		return "no traffic"
	}
	return strings.TrimSpace(TrafficText(traffic, order))
}

func orDefault(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
