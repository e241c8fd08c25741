package ui

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/overview"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// errNoFilter says why a filter is not taken.
var errNoFilter = errors.New("the overview has nothing to filter: choose a pane first")

// overviewPane is the first page: not a table, but a [pane.Pane] all the same,
// so that nothing else needs to know. Its cursor goes over what stands on it,
// and what can be done to a row on its own pane can be done here. It has
// nothing to mark, filter or sort.
type overviewPane struct {
	top           int // first line in sight
	width, height int
	digest        *overview.Digest
	of            sources   // what the digest, or the one being made, was made of
	made          time.Time // when
	wait          int       // ticks until another large one may be made
	stale         bool      // one is to be made then

	ascii   bool
	budgets []*model.BudgetLine
	others  func(name string) pane.Pane
	past    history
	env     pane.Env // of the last Update: entries stand where it put them
	extra   overview.Extra
	entries []overview.Placed // where they stand, as of the last Update
	cursor  int               // place of the chosen entry among them
	moved   bool
}

// digestMsg is a digest made in the background; [overviewPane.SetData] sends it.
type digestMsg struct {
	digest  *overview.Digest
	budgets []model.BudgetVerdict
}

// digestAge is how old a large digest may become while the lists stay the
// same: what changes with time alone, such as who counts as idle, is then as
// old. Small ones are made for every snapshot.
const digestAge = 5 * time.Minute

func (*overviewPane) Name() string              { return "overview" }
func (*overviewPane) Title() string             { return "overview" }
func (*overviewPane) Section() model.SectionKey { return model.SectionComputes }

// Ticks between large digests, each of which takes some 50 ms of processor time
// for 100,000 targets: while targets are still coming in, and later.
const (
	growingWait = 2
	steadyWait  = 15
)

// Tick makes the digest that was put off.
func (o *overviewPane) Tick(env pane.Env) tea.Cmd {
	o.env = env
	o.wait = max(0, o.wait-1)
	if o.wait > 0 || !o.stale {
		return nil
	}
	return o.SetData(env)
}

// SetData boils the snapshot down: at once, or in the background where there
// is much.
func (o *overviewPane) SetData(env pane.Env) tea.Cmd {
	o.env = env
	of := sourcesOf(env.Snap, env.Now, env.Zone)
	boil := func() digestMsg {
		return digestMsg{
			overview.NewDigest(env.Snap, env.Now, env.Zone), model.JudgeBudgets(o.budgets, env.Snap, env.Now, env.Zone),
		}
	}
	if of.targets() <= fleetInline {
		o.of, o.made = of, env.Now
		o.Apply(boil())
		return nil
	}
	if of == o.of && env.Now.Sub(o.made) < digestAge {
		return nil
	}
	if o.stale = o.wait > 0; o.stale {
		return nil
	}
	o.wait = steadyWait
	if of.targets() != o.of.targets() {
		o.wait = growingWait
	}
	o.of, o.made = of, env.Now
	return func() tea.Msg { return boil() }
}

// Apply takes a digest made in the background.
func (o *overviewPane) Apply(msg tea.Msg) bool {
	m, ok := msg.(digestMsg)
	if ok {
		o.digest, o.extra.Budgets = m.digest, m.budgets
	}
	return ok
}

func (*overviewPane) SetFilter(text string, _ pane.Env) (tea.Cmd, error) {
	if text == "" {
		return nil, nil
	}
	return nil, errNoFilter
}
func (*overviewPane) Filter() string                          { return "" }
func (*overviewPane) Sort(string, pane.Env) (tea.Cmd, error)  { return nil, nil }
func (*overviewPane) SortNext(int, pane.Env) tea.Cmd          { return nil }
func (*overviewPane) Sorted() (string, bool)                  { return "", false }
func (*overviewPane) Mark()                                   {}
func (*overviewPane) MarkAll()                                {}
func (*overviewPane) ClearMarks() bool                        { return false }
func (*overviewPane) Marks() int                              { return 0 }
func (*overviewPane) Counts() (shown, total int)              { return 0, 0 }
func (*overviewPane) Tally() model.Tally                      { return model.Tally{} }
func (*overviewPane) Columns() []pane.ColumnInfo              { return nil }
func (*overviewPane) Records(pane.Env) ([]string, [][]string) { return nil, nil }

// fewWorkspaces is how many workspaces the overview has polled as if their rows
// were in sight. A larger fleet is gone through at the poller's own pace.
const fewWorkspaces = 24

// Visible are the workspaces the overview sums up, as long as they are few.
func (*overviewPane) Visible(env pane.Env) []pane.Selection {
	if env.Snap == nil || len(env.Snap.Workspaces) > fewWorkspaces {
		return nil
	}
	rows := make([]pane.Selection, len(env.Snap.Workspaces))
	for i, w := range env.Snap.Workspaces {
		rows[i] = pane.Selection{Workspace: w.ID}
	}
	return rows
}

// View draws the part scrolled to.
func (o *overviewPane) View(width, height int, env pane.Env, th *theme.Theme) []string {
	if o.digest == nil {
		return cells.Block([]string{" Nothing is known yet: waiting for the first answer."}, width, height)
	}
	lines, _ := o.digest.Draw(width, height+o.top, env, th, o.extra)
	return cells.Block(lines[min(o.top, len(lines)):], width, height)
}
