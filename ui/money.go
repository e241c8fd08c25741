package ui

import (
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
)

// bill is what rows cost at a moment: the rate, the day so far, and the month
// at this rate, in each currency there is.
type bill struct {
	model.Tally
	zone *time.Location
}

// billAt takes a tally on to a moment. The rate is that of the tally until the
// next snapshot says otherwise, also across midnight: a new day starts at zero.
func billAt(t model.Tally, now time.Time, zone *time.Location) bill {
	return bill{t.Advance(now, zone), zone}
}

// atLeast marks amounts that are not the whole truth: something bills whose
// price nobody knows, or nobody watched for a part of the time.
func (b bill) atLeast(gap time.Duration) string {
	if b.Unpriced > 0 || gap > 0 {
		return "≥"
	}
	return ""
}

func (b bill) burnText() string {
	return b.atLeast(0) + b.Across(func(t model.Tally) string { return t.Burn.In(t.Currency) + "/h" })
}

func (b bill) todayText() string {
	return b.atLeast(b.TodayGap) + b.Across(func(t model.Tally) string { return t.Today.In(t.Currency) })
}

func (b bill) monthText() string {
	return b.atLeast(b.MonthGap) + b.Across(func(t model.Tally) string { return t.MonthEnd(b.zone).WholeIn(t.Currency) })
}

func (b bill) unpricedText() string {
	if b.Unpriced == 0 {
		return ""
	}
	return strconv.Itoa(b.Unpriced) + " unpriced"
}

// tally is the cost of the rows in view: the marked ones, those the filter
// leaves, or everything where the page's rows cost nothing themselves.
func (a *App) tally() model.Tally {
	if a.page().metered {
		return a.page().pane.Tally()
	}
	return a.fleet.Tally
}

// meter notes that a page's rows cost something: its bill is then its own, also
// when a filter leaves none of them.
func (p *page) meter() {
	t := p.pane.Tally()
	p.metered = p.metered || t.Burn != 0 || t.Month != 0 || t.Unpriced > 0 || t.Other != nil
}
