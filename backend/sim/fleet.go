package sim

import (
	"fmt"
	"strings"
	"time"
)

// muster generates a tenant of a given size, for measuring: many workspaces
// with the same mix of targets, and little going on in each. Definitions are
// made and built one workspace at a time, so that only the world stays.
func (w *World) muster(def fleetDef, tenant string) error {
	if def.Workspaces < 0 || def.TargetsPerWorkspace < 0 || def.Subscriptions < 1 || len(def.Regions) == 0 {
		return fmt.Errorf("%d subscriptions, %d workspaces, %d targets and %d regions make no fleet",
			def.Subscriptions, def.Workspaces, def.TargetsPerWorkspace, len(def.Regions))
	}
	w.hushed = true
	crew := w.hire()
	subs := make([]*Subscription, def.Subscriptions)
	for n := range subs {
		plenty := make([]regionDef, 0, len(def.Regions))
		for _, r := range def.Regions {
			plenty = append(plenty, plentiful(r))
		}
		subs[n] = w.newSubscription(subscriptionDef{Name: fmt.Sprintf("fleet-%02d", n+1), Regions: plenty}, tenant)
	}
	for n := range def.Workspaces {
		rng := newStream(w.seed, fmt.Sprintf("fleet/%d", n))
		g := generator{rng: &rng, crew: crew, number: n + 1, region: def.Regions[n%len(def.Regions)]}
		if err := w.build(subs[n%len(subs)], g.workspace(def.TargetsPerWorkspace)); err != nil {
			return fmt.Errorf("workspace %d: %w", n+1, err)
		}
	}
	return nil
}

// plentiful is a region whose quota never matters.
func plentiful(name string) regionDef {
	const cores = 100_000_000
	def := regionDef{Name: name, Dedicated: cores, LowPriority: cores, Computes: cores, DefaultFamily: cores,
		Families: map[string]int{}}
	for _, size := range fleetSizes {
		if hw, ok := hardwareOf(size); ok {
			def.Families[hw.label] = cores
		}
	}
	return def
}

var (
	fleetSizes = []string{"Standard_DS3_v2", "Standard_DS12_v2", "Standard_D4s_v3", "Standard_E8s_v3",
		"Standard_F16s_v2", "Standard_NC4as_T4_v3", "Standard_NC24ads_A100_v4"}
	fleetTeams = []string{"vision", "nlp", "speech", "pricing", "fraud", "churn", "demand", "robotics",
		"search", "ads", "geo", "claims", "energy", "health", "sensors", "routing"}
	fleetUses   = []string{"dev", "gpu", "nb", "test", "eda", "tune"}
	fleetNames  = []string{"ana", "ben", "chloe", "dmitri", "esra", "farid", "grace", "hiro", "ines", "jonas", "kofi", "lena", "mila", "noor", "omar", "priya"}
	fleetFamily = []string{"Adler", "Brandt", "Costa", "Dube", "Evans", "Fontaine", "Gupta", "Haas"}
)

// hire makes the fleet's people: names times families, around the world.
func (w *World) hire() []string {
	var crew []string
	for f, family := range fleetFamily {
		for _, name := range fleetNames {
			key := name + strings.ToLower(family[:1])
			w.people[key] = &person{
				name: key, fullName: strings.ToUpper(name[:1]) + name[1:] + " " + family, id: guidOf("person/" + key),
				zone: time.FixedZone("", (f*3-10)*3600), from: 9 * time.Hour, to: 18 * time.Hour,
			}
			crew = append(crew, key)
		}
	}
	return crew
}

// generator draws one workspace of the fleet.
type generator struct {
	rng    *stream
	crew   []string
	number int
	region string
}

