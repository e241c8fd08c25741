package sim

import (
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// buildJob adds a job that exists at the start, with the nodes it is on.
func (w *World) buildJob(ws *Workspace, def jobDef) error {
	owner, err := w.who(def.Owner)
	if err != nil {
		return err
	}
	j := &Job{
		Workspace: ws, Name: ws.jobName(), DisplayName: def.Display, Experiment: def.Experiment, Type: def.Type,
		Status: def.Status, Serverless: def.Serverless, Nodes: max(1, def.Nodes), Owner: owner.fullName,
		Work: def.Left, Fails: def.Fails, Message: def.Message,
	}
	if j.Type == "" {
		j.Type = "Command"
	}
	j.rng = newStream(w.seed, j.ID())
	if def.Target != "" {
		switch t := ws.FindCompute(def.Target).(type) {
		case *Cluster:
			j.Cluster = t
		case *Instance:
			j.Instance = t
		default:
			return fmt.Errorf("target %q is neither a cluster nor an instance here", def.Target)
		}
	}
	if j.Work == 0 {
		j.Work = j.rng.between(10*time.Minute, 70*time.Minute)
	}
	j.CreatedAt = def.Created.in(w.start, w.start.Add(-20*time.Minute))
	ws.Jobs = append(ws.Jobs, j)
	switch j.Status {
	case jobQueued:
		w.buildQueued(j)
	case jobPreparing, jobRunning, jobFinalizing:
		j.StartedAt = def.Started.in(w.start, j.CreatedAt.Add(6*time.Minute))
		w.buildActive(j)
	case jobCompleted, jobFailed, jobCanceled:
		j.StartedAt = def.Started.in(w.start, j.CreatedAt.Add(5*time.Minute))
		j.EndedAt = def.Ended.in(w.start, j.StartedAt.Add(j.Work))
	default:
		return fmt.Errorf("status %q is not one a job can start the scenario in", j.Status)
	}
	return nil
}

func (w *World) buildQueued(j *Job) {
	switch {
	case j.Cluster != nil:
		j.Cluster.queue = append(j.Cluster.queue, j)
	case j.Instance != nil:
		j.Instance.jobs = append(j.Instance.jobs, j)
		w.plan(0, func() { w.serve(j.Instance) })
	default:
		w.set(&j.timer, j.rng.between(time.Minute, 4*time.Minute), func() { w.prepare(j) })
	}
}

func (w *World) buildActive(j *Job) {
	if c := j.Cluster; c != nil {
		for range j.Nodes {
			n := w.buildNode(c, nodeRunning, j.StartedAt)
			n.Job = j
			j.nodes = append(j.nodes, n)
		}
		c.active = append(c.active, j)
	}
	if i := j.Instance; i != nil {
		i.jobs = append(i.jobs, j)
		i.idle.cancel()
		w.become(i, model.StateJobRunning)
	}
	switch j.Status {
	case jobPreparing:
		j.StartedAt = time.Time{}
		w.set(&j.timer, j.rng.between(10*time.Second, 40*time.Second), func() { w.prepare(j) })
	case jobFinalizing: // one that hangs there
		w.set(&j.timer, j.Work, func() { w.end(j, jobCompleted, "") })
	default:
		w.set(&j.timer, j.Work, func() { w.finalize(j) })
	}
}

func (w *World) buildWorkload(ws *Workspace, def workloadDef) error {
	if len(def.Owners) == 0 || def.Median <= 0 || (def.PerDay <= 0) == (def.Cron == "") {
		return fmt.Errorf("a workload needs owners, a median, and either per_day or cron")
	}
	var targets []any
	for _, name := range def.Targets {
		switch t := ws.FindCompute(name).(type) {
		case *Cluster, *Instance:
			targets = append(targets, t)
		default:
			return fmt.Errorf("target %q is neither a cluster nor an instance here", name)
		}
	}
	for _, name := range def.Owners {
		owner, err := w.who(name)
		if err != nil {
			return err
		}
		l := &workload{
			ws: ws, display: def.Display, experiment: def.Experiment, kind: def.Type, targets: targets,
			serverless: def.Serverless, owner: owner, nodes: [2]int{1, 1}, median: def.Median, sigma: def.Sigma, fails: def.Fails,
			rng: newStream(w.seed, ws.ID()+"/workloads/"+def.Display+"/"+name),
		}
		if len(def.Nodes) == 2 && def.Nodes[0] >= 1 && def.Nodes[1] >= def.Nodes[0] {
			l.nodes = [2]int{def.Nodes[0], def.Nodes[1]}
		}
		if l.kind == "" {
			l.kind = "Command"
		}
		if def.Cron != "" {
			t, err := Schedule{Cron: def.Cron, TimeZone: def.TimeZone}.Timetable(w.now)
			if err != nil {
				return err
			}
			l.timetable = &t
			l.every = 24 * time.Hour
		} else {
			l.every = time.Duration(float64(owner.to-owner.from) / def.PerDay)
		}
		w.remember(l, def.History)
		w.follow(l)
	}
	return nil
}

// remember gives a workload a past: its last n jobs before the start, all over.
func (w *World) remember(l *workload, n int) {
	if n <= 0 {
		return
	}
	rate := 24 * float64(time.Hour) / float64(l.owner.to-l.owner.from) * 7 / 5
	t := w.start.Add(-time.Duration(1.3*rate*float64(n)*float64(l.every)) - 24*time.Hour)
	var past []time.Time
	for range 20 * n {
		if l.timetable != nil {
			t = l.timetable.Next(t)
		} else {
			t = l.owner.after(t, l.rng.gap(l.every))
		}
		if t.IsZero() || !t.Before(w.start.Add(-10*time.Minute)) {
			break
		}
		past = append(past, t)
	}
	for _, created := range past[max(0, len(past)-n):] {
		target, _ := any(nil), true
		if len(l.targets) > 0 {
			target = l.targets[l.rng.n(len(l.targets))]
		}
		j := w.newJob(l, target)
		j.CreatedAt = created
		j.StartedAt = created.Add(j.rng.between(90*time.Second, 8*time.Minute))
		j.EndedAt = j.StartedAt.Add(j.Work)
		if late := w.start.Add(-time.Minute); j.EndedAt.After(late) {
			j.EndedAt = late
		}
		j.Status = jobCompleted
		if j.Fails {
			j.Status, j.Message = jobFailed, failures[j.rng.n(len(failures))]
		}
		l.ws.Jobs = append(l.ws.Jobs, j)
	}
}
