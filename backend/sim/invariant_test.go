package sim

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// The legal transitions. "" is not there: before the first state, after the last.
var legal = map[string]map[string][]string{
	"instance": {
		"":              {"Creating"},
		"Creating":      {"SettingUp", "CreateFailed", "Deleting"},
		"SettingUp":     {"Running", "Deleting"},
		"Running":       {"JobRunning", "Stopping", "Restarting", "Deleting"},
		"JobRunning":    {"Running", "Stopping", "Restarting", "Deleting"},
		"Stopping":      {"Stopped", "Deleting"},
		"Stopped":       {"Starting", "Deleting"},
		"Starting":      {"Running", "Stopped", "Deleting"},
		"Restarting":    {"Running", "Deleting"},
		"Unusable":      {"Restarting", "Stopping", "Deleting"},
		"CreateFailed":  {"Deleting"},
		"SetupFailed":   {"Restarting", "Stopping", "Deleting"},
		"Deleting":      {""},
		"UserSettingUp": {"Running"},
	},
	"node": {
		"":            {nodePreparing},
		nodePreparing: {nodeIdle, nodeUnusable, ""},
		nodeIdle:      {nodeRunning, nodeLeaving, nodePreempted, ""},
		nodeRunning:   {nodeIdle, nodePreempted, ""},
		nodeUnusable:  {nodeLeaving, ""},
		nodeLeaving:   {""},
		nodePreempted: {nodePreparing, ""},
	},
	"job": {
		"":                 {jobQueued},
		jobQueued:          {jobPreparing, jobCanceled, jobCancelRequested},
		jobPreparing:       {jobPreparing, jobRunning, jobQueued, jobCanceled, jobCancelRequested},
		jobRunning:         {jobFinalizing, jobQueued, jobCanceled, jobCancelRequested},
		jobFinalizing:      {jobCompleted, jobFailed, jobQueued, jobCanceled, jobCancelRequested},
		jobCancelRequested: {jobCanceled},
	},
	"deployment": {
		"":           {creating},
		creating:     {provisioned, unsuccessful, deleting},
		updating:     {provisioned, unsuccessful, deleting},
		scaling:      {provisioned, deleting},
		provisioned:  {updating, scaling, deleting},
		unsuccessful: {updating, deleting},
		deleting:     {""},
	},
}

func kindOf(c change) string {
	switch {
	case c.part == "allocation":
		return ""
	case c.part != "":
		return "node"
	case strings.Contains(c.id, "/jobs/"):
		return "job"
	case strings.Contains(c.id, "/deployments/"):
		return "deployment"
	case strings.Contains(c.id, "Endpoints/"):
		return ""
	default:
		return "instance"
	}
}

// TestInvariants lets people, timetables and a vandal have their way with the
// demo for four weeks. Whatever happens, states follow each other legally and
// the books balance.
func TestInvariants(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := demo(t, seed)
			seen := map[string]int{}
			w.watch = func(c change) {
				kind := kindOf(c)
				if kind == "" {
					return
				}
				seen[kind]++
				if !slices.Contains(legal[kind][c.from], c.to) {
					t.Errorf("%s: %s %s %s: %q to %q", c.at.Format(time.DateTime), kind, c.id, c.part, c.from, c.to)
				}
			}
			check(t, w)
			vandal := newStream(seed, "vandal")
			for end := w.Start().AddDate(0, 0, 28); w.Now().Before(end) && !t.Failed(); {
				w.after(vandal.gap(40 * time.Minute))
				vandalise(w, &vandal)
				check(t, w)
			}
			for _, kind := range []string{"instance", "node", "job", "deployment"} {
				if seen[kind] < 60 {
					t.Errorf("only %d transitions of a %s", seen[kind], kind)
				}
			}
		})
	}
}

