package ui

import (
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
)

// bill is what rows cost at a moment: the rate, the day so far, and the month
// at this rate.
type bill struct {
	burn, today, monthEnd model.Money
	unpriced              int
	partToday, partMonth  bool // nobody watched for some of it
}

// billAt takes a tally on to a moment. The rate is that of the tally until the
// next snapshot says otherwise, also across midnight: a new day starts at zero.
func billAt(t model.Tally, now time.Time, zone *time.Location) bill {
	b := bill{burn: t.Burn, unpriced: t.Unpriced, today: t.TodayAt(now)}
	b.partToday, b.partMonth = t.TodayGap > 0, t.MonthGap > 0
	if day := model.StartOfDay(now, zone); day.After(t.At) {
		b.partToday = false
		b.today = t.Burn.For(now.Sub(day))
	}
	if month := model.StartOfMonth(now, zone); month.After(t.At) {
		t, b.partMonth = model.Tally{At: month, Burn: t.Burn}, false
	}
	b.monthEnd = t.MonthEnd(zone)
	return b
}

// atLeast marks amounts that are not the whole truth: something bills whose
// price nobody knows, or nobody watched for a part of the time.
func (b bill) atLeast(part bool) string {
	if b.unpriced > 0 || part {
		return "≥"
	}
	return ""
}

func (b bill) burnText() string  { return b.atLeast(false) + b.burn.In("") + "/h" }
func (b bill) todayText() string { return b.atLeast(b.partToday) + b.today.In("") }
func (b bill) monthText() string { return b.atLeast(b.partMonth) + b.monthEnd.WholeIn("") }

func (b bill) unpricedText() string {
	if b.unpriced == 0 {
		return ""
	}
	return strconv.Itoa(b.unpriced) + " unpriced"
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
	p.metered = p.metered || t.Burn != 0 || t.Month != 0 || t.Unpriced > 0
}
