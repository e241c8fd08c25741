package pane

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/theme"
)

// Pane is a pane with its row type erased: what the program on the screen
// works with. [New] makes one from a [Spec]. Its methods are called from Update
// only, except View, which changes nothing.
type Pane interface {
	Name() string
	Title() string
	Section() model.SectionKey

	// SetData takes a new snapshot. Small lists are derived at once; for large
	// ones the returned command derives in the background and its message goes
	// to Apply. A list that is the same slice as before costs nothing.
	SetData(env Env) tea.Cmd
	// Apply takes a finished derivation; it reports whether the message was
	// this pane's. Stale generations are dropped.
	Apply(msg tea.Msg) bool
	// Tick takes the time on: a live sort column is sorted again.
	Tick(env Env) tea.Cmd

	// Move moves the cursor: "up", "down", "pgup", "pgdown", "halfup",
	// "halfdown", "home", "end", "left", "right" (columns). It reports whether
	// the motion was known.
	Move(motion string) bool
	// Resize tells how many rows and columns the table has to itself.
	Resize(width, height int)

	// SetFilter filters live. An error names what is wrong with the pattern;
	// the rows then stay as the last good one left them.
	SetFilter(text string, env Env) (tea.Cmd, error)
	Filter() string
	// Sort sorts by a column; by the same again, the other way round.
	Sort(column string, env Env) (tea.Cmd, error)
	// SortNext chooses the sort column to the right (+1) or left (-1).
	SortNext(step int, env Env) tea.Cmd
	Sorted() (column string, desc bool)

	Mark()            // marks or unmarks the selected row and goes down
	MarkAll()         // marks every row shown, or none if all are
	ClearMarks() bool // reports whether there were any
	Marks() int       // also of rows the filter hides: marks are collected over several filters

	// Select puts the cursor on a row by its identity, and reports whether it is shown.
	Select(id string) bool
	// Selected is the row under the cursor; ok is false on an empty pane.
	Selected(env Env) (Selection, bool)
	// RowAt is the identity of the row on a line of the view, counted from 0 at
	// the header; ok is false where there is none.
	RowAt(y int) (id string, ok bool)
	// Visible are the rows in sight, for the poller's focus.
	Visible(env Env) []Selection
	// Offers are the actions for the marked rows, hidden ones included, else the
	// selected one. In read-only mode those that change something are gone.
	Offers(env Env) []Offer
	// Counts are the rows shown and the rows there are.
	Counts() (shown, total int)
	// Tally is the cost of the rows shown (of the marked ones if there are any).
	Tally() model.Tally
	// Columns describes every column, in order.
	Columns() []ColumnInfo
	// Records are the rows shown as text by column, for exports.
	Records(env Env) (header []string, rows [][]string)

	// View renders exactly height lines of exactly width cells: the header and
	// the rows in sight.
	View(width, height int, env Env, th *theme.Theme) []string
}

// Selection is a row with its type erased.
type Selection struct {
	Pane      string
	ID        string // identity, as text
	ARMID     string // "" if there is nothing to describe
	Name      string
	Workspace model.WorkspaceID
	Row       any   // the *model value itself
	Drill     Drill // what enter leads to
}

// Offer is an action as it stands for the rows at hand.
type Offer struct {
	ID       string
	Title    string
	Mutates  bool
	Form     bool            // opens a form instead of carrying commands
	Commands []model.Command // of the rows that allow it
	Rows     []Selection     // the rows of Commands, in the same order
	Refused  []Refused       // the rows that do not
	Err      error           // why the action is not available at all; nil if it is for at least one row
}

// Refused is a row that does not allow an action, with the reason.
type Refused struct {
	Name string
	Err  error
}

// ColumnInfo describes a column to help, configuration and exports.
type ColumnInfo struct {
	ID, Title string
	Shown     bool
}
