package sim

import "time"

// Clock maps the wall clock to a world's time. It is a value: everyone who has
// a copy agrees on the virtual time without talking.
type Clock struct {
	Start time.Time // virtual time at Epoch
	Epoch time.Time // wall time
	Speed float64   // virtual seconds a wall second; 0 or less stands still
}

// At is the virtual time at a wall time. It never lies before Start and never
// runs backwards.
func (c Clock) At(wall time.Time) time.Time {
	elapsed := wall.Sub(c.Epoch)
	if elapsed <= 0 || c.Speed <= 0 {
		return c.Start
	}
	return c.Start.Add(time.Duration(float64(elapsed) * c.Speed))
}
