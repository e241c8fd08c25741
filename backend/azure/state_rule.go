package azure

import (
	"strings"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// dropped is what is known where a setting reads otherwise than it was sent.
const dropped = "the service took the setting without a word and does not show it; look at the instance in the studio"

// judgeRule compares an instance's idle shutdown or its schedules with what was
// asked for. There is no state between: a write is over at once.
func judgeRule(i *model.Instance, cmd model.Command) backend.TargetState {
	s := backend.TargetState{}
	if cmd.Verb == model.VerbIdle {
		s.State, s.Reached = idleState(i.IdleShutdown), i.IdleShutdown == cmd.Idle
	} else {
		s.State, s.Reached = schedulesState(i.Schedules), model.SameSchedules(i.Schedules, cmd.Schedules)
	}
	if !s.Reached {
		s.Detail = dropped
	}
	return s
}

func idleState(d time.Duration) string {
	if d == 0 {
		return "no idle shutdown"
	}
	return "idle shutdown after " + model.Ago(d)
}

func schedulesState(list []model.InstanceSchedule) string {
	if len(list) == 0 {
		return "no schedule"
	}
	texts := make([]string, 0, len(list))
	for _, s := range list {
		texts = append(texts, s.String())
	}
	return strings.Join(texts, "; ")
}

// judgeCreated judges an instance that was to be created: it is up, or a schedule
// has stopped it since, and it has the idle rule that was asked for. One that
// has settled without the rule has not kept all of the promise.
func judgeCreated(i *model.Instance, spec *model.ComputeSpec, s *backend.TargetState) {
	there := i.State == model.StateRunning || i.State == model.StateJobRunning || i.State == model.StateStopped
	if !there || model.ProvisioningTransient(i.ProvisioningState) {
		return
	}
	if spec != nil && i.IdleShutdown != spec.Idle {
		s.State += ", " + idleState(i.IdleShutdown)
		s.Failed, s.Detail = true, dropped
		return
	}
	s.Reached = true
}
