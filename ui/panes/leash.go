package panes

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// leashColumn is what will stop an instance. It sorts by who needs somebody
// most: late, blocked, none, slack, on.
func leashColumn() pane.Column[*model.Instance] {
	return pane.Column[*model.Instance]{ID: "leash", Title: "LEASH", Min: 22, Max: 48, Grow: 3, Drop: 2, Cell: leashCell, Value: leashValue}
}

func leashCell(i *model.Instance, env pane.Env) pane.Cell {
	if h := env.Snap.HeldFor(string(i.ID)); h != nil {
		return pane.Cell{Text: h.Text(env.Now), Tone: theme.Change}
	}
	if i.State.Info().Bills == model.No {
		if i.Meter.BurnOf(model.ChargeStanding, env.Now) > 0 {
			return pane.Cell{Text: "disk, LB, IP still bill", Tone: theme.Dim}
		}
		return nothing
	}
	leash := i.LeashAt(env.Now)
	return pane.Cell{Text: leash.Text, Tone: LeashTone(leash.State)}
}

// LeashTone is the colour of a leash.
func LeashTone(s model.LeashState) theme.Tone {
	switch s {
	case model.LeashLate, model.LeashBlocked:
		return theme.Bad
	case model.LeashNone, model.LeashSlack:
		return theme.Warn
	default:
		return theme.Plain
	}
}

// leashValue sorts by the leash's rank. Its text starts with the state, so that
// a filter such as leash:late finds it.
func leashValue(i *model.Instance, env pane.Env) pane.Value {
	if i.State.Info().Bills == model.No {
		return pane.Value{}
	}
	leash := i.LeashAt(env.Now)
	v := text(leash.Text)
	if !strings.HasPrefix(leash.Text, string(leash.State)) {
		v = text(string(leash.State) + ": " + leash.Text)
	}
	v.Rank = uint8(leash.State.Rank()) + 1
	return v
}
