package model

import "time"

// Clock maps the time on the wall to the time of the backend. For Azure the
// two are the same but for skew; the simulator's time may run up to 3,600
// times faster.
type Clock struct {
	Wall  time.Time // a moment on the wall
	Time  time.Time // the backend's time at that moment
	Speed float64   // backend seconds a wall second; 0 means 1
}

// OnWall is how long a stretch of the backend's time takes on the wall.
func (c Clock) OnWall(d time.Duration) time.Duration {
	if c.Speed == 0 || c.Speed == 1 {
		return d
	}
	return time.Duration(float64(d) / c.Speed)
}

// At is the backend's time when the wall shows t.
func (c Clock) At(wall time.Time) time.Time {
	if c.Wall.IsZero() {
		return wall
	}
	d := wall.Sub(c.Wall)
	if c.Speed != 0 && c.Speed != 1 {
		d = time.Duration(float64(d) * c.Speed)
	}
	return c.Time.Add(d)
}
