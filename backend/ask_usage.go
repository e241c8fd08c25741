package backend

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/amltop/amltop/model"
)

// usageEvery is how often the metrics of a workspace are asked for while an
// instance runs in it, and deniedPause how long after a refusal nobody asks
// again: idleness is then judged by jobs alone.
const (
	usageEvery  = 5 * time.Minute
	deniedPause = time.Hour
)

// usages is what metrics tell of the use of instances.
type usages struct {
	used    map[model.WorkspaceID]map[string]model.Usage // by name, in lower case
	usedDue map[model.WorkspaceID]wall                   // when to ask again
}

func newUsages() usages {
	return usages{used: map[model.WorkspaceID]map[string]model.Usage{}, usedDue: map[model.WorkspaceID]wall{}}
}

// wantsUsage reports whether a workspace's metrics are to be asked for with its
// jobs: they are evidence of the same thing, and only of what runs.
func (l *loop) wantsUsage(ws model.WorkspaceID) bool {
	if l.now() < l.usedDue[ws] {
		return false
	}
	for _, i := range l.instances.of(string(ws)) {
		if i.State == model.StateRunning {
			return true
		}
	}
	return false
}

// askUsage asks for metrics and returns what to do with the answer. That there
// is none takes nothing away from the jobs.
func (l *loop) askUsage(ctx context.Context, ws *model.Workspace) func() {
	fresh, err := l.cloud.Usage(ctx, ws)
	return func() {
		pause := usageEvery
		if errors.Is(err, model.ErrDenied) || errors.Is(err, model.ErrNotFound) {
			pause = deniedPause
		}
		l.usedDue[ws.ID] = l.now() + pause
		switch {
		case err != nil:
			l.o.Logger.Debug("metrics", "workspace", ws.Name, "err", err)
			fresh = nil // what was measured once says nothing of now
		case maps.Equal(fresh, l.used[ws.ID]):
			return
		}
		if len(fresh)+len(l.used[ws.ID]) > 0 {
			l.used[ws.ID] = fresh
			l.rejoin(ws.ID)
		}
	}
}
