package detail

import (
	"maps"
	"slices"
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

func deployment(env pane.Env, d *model.Deployment) []Section {
	s := Section{Title: "deployment " + d.Name}
	s.provisioning(&d.Resource)
	s.operation(env, string(d.ID))
	s.say("endpoint", d.EndpointName)
	s.say("workspace", env.Snap.WorkspaceName(d.Workspace))
	s.say("kind", string(d.Kind))
	s.must("instances", positive(d.Instances))
	switch {
	case d.Kind == model.TargetBatch:
	case d.Traffic < 0:
		s.must("traffic", "")
	default:
		s.say("traffic", strconv.Itoa(d.Traffic)+" %")
	}
	s.say("cluster", d.Compute)
	s.say("model", model.AssetName(d.Model))
	s.say("environment", model.AssetName(d.Environment))
	s.say("image", d.Image)
	s.faults(d.Faults)
	if model.ProvisioningHealth(d.ProvisioningState) == model.HealthBad && d.Meter.Burn(env.Now) > 0 {
		s.mark("still bills", "a failed deployment keeps its VMs: delete it", theme.Bad)
	}
	s.age(env, model.SectionEndpoints, string(d.Workspace))
	all := []Section{s}
	if d.VMSize != "" {
		money := cost(env, d.Meter, d.Price, "what goes with it")
		money.billedTarget(env, string(d.ID), d.Workspace, d.Meter)
		all = append(all, money, machine(env, d.VMSize, d.Size))
	}
	return append(all, resource(env, &d.Resource))
}

func endpoint(env pane.Env, e *model.Endpoint) []Section {
	s := Section{Title: string(e.Kind) + " endpoint " + e.Name}
	s.provisioning(&e.Resource)
	s.operation(env, string(e.ID))
	s.say("workspace", env.Snap.WorkspaceName(e.Workspace))
	s.must("authentication", e.AuthMode)
	s.say("scoring URI", e.ScoringURI)
	s.say("compute", e.Compute)
	s.say("default", e.Default)
	for _, name := range slices.Sorted(maps.Keys(e.Traffic)) {
		s.say("traffic to "+name, strconv.Itoa(e.Traffic[name])+" %")
	}
	s.faults(e.Faults)
	s.age(env, model.SectionEndpoints, string(e.Workspace))
	behind := Section{Title: "deployments"}
	for _, d := range env.Snap.Behind(e.ID) {
		behind.mark(d.Name, d.ProvisioningState+", "+d.VMSize.Short()+" × "+strconv.Itoa(d.Instances), theme.OfHealth(model.ProvisioningHealth(d.ProvisioningState)))
	}
	return []Section{s, behind, resource(env, &e.Resource)}
}

func job(env pane.Env, j *model.Job) []Section {
	s := Section{Title: "job " + j.Title()}
	if j.Status == "" {
		s.must("status", "")
	} else {
		s.mark("status", string(j.Status), theme.OfHealth(j.Status.Health()))
	}
	if short := panes.Shortage(j, env); short != "" {
		s.mark("waits for", "vCPUs of its cluster: "+short, theme.Warn)
	}
	s.operation(env, string(j.ID))
	s.say("name", j.Name)
	s.say("type", j.Type)
	s.say("experiment", j.Experiment)
	s.must("owner", j.Owner)
	s.say("workspace", env.Snap.WorkspaceName(j.Workspace))
	if j.ComputeName != "" {
		s.say("compute", j.ComputeName)
	} else {
		s.say("compute", "none of its own: serverless, or a parent")
	}
	s.say("nodes asked for", positive(j.Instances))
	s.say("started", when(env, j.StartedAt))
	s.say("ended", when(env, j.EndedAt))
	if !j.StartedAt.IsZero() && !j.EndedAt.IsZero() {
		s.say("ran", model.Ago(j.EndedAt.Sub(j.StartedAt)))
	}
	s.say("studio", j.StudioURL)
	s.age(env, model.SectionJobs, string(j.Workspace))
	return []Section{s, resource(env, &j.Resource)}
}
