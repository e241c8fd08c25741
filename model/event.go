package model

import (
	"slices"
	"strings"
	"time"
)

// Event is an entry of Azure's activity log: somebody asked for a change of a
// resource, and this is what came of it. The log knows nothing of what an idle
// rule or a schedule did, and is minutes behind.
type Event struct {
	At     time.Time
	Caller string // who asked: a user principal name, or an application's id
	Action string // such as Microsoft.MachineLearningServices/workspaces/computes/stop/action
	Status string // the service's word: Started, Accepted, Succeeded, Failed
	Detail string // the service's words on a failure
	// Correlation is what the events of one request share.
	Correlation string
}

// Verb is what was asked for, in the word of the action: stop, write, delete.
func (e Event) Verb() string {
	parts := strings.Split(e.Action, "/")
	n := len(parts) - 1
	if n > 0 && strings.EqualFold(parts[n], "action") {
		n--
	}
	return parts[n]
}

// Requests condenses a log to one event a request: when it was made, and the
// last that is known of it. The newest request comes first. list is not changed.
func Requests(list []Event) []Event {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Event) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return statusRank(a.Status) - statusRank(b.Status)
	})
	var requests []Event
	at := map[[2]string]int{}
	for _, e := range list {
		key := [2]string{e.Correlation, Fold(e.Action)}
		i, seen := at[key]
		if !seen || e.Correlation == "" {
			at[key] = len(requests)
			requests = append(requests, e)
			continue
		}
		requests[i].Status, requests[i].Detail = e.Status, e.Detail
	}
	slices.Reverse(requests)
	return requests
}

// statusRank orders the events of one moment.
func statusRank(status string) int {
	switch Fold(status) {
	case "started":
		return 0
	case "accepted":
		return 1
	default:
		return 2
	}
}
