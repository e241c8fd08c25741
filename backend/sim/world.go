// Package sim is a simulated Azure Machine Learning: a world of subscriptions,
// workspaces, compute targets, jobs, endpoints and the people who use them.
//
// The world is a discrete-event simulation with a virtual clock. It does no
// input or output, starts no goroutine and never asks what time it is: it is
// told, by [World.AdvanceTo]. With the same scenario, seed and commands at the
// same virtual times its history is the same, however the time between is cut
// into steps and whatever is read along the way.
//
// States, durations, refusals and their wording follow Azure's documentation
// and recorded traffic. Where those are silent the choice is written down beside
// the code that makes it.
package sim

import (
	"strings"
	"time"
)

// World is a simulated tenant. It is not safe for concurrent use: whoever
// shares one locks around it.
type World struct {
	seed       uint64
	start, now time.Time
	agenda     agenda
	subs       []*Subscription
	people     map[string]*person
	byFullName map[string]*person
	operations operations
	notes      stream // ids of what stands in the journals
	meters     map[string]*meter
	buried     []*Instance  // deleted ones, whose disks were paid for
	byCompute  bool         // cost rows name the compute
	hushed     bool         // deployments write no request lines: there are too many
	watch      func(change) // nil, or told of every change of state
}

// change is a change of state, for tests and for telling histories apart.
type change struct {
	at       time.Time
	id, part string // part: a node's id, "allocation", or ""
	from, to string
}

// Start is when the world begins: its scenario's start.
func (w *World) Start() time.Time { return w.start }

// CostByCompute reports whether cost rows name the compute, not its workspace.
func (w *World) CostByCompute() bool { return w.byCompute }

// Now is the virtual time.
func (w *World) Now() time.Time { return w.now }

// AdvanceTo lets everything happen that is due until t, and sets the clock to
// t. A t that is not after Now changes nothing.
func (w *World) AdvanceTo(t time.Time) {
	if !t.After(w.now) {
		return
	}
	for limit := t.UnixNano(); w.agenda.due(limit); {
		e := w.agenda.pop()
		w.now = time.Unix(0, e.at).UTC()
		e.do()
	}
	w.now = t.UTC()
}

// Next is when something happens next, unless somebody asks for something
// before; false if nothing will.
func (w *World) Next() (time.Time, bool) {
	if len(w.agenda.heap) == 0 {
		return time.Time{}, false
	}
	return time.Unix(0, w.agenda.heap[0].at).UTC(), true
}

// Subscriptions lists the tenant's subscriptions. The slice is the world's.
func (w *World) Subscriptions() []*Subscription { return w.subs }

// FindSubscription finds a subscription by id, nil if there is none.
func (w *World) FindSubscription(id string) *Subscription {
	for _, s := range w.subs {
		if strings.EqualFold(s.ID, id) {
			return s
		}
	}
	return nil
}

// FindWorkspace finds a workspace, nil if there is none.
func (w *World) FindWorkspace(sub, resourceGroup, name string) *Workspace {
	s := w.FindSubscription(sub)
	if s == nil {
		return nil
	}
	for _, ws := range s.Workspaces {
		if strings.EqualFold(ws.Name, name) && strings.EqualFold(ws.ResourceGroup, resourceGroup) {
			return ws
		}
	}
	return nil
}

// note tells the watcher of a change of state of a resource, or of a part of it.
func (w *World) note(of interface{ ID() string }, part, from, to string) {
	if w.watch != nil && from != to {
		w.watch(change{w.now, of.ID(), part, from, to})
	}
}
