package costs

import (
	"cmp"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/chart"
)

// Period is what was spent in one stretch of time, by currency. "" is USD.
type Period struct {
	model.Window
	Spent map[string]model.Money
	Idle  map[string]model.Money
	Gap   bool // not all of it was observed
}

// Lengths of charts, in bars.
var lengths = map[model.Period]int{model.Hourly: 48, model.Daily: 31, model.Monthly: 12}

// Windows are the periods a chart shows up to now, the last of them unfinished.
func Windows(p model.Period, now time.Time, zone *time.Location, n int) []model.Window {
	list := make([]model.Window, n)
	at := p.Start(now, zone)
	for i := n - 1; i >= 0; i-- {
		list[i] = model.Window{From: at, To: p.Next(at, zone)}
		at = p.Start(at.Add(-time.Minute), zone)
	}
	if n > 0 {
		list[n-1].To = now
	}
	return list
}

// Length is how many bars a chart of a period has.
func Length(p model.Period) int { return lengths[p] }

func periods(windows []model.Window) []Period {
	list := make([]Period, len(windows))
	for i, w := range windows {
		list[i] = Period{Window: w, Spent: map[string]model.Money{}, Idle: map[string]model.Money{}}
	}
	return list
}

// measure adds what a meter says of each window.
func measure(list []Period, windows []model.Window, m model.Meter, currency string) {
	if len(m) == 0 {
		return
	}
	for i, w := range windows {
		if spent := m.Between(w.From, w.To); spent > 0 {
			list[i].Spent[currency] += spent
		}
	}
}

// FromHistory sorts history's bars into windows. What is from before since was
// vouched for afterwards, and is not all there was.
func FromHistory(bars []model.CostBar, windows []model.Window, since time.Time) []Period {
	list := periods(windows)
	for i := range list {
		list[i].Gap = list[i].From.Before(since)
	}
	at := 0
	for i := range bars {
		b := &bars[i]
		for at < len(list)-1 && !b.Start.Before(list[at+1].From) {
			at++
		}
		if at >= len(list) || b.Start.Before(list[at].From) {
			continue
		}
		currency := b.Currency
		if currency == "USD" {
			currency = ""
		}
		list[at].Spent[currency] += b.Total()
		list[at].Idle[currency] += b.Idle.Money()
		list[at].Gap = list[at].Gap || b.Unobserved > 0
	}
	return list
}

// Currencies are those of some periods, the one with most in it first.
func Currencies(list []Period) []string {
	sums := map[string]model.Money{}
	for _, p := range list {
		for c, m := range p.Spent {
			sums[c] += m
		}
	}
	var names []string
	for c := range sums {
		names = append(names, c)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	return names
}

// Chart is the periods as bars, in the currency most was spent in.
func Chart(list []Period, p model.Period, zone *time.Location, ascii bool) chart.Chart {
	c := chart.Chart{ASCII: ascii, Bars: make([]chart.Bar, len(list))}
	if names := Currencies(list); len(names) > 0 {
		c.Currency = names[0]
	}
	if n := len(list); n > 0 && p == model.Hourly && list[n-1].To.Sub(list[n-1].From) < young {
		list, c.Bars = list[:n-1], c.Bars[:n-1]
	}
	for i, d := range list {
		c.Bars[i] = chart.Bar{
			Total: d.rate(p, d.Spent[c.Currency]), Part: d.rate(p, d.Idle[c.Currency]), Gap: d.Gap, Label: label(d.From.In(zone), p),
		}
	}
	return c
}

// young is how old an hour is before a rate is made of what it has cost.
const young = 10 * time.Minute

// rate is an amount of the hour that is not over as what a whole one costs: an
// hour just begun would look like a fall. Days and months are as far as they are.
func (d *Period) rate(p model.Period, m model.Money) model.Money {
	lasted := d.To.Sub(d.From)
	if p != model.Hourly || lasted <= 0 || lasted >= time.Hour {
		return m
	}
	return model.Money(float64(m) * float64(time.Hour) / float64(lasted))
}

// label is what stands under a bar: round moments only.
func label(at time.Time, p model.Period) string {
	switch p {
	case model.Monthly:
		return at.Format("Jan")
	case model.Daily:
		if at.Weekday() == time.Monday || at.Day() == 1 {
			return at.Format("2 Jan")
		}
		return ""
	default:
		switch h := at.Hour(); {
		case h == 0:
			return at.Format("Mon 2")
		case h%6 == 0:
			return at.Format("15h")
		}
		return ""
	}
}
