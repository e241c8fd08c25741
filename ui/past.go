package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/costs"
)

// slot is a place for one of the answers that the screen keeps of history.
type slot int

// The slots.
const (
	slotHours slot = iota // every hour of the last days: header, overview, projection
	slotBars              // the chart of the cost pane
	slotRows              // the month by the grouping of the cost pane
	slots
)

// pastAge is how old an answer of history becomes before it is asked for again,
// on the wall.
const pastAge = time.Minute

// emptyAge is the same for an answer without anything in it: the history may
// just be opening.
const emptyAge = 10 * time.Second

// pastHours is how many hours the screen knows: as many as history keeps.
const pastHours = 8 * 24

// remembered is what is kept of one slot.
type remembered struct {
	gen      uint64 // of the newest question
	question model.CostQuestion
	asked    time.Time // on the wall; zero: never
	pending  bool
	answer   model.CostAnswer // of the question, or of one like it before
	until    time.Time        // up to when the answer goes
	fits     bool             // there is an answer to this question, if an older one
	err      error
}

// costsMsg is history's answer; [App.askCosts] sends it.
type costsMsg struct {
	slot   slot
	gen    uint64
	answer model.CostAnswer
	err    error
}

// alike reports whether two questions differ in their moment only.
func alike(a, b model.CostQuestion) bool {
	return a.By == b.By && a.Period == b.Period && a.Top == b.Top && slices.Equal(a.Only, b.Only)
}

// askPast asks history what the screen wants to know and does not, or not of
// late.
func (a *App) askPast() tea.Cmd {
	if a.snap.Seq == 0 {
		return nil
	}
	now, zone := a.now(), a.opt.Zone
	windows := costs.Windows(model.Hourly, now, zone, pastHours)
	cmds := []tea.Cmd{a.askSlot(slotHours, model.CostQuestion{
		By: model.CostByAll, Period: model.Hourly, Window: model.Window{From: windows[0].From, To: now},
	})}
	if c, ok := a.page().pane.(*costPane); ok {
		bars, rows, ok := c.questions(now, zone)
		if ok {
			cmds = append(cmds, a.askSlot(slotBars, bars), a.askSlot(slotRows, rows))
		}
	}
	return tea.Batch(cmds...)
}

// askFirst asks history as soon as there is a time to ask it for.
func (a *App) askFirst(first bool) tea.Cmd {
	if !first {
		return nil
	}
	return a.askPast()
}

// askSlot asks a question, unless it was asked less than a minute ago.
func (a *App) askSlot(s slot, q model.CostQuestion) tea.Cmd {
	r := &a.answers[s]
	same := !r.asked.IsZero() && alike(r.question, q)
	age := pastAge
	if r.answer.Since.IsZero() && len(r.answer.Bars) == 0 {
		age = emptyAge
	}
	if same && (r.pending || a.wall.Sub(r.asked) < age) {
		return nil
	}
	r.gen++
	r.fits = r.fits && same
	r.question, r.asked, r.pending = q, a.wall, true
	return a.askCosts(s, r.gen, q)
}

// costed takes an answer of history, unless another question was asked since.
func (a *App) costed(msg costsMsg) tea.Cmd {
	r := &a.answers[msg.slot]
	if msg.gen != r.gen {
		return nil
	}
	r.pending, r.err = false, msg.err
	if msg.err == nil { // else what is known stays
		r.answer, r.fits, r.until = msg.answer, true, r.question.Window.To
	}
	h := a.history()
	if o, ok := a.pages[0].pane.(*overviewPane); ok {
		o.recall(h)
	}
	if c, ok := a.page().pane.(*costPane); ok {
		return c.recall(h, a.env())
	}
	return nil
}

// history is what the cost pane and the overview read of the past.
func (a *App) history() history {
	all := a.answers[slotHours].answer
	h := history{since: all.Since, hours: all.Bars, saved: all.Saved, hoursUntil: a.answers[slotHours].until}
	if a.answers[slotBars].fits {
		h.bars, h.barsUntil = a.answers[slotBars].answer.Bars, a.answers[slotBars].until
	}
	if a.answers[slotRows].fits {
		h.rows = a.answers[slotRows].answer.Bars
	}
	for i := range a.answers {
		if h.err == nil {
			h.err = a.answers[i].err
		}
	}
	return h
}

// history is what is known of the past.
type history struct {
	since time.Time
	saved []model.Saved
	hours []model.CostBar // of everything, by the hour
	bars  []model.CostBar // what the cost pane charts
	rows  []model.CostBar // what it lists, of this month
	err   error           // why something could not be read

	hoursUntil, barsUntil time.Time // the moments that hours and bars go up to
}

// pastHours are the hours of everything, if they are in one currency: what a
// projection goes by.
func (h history) pastHours() []model.PastHour {
	var list []model.PastHour
	for i := range h.hours {
		b := &h.hours[i]
		if b.Currency != h.hours[0].Currency {
			return nil
		}
		if b.Start.Before(h.since) {
			continue // of what was still there when watching began, not of all there was
		}
		list = append(list, model.PastHour{From: b.Start, Cost: b.Total(), Unobserved: b.Gap()})
	}
	return list
}
