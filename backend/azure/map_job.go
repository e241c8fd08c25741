package azure

import (
	"cmp"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
)

// wireJob is a job of any type. Pipelines and sweeps may have no compute of
// their own; serverless jobs have none.
type wireJob struct {
	ID         text           `json:"id"`
	Name       text           `json:"name"`
	SystemData wireSystemData `json:"systemData"`
	Properties struct {
		JobType     text          `json:"jobType"`
		Status      text          `json:"status"`
		DisplayName text          `json:"displayName"`
		Experiment  text          `json:"experimentName"`
		ComputeID   text          `json:"computeId"`
		Tags        map[text]text `json:"tags"`
		Services    struct {
			Studio struct {
				Endpoint text `json:"endpoint"`
			} `json:"Studio"`
		} `json:"services"`
		Resources wireJobResources `json:"resources"`
		Trial     struct {
			Resources wireJobResources `json:"resources"`
		} `json:"trial"` // of a sweep
		Properties struct {
			Started stamp `json:"StartTimeUtc"`
			Ended   stamp `json:"EndTimeUtc"`
		} `json:"properties"`
	} `json:"properties"`
}

type wireJobResources struct {
	InstanceCount whole `json:"instanceCount"`
}

func mapJob(w *wireJob, ws model.WorkspaceID) *model.Job {
	p := &w.Properties
	j := &model.Job{
		Resource: model.Resource{
			ARMID:      string(w.ID),
			Name:       nameOf(w.Name, w.ID),
			Tags:       tags(p.Tags),
			CreatedBy:  string(w.SystemData.CreatedBy),
			CreatedAt:  w.SystemData.CreatedAt.at,
			ModifiedAt: w.SystemData.LastModifiedAt.at,
		},
		ID:          model.JobID(model.Fold(string(w.ID))),
		Workspace:   ws,
		Type:        string(p.JobType),
		Status:      model.JobStatus(p.Status),
		DisplayName: string(p.DisplayName),
		Experiment:  string(p.Experiment),
		ComputeName: model.BaseName(string(p.ComputeID)),
		Instances:   int(cmp.Or(p.Resources.InstanceCount, p.Trial.Resources.InstanceCount)),
		Owner:       string(w.SystemData.CreatedBy),
		StudioURL:   string(p.Services.Studio.Endpoint),
		StartedAt:   p.Properties.Started.at,
		EndedAt:     p.Properties.Ended.at,
	}
	switch id := model.Fold(string(p.ComputeID)); {
	case id == "":
	case strings.HasPrefix(id, "/"):
		j.Compute = model.ComputeID(id)
	default: // a bare name is of the same workspace
		j.Compute = model.ComputeID(string(ws) + "/computes/" + id)
	}
	return j
}

// newestFirst sorts jobs, which the service lists in no promised order.
func newestFirst(a, b *model.Job) int {
	return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID, b.ID))
}

// newest are the newest jobs, at most so many.
func newest(jobs []*model.Job, limit int) []*model.Job {
	slices.SortStableFunc(jobs, newestFirst)
	return jobs[:min(len(jobs), limit):min(len(jobs), limit)]
}
