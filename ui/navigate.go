package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/pane"
)

// place is a view to come back to: a page, its filter and the selected row.
type place struct {
	page   int
	filter string
	row    string
	theirs string // in the trail: the filter the page gone into had before
	into   string // in the trail: the filter it was gone into with
	costs  view   // of the page of costs
}

// here is the place on the screen.
func (a *App) here() place {
	p := place{page: a.at, filter: a.page().pane.Filter()}
	if sel, ok := a.page().pane.Selected(a.env()); ok {
		p.row = sel.ID
	}
	if c, ok := a.page().pane.(*costPane); ok {
		p.costs = c.view
	}
	return p
}

// pastKept is how many views history keeps.
const pastKept = 50

// visit shows a page and remembers where it came from.
func (a *App) visit(i int) tea.Cmd {
	if i < 0 || i >= len(a.pages) {
		return nil
	}
	a.trail = nil
	if i == a.at {
		return nil
	}
	a.remember()
	if c, ok := a.pages[i].pane.(*costPane); ok {
		c.view = view{period: c.period}
	}
	return a.show(i)
}

// remember puts the place on the screen into the history.
func (a *App) remember() {
	a.past = append(a.past, a.here())
	if len(a.past) > pastKept {
		a.past = append([]place(nil), a.past[1:]...)
	}
	a.future = nil
}

// show puts a page on the screen.
func (a *App) show(i int) tea.Cmd {
	a.at = i
	a.settle()
	cmd := tea.Batch(a.load(), a.lookAround(), a.askPast())
	if c, ok := a.page().pane.(*costPane); ok {
		return tea.Batch(cmd, c.recall(a.history(), a.env()))
	}
	return cmd
}

// restore goes to a place.
func (a *App) restore(p place) tea.Cmd {
	if c, ok := a.pages[p.page].pane.(*costPane); ok {
		c.view = p.costs
	}
	cmd := a.show(p.page)
	pn := a.page().pane
	if pn.Filter() != p.filter {
		more, err := pn.SetFilter(p.filter, a.env())
		if err != nil {
			a.notify(model.HealthBad, err.Error())
		}
		cmd = tea.Batch(cmd, more)
	}
	if a.seek = ""; !pn.Select(p.row) {
		a.seek = p.row // its rows are still being read, or are gone
	}
	return cmd
}

func (a *App) goDigit(n int) tea.Cmd {
	for i, p := range a.pages {
		if p.digit == n {
			return a.visit(i)
		}
	}
	return nil
}

// goBeside shows the numbered page after (+1) or before (-1) this one.
func (a *App) goBeside(step int) tea.Cmd {
	if c, ok := a.page().pane.(*costPane); ok {
		return a.viewCosts(c, c.regrouped(step))
	}
	list := a.numbered()
	at := 0
	for i, page := range list {
		if page == a.at {
			at = i
		}
	}
	return a.visit(list[(at+step+len(list))%len(list)])
}

// open goes into what the row stands for.
func (a *App) open() tea.Cmd {
	sel, ok := a.page().pane.Selected(a.env())
	if !ok {
		return nil
	}
	if sel.Drill == (pane.Drill{}) {
		return a.openDetails()
	}
	i := a.find(sel.Drill.Pane)
	if i < 0 {
		return a.openDetails()
	}
	from := a.here()
	return a.enter(from, place{page: i, filter: sel.Drill.Filter, row: sel.Drill.Row})
}

// enter goes to a place from where back leads here again.
func (a *App) enter(from, to place) tea.Cmd {
	from.theirs, from.into = a.pages[to.page].pane.Filter(), to.filter
	a.remember()
	trail := append(a.trail[:len(a.trail):len(a.trail)], from)
	a.trail = nil
	cmd := a.restore(to)
	a.trail = trail
	return cmd
}

// back goes where the last enter came from, and gives the page left its own
// filter back.
func (a *App) back() (tea.Cmd, bool) {
	if len(a.trail) == 0 {
		return nil, false
	}
	last := a.trail[len(a.trail)-1]
	a.trail = a.trail[:len(a.trail)-1]
	left, _ := a.page().pane.SetFilter(last.theirs, a.env())
	return tea.Batch(left, a.restore(last)), true
}

// escape clears the marks, else the filter, else goes back. It never quits. A
// message on the screen goes with it.
func (a *App) escape() tea.Cmd {
	a.dismiss()
	p := a.page().pane
	switch {
	case p.ClearMarks():
		return nil
	case p.Filter() != a.entered():
		cmd, err := p.SetFilter(a.entered(), a.env())
		if err != nil {
			a.notify(model.HealthBad, err.Error())
		}
		return cmd
	}
	cmd, _ := a.back()
	return cmd
}

// entered is the filter the page on the screen was gone into with: it goes
// with the way back, not before.
func (a *App) entered() string {
	if len(a.trail) == 0 {
		return ""
	}
	return a.trail[len(a.trail)-1].into
}

// leave goes back; at the top it asks whether to quit. key, pressed again, is
// a yes.
func (a *App) leave(key string) tea.Cmd {
	if cmd, ok := a.back(); ok {
		return cmd
	}
	lines := []string{"Nothing is under way."}
	if n := a.underWay(); n > 0 {
		lines = []string{counted(n, "operation") + " under way, kept in the journal: the next start reads the state back, finishes or reports."}
	}
	lines = cells.Wrap(lines[0], previewWidth)
	a.dialogs.Open(&dialog.Confirm{Title: "Quit amltop?", Lines: lines, Yes: "quit", Answer: quitAnswer{}, Again: key})
	return nil
}

func (a *App) goBackward() tea.Cmd {
	if len(a.past) == 0 {
		return nil
	}
	to := a.past[len(a.past)-1]
	a.past, a.future, a.trail = a.past[:len(a.past)-1], append(a.future, a.here()), nil
	return a.restore(to)
}

func (a *App) goForward() tea.Cmd {
	if len(a.future) == 0 {
		return nil
	}
	to := a.future[len(a.future)-1]
	a.future, a.past, a.trail = a.future[:len(a.future)-1], append(a.past, a.here()), nil
	return a.restore(to)
}

// goLast shows the view before this one, and this one the next time.
func (a *App) goLast() tea.Cmd {
	if len(a.past) == 0 {
		return nil
	}
	to := a.past[len(a.past)-1]
	a.past = append(a.past[:len(a.past)-1], a.here())
	a.trail = nil
	return a.restore(to)
}
