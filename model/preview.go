package model

import (
	"strings"
	"time"
)

// Danger is how much care a command asks of the user.
type Danger uint8

// The grades of danger.
const (
	DangerLow  Danger = iota // Enter confirms
	DangerHigh               // a word has to be typed
)

// Preview is what a user should know before a command is carried out. It says
// what is known and calls the rest unknown.
type Preview struct {
	Title   string // the question: "Stop ana-gpu?"
	Lines   []PreviewLine
	Danger  Danger
	Why     string // for DangerHigh: why a word has to be typed
	Typed   string // for DangerHigh: the word
	Confirm string // the confirming button: "Stop"
}

// PreviewLine is one fact of a preview.
type PreviewLine struct {
	Label  string
	Text   string
	Health Health // HealthQuiet for plain facts
}

// String writes the line for plain output: "owner: ana".
func (l PreviewLine) String() string { return l.Label + ": " + l.Text }

// BulkFew is how many targets one key and Enter may act on at once.
const BulkFew = 3

// bulkShown is how many targets a bulk preview lists one by one.
const bulkShown = 12

// PreviewOf previews commands of one verb on one or several targets. It is a
// pure function of its arguments; zone decides when Monday begins.
func PreviewOf(s *Snapshot, cmds []Command, now time.Time, zone *time.Location) Preview {
	v := view{s: s, now: now, zone: zone}
	if s == nil {
		v.s = &Snapshot{}
	}
	switch len(cmds) {
	case 0:
		return Preview{Title: "Nothing to do", Confirm: "Close"}
	case 1:
		return v.one(cmds[0])
	default:
		return v.bulk(cmds)
	}
}

// view is what the lines of a preview are computed from.
type view struct {
	s    *Snapshot
	now  time.Time
	zone *time.Location
}

func (v view) one(c Command) Preview {
	p := Preview{Title: titled(c.Verb) + " " + c.Name + "?", Confirm: titled(c.Verb)}
	switch c.Verb {
	case VerbCancelJob:
		p.Title, p.Confirm = "Cancel job "+c.Name+"?", "Cancel job" // beside a button that dismisses the dialog
	case VerbTraffic:
		p.Title, p.Confirm = "Set the traffic of "+c.Name+"?", "Set traffic"
	case VerbDelete:
		p.Title = "Delete " + c.Name + " for good?"
	case VerbCreate:
		if c.Create != nil {
			p.Title = "Create " + KindName(c.Create.Kind) + " " + c.Name + "?"
		}
	case VerbIdle:
		p.Title, p.Confirm = "Set the idle shutdown of "+c.Name+"?", "Set idle shutdown"
	case VerbSchedule:
		p.Title, p.Confirm = "Set the schedules of "+c.Name+"?", "Set schedules"
	}
	p.Lines = v.lines(c)
	p.Why = v.careful(c)
	if p.Why != "" {
		p.Danger, p.Typed = DangerHigh, c.Name
	}
	return p
}

// lines are the facts about one command's target.
func (v view) lines(c Command) []PreviewLine {
	id := ComputeID(c.Target)
	switch c.Verb {
	case VerbDeploy:
		return v.deploy(c)
	case VerbUndeploy:
		return v.undeploy(c)
	case VerbTraffic:
		return v.traffic(c)
	case VerbCancelJob:
		return v.cancel(c)
	case VerbCreate:
		return v.create(c)
	case VerbScale:
		if d := v.s.Deployment(DeploymentID(c.Target)); d != nil {
			return v.scaleDeployment(d, c.Instances)
		}
		if cl := v.s.Cluster(id); cl != nil {
			return v.scale(cl, c.Scale)
		}
	case VerbIdle, VerbSchedule:
		if i := v.s.Instance(id); i != nil {
			return v.rule(i, c)
		}
	case VerbDetach:
		if a := v.s.AttachedCompute(id); a != nil {
			return v.detach(a)
		}
	default:
		if e := v.s.Endpoint(EndpointID(c.Target)); e != nil {
			return v.deleteEndpoint(e)
		}
		if i := v.s.Instance(id); i != nil {
			return v.instance(i, c.Verb)
		}
		if cl := v.s.Cluster(id); cl != nil {
			return v.deleteCluster(cl)
		}
	}
	return []PreviewLine{{Label: "target", Text: "not in the newest data", Health: HealthUnknown}}
}

// careful says why a command asks for a typed confirmation, or "".
func (v view) careful(c Command) string {
	switch {
	case c.Verb == VerbDelete:
		return "deleting cannot be undone"
	case c.Verb == VerbIdle || c.Verb == VerbSchedule:
		return "" // nothing stops or starts now, and it is as quickly set back
	case c.Verb != VerbStart && v.production(c.Workspace):
		return v.s.WorkspaceName(c.Workspace) + " looks like production"
	case c.Verb == VerbUndeploy && v.carries(DeploymentID(c.Target)):
		return "requests are routed to it"
	case c.Verb == VerbScale && c.Instances > 0 && v.fewer(c):
		return "it answers requests, and would have fewer instances for them"
	case c.Verb == VerbStop || c.Verb == VerbRestart || c.Verb == VerbDetach:
		if n := v.active(ComputeID(c.Target)); n > 0 {
			return count(n, "active job") + " on it"
		}
	}
	return ""
}

// fewer reports whether a deployment that gets requests would lose instances.
func (v view) fewer(c Command) bool {
	d := v.s.Deployment(DeploymentID(c.Target))
	return d != nil && d.Traffic > 0 && c.Instances < d.Instances
}

// production reports whether a workspace looks like production.
func (v view) production(id WorkspaceID) bool { return v.s.Production(id) }

// Production reports whether a workspace's name or tags say production.
func (s *Snapshot) Production(id WorkspaceID) bool {
	if strings.Contains(Fold(s.WorkspaceName(id)), "prod") {
		return true
	}
	w := s.Workspace(id)
	if w == nil {
		return false
	}
	for key, value := range w.Tags {
		k := Fold(key)
		if (strings.Contains(k, "env") || k == "stage" || k == "tier") && strings.HasPrefix(Fold(value), "prod") {
			return true
		}
	}
	return false
}

// active is how many jobs on a target are not over.
func (v view) active(id ComputeID) int {
	n := len(v.s.JobsOn(id))
	if i := v.s.Instance(id); i != nil {
		n = max(n, i.ActiveJobs)
		if i.State == StateJobRunning {
			n = max(n, 1)
		}
	}
	if c := v.s.Cluster(id); c != nil {
		n = max(n, c.ActiveJobs)
	}
	return n
}

func (v view) carries(id DeploymentID) bool {
	d := v.s.Deployment(id)
	return d != nil && d.Traffic > 0
}

// titled is a verb as it starts a sentence.
func titled(v Verb) string {
	if v == "" {
		return ""
	}
	return strings.ToUpper(string(v[:1])) + string(v[1:])
}
