package model

import "time"

// Costs is what a meter says at one moment.
type Costs struct {
	Burn     Money // an hour
	Today    Money // since the start of the day
	Month    Money // since the start of the month
	Unpriced bool  // something bills at an unknown price

	TodayGap, MonthGap time.Duration // for how long nobody knows how the target was
}

// Costs reads a meter once for all that a sum of many meters needs. It is the
// same as Burn, Between and Unobserved from day and from month, and Unpriced.
func (m Meter) Costs(day, month, now time.Time) Costs {
	var c Costs
	for i := range m {
		charge := &m[i]
		if charge.Kind == ChargeUnobserved {
			c.TodayGap, c.MonthGap = m.Unobserved(day, now), m.Unobserved(month, now)
			continue
		}
		units := charge.UnitsAt(now)
		if !charge.Price.Known() {
			c.Unpriced = c.Unpriced || units > 0
			continue
		}
		c.Burn += charge.Price.PerHour.Times(units)
		if !now.After(month) {
			continue
		}
		total := charge.total(now)
		c.Month += total - charge.total(month)
		if now.After(day) {
			c.Today += total - charge.total(day)
		}
	}
	return c
}
