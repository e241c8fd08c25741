package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// jobLoad is what the jobs of a workspace say about one compute target.
type jobLoad struct {
	active, queued int
	lastEnd        time.Time // zero: no job known to have ended
}

// jobLoads sums a workspace's jobs up by target.
func jobLoads(jobs []*model.Job) map[model.ComputeID]jobLoad {
	loads := make(map[model.ComputeID]jobLoad)
	for _, j := range jobs {
		if j.Compute == "" {
			continue
		}
		load := loads[j.Compute]
		if j.Status.Active() {
			load.active++
		}
		if j.Status == model.JobQueued {
			load.queued++
		}
		if j.EndedAt.After(load.lastEnd) {
			load.lastEnd = j.EndedAt
		}
		loads[j.Compute] = load
	}
	return loads
}

// placeJob makes sure that a job's target is an identity: lower case, and
// derived from the target's name where the service gave only that.
func placeJob(ws model.WorkspaceID, j *model.Job) {
	switch {
	case j.Compute != "":
		j.Compute = model.ComputeID(model.Fold(string(j.Compute)))
	case j.ComputeName != "":
		j.Compute = model.ComputeID(string(ws) + "/computes/" + model.Fold(j.ComputeName))
	}
}
