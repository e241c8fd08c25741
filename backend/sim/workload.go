package sim

import (
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// workload is a kind of job that a person, or a timetable, submits again and
// again.
type workload struct {
	ws         *Workspace
	display    string
	experiment string
	kind       string // Command, Pipeline, Sweep, AutoML
	targets    []any  // *Cluster or *Instance; none: serverless
	serverless string
	owner      *person
	every      time.Duration    // mean working time between two jobs
	timetable  *model.Timetable // instead of it
	nodes      [2]int
	median     time.Duration
	sigma      float64
	fails      float64
	rng        stream
	count      int
}

// mostWaiting is the length of a queue at which people stop adding to it.
const mostWaiting = 6

// follow plans the workload's next job.
func (w *World) follow(l *workload) {
	var at time.Time
	if l.timetable != nil {
		at = l.timetable.Next(w.now)
	} else {
		at = l.owner.after(w.now, l.rng.gap(l.every))
	}
	if at.IsZero() {
		return
	}
	w.plan(at.Sub(w.now), func() {
		if target, ok := l.choose(); ok {
			w.submit(w.newJob(l, target))
		}
		w.follow(l)
	})
}

// choose picks where the next job goes; false if there is nowhere to go now.
func (l *workload) choose() (any, bool) {
	if len(l.targets) == 0 {
		return nil, true
	}
	switch t := l.targets[l.rng.n(len(l.targets))].(type) {
	case *Cluster:
		return t, !t.Gone && t.ProvisioningState == provisioned && len(t.queue) < mostWaiting
	case *Instance:
		state := model.InstanceState(t.State)
		return t, !t.Gone && (state == model.StateRunning || state == model.StateJobRunning)
	default:
		return nil, false
	}
}

// newJob draws a job of the workload.
func (w *World) newJob(l *workload, target any) *Job {
	l.count++
	j := &Job{
		Workspace: l.ws, Name: l.ws.jobName(),
		DisplayName: fmt.Sprintf("%s-%d", l.display, l.count),
		Experiment:  l.experiment, Type: l.kind, Owner: l.owner.fullName,
		Nodes: l.nodes[0] + l.rng.n(l.nodes[1]-l.nodes[0]+1),
		Work:  l.rng.spread(l.median, l.sigma), Fails: l.rng.chance(l.fails),
	}
	j.rng = newStream(w.seed, j.ID())
	switch t := target.(type) {
	case *Cluster:
		j.Cluster, j.Nodes = t, max(1, min(j.Nodes, t.Max))
	case *Instance:
		j.Instance, j.Nodes = t, 1
	default:
		j.Serverless = l.serverless
	}
	return j
}

// The words of the service's generated job names.
var (
	adjectives = []string{"amiable", "blue", "calm", "clever", "dynamic", "frosty", "gentle", "happy", "keen", "lucid",
		"mighty", "modest", "neat", "patient", "plum", "quiet", "red", "silver", "tender", "witty"}
	nouns = []string{"arch", "basil", "bridge", "carrot", "cloud", "drum", "fig", "garden", "hill", "kettle",
		"lemon", "napkin", "orange", "pot", "rhubarb", "root", "school", "sugar", "tooth", "yam"}
)

// jobName makes a name in the manner of the service, unique in practice.
func (ws *Workspace) jobName() string {
	const alphabet = "0123456789bcdfghjklmnpqrstvwxyz"
	var tail [10]byte
	for i := range tail {
		tail[i] = alphabet[ws.shuffle.n(len(alphabet))]
	}
	return adjectives[ws.shuffle.n(len(adjectives))] + "_" + nouns[ws.shuffle.n(len(nouns))] + "_" + string(tail[:])
}