// vandalise gives one command at random, legal or not.
func vandalise(w *World, r *stream) {
	subs := w.Subscriptions()
	ws := subs[r.n(len(subs))].Workspaces
	at := ws[r.n(len(ws))]
	if len(at.Instances) > 0 {
		i := at.Instances[r.n(len(at.Instances))]
		switch r.n(6) {
		case 0:
			_, _ = w.StartInstance(i)
		case 1:
			_, _ = w.StopInstance(i)
		case 2:
			_, _ = w.RestartInstance(i)
		case 3:
			_ = w.SetIdleShutdown(i, time.Duration(r.n(5))*30*time.Minute)
		case 4:
			if r.chance(0.1) {
				_, _ = w.DeleteCompute(i, false)
			}
		case 5:
			_, _, _ = w.PutInstance(at, fmt.Sprintf("new-%d", r.n(4)), InstanceSpec{VMSize: "Standard_DS3_v2", IdleShutdown: time.Hour})
		}
	}
	if len(at.Clusters) > 0 {
		c := at.Clusters[r.n(len(at.Clusters))]
		switch r.n(8) {
		case 0:
			_, _ = w.ScaleCluster(c, ScaleSpec{Min: r.n(3), Max: 2 + r.n(8), Idle: time.Duration(1+r.n(20)) * time.Minute})
		case 1:
			if r.chance(0.1) {
				_, _ = w.DeleteCompute(c, false)
			}
		case 2:
			_, _, _ = w.PutCluster(at, fmt.Sprintf("pool-%d", r.n(3)), ClusterSpec{VMSize: "Standard_DS3_v2", Scale: ScaleSpec{Min: 1, Max: 3}})
		}
	}
	if len(at.Jobs) > 0 && r.chance(0.3) {
		_, _ = w.CancelJob(at.Jobs[r.n(min(8, len(at.Jobs)))])
	}
	if len(at.Online) > 0 {
		vandaliseEndpoint(w, at.Online[r.n(len(at.Online))], r)
	}
}

func vandaliseEndpoint(w *World, e *Endpoint, r *stream) {
	switch r.n(5) {
	case 0:
		_, _, _ = w.PutDeployment(e, DeploymentSpec{Name: fmt.Sprintf("try-%d", r.n(3)), VMSize: "Standard_F2s_v2", Instances: 1 + r.n(4),
			Model: []string{"ok", "crash"}[r.n(2)], Environment: []string{"fine", "broken"}[r.n(2)]})
	case 1, 2:
		if len(e.Deployments) > 0 {
			d := e.Deployments[r.n(len(e.Deployments))]
			_, _ = w.ScaleDeployment(d, 1+r.n(6))
		}
	case 3:
		if len(e.Deployments) > 0 {
			_, _ = w.DeleteDeployment(e.Deployments[r.n(len(e.Deployments))])
		}
	case 4:
		_, _, _ = w.PutEndpoint(e.Workspace, false, EndpointSpec{Name: e.Name, Traffic: map[string]int{"try-0": r.n(120)}})
	}
}

// check holds everything that is true of a world at any moment.
func check(t *testing.T, w *World) {
	t.Helper()
	for _, s := range w.Subscriptions() {
		used := map[*Region]*usedCores{}
		for _, r := range s.Regions {
			used[r] = &usedCores{family: map[string]int{}, lowFamily: map[string]int{}}
		}
		for _, ws := range s.Workspaces {
			for _, i := range ws.Instances {
				used[i.bound].count(i.hw, false, i.hw.cores, 1)
				checkInstance(t, w, i)
			}
			for _, c := range ws.Clusters {
				n := c.Counts()
				used[c.bound].count(c.hw, c.LowPriority, n.Billed()*c.hw.cores, 1)
				checkCluster(t, w, c)
			}
			for _, e := range ws.Online {
				for _, d := range e.Deployments {
					computes := 0
					if d.Kind == kindManaged {
						computes = 1
					}
					used[d.bound].count(d.hw, false, d.reserved, computes)
				}
			}
		}
		for _, r := range s.Regions {
			for _, c := range r.blocked {
				if c.Gone || !c.starved || c.ProvisioningState == deleting {
					t.Fatalf("%s waits for cores: gone %v, starved %v, %s", c.Name, c.Gone, c.starved, c.ProvisioningState)
				}
			}
			checkQuota(t, s, r, used[r])
		}
	}
}

