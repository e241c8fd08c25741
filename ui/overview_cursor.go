package ui

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/costs"
	"github.com/amltop/amltop/ui/overview"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// overviewLines is how far down the overview goes at most.
const overviewLines = 60

// overviewHours is how many hours the overview charts.
const overviewHours = 48

// plainTheme is for finding out what stands where.
var plainTheme = new(theme.Theme)

// placed are the entries of the overview as it is scrolled to.
func (o *overviewPane) placed() []overview.Placed {
	if o.digest == nil || o.env.Snap == nil {
		return nil
	}
	_, entries := o.digest.Draw(o.width, o.height+o.top, o.env, plainTheme, o.extra)
	return entries
}

// Resize tells how much room there is, and follows the chosen entry.
func (o *overviewPane) Resize(width, height int) {
	o.width, o.height = width, height
	o.entries = o.placed()
	o.follow(o.entries)
}

// recall takes what history remembers of the last hours.
func (o *overviewPane) recall(h history) {
	o.past = h
	if len(h.hours) == 0 || o.env.Snap == nil {
		return
	}
	windows := costs.Windows(model.Hourly, h.hoursUntil, o.env.Zone, overviewHours)
	o.extra.Chart = costs.Chart(costs.FromHistory(h.hours, windows, h.since), model.Hourly, o.env.Zone, o.ascii)
	o.extra.Note = o.extra.Chart.Legend("idle")
}

// follow keeps the cursor on its entry: where that is gone, on the one that
// took its place. A cursor nobody moved stays on the first.
func (o *overviewPane) follow(entries []overview.Placed) {
	if len(entries) == 0 {
		o.cursor, o.extra.Chosen = 0, ""
		return
	}
	at := min(o.cursor, len(entries)-1)
	if !o.moved {
		at = 0
	} else {
		for i, e := range entries {
			if e.ID() == o.extra.Chosen {
				at = i
			}
		}
	}
	o.cursor, o.extra.Chosen = at, entries[at].ID()
}

// Move moves the cursor over the entries; left and right go from column to
// column.
func (o *overviewPane) Move(motion string) bool {
	entries := o.entries
	at := o.cursor
	switch motion {
	case "up":
		at--
	case "down":
		if at++; at >= len(entries) && o.top < overviewLines {
			o.top++ // there may be more below
			entries = o.placed()
		}
	case "pgup", "halfup":
		at -= max(1, o.height/2)
	case "pgdown", "halfdown":
		at += max(1, o.height/2)
	case "home":
		at = 0
	case "end":
		at = len(entries) - 1
	case "left", "right":
		at = beside(entries, at, map[string]int{"left": 0, "right": 1}[motion])
	default:
		return false
	}
	if len(entries) == 0 {
		return true
	}
	o.moved = true
	o.choose(entries, max(0, min(at, len(entries)-1)))
	return true
}

// choose puts the cursor on an entry and scrolls to it.
func (o *overviewPane) choose(entries []overview.Placed, at int) {
	o.cursor, o.extra.Chosen = at, entries[at].ID()
	switch line := entries[at].Line; {
	case at == 0:
		o.top = 0
	case line < o.top:
		o.top = line
	case line >= o.top+o.height:
		o.top = line - o.height + 1
	}
	o.entries = o.placed()
	o.follow(o.entries)
}

// beside is the entry of a column nearest to the line of another.
func beside(entries []overview.Placed, at, column int) int {
	if at >= len(entries) || entries[at].Column == column {
		return at
	}
	best := at
	for i, e := range entries {
		if e.Column == column && (best == at || distance(e.Line, entries[at].Line) < distance(entries[best].Line, entries[at].Line)) {
			best = i
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// Select puts the cursor on an entry.
func (o *overviewPane) Select(id string) bool {
	for i, e := range o.entries {
		if e.ID() == id {
			o.moved = true
			o.choose(o.entries, i)
			return true
		}
	}
	return false
}

// RowAt is the entry on a line of the view, in the left column first.
func (o *overviewPane) RowAt(y int) (string, bool) {
	for _, e := range o.entries {
		if e.Line == y+o.top {
			return e.ID(), true
		}
	}
	return "", false
}

// Selected is the entry under the cursor: a row of its pane, or rows of it.
func (o *overviewPane) Selected(env pane.Env) (pane.Selection, bool) {
	sel, _, ok := o.chosen(env)
	return sel, ok
}

// Offers are what can be done to the row under the cursor.
func (o *overviewPane) Offers(env pane.Env) []pane.Offer {
	_, offers, _ := o.chosen(env)
	return offers
}

func (o *overviewPane) chosen(env pane.Env) (pane.Selection, []pane.Offer, bool) {
	if o.extra.Chosen == "" {
		return pane.Selection{}, nil, false
	}
	for _, e := range o.entries {
		if e.ID() != o.extra.Chosen {
			continue
		}
		if e.Row == nil {
			return pane.Selection{ID: e.ID(), Name: e.Key, Drill: pane.Drill{Pane: e.Pane, Filter: e.Filter}}, nil, true
		}
		other, is := o.others(e.Pane).(pane.Chooser)
		if !is {
			return pane.Selection{}, nil, false
		}
		sel, offers, ok := other.Offer(e.Row, env)
		sel.Drill = pane.Drill{Pane: e.Pane, Row: sel.ID}
		sel.ID = e.ID()
		return sel, offers, ok
	}
	return pane.Selection{}, nil, false
}
