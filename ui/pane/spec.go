// Package pane is the one table every pane is: a declaration of columns and
// actions ([Spec]), a pure derivation of the rows to show, and a rendering
// that touches only the rows in sight.
package pane

import (
	"cmp"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/theme"
)

// Env is what a cell may read besides its row: the snapshot and the backend's
// time. Nothing in it is written to.
type Env struct {
	Snap   *model.Snapshot
	Now    time.Time
	Zone   *time.Location
	Silent bool          // nothing answers any more: every row is from before
	Since  *model.Report // since the last visit; nil: not known
}

// Tone is how a cell should strike the reader. The theme turns it into colour;
// no state is told by tone alone.
type Tone = theme.Tone

// Cell is what a column shows of a row: plain text, without escape sequences.
type Cell struct {
	Text string
	Tone Tone
}

// Align is where a cell's text stands in its column.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Right
)

// Value is a column's typed value of a row: what sorting, filters and exports
// work on. The zero Value is unknown; it sorts last in either direction.
type Value struct {
	Kind   ValueKind
	Number float64 // KindNumber; amounts in currency units, durations in seconds, times in Unix seconds
	Text   string  // KindText
	Rank   uint8   // KindText: texts of a lower rank come first, at most 9; 0 everywhere: by the text alone
}

// ValueKind tells text from numbers, and both from unknown.
type ValueKind uint8

// The kinds of value.
const (
	KindUnknown ValueKind = iota
	KindText
	KindNumber
)

// Column declares one column of a pane.
type Column[R any] struct {
	ID    string // in filters, configuration and exports: "owner"
	Title string // in the header: "OWNER"
	Min   int    // narrowest useful width in cells
	Max   int    // widest; 0: as Min
	Grow  int    // share of spare width, up to Max; 0: only what the growing columns leave
	Align Align
	Drop  int // on narrow terminals columns go in the order of Drop, highest first; 0 never goes
	Cell  func(R, Env) Cell
	Value func(R, Env) Value // nil: the cell's text
	Desc  bool               // the first sort on it is descending
	Live  bool               // the value changes with time alone: re-sorted by the clock
}

// Spec declares a pane over rows of type R, identified by K.
type Spec[R any, K cmp.Ordered] struct {
	Name    string // command and filter name: "instances"
	Title   string
	Section model.SectionKey // whose age and errors the pane shows
	Rows    func(*model.Snapshot) []R
	Key     func(R) K
	Label   func(R) string // the row's name, for dialogs and messages
	ARMID   func(R) string // what describe reads, as the service spells it; nil: nothing to read
	Columns []Column[R]
	Sort    string                    // ID of the column sorted by at first; "": rows stand as they come
	Feed    bool                      // newest first: a cursor nobody moved stays on the first row
	Meter   func(R) model.Meter       // nil: rows cost nothing
	Tally   func(R) model.Tally       // of one currency, for rows that stand for many targets; then Meter is not asked
	Where   func(R) model.WorkspaceID // nil: rows belong to no workspace
	Scope   func(R) string            // scope of the row's part; nil: its workspace
	Open    func(R) Drill             // what enter leads to; nil: the detail view
	Empty   string                    // one sentence for a pane without rows
	Actions []Action[R]
}

// Drill is where enter leads: another pane, filtered. The zero Drill is the
// row's detail view.
type Drill struct {
	Pane   string
	Filter string
	Row    string // identity of the row the cursor goes to; "": it stays
}

// Action declares something a user can do to a row.
type Action[R any] struct {
	ID      string                     // in the keymap and the configuration: "stop"
	Title   string                     // in help and dialogs: "stop instance"
	Mutates bool                       // gone in read-only mode
	Bulk    bool                       // can be done to several marked rows at once
	Rowless bool                       // makes something new: needs no row, and opens a form
	Allowed func(R, Env) error         // nil error: allowed; else the reason why not, in a sentence
	Command func(R, Env) model.Command // nil: the action opens a form
}
