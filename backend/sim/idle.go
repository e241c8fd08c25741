package sim

import (
	"net/http"
	"time"

	"github.com/amltop/amltop/model"
)

// Limits of an idle rule, by the service's documentation.
const (
	shortestIdle = 15 * time.Minute
	longestIdle  = 72 * time.Hour
)

// SetIdleShutdown sets the idle rule of an instance; 0 removes it. It is not a
// long-running operation. The service starts counting anew when a limit shorter
// than the present idle time is set, and so does the world.
func (w *World) SetIdleShutdown(i *Instance, d time.Duration) error {
	if no := checkIdle(d); no != nil {
		return no
	}
	if i.Gone {
		return conflict("compute instance", i.Name, i.State)
	}
	if d != 0 && w.now.Sub(i.idleSince()) > d {
		i.LastActivity = w.now
	}
	i.IdleShutdown, i.ModifiedAt = d, w.now
	w.watchIdle(i)
	return nil
}

func checkIdle(d time.Duration) *Denial {
	if d != 0 && (d < shortestIdle || d > longestIdle) {
		return &Denial{http.StatusBadRequest, "BadRequest", "IdleTimeBeforeShutdown must be between 15 minutes and 3 days."}
	}
	return nil
}

// idleSince is when somebody or something last used an instance.
func (i *Instance) idleSince() time.Time {
	if i.busyUntil.After(i.LastActivity) {
		return i.busyUntil
	}
	return i.LastActivity
}

// awake reports whether something keeps the idle rule from ever firing: a
// custom application, or a rule that is set and does not work.
func (i *Instance) awake() bool { return i.IdleBroken || len(i.CustomApps) > 0 }

// watchIdle arms the idle rule of a running instance for the moment at which it
// would fire if nobody came.
func (w *World) watchIdle(i *Instance) {
	i.idle.cancel()
	if i.IdleShutdown <= 0 || i.State != string(model.StateRunning) || i.awake() {
		return
	}
	w.set(&i.idle, i.idleSince().Add(i.IdleShutdown).Sub(w.now), func() {
		switch {
		case i.State != string(model.StateRunning): // on its way elsewhere
		case w.now.Sub(i.idleSince()) < i.IdleShutdown:
			w.watchIdle(i)
		case i.DiskFull: // the service tries and fails without a word
		default:
			w.bringDown(i, triggerIdle, nil)
		}
	})
}
