// Package guard judges which instances a watchdog stops, by a policy. It is pure:
// the same fleet at the same moment gives the same decisions.
package guard

import (
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
)

// Action is what a rule has done to an instance it catches.
type Action string

// The actions.
const (
	ActStop   Action = "stop"
	ActReport Action = "report" // say it, and touch nothing
	ActLeave  Action = "leave"  // a rule looked at it and lets it run
)

// Rule says of which instances a watchdog takes care, and what may not be.
type Rule struct {
	Name       string
	Match      filter.Expr   // which instances; the zero one is all
	Idle       time.Duration // idle for longer than this is caught; 0: idleness does not matter
	Confidence model.Confidence
	Hours      *Hours // outside of them it may not run; nil: it may at any time
	Action     Action // ActStop or ActReport
	Production bool   // whether instances of production workspaces are stopped, and not only reported
}

// Policy is what a watchdog goes by.
type Policy struct {
	Rules []Rule   // the first that catches an instance decides
	Allow []string // patterns of names, WORKSPACE/NAME or ARM ids: only these are stopped; none: all
	Deny  []string // the same: these are never stopped
}

// Default is the policy of somebody who has written none: what is certainly
// idle, and has been for two hours, is stopped.
func Default() Policy {
	return Policy{Rules: []Rule{{Name: "idle", Idle: 2 * time.Hour, Confidence: model.ConfidenceHigh, Action: ActStop}}}
}

// listed reports whether a pattern means an instance.
func listed(patterns []string, i *model.Instance, workspace string) bool {
	for _, p := range patterns {
		if model.MatchName(p, i.ARMID, i.Name) || model.MatchName(p, workspace+"/"+i.Name, workspace+"/"+i.Name) {
			return true
		}
	}
	return false
}

// Columns are what a rule's match can name.
func Columns() []string {
	return []string{"name", "workspace", "owner", "tag", "size", "price", "gpus", "state", "idle", "location", "subscription", "group", "leash"}
}

// record is an instance as a match sees it.
type record struct {
	s   *model.Snapshot
	i   *model.Instance
	now time.Time
}

// Text is the text of a column.
func (r record) Text(column string) string {
	i := r.i
	switch column {
	case "name":
		return i.Name
	case "workspace":
		return r.s.WorkspaceName(i.Workspace)
	case "owner":
		return i.Owner
	case "tag":
		return r.tags()
	case "size":
		return string(i.VMSize)
	case "state":
		return string(i.State)
	case "location":
		return i.Location
	case "leash":
		return string(i.LeashAt(r.now).State)
	case "subscription", "group":
		return r.place(column)
	default:
		return ""
	}
}

// place is the subscription or the resource group, by name and id.
func (r record) place(column string) string {
	id, err := model.ParseResourceID(r.i.ARMID)
	if err != nil {
		return ""
	}
	if column == "group" {
		return id.ResourceGroup
	}
	for _, s := range r.s.Subscriptions {
		if strings.EqualFold(string(s.ID), id.Subscription) {
			return s.Name + "\n" + string(s.ID)
		}
	}
	return id.Subscription
}

// tags are the instance's own and its workspace's as key=value, a line each.
func (r record) tags() string {
	var lines []string
	add := func(tags map[string]string) {
		for key, value := range tags {
			lines = append(lines, key+"="+value)
		}
	}
	add(r.i.Tags)
	if w := r.s.Workspace(r.i.Workspace); w != nil {
		add(w.Tags)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Number is the number of a column.
func (r record) Number(column string) (float64, bool) {
	switch column {
	case "price":
		return float64(r.i.Price.PerHour) / float64(model.Unit), r.i.Price.Known()
	case "gpus":
		if r.i.Size == nil {
			return 0, false
		}
		return float64(r.i.Size.GPUs), true
	case "idle":
		d, known := r.i.IdleFor(r.now)
		return d.Seconds(), known
	default:
		return 0, false
	}
}

// All is every text, for a match that names no column.
func (r record) All() string {
	var lines []string
	for _, c := range Columns() {
		lines = append(lines, r.Text(c))
	}
	return strings.ToLower(strings.Join(lines, "\n"))
}
