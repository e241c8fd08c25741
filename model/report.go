package model

import "time"

// Report is what happened and what was spent in a window, and what needs
// somebody now: the content of :diff and of "amltop report".
type Report struct {
	Window  Window
	Zone    *time.Location
	Origin  Origin
	Filter  string    // as asked for; "" for everything
	Visit   bool      // the window begins with the last visit
	Began   time.Time // since when there is history; zero: there is none
	Notes   []string  // what the figures leave out, in sentences
	Unknown int       // workspaces of which nothing is known from before the window

	Happened []Happening

	Burn                           []Amount     // an hour, now
	Count                          int          // of targets there are now
	Unpriced                       int          // of them, those that bill at an unknown price
	Totals                         []ReportCost // of everything; one a currency
	ByTarget, ByOwner, ByWorkspace []ReportCost // the dearest of each first, at most [ReportTop]

	Idle       []ReportIdle // the dearest first
	Leashes    []ReportIdle // those late or blocked: their promise is broken
	Failed     []ReportFailure
	Operations []Operation // asked for in the window, newest first
	Saved      []ReportSaving
	Gaps       []ReportGaps // oldest first
	Budgets    []BudgetVerdict
}

// ReportTop is how many targets, owners and workspaces a report names.
const ReportTop = 10

// Amount is money of one currency.
type Amount struct {
	Money
	Currency string // ISO 4217
}

// Text is the amount with its currency.
func (a Amount) Text() string { return a.In(a.Currency) }

// ReportCost is what something cost in a window: the estimate for what was
// observed, and what Azure billed where the bill names it.
type ReportCost struct {
	Key      string // ARM id, owner
	Name     string // for people
	About    string // of a target: workspace and owner
	Currency string // ISO 4217
	Estimate Money  // for the time observed
	Run      bool   // Estimate is from what targets say of their present run, without history
	Filled   Money  // from billing, for whole days before anything was observed
	Spend    Spend  // of the estimate: idle part, hours unpriced and unobserved
	Billed   Money  // by Azure, for the days of the window it has billed
	HasBill  bool   // whether the bill names it
	Part     bool   // the bill is of too small a part of the window to be compared
}

// Cost is what it comes to: what was observed, and what the bill says of before.
func (c *ReportCost) Cost() Money { return c.Estimate + c.Filled }

// Source is where the cost is from, in words.
func (c *ReportCost) Source() string {
	seen := "observed"
	if c.Run {
		seen = "present runs"
	}
	switch {
	case c.Filled != 0 && c.Estimate != 0:
		return "bill, then " + seen
	case c.Filled != 0:
		return "from billing"
	default:
		return seen
	}
}

// Off is how far the estimate is off the bill; false where the two are not of
// the same time.
func (c *ReportCost) Off() (Money, bool) {
	return c.Estimate - c.Billed, c.HasBill && !c.Part && c.Filled == 0
}

// ReportIdle is an instance with its verdict of idleness and its leash.
type ReportIdle struct {
	ID, Name, Workspace, Owner string
	Idle                       Idle
	Leash                      Leash
	Burn                       Amount // an hour, of its VM
	Unpriced                   bool   // Burn is not known
}

// ReportFailure is something that does not work now.
type ReportFailure struct {
	Kind, ID, Name, Workspace string
	Why                       string
	Burn                      Amount // an hour, that it bills meanwhile
}

// ReportSaving is what a stop or scaling to zero saved within the window.
type ReportSaving struct {
	Target, Name string
	Reason       string
	Amount
	Goes bool // it goes on
}

// ReportGap is a stretch in which nobody watched the targets of a workspace.
type ReportGap struct {
	Section   SectionKey
	ID        WorkspaceID
	Workspace string // for people
	Window
}

// ReportGaps are gaps of several workspaces that are one: the program was not
// running, or a region did not answer.
type ReportGaps struct {
	Window              // around all of them
	Workspaces []string // by name
}

// Long is how long the gap is.
func (g ReportGaps) Long() time.Duration { return g.To.Sub(g.From) }

// Broken are the promises that do not hold, in sentences: budgets that are
// over, and leashes that should have stopped something by now.
func (r *Report) Broken() []string {
	var list []string
	for _, b := range r.Budgets {
		if b.State == BudgetOver {
			list = append(list, "budget "+b.Line.Name+" is over: "+b.Why)
		}
	}
	for _, l := range r.Leashes {
		if l.Leash.State != LeashLate {
			continue
		}
		text := l.Name + " of " + l.Workspace + ": " + l.Leash.Text + ", " + l.Idle.Evidence
		if !l.Unpriced {
			text += ", " + l.Burn.RateIn(l.Burn.Currency) + "/h"
		}
		list = append(list, text)
	}
	return list
}

// ReportPast is what history says of a window.
type ReportPast struct {
	Began      time.Time // since when there is history at all; zero: there is none
	Then       Digest    // at the beginning of the window
	Turns      map[string]Turns
	Costs      []CostBar // by target, over the window
	Gaps       []ReportGap
	Operations []Operation // newest first; also those from before the window
	Saved      []ReportSaving
}

// ReportAsk is what a report is made from. Snap is needed.
type ReportAsk struct {
	Snap    *Snapshot
	Window  Window // To is now
	Zone    *time.Location
	Filter  string
	Match   func(*Spender) bool // of the filter; nil: everything
	Visit   bool
	Past    ReportPast
	Budgets []*BudgetLine
}
