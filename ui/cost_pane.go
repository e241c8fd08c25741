package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/costs"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

// costPane is a table of what costs, by whom or by what, below the figures it
// adds up to and a chart of them over time. The table is the one every pane is;
// this adds the head, the grouping and what history remembers.
type costPane struct {
	pane.Pane
	ascii   bool
	budgets []*model.BudgetLine
	others  func(name string) pane.Pane

	view
	past    history
	book    *costs.Book // nil: not yet
	figures *costs.Figures
	head    costs.Head

	of            sources // what the book, or the one being made, was made of
	made          time.Time
	gen           uint64
	composed      stamp
	width, height int
}

// view is how the costs are looked at.
type view struct {
	group  int // of costs.Groupings
	period model.Period
	scope  costs.Scope
}

// stamp is what the head was last worked out of.
type stamp struct {
	book               *costs.Book
	now                time.Time
	shown, marks, bars int
	filter             string
}

// bookMsg is a book made in the background; [costPane.remake] sends it.
type bookMsg struct {
	gen  uint64
	book *costs.Book
	env  pane.Env
}

// bookAge is how old a large book may become while the lists stay the same.
const bookAge = time.Minute

func newCostPane(ascii bool, budgets []*model.BudgetLine, others func(string) pane.Pane) *costPane {
	c := &costPane{ascii: ascii, budgets: budgets, others: others}
	c.Pane = pane.New(panes.Costs(c.rows, ascii))
	return c
}

func (c *costPane) rows() []*costs.Row {
	if c.book == nil {
		return nil
	}
	return c.book.Rows
}

func (c *costPane) grouping() costs.Grouping { return costs.Groupings()[c.group] }

// Title says what is added up, and of what.
func (c *costPane) Title() string {
	title := "costs by " + c.grouping().Name
	if !c.scope.Everything() {
		title += " of " + c.scope.Title
	}
	return title
}

// SetData takes a new snapshot: the book is made anew at once, or in the
// background where there is much.
func (c *costPane) SetData(env pane.Env) tea.Cmd {
	of := sourcesOf(env.Snap, env.Now, env.Zone)
	if c.book != nil && of == c.of && env.Now.Sub(c.made) < bookAge {
		return nil
	}
	return c.remake(env)
}

// Tick makes the book anew where time alone changed it.
func (c *costPane) Tick(env pane.Env) tea.Cmd {
	cmd := c.Pane.Tick(env)
	if c.book != nil && env.Now.Sub(c.made) >= bookAge {
		cmd = tea.Batch(cmd, c.remake(env))
	}
	return cmd
}

// settle works the head out, if what it is made of changed.
func (c *costPane) settle(env pane.Env) {
	shown, _ := c.Counts()
	if s := (stamp{c.book, env.Now.Truncate(time.Second), shown, c.Marks(), len(c.past.bars), c.Filter()}); s != c.composed {
		c.composed = s
		c.compose(env)
	}
}

// remake makes the book.
func (c *costPane) remake(env pane.Env) tea.Cmd {
	if env.Snap == nil {
		return nil
	}
	c.gen++
	c.of, c.made = sourcesOf(env.Snap, env.Now, env.Zone), env.Now
	q := costs.Request{
		Snap: env.Snap, Now: env.Now, Zone: env.Zone, Grouping: c.grouping(), Scope: c.scope, Recorded: c.past.rows, Budgets: c.budgets,
	}
	if len(c.past.bars) == 0 {
		q.Windows = c.windows(env.Now, env.Zone)
	}
	if c.of.targets() <= fleetInline {
		return c.open(costs.Make(q), env)
	}
	gen := c.gen
	return func() tea.Msg { return bookMsg{gen, costs.Make(q), env} }
}

// open shows a book.
func (c *costPane) open(b *costs.Book, env pane.Env) tea.Cmd {
	c.book = b
	return c.Pane.SetData(env)
}

// Apply takes a book, or what the table worked out.
func (c *costPane) Apply(msg tea.Msg) bool {
	if m, ok := msg.(bookMsg); ok {
		if m.gen == c.gen {
			c.open(m.book, m.env)
		}
		return true
	}
	return c.Pane.Apply(msg)
}

// recall takes what history remembers, and makes the book anew. Of some parts of
// the fleet it cannot be asked.
func (c *costPane) recall(h history, env pane.Env) tea.Cmd {
	if _, ok := c.scope.Only(); !ok {
		h.bars, h.rows = nil, nil
	}
	c.past = h
	return c.remake(env)
}

// regrouped is the view with the grouping after (+1) or before (-1) this one.
func (v view) regrouped(step int) view {
	n := len(costs.Groupings())
	v.group = (v.group + step + n) % n
	return v
}

// turned is the view that charts the next of hours, days and months.
func (v view) turned() view {
	v.period = (v.period + 1) % (model.Monthly + 1)
	return v
}

