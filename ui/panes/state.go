package panes

import (
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// refusedShown is how long a row still says that an operation on it failed.
const refusedShown = 5 * time.Minute

// overlay is what a row says of its state: the operation under way on it, else
// the state itself, with a mark if the last operation just failed.
func overlay(env pane.Env, id string, state pane.Cell) pane.Cell {
	op := env.Snap.Operation(id)
	switch {
	case op == nil || op.Phase == model.PhaseVerified || op.Phase == model.PhaseUndone:
		return state
	case !op.Phase.Final():
		return pane.Cell{Text: op.Label(env.Now, env.Snap.Clock), Tone: theme.OfHealth(op.Health())}
	case op.Command.Verb == model.VerbDeploy && state.Tone == theme.Bad:
		return state // a deployment that failed says so itself
	case env.Now.Sub(op.Ended) < refusedShown:
		return pane.Cell{Text: state.Text + ", " + string(op.Command.Verb) + " " + string(op.Phase), Tone: theme.Bad}
	default:
		return state
	}
}

// provisioned is the cell of an ARM provisioning state.
func provisioned(state string) pane.Cell {
	if state == "" {
		return pane.Cell{Text: "unknown", Tone: theme.Warn}
	}
	return pane.Cell{Text: state, Tone: theme.OfHealth(model.ProvisioningHealth(state))}
}

// faulty is the cell of what the service reports as wrong: the first code, how
// many more there are, and in the first one's words as much as there is room for.
func faulty(faults []model.Fault) pane.Cell {
	if len(faults) == 0 {
		return nothing
	}
	more := ""
	if len(faults) > 1 {
		more = plusMore(len(faults) - 1)
	}
	first := faults[0]
	if first.Code == "" || first.Message == "" {
		return pane.Cell{Text: first.String() + more, Tone: theme.Bad}
	}
	return pane.Cell{Text: first.Code + more + ": " + first.Message, Tone: theme.Bad}
}

// faultText is every fault, for filters.
func faultText(faults []model.Fault) pane.Value {
	all := ""
	for _, f := range faults {
		if all != "" {
			all += "; "
		}
		all += f.String()
	}
	return text(all)
}

// sized is a VM size with its accelerators: "NC24s_v3 4×V100".
func sized(name model.SizeName, z *model.Size) string {
	s := name.Short()
	if z != nil && z.Name != "" {
		s = z.Name.Short() // the service shouts the name of a target's size
	}
	if gpu := z.GPUText(); gpu != "" && s != "" {
		s += " " + gpu
	}
	return s
}

// burning is what a meter costs an hour at the moment.
func burning(m model.Meter, env pane.Env) money {
	burn := m.Burn(env.Now)
	switch {
	case m.Unpriced(env.Now) && burn == 0:
		return money{}
	case burn == 0:
		return money{None: true}
	default:
		return money{Amount: burn, Currency: m.Currency(), Known: true}
	}
}
