package panes

import (
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Instances is the pane of compute instances.
func Instances() pane.Spec[*model.Instance, model.ComputeID] {
	type row = *model.Instance
	return pane.Spec[row, model.ComputeID]{
		Name: "instances", Title: "compute instances", Section: model.SectionComputes,
		Rows:  func(s *model.Snapshot) []row { return s.Instances },
		Key:   func(i row) model.ComputeID { return i.ID },
		Label: func(i row) string { return i.Name },
		ARMID: func(i row) string { return i.ARMID },
		Meter: func(i row) model.Meter { return i.Meter },
		Where: func(i row) model.WorkspaceID { return i.Workspace },
		Sort:  "price",
		Empty: "No compute instances in the workspaces that could be read.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 14, Max: 28, Grow: 2},
				func(i row, _ pane.Env) string { return i.Name }),
			workspaceColumn(func(i row) model.WorkspaceID { return i.Workspace }, 7),
			word(pane.Column[row]{ID: "owner", Title: "OWNER", Min: 13, Max: 18, Grow: 1, Drop: 4},
				func(i row, _ pane.Env) string { return i.Owner }),
			word(pane.Column[row]{ID: "size", Title: "SIZE", Min: 22, Max: 30, Grow: 1, Drop: 8},
				func(i row, _ pane.Env) string { return sized(i.VMSize, i.Size) }),
			whole(pane.Column[row]{ID: "gpus", Title: "GPU", Min: 3, Drop: 12},
				func(i row, _ pane.Env) (int, bool) { return gpus(i.Size) }),
			{ID: "state", Title: "STATE", Min: 12, Max: 24, Grow: 1,
				Cell:  instanceState,
				Value: func(i row, _ pane.Env) pane.Value { return text(string(i.State)) }},
			idleColumn(),
			lasting(pane.Column[row]{ID: "up", Title: "UP", Min: 6, Max: 7, Drop: 9, Live: true},
				func(i row, env pane.Env) (time.Duration, bool) { return i.Uptime(env.Now) }),
			cost(pane.Column[row]{ID: "price", Title: "$/H", Min: 6, Max: 9, Drop: 1}, instancePrice),
			cost(pane.Column[row]{ID: "run", Title: "RUN", Min: 8, Max: 11, Drop: 5, Live: true}, instanceRun),
			leashColumn(),
			whole(pane.Column[row]{ID: "jobs", Title: "JOBS", Min: 4, Drop: 10},
				func(i row, _ pane.Env) (int, bool) { return i.ActiveJobs, i.JobsKnown }),
			locationColumn(func(i row) string { return i.Location }, 11),
			since(pane.Column[row]{ID: "age", Title: "AGE", Min: 7, Drop: 13},
				func(i row) time.Time { return i.CreatedAt }),
		},
		Actions: instanceActions(),
	}
}

// instanceState is the state, or the operation under way; a transitional state
// says for how long, once that is too long.
func instanceState(i *model.Instance, env pane.Env) pane.Cell {
	info := i.State.Info()
	cell := pane.Cell{Text: string(i.State), Tone: theme.OfHealth(info.Health)}
	if i.State == "" {
		cell.Text = "unknown"
	}
	if info.Transient && i.Last.Status == "InProgress" && !i.Last.Time.IsZero() {
		if d := env.Now.Sub(i.Last.Time); d > model.StuckAfter {
			cell = pane.Cell{Text: cell.Text + ", stuck " + model.Ago(d), Tone: theme.Bad}
		}
	}
	return overlay(env, string(i.ID), cell)
}

// instancePrice is what the instance costs an hour now: its VM while that
// bills, and what goes on when it is stopped.
func instancePrice(i *model.Instance, env pane.Env) money {
	m := burning(i.Meter, env)
	m.Quiet = i.State.Info().Bills == model.No
	if m.None && len(i.Meter) == 0 && i.State.Info().Bills != model.No {
		return money{Amount: i.Price.PerHour, Currency: i.Price.Currency, Known: i.Price.Known()}
	}
	return m
}

func instanceRun(i *model.Instance, env pane.Env) money {
	if i.State.Info().Bills == model.No {
		return money{None: true}
	}
	m, ok := i.RunCost(env.Now)
	return money{Amount: m, Currency: i.Price.Currency, Known: ok}
}
