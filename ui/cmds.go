package ui

import (
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// This file is the only one that calls the source. Commands run on goroutines
// of their own and touch nothing of the App but what they were given.

// second is how often the screen's time moves.
const second = time.Second

// rearm is how long the program waits before it asks a source that failed again.
const rearm = 5 * time.Second

// logLines is how much of a log is read.
const logLines = 2000

// tick sends the time of the wall in a second. The timer starts when the
// command is built, so it is built where it is returned.
func tick() tea.Cmd {
	return tea.Tick(second, func(t time.Time) tea.Msg { return tickMsg{t} })
}

// waitSnapshot waits for a snapshot newer than the one there is.
func (a *App) waitSnapshot() tea.Cmd {
	ctx, src, after := a.ctx, a.src, a.snap.Seq
	return func() tea.Msg {
		s, err := src.Next(ctx, after)
		if err != nil {
			return sourceFailedMsg{err}
		}
		return snapshotMsg{s}
	}
}

// execute begins operations, one command after the other, and reports on each.
func (a *App) execute(commands []model.Command) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		msg := startedMsg{commands: commands, ids: make([]model.OpID, len(commands)), errs: make([]error, len(commands))}
		for i, c := range commands {
			msg.ids[i], msg.errs[i] = src.Execute(ctx, c)
		}
		return msg
	}
}

// carryOutPlans begins what the service is to do, and has the program hold the
// rest: what follows on the same target comes when that is over.
func (a *App) carryOutPlans(plans []model.LeashPlan) tea.Cmd {
	ctx, src, now := a.ctx, a.src, a.now()
	return func() tea.Msg {
		var msg startedMsg
		for _, p := range plans {
			held := slices.Clone(p.Held)
			for k, c := range p.Commands {
				if k > 0 {
					held = append(held, model.Held{Command: c, At: now, Why: string(c.Verb)})
					continue
				}
				id, err := src.Execute(ctx, c)
				msg.commands, msg.ids, msg.errs = append(msg.commands, c), append(msg.ids, id), append(msg.errs, err)
			}
			if n := len(msg.errs); len(p.Commands) > 0 && msg.errs[n-1] != nil {
				continue
			}
			if len(held)+len(p.Release) == 0 {
				continue
			}
			if err := src.Hold(ctx, held, p.Release); err != nil {
				msg.heldErrs = append(msg.heldErrs, err)
				continue
			}
			msg.held = append(msg.held, p.Held...)
		}
		return msg
	}
}

// releaseHeld takes back what the program holds.
func (a *App) releaseHeld(ids []model.HeldID, said string) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		if err := src.Hold(ctx, nil, ids); err != nil {
			return saidMsg{err: err}
		}
		return saidMsg{text: said}
	}
}

// undo takes operations back.
func (a *App) undo(ops []*model.Operation) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		var msg undoneMsg
		for _, op := range ops {
			msg.names = append(msg.names, op.Command.Called())
			msg.errs = append(msg.errs, src.Undo(ctx, op.ID))
		}
		return msg
	}
}

// refresh asks for fresh data.
func (a *App) refresh(section model.SectionKey) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		if err := src.Refresh(ctx, section); err != nil {
			return saidMsg{err: err}
		}
		return nil
	}
}

// watch tells where the user's eyes are. That it could not be told is no news
// to anyone: the next change tells again.
func (a *App) watch(f model.Focus) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		if err := src.Watch(ctx, f); err != nil && ctx.Err() == nil {
			return saidMsg{err: err}
		}
		return nil
	}
}

// describe reads a resource.
func (a *App) describe(armID string) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		raw, err := src.Describe(ctx, armID)
		return describedMsg{armID, raw, err}
	}
}

// logReach is how far back the activity log of a resource is read: it holds
// no more.
const logReach = 90 * 24 * time.Hour

// readEvents reads who changed a resource.
func (a *App) readEvents(armID string, now time.Time) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		events, err := src.Events(ctx, armID, now.Add(-logReach))
		return eventsMsg{armID, model.Requests(events), err}
	}
}

// readLogs reads the end of a deployment's log.
func (a *App) readLogs(armID string) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		text, err := src.Logs(ctx, armID, logLines)
		return logsMsg{armID, text, err}
	}
}

// readCapacity reads how many instances a deployment may have.
func (a *App) readCapacity(armID string) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		capacity, err := src.Capacity(ctx, armID)
		return capacityMsg{armID, capacity, err}
	}
}

// askCosts asks history what was spent.
func (a *App) askCosts(s slot, gen uint64, q model.CostQuestion) tea.Cmd {
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		answer, err := src.Costs(ctx, q)
		return costsMsg{s, gen, answer, err}
	}
}

// export writes the rows of a pane to a file.
func (a *App) export(name string, header []string, rows [][]string) tea.Cmd {
	ctx, write := a.ctx, a.opt.Export
	return func() tea.Msg {
		path, err := write(ctx, name, header, rows)
		if err != nil {
			return saidMsg{err: errors.Join(errors.New("the export failed"), err)}
		}
		return saidMsg{text: "saved " + path}
	}
}

// browse opens an address.
func (a *App) browse(url string) tea.Cmd {
	ctx, open := a.ctx, a.opt.Browse
	return func() tea.Msg {
		if err := open(ctx, url); err != nil {
			return saidMsg{err: err}
		}
		return saidMsg{text: "opened " + url}
	}
}