// windows are the periods the chart shows up to a moment.
func (c *costPane) windows(until time.Time, zone *time.Location) []model.Window {
	return costs.Windows(c.period, until, zone, costs.Length(c.period))
}

// rowsAsked is how many of the dearest history names.
const rowsAsked = 500

// questions are what history is asked; ok is false for a part of the fleet that
// it keeps no costs by: that is drawn from what the targets themselves say.
func (c *costPane) questions(now time.Time, zone *time.Location) (bars, rows model.CostQuestion, ok bool) {
	only, ok := c.scope.Only()
	if !ok {
		return bars, rows, false
	}
	windows := c.windows(now, zone)
	bars = model.CostQuestion{By: model.CostByAll, Period: c.period, Window: model.Window{From: windows[0].From, To: now}, Only: only}
	rows = model.CostQuestion{
		By: c.grouping().Asked, Period: model.Monthly, Window: model.Window{From: model.StartOfMonth(now, zone), To: now}, Only: only, Top: rowsAsked,
	}
	return bars, rows, true
}

// compose works the head out: figures follow the rows shown, or those marked.
func (c *costPane) compose(env pane.Env) {
	if c.book == nil {
		return
	}
	f := costs.NewFigures(c.book.At)
	f.Since = c.past.since
	c.Pane.(pane.Chooser).Billed(func(row any) { f.Add(row.(*costs.Row)) })
	if shown, total := c.Counts(); c.scope.Everything() && shown == total && c.Marks() == 0 {
		f.Past, f.Saved = c.past.pastHours(), c.past.saved
	}
	bars := c.book.Bars
	if len(c.past.bars) > 0 {
		bars = costs.FromHistory(c.past.bars, c.windows(c.past.barsUntil, env.Zone), c.past.since)
	}
	c.figures = f
	c.head = costs.Head{
		Lines: append(f.Lines(env.Now, env.Zone), costs.BudgetLines(c.book.Budgets, c.ascii)...),
		Chart: costs.Chart(bars, c.period, env.Zone, c.ascii),
		By:    c.group,
		Title: [...]string{"by the hour", "by the day", "by the month"}[c.period] + ", " + c.scopeTitle(),
	}
	if c.head.Foot = f.Watched(env.Zone); !c.scope.Everything() && len(c.past.bars) == 0 {
		c.head.Foot = "drawn from what the targets say themselves"
	}
	if c.past.err != nil {
		c.head.Foot = "history cannot be read: " + c.past.err.Error()
	}
	if legend := c.head.Chart.Legend("idle"); legend != "" {
		c.head.Foot = legend + "   " + c.head.Foot
	}
	c.Pane.Resize(c.width, c.height-c.head.Height(c.width, c.height))
}

func (c *costPane) scopeTitle() string {
	if c.scope.Everything() {
		return "everything"
	}
	return c.scope.Title
}

// Resize tells how much room the pane has.
func (c *costPane) Resize(width, height int) {
	c.width, c.height = width, height
	c.Pane.Resize(width, height-c.head.Height(width, height))
}

// RowAt is the row on a line of the view.
func (c *costPane) RowAt(y int) (string, bool) {
	return c.Pane.RowAt(y - c.head.Height(c.width, c.height))
}

// MarkRange implements [pane.RangeMarker].
func (c *costPane) MarkRange() bool { return c.Pane.(pane.RangeMarker).MarkRange() }

// Deriving implements [pane.Deriver].
func (c *costPane) Deriving() bool { return c.Pane.(pane.Deriver).Deriving() }

// Selected is the row under the cursor: where it is one target, the target
// itself, so that everything its own pane does with it can be done here.
func (c *costPane) Selected(env pane.Env) (pane.Selection, bool) {
	sel, _, ok := c.chosen(env)
	return sel, ok
}

// Offers are the actions of the target under the cursor.
func (c *costPane) Offers(env pane.Env) []pane.Offer {
	_, offers, _ := c.chosen(env)
	return offers
}

func (c *costPane) chosen(env pane.Env) (pane.Selection, []pane.Offer, bool) {
	sel, ok := c.Pane.Selected(env)
	if !ok {
		return sel, nil, false
	}
	r := sel.Row.(*costs.Row)
	if r.Target == nil || c.Marks() > 1 {
		return sel, nil, true
	}
	other, is := c.others(r.Pane).(pane.Chooser)
	if !is {
		return sel, nil, true
	}
	theirs, offers, found := other.Offer(r.Target, env)
	if !found {
		return sel, nil, true
	}
	theirs.ID, theirs.Drill = sel.ID, sel.Drill
	return theirs, offers, true
}

// View draws the head and the table below it.
func (c *costPane) View(width, height int, env pane.Env, th *theme.Theme) []string {
	if c.book == nil {
		return cells.Block([]string{" Nothing is known yet: waiting for the first answer."}, width, height)
	}
	n := c.head.Height(width, height)
	return append(c.head.Render(width, n, th), c.Pane.View(width, height-n, env, th)...)
}
