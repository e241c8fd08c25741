package backend

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func created(kind, name string) model.Command {
	ws := &model.Workspace{Resource: model.Resource{ARMID: string(ws1), Name: "ws1", Location: "eastus"}, ID: ws1}
	return model.CreateCommand(ws, model.ComputeSpec{Kind: kind, Name: name, VMSize: "Standard_DS3_v2", Scale: model.Scale{}})
}

// TestCreateIsNotAskedForTwice loses the answer to a creation that arrived: a
// second request would be refused, because the name is taken by the first.
func TestCreateIsNotAskedForTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		sent := time.Time{}
		s.begin = func(model.Command) (Pending, error) {
			sent = time.Now()
			return nil, &model.Refusal{Class: model.ErrUnreachable, Message: "connection reset"}
		}
		s.state = func(model.Command) (TargetState, error) {
			switch {
			case sent.IsZero():
				return TargetState{State: "gone", Gone: true, Failed: true}, nil
			case time.Since(sent) < 5*time.Minute:
				return TargetState{State: "Creating"}, nil
			default:
				return TargetState{State: "Running", Reached: true}, nil
			}
		}
		ops := Run(t.Context(), s.fakeCloud, Options{Now: time.Now}, []model.Command{created(model.TypeInstance, "eva")}, nil)
		if op := ops[0]; op.Phase != model.PhaseVerified || !strings.Contains(op.Detail, "Running, verified after 5m") || !strings.Contains(op.Detail, "nothing stops it by itself") {
			t.Errorf("phase %s, %s", op.Phase, op.Detail)
		}
		if n := len(s.times("begin create eva")); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
	})
}

// TestADroppedSettingIsSaid lets the service take an idle rule and drop it.
func TestADroppedSettingIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 1
		s.state = func(model.Command) (TargetState, error) {
			return TargetState{State: "no idle shutdown", Detail: "the service does not show it"}, nil
		}
		c := stop(s.ana)
		c.Verb, c.Idle = model.VerbIdle, time.Hour
		op := Run(t.Context(), s.fakeCloud, Options{Now: time.Now}, []model.Command{c}, nil)[0]
		if op.Phase != model.PhaseFailed || op.Detail != "the service reported success, but the state read back is no idle shutdown: the service does not show it" {
			t.Errorf("phase %s, %s", op.Phase, op.Detail)
		}
	})
}

func TestSectionOf(t *testing.T) {
	for target, want := range map[string]model.SectionKey{
		"/workspaces/w/computes/a": model.SectionComputes, "/workspaces/w/onlineendpoints/e": model.SectionEndpoints,
		"/workspaces/w/batchendpoints/e": model.SectionEndpoints,
	} {
		for _, v := range []model.Verb{model.VerbDelete, model.VerbScale} {
			if got := sectionOf(model.Command{Verb: v, Target: target}); got != want {
				t.Errorf("%s of %s: %s, want %s", v, target, got, want)
			}
		}
	}
}