func (u *usedCores) count(h hardware, low bool, cores, computes int) {
	u.computes += computes
	if low {
		u.low += cores
		return
	}
	u.dedicated += cores
	u.family[h.family] += cores
}

func checkQuota(t *testing.T, s *Subscription, r *Region, want *usedCores) {
	t.Helper()
	if r.used.dedicated != want.dedicated || r.used.low != want.low || r.used.computes != want.computes {
		t.Fatalf("%s %s: counted %d dedicated, %d low, %d computes; there are %d, %d, %d", s.Name, r.Name,
			r.used.dedicated, r.used.low, r.used.computes, want.dedicated, want.low, want.computes)
	}
	for family, cores := range want.family {
		if r.used.family[family] != cores {
			t.Fatalf("%s %s: counted %d cores of %s, there are %d", s.Name, r.Name, r.used.family[family], family, cores)
		}
		if limit := r.limit(family); cores > limit {
			t.Fatalf("%s %s: %d cores of %s exceed the quota of %d", s.Name, r.Name, cores, family, limit)
		}
	}
	if want.dedicated > r.DedicatedLimit || want.low > r.LowPriorityLimit {
		t.Fatalf("%s %s: totals exceed the quota", s.Name, r.Name)
	}
}

func checkCluster(t *testing.T, w *World, c *Cluster) {
	t.Helper()
	n := c.Counts()
	if c.ProvisioningState != provisioned || c.ScaleBlocked {
		return
	}
	leaving := n.Leaving + n.Idle + n.Running // a lowered maximum takes effect as nodes come free
	if len(c.Nodes) > c.Max && len(c.Nodes)-leaving > c.Max {
		t.Fatalf("%v %s: %d nodes, at most %d", w.Now(), c.Name, len(c.Nodes), c.Max)
	}
	if len(c.Nodes) < c.Min && !c.starved {
		t.Fatalf("%v %s: %d nodes, at least %d", w.Now(), c.Name, len(c.Nodes), c.Min)
	}
	busy := n.Preparing > 0 || n.Leaving > 0
	if busy != (c.AllocationState == model.AllocationResizing) {
		t.Fatalf("%v %s: %s with nodes %+v", w.Now(), c.Name, c.AllocationState, n)
	}
	onNodes := 0
	for _, j := range c.active {
		onNodes += len(j.nodes)
		if len(j.nodes) != j.Nodes || j.Over() || j.Status == jobQueued {
			t.Fatalf("%v %s: job %s is %s on %d of %d nodes", w.Now(), c.Name, j.Name, j.Status, len(j.nodes), j.Nodes)
		}
	}
	if onNodes != n.Running {
		t.Fatalf("%v %s: %d nodes run, jobs hold %d", w.Now(), c.Name, n.Running, onNodes)
	}
	if len(c.queue) > 0 && n.Idle >= c.queue[0].Nodes {
		t.Fatalf("%v %s: a job waits for %d nodes and %d are idle", w.Now(), c.Name, c.queue[0].Nodes, n.Idle)
	}
	if c.starved != (len(c.Faults) > 0) {
		t.Fatalf("%v %s: starved %v, faults %v", w.Now(), c.Name, c.starved, c.Faults)
	}
}

func checkInstance(t *testing.T, w *World, i *Instance) {
	t.Helper()
	running := 0
	for _, j := range i.jobs {
		if j.Status != jobQueued {
			running++
		}
	}
	state := model.InstanceState(i.State)
	if (running > 0) != (state == model.StateJobRunning) || running > i.hw.cores {
		t.Fatalf("%v %s: %s with %d jobs running", w.Now(), i.Name, i.State, running)
	}
	if state == model.StateRunning && i.IdleShutdown > 0 && !i.awake() && !i.DiskFull && i.ProvisioningState == provisioned &&
		w.Now().Sub(i.idleSince()) > i.IdleShutdown {
		t.Fatalf("%v %s: idle for %v with a rule of %v", w.Now(), i.Name, w.Now().Sub(i.idleSince()), i.IdleShutdown)
	}
}
