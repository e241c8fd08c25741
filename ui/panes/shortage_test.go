package panes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
)

// TestAJobThatWaitsForQuota says in the row of a job, and in that of its
// cluster, how many vCPUs there are and how many it takes.
func TestAJobThatWaitsForQuota(t *testing.T) {
	pool := &model.Cluster{Target: model.Target{ID: "/pool", Faults: []model.Fault{{Code: "ClusterCoreQuotaReached", Message: "no", Shortage: "quota 6, needs 8"}}}}
	waits := &model.Job{ID: "/a", Compute: "/pool", Status: model.JobQueued}
	runs := &model.Job{ID: "/b", Compute: "/pool", Status: model.JobRunning, StartedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	snap := &model.Snapshot{Clusters: []*model.Cluster{pool}, Jobs: []*model.Job{waits, runs}}
	env := pane.Env{Snap: snap.Seal(), Now: time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC), Zone: time.UTC}
	for _, c := range panes.Jobs().Columns {
		if c.ID == "status" && (c.Cell(waits, env).Text != "Queued: quota 6, needs 8" || c.Cell(runs, env).Text != "Running") {
			t.Errorf("the jobs: %q, %q", c.Cell(waits, env).Text, c.Cell(runs, env).Text)
		}
	}
	for _, c := range panes.Clusters().Columns {
		if c.ID == "faults" && !strings.HasPrefix(c.Cell(pool, env).Text, "ClusterCoreQuotaReached: quota 6, needs 8") {
			t.Errorf("the cluster: %q", c.Cell(pool, env).Text)
		}
	}
}
