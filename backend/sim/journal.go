package sim

import (
	"slices"
	"strings"
	"time"
)

// mostDeeds is how many deeds a subscription's journal holds at most; the
// oldest are forgotten first.
const mostDeeds = 10_000

// Deed is something that somebody asked ARM to do: what the activity log is
// made from. What an idle rule or a schedule does is the service's own doing and
// is no deed.
type Deed struct {
	ID          string // GUID
	At          time.Time
	Caller      string     // user principal name
	CallerID    string     // object id
	CallerName  string     // as people say it
	Action      string     // such as Microsoft.MachineLearningServices/workspaces/computes/stop/action
	Resource    string     // ARM id
	Method      string     // of the request
	Correlation string     // GUID
	Op          *Operation // that it began; nil: it was over at once
	Refused     *Denial    // why it was refused; nil: it was not
}

// Record writes a deed into its subscription's journal. The world fills in its
// id and time. A subscription that does not exist has none.
func (w *World) Record(sub *Subscription, d Deed) {
	if sub == nil {
		return
	}
	d.ID = w.notes.guid()
	if d.At.IsZero() {
		d.At = w.now
	}
	if d.Correlation == "" {
		d.Correlation = d.ID
	}
	if len(sub.deeds) >= mostDeeds {
		sub.deeds = slices.Clone(sub.deeds[mostDeeds/10:])
	}
	sub.deeds = append(sub.deeds, &d)
}

// Deeds are the deeds that a subscription remembers, oldest first. The slice is
// the world's.
func (s *Subscription) Deeds() []*Deed { return s.deeds }

// people's requests, as their verbs stand in an action.
const (
	verbStart = "start/action"
	verbStop  = "stop/action"
	verbWrite = "write"
)

// act is what one of the tenant's people does to an instance by way of ARM: it
// stands in the journal, with the operation that it begins.
func (w *World) act(i *Instance, verb string) *Operation {
	op := &Operation{Sub: i.Workspace.Subscription, Region: i.Workspace.Location, Status: statusInProgress, Started: w.now}
	w.journal(op.Sub, w.now, i.person, i.ID(), "workspaces/computes/"+verb, op)
	return op
}

// journal writes what a person did. action is below the provider.
func (w *World) journal(sub *Subscription, at time.Time, p *person, resource, action string, op *Operation) {
	if p == nil || p.fullName == "" {
		return
	}
	method := "POST"
	if strings.HasSuffix(action, "/"+verbWrite) {
		method = "PUT"
	}
	w.Record(sub, Deed{
		At: at, Caller: p.upn(), CallerID: p.id, CallerName: p.fullName, Resource: resource,
		Action: strings.TrimPrefix(provider, "/providers/") + action, Method: method, Op: op,
	})
}

// upn is the person's name at sign-in.
func (p *person) upn() string { return strings.ToLower(p.name) + "@amltop.example" }

// inFull finds a person by what they are called in full; nil if there is none.
func (w *World) inFull(name string) *person { return w.byFullName[name] }

// recall writes down what people did before the world began, as far as it
// shows in what is there: who made it, and who last started or stopped it. A
// fleet's past is not written down: there is too much of it.
func (w *World) recall() {
	if w.hushed {
		return
	}
	for _, sub := range w.subs {
		for _, ws := range sub.Workspaces {
			w.recallIn(sub, ws)
		}
		slices.SortStableFunc(sub.deeds, func(a, b *Deed) int { return a.At.Compare(b.At) })
	}
}

func (w *World) recallIn(sub *Subscription, ws *Workspace) {
	over := func(at time.Time, took time.Duration, status string) *Operation {
		return &Operation{Sub: sub, Region: ws.Location, Status: status, Started: at, Ended: at.Add(took)}
	}
	made := func(by *person, at time.Time, id, types string) {
		w.journal(sub, at, by, id, types+"/"+verbWrite, over(at, 2*time.Minute, statusSucceeded))
	}
	for _, c := range ws.Clusters {
		made(w.inFull(ws.CreatedBy), c.CreatedAt, c.ID(), "workspaces/computes")
	}
	for _, i := range ws.Instances {
		made(i.person, i.CreatedAt, i.ID(), "workspaces/computes")
		if i.Last.Trigger == triggerUser && i.Last.Name != "Create" {
			op := over(i.Last.Time, 95*time.Second, statusSucceeded)
			if i.Last.Status == statusInProgress {
				op = &Operation{Sub: sub, Region: ws.Location, Status: statusInProgress, Started: i.Last.Time}
				i.op = op
			}
			w.journal(sub, i.Last.Time, i.person, i.ID(), "workspaces/computes/"+strings.ToLower(i.Last.Name)+"/action", op)
		}
	}
	for _, list := range [][]*Endpoint{ws.Online, ws.Batch} {
		for _, e := range list {
			types := "workspaces/onlineEndpoints"
			if e.Batch {
				types = "workspaces/batchEndpoints"
			}
			made(w.inFull(e.CreatedBy), e.CreatedAt, e.ID(), types)
			for _, d := range e.Deployments {
				made(w.inFull(d.CreatedBy), d.CreatedAt, d.ID(), types+"/deployments")
			}
		}
	}
}

// submitted writes down who submitted a job.
func (w *World) submitted(j *Job) {
	if w.hushed {
		return
	}
	w.journal(j.Workspace.Subscription, w.now, w.inFull(j.Owner), j.ID(), "workspaces/jobs/"+verbWrite, nil)
}
