package panes

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// eventWhat is what was asked for, or what changed.
func eventWhat(e *Event) string {
	if e.Operation != nil {
		return string(e.Operation.Command.Verb)
	}
	return e.Change.Text
}

func eventTarget(e *Event) string {
	if e.Operation != nil {
		return e.Operation.Command.Called()
	}
	return e.Change.Name
}

// eventResource is the resource an event is about.
func eventResource(e *Event) string {
	if e.Operation != nil {
		return e.Operation.Command.ARMID
	}
	return e.Change.Target
}

func eventKind(e *Event) string {
	if e.Operation != nil {
		return "operation"
	}
	return e.Change.Kind
}

func eventWhere(e *Event, env pane.Env) string {
	if e.Operation != nil {
		return env.Snap.WorkspaceName(e.Operation.Command.Workspace)
	}
	return e.Change.Where
}

// eventDetail is the receipt of an operation, or what the service says of it;
// of a change for the worse, what the service reports as wrong now.
func eventDetail(e *Event, env pane.Env) string {
	op := e.Operation
	if op == nil {
		return changeDetail(e.Change, env.Snap)
	}
	detail := op.Detail
	if detail == "" && !op.Phase.Final() {
		detail = op.Progress
	}
	if detail == "" && op.Err != nil {
		detail = model.Short(op.Err)
	}
	if op.Next != "" {
		detail = strings.TrimSpace(sentence(detail) + " Next: " + op.Next)
	}
	return detail
}

// sentence ends a text as a sentence ends.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// changeDetail is what the service reports as wrong with a target that changed
// for the worse.
func changeDetail(c *model.Change, s *model.Snapshot) string {
	if c.Health != model.HealthBad {
		return ""
	}
	return faultText(Faults(c.Target, s)).Text
}

// Faults are what the service reports as wrong now with a compute target or a
// deployment, by its identity.
func Faults(target string, s *model.Snapshot) []model.Fault {
	if d := s.Deployment(model.DeploymentID(target)); d != nil {
		return d.Faults
	}
	if i := s.Instance(model.ComputeID(target)); i != nil {
		return i.Faults
	}
	if c := s.Cluster(model.ComputeID(target)); c != nil {
		return c.Faults
	}
	return nil
}
