package panes

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// idleColumn shows for how long nothing is known to have used an instance.
func idleColumn() pane.Column[*model.Instance] {
	return pane.Column[*model.Instance]{
		ID: "idle", Title: "IDLE", Min: 6, Max: 7, Align: pane.Right, Drop: 3, Desc: true, Live: true,
		Cell: idleCell,
		Value: func(i *model.Instance, env pane.Env) pane.Value {
			idle, known := i.IdleFor(env.Now)
			if !known {
				return pane.Value{}
			}
			return number(idle.Seconds())
		},
	}
}

func idleCell(i *model.Instance, env pane.Env) pane.Cell {
	idle, known := i.IdleFor(env.Now)
	_, stands := i.StandsIdle(env.Now)
	switch {
	case i.State != model.StateRunning && i.State != model.StateJobRunning:
		return nothing
	case !known:
		return unknown
	case idle == 0:
		return pane.Cell{Text: "in use", Tone: theme.Good}
	case stands:
		return pane.Cell{Text: model.Ago(idle), Tone: theme.Warn}
	default:
		return pane.Cell{Text: model.Ago(idle)}
	}
}

// gpus is how many accelerators a VM of a size has.
func gpus(z *model.Size) (int, bool) {
	if z == nil {
		return 0, false
	}
	return z.GPUs, true
}
