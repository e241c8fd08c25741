package model_test

import (
	"testing"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

// TestWaitingOn holds what is said of jobs that wait for a cluster's nodes, of
// four vCPUs each.
func TestWaitingOn(t *testing.T) {
	quota := func(family string, used, limit int64) *model.Quota {
		return &model.Quota{Family: family, Priority: "dedicated", Location: "eastus", Used: used, Limit: limit}
	}
	job := func(nodes int) *model.Job {
		return &model.Job{ID: modeltest.JobID("nlp", "j"), Status: model.JobQueued, Compute: modeltest.ComputeID("nlp", "cpu"), Instances: nodes}
	}
	for name, c := range map[string]struct {
		change func(*model.Cluster)
		jobs   []*model.Job
		quotas []*model.Quota
		want   string
	}{
		"nothing waits":     {func(c *model.Cluster) { c.QueuedJobs = 0 }, nil, nil, ""},
		"quota not read":    {nil, []*model.Job{job(1), job(2)}, nil, "2 jobs wait"},
		"room enough":       {nil, []*model.Job{job(1), job(2)}, []*model.Quota{quota("standardDSv2Family", 12, 24)}, "2 jobs wait"},
		"family":            {nil, []*model.Job{job(1), job(2)}, []*model.Quota{quota("standard DSv2 Family", 20, 24)}, "2 jobs wait: needs 12 cores of DSv2, 4 of 24 free"},
		"jobs not listed":   {nil, nil, []*model.Quota{quota("standardDSv2Family", 24, 24)}, "2 jobs wait: needs 8 cores of DSv2, 0 of 24 free"},
		"used beyond":       {func(c *model.Cluster) { c.QueuedJobs = 1 }, nil, []*model.Quota{quota("standardDSv2Family", 30, 24)}, "1 job waits: needs 4 cores of DSv2, 0 of 24 free"},
		"the region":        {nil, nil, []*model.Quota{quota("standardDSv2Family", 0, 24), quota("", 95, 100)}, "2 jobs wait: needs 8 cores of the region's total, 5 of 100 free"},
		"no more than fits": {func(c *model.Cluster) { c.Current = 7 }, []*model.Job{job(4), job(4)}, []*model.Quota{quota("standardDSv2Family", 21, 24)}, "2 jobs wait: needs 4 cores of DSv2, 3 of 24 free"},
		"full":              {func(c *model.Cluster) { c.Current = 8 }, nil, []*model.Quota{quota("standardDSv2Family", 24, 24)}, "2 jobs wait: all nodes the cluster may have are in use"},
		"another region":    {nil, nil, []*model.Quota{{Family: "standardDSv2Family", Location: "westus", Limit: 0}}, "2 jobs wait"},
		"unlimited":         {nil, nil, []*model.Quota{quota("standardDSv2Family", 24, -1)}, "2 jobs wait"},
	} {
		cl := modeltest.Cluster("nlp", "cpu", func(cl *model.Cluster) {
			cl.VMSize, cl.Size, cl.QueuedJobs = "Standard_DS3_v2", modeltest.SizeDS3(), 2
			if c.change != nil {
				c.change(cl)
			}
		})
		s := (&model.Snapshot{Clusters: []*model.Cluster{cl}, Jobs: c.jobs, Quotas: c.quotas}).Seal()
		if got := s.WaitingOn(cl).String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
