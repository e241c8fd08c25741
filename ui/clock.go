package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// ticked moves the time on: live columns are sorted again, texts that follow
// the world are written anew, and the poller learns where the eyes are.
func (a *App) ticked(msg tickMsg) tea.Cmd {
	a.wall = msg.wall
	a.rewrite()
	return tea.Batch(a.page().pane.Tick(a.env()), a.lookAround(), a.askPast(), a.keepSorts(), tick())
}

// resized takes the terminal's size.
func (a *App) resized(msg tea.WindowSizeMsg) tea.Cmd {
	a.width, a.height = max(0, msg.Width), max(0, msg.Height)
	return nil
}

// background takes the terminal's answer about its background.
func (a *App) background(msg tea.BackgroundColorMsg) tea.Cmd {
	if a.opt.Theme != "" && a.opt.Theme != "auto" {
		return nil
	}
	a.dark = msg.IsDark()
	a.paint()
	return nil
}

// focused takes that the terminal gained or lost the focus.
func (a *App) focused(yes bool) tea.Cmd {
	a.blurred = !yes
	return a.lookAround()
}

// lookAround tells the poller where the eyes are, if that changed.
func (a *App) lookAround() tea.Cmd {
	f := a.focus()
	if sameFocus(f, a.watching) {
		return nil
	}
	a.watching = f
	a.status = a.freshness()
	return a.watch(f)
}

// focus is where the eyes are: the workspaces of the rows in sight, and the
// cluster whose nodes are on the screen.
func (a *App) focus() model.Focus {
	p := a.page().pane
	f := model.Focus{Section: p.Section(), Blurred: a.blurred}
	seen := make(map[model.WorkspaceID]bool)
	for _, row := range p.Visible(a.env()) {
		if row.Workspace != "" && !seen[row.Workspace] {
			seen[row.Workspace] = true
			f.Workspaces = append(f.Workspaces, row.Workspace)
		}
	}
	f.Cluster = a.watchedCluster()
	return f
}

func sameFocus(a, b model.Focus) bool {
	if a.Section != b.Section || a.Cluster != b.Cluster || a.Blurred != b.Blurred || len(a.Workspaces) != len(b.Workspaces) {
		return false
	}
	for i := range a.Workspaces {
		if a.Workspaces[i] != b.Workspaces[i] {
			return false
		}
	}
	return true
}
