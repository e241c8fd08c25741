package sim

import (
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// Job statuses the world uses, in the service's words.
const (
	jobQueued          = "Queued"
	jobPreparing       = "Preparing"
	jobRunning         = "Running"
	jobFinalizing      = "Finalizing"
	jobCompleted       = "Completed"
	jobFailed          = "Failed"
	jobCanceled        = "Canceled"
	jobCancelRequested = "CancelRequested"
)

// mostJobs is how many jobs a workspace remembers. Of those that are over, the
// oldest are forgotten first.
const mostJobs = 240

// Over reports whether the job has ended.
func (j *Job) Over() bool {
	return j.Status == jobCompleted || j.Status == jobFailed || j.Status == jobCanceled
}

// submit puts a new job into its workspace and its target's queue.
func (w *World) submit(j *Job) {
	ws := j.Workspace
	ws.Jobs = slices.Insert(slices.Clip(ws.Jobs), 0, j)
	for n := len(ws.Jobs) - 1; n >= mostJobs; n-- {
		if ws.Jobs[n].Over() {
			ws.Jobs = slices.Delete(slices.Clone(ws.Jobs), n, n+1)
		}
	}
	j.CreatedAt = w.now
	w.mark(j, jobQueued)
	w.submitted(j)
	switch {
	case j.Cluster != nil:
		j.Cluster.queue = append(j.Cluster.queue, j)
		w.reconcile(j.Cluster)
	case j.Instance != nil:
		j.Instance.jobs = append(j.Instance.jobs, j)
		w.serve(j.Instance)
	default: // serverless: the service finds nodes by itself
		w.set(&j.timer, j.rng.between(90*time.Second, 5*time.Minute), func() { w.prepare(j) })
	}
}

// prepare pulls the job's image on its nodes, then runs it.
func (w *World) prepare(j *Job) {
	w.mark(j, jobPreparing)
	j.Message = ""
	w.set(&j.timer, j.rng.between(20*time.Second, 75*time.Second), func() {
		j.StartedAt = w.now
		w.mark(j, jobRunning)
		w.set(&j.timer, j.Work, func() { w.finalize(j) })
	})
}

// finalize uploads the job's outputs and ends it.
func (w *World) finalize(j *Job) {
	w.mark(j, jobFinalizing)
	w.set(&j.timer, j.rng.between(5*time.Second, 25*time.Second), func() {
		if j.Fails {
			w.end(j, jobFailed, failures[j.rng.n(len(failures))])
			return
		}
		w.end(j, jobCompleted, "")
	})
}

// failures are what a failed job says of itself.
var failures = []string{
	"Execution failed. User process 'python' exited with status code 1. torch.cuda.OutOfMemoryError: CUDA out of memory.",
	"Execution failed. User process 'python' exited with status code 1. ValueError: Input contains NaN.",
	"Execution failed. User process 'python' exited with status code 2. unrecognized arguments: --epoch",
	"Execution failed. User process 'python' exited with status code 1. FileNotFoundError: train.parquet",
	"Data access failed: the identity of the job lacks Storage Blob Data Reader on the datastore.",
}

// end ends a job and hands its nodes back.
func (w *World) end(j *Job, status, message string) {
	j.timer.cancel()
	j.Message, j.EndedAt = message, w.now
	w.mark(j, status)
	if c := j.Cluster; c != nil {
		w.release(c, j)
		c.queue = without(c.queue, j)
		w.reconcile(c)
	}
	if i := j.Instance; i != nil {
		i.jobs = without(i.jobs, j)
		i.LastActivity = w.now
		w.serve(i)
	}
}

// requeue puts an active job back to the head of its cluster's queue, unless
// somebody wants it canceled anyway.
func (w *World) requeue(j *Job, message string) {
	if j.Status == jobCancelRequested {
		w.end(j, jobCanceled, "Canceled by user.")
		return
	}
	j.timer.cancel()
	j.Message, j.StartedAt = message, time.Time{}
	w.mark(j, jobQueued)
	w.release(j.Cluster, j)
	j.Cluster.queue = slices.Insert(slices.Clone(j.Cluster.queue), 0, j)
}

// release makes the nodes of a job idle.
func (w *World) release(c *Cluster, j *Job) {
	for _, n := range j.nodes {
		if n.Job == j {
			w.turn(c, n, nodeIdle)
		}
	}
	j.nodes = nil
	c.active = without(c.active, j)
}

// CancelJob cancels a job; one that is over stays as it is, with success.
func (w *World) CancelJob(j *Job) (*Operation, error) {
	op := w.begin("", j.Workspace)
	if j.Over() {
		w.finish(op, nil)
		return op, nil
	}
	if j.Status == jobQueued { // nothing may start it any more
		w.withdraw(j)
	}
	w.mark(j, jobCancelRequested)
	takes := j.rng.between(3*time.Second, 12*time.Second)
	w.set(&j.timer, takes, func() { w.end(j, jobCanceled, "Canceled by user.") })
	return w.finishAfter(op, takes, nil, nil), nil
}

// withdraw takes a job that waits out of its target's queue.
func (w *World) withdraw(j *Job) {
	switch {
	case j.Cluster != nil:
		j.Cluster.queue = without(j.Cluster.queue, j)
		w.reconcile(j.Cluster)
	case j.Instance != nil:
		j.Instance.jobs = without(j.Instance.jobs, j)
	}
}

// serve runs an instance's queue: one job a vCPU at a time, the rest wait.
func (w *World) serve(i *Instance) {
	state := model.InstanceState(i.State)
	if state != model.StateRunning && state != model.StateJobRunning {
		return
	}
	running := 0
	for _, j := range i.jobs {
		if j.Status != jobQueued {
			running++
		}
	}
	for _, j := range i.jobs {
		if j.Status == jobQueued && running < i.hw.cores {
			w.prepare(j)
			running++
		}
	}
	if running > 0 {
		i.idle.cancel()
		w.become(i, model.StateJobRunning)
		return
	}
	w.become(i, model.StateRunning)
	w.watchIdle(i)
}

// evict ends every job of an instance whose VM goes away.
func (w *World) evict(i *Instance, why string) {
	jobs := i.jobs
	i.jobs = nil // so that the end of one does not start the next
	for _, j := range jobs {
		w.end(j, jobCanceled, why)
	}
}

func (w *World) mark(j *Job, status string) {
	w.note(j, "", j.Status, status)
	j.Status = status
}
