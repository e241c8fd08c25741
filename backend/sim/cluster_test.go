package sim

import (
	"net/http"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// pool is a world with one cluster.
func pool(t *testing.T, settings string) (*World, *Cluster) {
	t.Helper()
	w, ws := small(t, `
[[subscriptions.workspaces.clusters]]
name = "pool"
vm_size = "Standard_DS3_v2"
`+settings)
	c, ok := ws.FindCompute("pool").(*Cluster)
	if !ok {
		t.Fatal("no cluster called pool")
	}
	return w, c
}

// give submits a job to a cluster.
func give(w *World, c *Cluster, nodes int, work time.Duration) *Job {
	j := &Job{Workspace: c.Workspace, Name: c.Workspace.jobName(), Cluster: c, Nodes: nodes, Work: work}
	j.rng = newStream(w.seed, j.Name)
	w.submit(j)
	return j
}

// TestClusterDrainsToZero follows a cluster from a job's arrival to zero nodes.
func TestClusterDrainsToZero(t *testing.T) {
	w, c := pool(t, `max = 3
idle_time = "5m"`)
	j := give(w, c, 2, 10*time.Minute)
	if n := c.Counts(); n.Preparing != 2 || c.AllocationState != model.AllocationResizing || c.Target != 2 {
		t.Fatalf("at once: %+v, %s to %d", n, c.AllocationState, c.Target)
	}
	w.after(5 * time.Minute)
	if n := c.Counts(); n.Running != 2 || c.AllocationState != model.AllocationSteady {
		t.Fatalf("after 5 minutes: %+v, %s", n, c.AllocationState)
	}
	for !j.Over() {
		w.after(time.Second)
	}
	if j.Status != jobCompleted || j.EndedAt.Sub(j.StartedAt) < 10*time.Minute {
		t.Errorf("the job is %s after %v", j.Status, j.EndedAt.Sub(j.StartedAt))
	}
	if n := c.Counts(); n.Idle != 2 || !c.Nodes[0].Since.Equal(j.EndedAt) {
		t.Errorf("after the job: %+v, idle since %v", n, c.Nodes[0].Since)
	}
	w.AdvanceTo(j.EndedAt.Add(5*time.Minute - time.Second))
	if n := c.Counts(); n.Idle != 2 {
		t.Errorf("before the idle time is over: %+v", n)
	}
	w.after(time.Second)
	if n := c.Counts(); n.Leaving != 2 || c.Target != 0 || c.AllocationState != model.AllocationResizing {
		t.Errorf("at the end of the idle time: %+v, %s to %d", n, c.AllocationState, c.Target)
	}
	w.after(3 * time.Minute)
	if len(c.Nodes) != 0 || c.AllocationState != model.AllocationSteady || c.bound.used.dedicated != 0 {
		t.Errorf("in the end: %d nodes, %s, %d cores", len(c.Nodes), c.AllocationState, c.bound.used.dedicated)
	}
}

func TestNeverBelowMinimum(t *testing.T) {
	w, c := pool(t, `min = 2
max = 3
idle = 2
idle_since = "-3h"`)
	give(w, c, 3, 5*time.Minute)
	for range 200 {
		w.after(time.Minute)
		if len(c.Nodes) < 2 || len(c.Nodes) > 3 {
			t.Fatalf("%d nodes", len(c.Nodes))
		}
	}
	if n := c.Counts(); n.Idle != 2 || c.Target != 2 {
		t.Errorf("in the end: %+v, target %d", n, c.Target)
	}
}

// TestQuotaWall: 24 cores of the family are six nodes of four.
func TestQuotaWall(t *testing.T) {
	w, c := pool(t, `max = 10`)
	first := give(w, c, 6, time.Hour)
	second := give(w, c, 2, time.Minute)
	w.after(30 * time.Minute)
	if len(c.Faults) != 1 || c.Faults[0].Code != "ClusterCoreQuotaReached" || second.Status != jobQueued {
		t.Fatalf("faults %v, second job %s", c.Faults, second.Status)
	}
	if c.Target != 8 || len(c.Nodes) != 6 {
		t.Errorf("wants %d, has %d", c.Target, len(c.Nodes))
	}
	if _, err := w.CancelJob(first); err != nil {
		t.Fatal(err)
	}
	w.after(5 * time.Minute)
	if len(c.Faults) != 0 || second.Status != jobCompleted {
		t.Errorf("later: faults %v, second job %s", c.Faults, second.Status)
	}
}

// TestCoresComeFree: a cluster that starves behind another target goes on when
// that one is deleted, without any other event.
func TestCoresComeFree(t *testing.T) {
	w, c := pool(t, `max = 10
[[subscriptions.workspaces.instances]]
name = "hog"
vm_size = "Standard_DS5_v2"`)
	j := give(w, c, 3, time.Minute) // 16 + 12 of 24 cores
	w.after(time.Hour)
	if j.Status != jobQueued || len(c.Faults) == 0 {
		t.Fatalf("job %s, faults %v", j.Status, c.Faults)
	}
	if _, err := w.DeleteCompute(c.Workspace.FindCompute("hog"), false); err != nil {
		t.Fatal(err)
	}
	w.after(15 * time.Minute)
	if j.Status != jobCompleted {
		t.Errorf("job %s, faults %v", j.Status, c.Faults)
	}
}

// TestStarvedClusterDeleted: nobody waits for cores after its end.
func TestStarvedClusterDeleted(t *testing.T) {
	w, c := pool(t, `min = 3
max = 10
[[subscriptions.workspaces.instances]]
name = "hog"
vm_size = "Standard_DS5_v2"`) // 16 + 12 of 24 cores
	if len(c.bound.blocked) != 1 {
		t.Fatalf("%d clusters wait for cores", len(c.bound.blocked))
	}
	if _, err := w.DeleteCompute(c, false); err != nil {
		t.Fatal(err)
	}
	w.after(10 * time.Minute)
	if len(c.bound.blocked) != 0 || c.bound.used.dedicated != 16 {
		t.Errorf("%d clusters wait, %d cores in use", len(c.bound.blocked), c.bound.used.dedicated)
	}
}

func TestScale(t *testing.T) {
	w, c := pool(t, `max = 2
idle_time = "2m"
unusable = 1`)
	before := *c
	op, err := w.ScaleCluster(c, ScaleSpec{Min: 1, Max: 4, Idle: 10 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if c.Min != before.Min || c.Max != before.Max || c.ProvisioningState != updating {
		t.Errorf("at once: %d to %d, %s", c.Min, c.Max, c.ProvisioningState)
	}
	if _, err := w.ScaleCluster(c, ScaleSpec{Max: 1}); denial(t, err).Status != http.StatusConflict {
		t.Errorf("a second resize answers %v", err)
	}
	w.after(10 * time.Minute)
	n := c.Counts()
	if c.Min != 1 || c.Max != 4 || c.IdleTime != 10*time.Minute || op.Status != statusSucceeded || n.Idle != 1 || n.Unusable != 0 {
		t.Errorf("later: %d to %d after %v, operation %s, %+v", c.Min, c.Max, c.IdleTime, op.Status, n)
	}
	for _, bad := range []ScaleSpec{{Min: 3, Max: 2}, {Min: -1, Max: 2}, {}, {Max: 101}} {
		if _, err := w.ScaleCluster(c, bad); denial(t, err).Code != "BadArgument" {
			t.Errorf("%+v answers %v", bad, err)
		}
	}
	_, err = w.ScaleCluster(c, ScaleSpec{Min: 7, Max: 8})
	if d := denial(t, err); d.Code != "ClusterMinNodesExceedCoreQuota" {
		t.Errorf("a minimum beyond the quota answers %v", d)
	}
}

func TestLock(t *testing.T) {
	w, c := pool(t, `max = 2
locked = true`)
	j := give(w, c, 1, time.Minute)
	w.after(48 * time.Hour)
	if j.Status != jobQueued || len(c.Nodes) != 0 || c.AllocationState != model.AllocationResizing || c.Target != 1 {
		t.Errorf("job %s, %d nodes, %s to %d", j.Status, len(c.Nodes), c.AllocationState, c.Target)
	}
}

func TestUnusableNodeBlocksZero(t *testing.T) {
	w, c := pool(t, `max = 2
unusable = 1`)
	w.after(48 * time.Hour)
	if n := c.Counts(); n.Unusable != 1 || w.Billed(c.ID()) != 48*time.Hour {
		t.Errorf("%+v, billed %v", n, w.Billed(c.ID()))
	}
}

func TestPreemption(t *testing.T) {
	w, c := pool(t, `max = 4
low_priority = true
eviction = "30m"`)
	list := history(w)
	var jobs []*Job
	for n := range 12 {
		jobs = append(jobs, give(w, c, 1+n%2, 40*time.Minute))
	}
	w.after(7 * 24 * time.Hour)
	back, requeued := 0, 0
	for _, ch := range *list {
		if ch.from == nodePreempted && ch.to == nodePreparing {
			back++
		}
		if ch.part == "" && ch.to == jobQueued && ch.from != "" {
			requeued++
		}
	}
	if back == 0 || requeued == 0 {
		t.Errorf("%d nodes came back, %d jobs went back to the queue", back, requeued)
	}
	for _, j := range jobs {
		if j.Status != jobCompleted {
			t.Errorf("job %s never got through: %s", j.Name, j.Status)
		}
	}
	if c.bound.used.low != 0 || c.bound.used.dedicated != 0 {
		t.Errorf("%d low-priority and %d dedicated cores in use at zero nodes", c.bound.used.low, c.bound.used.dedicated)
	}
}

func TestCancelJob(t *testing.T) {
	w, c := pool(t, `max = 1`)
	running, waiting := give(w, c, 1, time.Hour), give(w, c, 1, time.Hour)
	w.after(10 * time.Minute)
	for _, j := range []*Job{waiting, running} {
		op, err := w.CancelJob(j)
		if err != nil || j.Status != jobCancelRequested {
			t.Fatalf("%v, job %s", err, j.Status)
		}
		w.after(15 * time.Second)
		if j.Status != jobCanceled || op.Status != statusSucceeded {
			t.Errorf("job %s, operation %s", j.Status, op.Status)
		}
	}
	op, err := w.CancelJob(running)
	if err != nil || op.Status != statusSucceeded || running.Status != jobCanceled {
		t.Errorf("canceling again: %v, %s", err, running.Status)
	}
	if c.Counts().Running != 0 {
		t.Error("a node still runs a canceled job")
	}
}

// TestCancelRaces: a job whose cancellation is on its way neither starts nor
// goes back to the queue.
func TestCancelRaces(t *testing.T) {
	w, c := pool(t, `max = 1
low_priority = true`)
	running, waiting := give(w, c, 1, time.Hour), give(w, c, 1, time.Hour)
	w.after(10 * time.Minute)
	for _, j := range []*Job{waiting, running} {
		if _, err := w.CancelJob(j); err != nil {
			t.Fatal(err)
		}
	}
	w.preempt(c, c.Nodes[0])
	if running.Status != jobCanceled || waiting.Status != jobCancelRequested {
		t.Errorf("the node was preempted: %s and %s", running.Status, waiting.Status)
	}
	next := give(w, c, 1, time.Minute)
	w.after(time.Hour)
	if waiting.Status != jobCanceled || !waiting.StartedAt.IsZero() || next.Status != jobCompleted {
		t.Errorf("in the end: the waiting one %s, started %v; the next one %s", waiting.Status, waiting.StartedAt, next.Status)
	}
}

// TestCancelOfWaitingJob: the node that comes free meanwhile does not start it.
func TestCancelOfWaitingJob(t *testing.T) {
	w, c := pool(t, `max = 1`)
	running, waiting := give(w, c, 1, time.Hour), give(w, c, 1, time.Hour)
	w.after(10 * time.Minute)
	if _, err := w.CancelJob(waiting); err != nil {
		t.Fatal(err)
	}
	w.end(running, jobCompleted, "")
	if waiting.Status != jobCancelRequested {
		t.Errorf("it is %s", waiting.Status)
	}
}

// TestPeopleStopQueueing: nobody adds to a queue that does not move for ever.
func TestPeopleStopQueueing(t *testing.T) {
	w, c := pool(t, `max = 1
locked = true
[[subscriptions.workspaces.workloads]]
display = "train"
targets = ["pool"]
owners = ["ana"]
per_day = 20
median = "10m"`)
	w.after(14 * 24 * time.Hour)
	if len(c.queue) != mostWaiting {
		t.Errorf("%d jobs wait", len(c.queue))
	}
}

func TestCreateAndDeleteCluster(t *testing.T) {
	w, ws := small(t, "")
	c, op, err := w.PutCluster(ws, "made", ClusterSpec{VMSize: "standard_ds3_v2", Scale: ScaleSpec{Min: 1, Max: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Filled || c.ProvisioningState != creating || len(c.Nodes) != 0 {
		t.Errorf("at once: filled %v, %s, %d nodes", c.Filled, c.ProvisioningState, len(c.Nodes))
	}
	w.after(10 * time.Minute)
	if c.Counts().Idle != 1 || op.Status != statusSucceeded || !c.Filled || c.IdleTime != 2*time.Minute {
		t.Errorf("later: %+v, operation %s, idle time %v", c.Counts(), op.Status, c.IdleTime)
	}
	j := give(w, c, 2, time.Hour)
	if _, err := w.DeleteCompute(c, false); err != nil {
		t.Fatal(err)
	}
	w.after(2 * time.Minute)
	if ws.FindCompute("made") != nil || j.Status != jobCanceled || c.bound.used.dedicated != 0 || c.bound.used.computes != 0 {
		t.Errorf("deleted: job %s, %d cores", j.Status, c.bound.used.dedicated)
	}
	for n := range 5 {
		_, _, err = w.PutCluster(ws, "pool-"+string(rune('a'+n)), ClusterSpec{VMSize: "Standard_DS3_v2", Scale: ScaleSpec{Max: 1}})
		if err != nil {
			t.Fatal(err)
		}
	}
	_, _, err = w.PutCluster(ws, "one-more", ClusterSpec{VMSize: "Standard_DS3_v2", Scale: ScaleSpec{Max: 1}})
	if d := denial(t, err); d.Code != "OutOfQuota" {
		t.Errorf("the sixth compute of five answers %v", d)
	}
}
