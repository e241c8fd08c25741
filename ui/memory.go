package ui

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// sortsKey is under what the sort orders are remembered.
const sortsKey = "ui.sorts"

// sorted is how a pane is sorted.
type sorted struct {
	Column string
	Desc   bool
}

// sorts is how each pane is sorted, by its name.
type sorts map[string]sorted

// recalledMsg are the sort orders of the run before; [App.recall] sends it.
type recalledMsg struct {
	sorts sorts
	err   error
}

// sortsNow is how the panes are sorted.
func (a *App) sortsNow() sorts {
	now := make(sorts, len(a.pages))
	for _, p := range a.pages {
		if column, desc := p.pane.Sorted(); column != "" {
			now[p.pane.Name()] = sorted{column, desc}
		}
	}
	return now
}

// recall reads how the panes were sorted when the program last ran.
func (a *App) recall() tea.Cmd {
	ctx, src := a.ctx, a.src
	a.sorts = a.sortsNow()
	return func() tea.Msg {
		var msg recalledMsg
		_, msg.err = src.Recall(ctx, sortsKey, &msg.sorts)
		return msg
	}
}

// recalled sorts the panes as they were, but for those that the user has sorted
// meanwhile. A column that is no more is no news.
func (a *App) recalled(msg recalledMsg) tea.Cmd {
	if msg.err != nil && a.ctx.Err() == nil {
		a.notify(model.HealthWarn, msg.err.Error())
	}
	now := a.sortsNow()
	var cmds []tea.Cmd
	for _, p := range a.pages {
		name := p.pane.Name()
		want, ok := msg.sorts[name]
		if !ok || now[name] != a.sorts[name] {
			continue
		}
		for range 2 { // by the same column again is the other way round
			if column, desc := p.pane.Sorted(); column == want.Column && desc == want.Desc {
				break
			}
			cmd, err := p.pane.Sort(want.Column, a.env())
			if err != nil {
				break
			}
			cmds = append(cmds, cmd)
		}
	}
	a.sorts, a.recollected = a.sortsNow(), true
	return tea.Batch(cmds...)
}

// keepSorts remembers how the panes are sorted, if that changed.
func (a *App) keepSorts() tea.Cmd {
	now := a.sortsNow()
	if !a.recollected || maps.Equal(now, a.sorts) {
		return nil
	}
	a.sorts = now
	ctx, src := a.ctx, a.src
	return func() tea.Msg {
		if err := src.Remember(ctx, sortsKey, now); err != nil && ctx.Err() == nil {
			return saidMsg{err: err}
		}
		return nil
	}
}
