package sim

import (
	"math"
	"time"
)

// Clock maps the wall clock to a world's time. It is a value: everyone who has
// a copy agrees on the virtual time without talking.
type Clock struct {
	Start time.Time // virtual time at Epoch
	Epoch time.Time // wall time
	Speed float64   // virtual seconds a wall second; 0 or less stands still
}

// At is the virtual time at a wall time. It never lies before Start and never
// runs backwards; 146 years after it, it
// stands still.
func (c Clock) At(wall time.Time) time.Time {
	elapsed := wall.Sub(c.Epoch)
	if elapsed <= 0 || c.Speed <= 0 {
		return c.Start
	}
	const most = float64(math.MaxInt64 / 2)
	return c.Start.Add(time.Duration(min(most, float64(elapsed)*c.Speed)))
}
