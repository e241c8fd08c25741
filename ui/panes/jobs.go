package panes

import (
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Jobs is the pane of jobs, newest first.
func Jobs() pane.Spec[*model.Job, model.JobID] {
	type row = *model.Job
	return pane.Spec[row, model.JobID]{
		Name: "jobs", Title: "jobs", Section: model.SectionJobs,
		Rows:  func(s *model.Snapshot) []row { return s.Jobs },
		Key:   func(j row) model.JobID { return j.ID },
		Label: func(j row) string { return j.Title() },
		ARMID: func(j row) string { return j.ARMID },
		Where: func(j row) model.WorkspaceID { return j.Workspace },
		Sort:  "created",
		Empty: "No jobs in the workspaces that could be read.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 18, Max: 40, Grow: 3},
				func(j row, _ pane.Env) string { return j.Title() }),
			workspaceColumn(func(j row) model.WorkspaceID { return j.Workspace }, 6),
			word(pane.Column[row]{ID: "type", Title: "TYPE", Min: 8, Max: 10, Drop: 7},
				func(j row, _ pane.Env) string { return j.Type }),
			{ID: "status", Title: "STATUS", Min: 10, Max: 32, Grow: 1,
				Cell: jobStatus, Value: func(j row, _ pane.Env) pane.Value { return text(string(j.Status)) }},
			word(pane.Column[row]{ID: "compute", Title: "COMPUTE", Min: 12, Max: 24, Grow: 1, Drop: 2}, jobCompute),
			some(pane.Column[row]{ID: "nodes", Title: "NODES", Min: 5, Drop: 8}, func(j row) int { return j.Instances }),
			word(pane.Column[row]{ID: "owner", Title: "OWNER", Min: 13, Max: 18, Grow: 1, Drop: 4},
				func(j row, _ pane.Env) string { return j.Owner }),
			word(pane.Column[row]{ID: "experiment", Title: "EXPERIMENT", Min: 12, Max: 24, Grow: 1, Drop: 9},
				func(j row, _ pane.Env) string { return j.Experiment }),
			createdColumn(func(j row) time.Time { return j.CreatedAt }),
			since(pane.Column[row]{ID: "started", Title: "STARTED", Min: 7, Drop: 5}, func(j row) time.Time { return j.StartedAt }),
			lasting(pane.Column[row]{ID: "ran", Title: "RAN", Min: 7, Drop: 1, Live: true}, jobRan),
		},
		Actions: jobActions(),
	}
}

func jobStatus(j *model.Job, env pane.Env) pane.Cell {
	cell := pane.Cell{Text: string(j.Status), Tone: theme.OfHealth(j.Status.Health())}
	if j.Status == "" {
		cell = pane.Cell{Text: "unknown", Tone: theme.Warn}
	}
	if short := Shortage(j, env); short != "" {
		cell = pane.Cell{Text: cell.Text + ": " + short, Tone: theme.Warn}
	}
	return overlay(env, string(j.ID), cell)
}

// Shortage is the lack of quota that a job waits on, by what the service says
// of its cluster: "quota 6, needs 8". "" if it waits for something else.
func Shortage(j *model.Job, env pane.Env) string {
	if !j.Status.Active() || !j.StartedAt.IsZero() {
		return ""
	}
	c := env.Snap.Cluster(j.Compute)
	if c == nil {
		return ""
	}
	for _, f := range c.Faults {
		if f.Shortage != "" {
			return f.Shortage
		}
	}
	return ""
}

// jobCompute is where a job runs. A job without a compute target is serverless,
// or the parent of jobs that have one; the service does not say which.
func jobCompute(j *model.Job, _ pane.Env) string {
	if j.ComputeName != "" {
		return j.ComputeName
	}
	return model.BaseName(string(j.Compute))
}

// jobRan is how long a job has run, or ran.
func jobRan(j *model.Job, env pane.Env) (time.Duration, bool) {
	switch {
	case j.StartedAt.IsZero():
		return 0, false
	case !j.EndedAt.IsZero():
		return j.EndedAt.Sub(j.StartedAt), true
	case j.Status.Active():
		return env.Now.Sub(j.StartedAt), true
	default:
		return 0, false // over, but not said when
	}
}

// createdColumn is when a row was created, newest first, without its clock.
func createdColumn(at func(*model.Job) time.Time) pane.Column[*model.Job] {
	return pane.Column[*model.Job]{
		ID: "created", Title: "CREATED", Min: 7, Align: pane.Right, Drop: 3, Desc: true,
		Cell: func(j *model.Job, env pane.Env) pane.Cell {
			if at(j).IsZero() {
				return nothing
			}
			return pane.Cell{Text: model.Ago(env.Now.Sub(at(j))), Tone: theme.Dim}
		},
		Value: func(j *model.Job, _ pane.Env) pane.Value { return moment(at(j)) },
	}
}