// workspace has the mix 45 clusters, 45 instances, 5 attached computes and 5
// deployments in a hundred targets.
func (g generator) workspace(targets int) workspaceDef {
	team := fleetTeams[g.rng.n(len(fleetTeams))]
	ws := workspaceDef{
		Name: fmt.Sprintf("%s-%04d", team, g.number), ResourceGroup: fmt.Sprintf("rg-%s-%04d", team, g.number),
		Location: g.region, CreatedBy: g.someone(), Tags: map[string]string{"team": team},
	}
	clusters, attached, deployments := targets*45/100, targets*5/100, targets*5/100
	instances := targets - clusters - attached - deployments
	ws.Clusters, ws.Instances = make([]clusterDef, 0, clusters), make([]instanceDef, 0, instances)
	for n := range clusters {
		ws.Clusters = append(ws.Clusters, g.cluster(n))
	}
	for n := range instances {
		ws.Instances = append(ws.Instances, g.instance(n))
	}
	for n := range attached {
		ws.Attached = append(ws.Attached, attachedDef{Name: fmt.Sprintf("k8s-%02d", n+1), ComputeType: "Kubernetes",
			ResourceID: fmt.Sprintf("/subscriptions/0/resourceGroups/edge/providers/Microsoft.Kubernetes/connectedClusters/edge-%04d-%d", g.number, n+1)})
	}
	if deployments > 0 {
		ws.Online = append(ws.Online, g.endpoint(deployments))
	}
	if clusters > 0 {
		ws.Jobs, ws.Workloads = g.activity(ws.Clusters)
	}
	return ws
}

func (g generator) cluster(n int) clusterDef {
	def := clusterDef{Name: fmt.Sprintf("pool-%02d", n+1), VMSize: g.size(), Max: 2 + g.rng.n(9), LowPriority: g.rng.chance(0.2)}
	switch {
	case g.rng.chance(0.04):
		def.Min, def.Idle = 1, 1
	case g.rng.chance(0.02):
		def.Idle = 1 + g.rng.n(2)
	}
	return def
}

func (g generator) instance(n int) instanceDef {
	owner := g.someone()
	def := instanceDef{
		Name:   fmt.Sprintf("%s-%s%04d%02d", owner, fleetUses[g.rng.n(len(fleetUses))], g.number, n+1),
		VMSize: g.size(), Owner: owner, Forgets: 0.6,
	}
	if g.rng.chance(0.6) {
		def.IdleShutdown = time.Hour
	}
	if g.rng.chance(0.3) {
		def.State, def.IdleBroken = "Running", g.rng.chance(0.1)
		def.Busy = g.rng.between(10*time.Minute, 6*time.Hour)
	} else {
		def.Sessions = g.rng.chance(0.1)
	}
	return def
}

func (g generator) endpoint(deployments int) endpointDef {
	e := endpointDef{Name: fmt.Sprintf("serve-%04d", g.number), Traffic: map[string]int{}}
	for n := range deployments {
		name := fmt.Sprintf("v%03d", n+1)
		e.Deployments = append(e.Deployments, deploymentDef{Name: name, VMSize: "Standard_DS3_v2", Instances: 1 + g.rng.n(3),
			Model: "scorer:1", Environment: "serving:1"})
		e.Traffic[name] = 100 / deployments
	}
	return e
}

// activity is a job on every twentieth cluster and a few new ones a day.
func (g generator) activity(clusters []clusterDef) ([]jobDef, []workloadDef) {
	work := workloadDef{Display: "train", Experiment: "train", Owners: []string{g.someone()}, PerDay: 4, Nodes: []int{1, 2},
		Median: 30 * time.Minute, Sigma: 0.5, Fails: 0.05, History: 3}
	var jobs []jobDef
	for n, c := range clusters {
		if n%8 == 0 {
			work.Targets = append(work.Targets, c.Name)
		}
		if g.rng.chance(0.05) {
			jobs = append(jobs, jobDef{Display: fmt.Sprintf("train-%d", n), Experiment: "train", Target: c.Name, Owner: g.someone(),
				Status: jobRunning, Left: g.rng.between(5*time.Minute, 5*time.Hour)})
		}
	}
	return jobs, []workloadDef{work}
}

func (g generator) someone() string { return g.crew[g.rng.n(len(g.crew))] }

// size is a CPU size three times in four.
func (g generator) size() string {
	if g.rng.chance(0.25) {
		return fleetSizes[5+g.rng.n(2)]
	}
	return fleetSizes[g.rng.n(5)]
}
