package model

import (
	"strconv"
	"time"
)

// Usage is what Azure Monitor tells of the use of an instance's VM. The service
// has metrics of what jobs use; of an instance without a job there is no series,
// and that is not zero: the zero Usage says that nothing is known.
type Usage struct {
	From, To time.Time // first and last moment with a figure
	CPU, GPU float64   // mean over them, in per cent
	HasGPU   bool      // whether there are figures of the GPU
	Busy     time.Time // last moment at which it was in use; zero: not in these figures

	cpus, gpus int // figures in the means
}

// Known reports whether there are figures.
func (u Usage) Known() bool { return !u.To.IsZero() }

// usageLag is how old the newest figure may be and still tell of now: metrics
// come minutes late.
const usageLag = 15 * time.Minute

// busy reports whether the figures say that the VM works now.
func (u Usage) busy(now time.Time) bool { return !u.Busy.IsZero() && now.Sub(u.Busy) < usageLag }

// still reports whether the figures cover a time up to now in which the VM did
// nothing.
func (u Usage) still(now time.Time, long time.Duration) bool {
	return u.Known() && u.Busy.IsZero() && now.Sub(u.To) < usageLag && u.To.Sub(u.From) >= long-usageLag
}

// String says the figures: "CPU 1 % for 2h".
func (u Usage) String() string {
	if !u.Known() {
		return ""
	}
	text := "CPU " + loadText(u.CPU)
	if u.HasGPU {
		text += ", GPU " + loadText(u.GPU)
	}
	return text + " for " + Ago(u.To.Sub(u.From))
}

// quiet are figures as they stand behind other evidence.
func (u Usage) quiet() string {
	if !u.Known() || !u.Busy.IsZero() { // an average over work says nothing of the time after it
		return ""
	}
	return ", " + u.String()
}

// Take adds the figures of a moment, of which those below zero are none. Moments
// come in order.
func (u *Usage) Take(at time.Time, cpu, gpu float64) {
	if cpu < 0 && gpu < 0 {
		return
	}
	if u.From.IsZero() {
		u.From = at
	}
	u.To = at
	if cpu >= 0 {
		u.cpus++
		u.CPU += (cpu - u.CPU) / float64(u.cpus)
	}
	if gpu >= 0 {
		u.gpus++
		u.HasGPU = true
		u.GPU += (gpu - u.GPU) / float64(u.gpus)
	}
	if cpu >= busyShare || gpu >= busyShare {
		u.Busy = at
	}
}

func loadText(share float64) string { return strconv.FormatFloat(share, 'f', 0, 64) + " %" }
