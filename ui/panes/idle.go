package panes

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// idleColumn shows for how long nothing is known to have used an instance.
func idleColumn() pane.Column[*model.Instance] {
	return pane.Column[*model.Instance]{
		ID: "idle", Title: "IDLE", Min: 7, Align: pane.Right, Drop: 3, Desc: true, Live: true,
		Cell: idleCell,
		Value: func(i *model.Instance, env pane.Env) pane.Value {
			idle := i.IdleAt(env.Now)
			if !idle.Known {
				return pane.Value{}
			}
			return number(idle.For.Seconds())
		},
	}
}

func idleCell(i *model.Instance, env pane.Env) pane.Cell {
	idle := i.IdleAt(env.Now)
	switch {
	case i.State != model.StateRunning && i.State != model.StateJobRunning:
		return nothing
	case !idle.Known:
		return unknown
	case idle.For == 0:
		return pane.Cell{Text: "in use", Tone: theme.Good}
	case idle.For >= model.LongIdle:
		return pane.Cell{Text: model.Ago(idle.For), Tone: theme.Warn}
	default:
		return pane.Cell{Text: model.Ago(idle.For)}
	}
}

// gpus is how many accelerators a VM of a size has.
func gpus(z *model.Size) (int, bool) {
	if z == nil {
		return 0, false
	}
	return z.GPUs, true
}
