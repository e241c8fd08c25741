package model

import "time"

// RunCost is what the current run of an instance has cost for its VM, and
// whether that can be said: the start of the run and the price must be known.
func (i *Instance) RunCost(now time.Time) (Money, bool) {
	if i.RunningSince.IsZero() || i.State.Info().Bills == No {
		return 0, false
	}
	var sum Money
	known := false
	for k := range i.Meter { // a cell asks for this every second: nothing is allocated
		if i.Meter[k].Kind != ChargeCompute {
			continue
		}
		if !i.Meter[k].Price.Known() {
			return 0, false
		}
		known = true
		sum += i.Meter[k:k+1].Between(i.RunningSince, now)
	}
	return sum, known
}

// Uptime is how long the current run has lasted; false if the instance does
// not run or the start is not known.
func (i *Instance) Uptime(now time.Time) (time.Duration, bool) {
	if i.RunningSince.IsZero() || i.State.Info().Bills == No {
		return 0, false
	}
	return max(0, now.Sub(i.RunningSince)), true
}

// NextMonday is the first Monday 09:00 in zone that is after now: until when a
// preview counts what stopping saves.
func NextMonday(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	y, m, d := local.Date()
	ahead := (int(time.Monday) - int(local.Weekday()) + 7) % 7
	at := time.Date(y, m, d+ahead, 9, 0, 0, 0, zone)
	if !at.After(now) {
		at = time.Date(y, m, d+ahead+7, 9, 0, 0, 0, zone)
	}
	return at
}
