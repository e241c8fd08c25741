package model

import (
	"fmt"
	"time"
)

// Projection is what a month is expected to cost by its end, and how that was
// worked out, in words that follow "projected".
type Projection struct {
	MonthEnd Money
	How      string
}

// ProjectPresent adds the present rate for the rest of the month.
func ProjectPresent(soFar, burn Money, now time.Time, zone *time.Location) Projection {
	left := Monthly.Next(now, zone).Sub(now)
	return Projection{soFar + burn.For(left), "at the present rate"}
}

// PastHour is what an hour of the past cost. Hours begin where the clocks of
// the zone show one.
type PastHour struct {
	From       time.Time
	Cost       Money
	Unobserved time.Duration // of targets that nobody watched
}

// PatternWeeks is how far back a pattern looks.
const PatternWeeks = 4

// patternDays is how many days a pattern needs: each day of the week once.
const patternDays = 7

// slot is an hour of a week.
type slot struct {
	day  time.Weekday
	hour int
}

func slotOf(t time.Time, zone *time.Location) slot {
	t = t.In(zone)
	return slot{t.Weekday(), t.Hour()}
}

// mean is a mean of amounts.
type mean struct {
	sum Money
	n   int
}

func (m mean) value() Money {
	if m.n == 0 {
		return 0
	}
	return m.sum / Money(m.n)
}

// ProjectPattern adds, for each hour that is left of the month, what the same
// hour of the same weekday cost on average in the last [PatternWeeks] weeks. An
// hour of the week that was never watched costs what an hour costs on average.
// Where less than a week was watched, the present rate is all there is to go by.
// Hours that nobody watched do not count, nor does the hour that now is in.
func ProjectPattern(soFar, burn Money, past []PastHour, now time.Time, zone *time.Location) Projection {
	oldest := now.AddDate(0, 0, -7*PatternWeeks)
	slots := map[slot]mean{}
	days := map[Date]bool{}
	var any mean
	for _, h := range past {
		if h.Unobserved > 0 || h.From.Before(oldest) || Hourly.Next(h.From, zone).After(now) {
			continue
		}
		at := slotOf(h.From, zone)
		m := slots[at]
		slots[at] = mean{m.sum + h.Cost, m.n + 1}
		any = mean{any.sum + h.Cost, any.n + 1}
		days[DateOf(h.From)] = true
	}
	if len(days) < patternDays || any.n < patternDays*24*3/4 {
		p := ProjectPresent(soFar, burn, now, zone)
		p.How += fmt.Sprintf(" (%d h watched: a pattern needs a week)", any.n)
		return p
	}
	total := soFar
	for _, w := range Cut(Window{now, Monthly.Next(now, zone)}, Hourly, zone) {
		m := slots[slotOf(w.From, zone)]
		if m.n == 0 {
			m = any
		}
		total += m.value().For(w.To.Sub(w.From))
	}
	return Projection{total, fmt.Sprintf("by weekday and hour of the last %d weeks (%d h watched)", PatternWeeks, any.n)}
}
