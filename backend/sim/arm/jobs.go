package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// listJobs answers the list of a workspace's jobs, newest first. It filters by
// jobType, tag and listViewType and by nothing else: the service has no filter
// by status or compute either. No job of the simulator is archived.
func listJobs(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	jobs := ws.Jobs
	switch view := c.query.Get("listViewType"); view {
	case "", "ActiveOnly", "All":
	case "ArchivedOnly":
		jobs = nil
	default:
		return userError("The value '%s' of listViewType is not one of ActiveOnly, ArchivedOnly, All.", view)
	}
	if kind := c.query.Get("jobType"); kind != "" {
		jobs = only(jobs, func(j *sim.Job) bool { return strings.EqualFold(j.Type, kind) })
	}
	if tag := c.query.Get("tag"); tag != "" {
		jobs = only(jobs, func(j *sim.Job) bool { return tag == computeStatusTag && j.Cluster != nil })
	}
	return c.list(len(jobs),
		func(i int) string { return jobs[i].Name },
		func(i int) { c.jobBody("", jobs[i]) })
}

// getJob answers GET of one job.
func getJob(c *call) error {
	j, err := c.job()
	if err != nil {
		return err
	}
	c.jobBody("", j)
	return nil
}

// cancelJob cancels a job. The answer is 200 and empty, whatever the job's
// status; there is nothing to poll but the job.
func cancelJob(c *call) error {
	j, err := c.job()
	if err != nil {
		return err
	}
	_, err = c.world().CancelJob(j)
	return err
}
