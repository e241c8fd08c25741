package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/uitest"
)

func TestDeployForm(t *testing.T) {
	uitest.Run(t, at("deployments"), func(s *uitest.Script) {
		s.Press("n")
		s.Expect("New deployment", "‹ vision ›", "managed online", "fraud", "deployment  green", "VM size     DS3_v2", "traffic %   0", "model: name a registered model")
		s.Press("tab", "tab") // kind, endpoint
		s.Press("ctrl+u")
		s.Type("churn")
		s.Expect("churn is new: it is created first", "sign-in", "deployment  blue", "traffic %   100")
		s.Reject("VM size     DS3_v2") // that was proposed for the other endpoint
		s.Press("tab", "tab")
		s.Type("green") // in the place of what was proposed
		s.Expect("deployment  green")
		s.Press("tab")
		s.Send(tea.PasteMsg{Content: "azureml:churn:7\n"})
		s.Press("tab", "tab") // environment, size
		s.Type("nc")
		s.Expect("> nc", "NC24s_v3", "$12.24/h", "448 GiB")
		s.Reject("DS3_v2       4 vCPU")
		s.Press("enter")
		s.Expect("azureml:churn:7", "$12.24/h × 1 = $12.24/h")
		s.Press("backspace")
		s.Type("3")
		s.Expect("$12.24/h × 3 = $36.72/h")
		s.Press("tab", "enter")
		s.Expect("Deploy green?")
		s.Press("enter") // too soon: nobody can have read it
		s.Expect("Deploy green?")
		s.Pass(time.Second)
		s.Press("enter")
		s.Expect("deploy churn/green")
		got := s.Source.Executed()
		if len(got) != 1 {
			t.Fatalf("executed %d commands", len(got))
		}
		d := got[0].Deploy
		if !strings.HasSuffix(got[0].ARMID, "/workspaces/vision/onlineEndpoints/churn/deployments/green") ||
			got[0].Target != model.Fold(got[0].ARMID) || !d.NewEndpoint || d.Model != "azureml:churn:7" ||
			d.VMSize != "Standard_NC24s_v3" || d.Instances != 3 || d.Location != "westeurope" {
			t.Errorf("command %+v, deployment %+v", got[0], d)
		}
		s.Pass(time.Second)
		s.Expect("◐ asked for, can be undone", "○ verified", "deploying churn/green in", "u undoes")
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.Sent, op.Progress = model.PhaseRunning, op.SendAt, "Updating 40 %"
		})
		s.Pass(time.Second)
		s.Expect("◐ the service works on it", "Updating 40 %")
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.State, op.Ended = model.PhaseVerified, "Succeeded", op.SendAt.Add(time.Minute)
		})
		s.Pass(time.Second)
		s.Expect("● verified", "deploy churn/green verified: Succeeded")
		s.Press("esc")
		s.Reject("● verified")
	})
}

func TestUndoFromTheProgress(t *testing.T) {
	uitest.Run(t, at("endpoints"), func(s *uitest.Script) {
		s.Press("n")
		for range 4 {
			s.Press("tab")
		}
		s.Type("azureml:m:1")
		s.Press("tab", "tab", "enter", "enter", "tab", "enter")
		s.Pass(time.Second)
		s.Expect("Deploy green?")
		s.Press("enter")
		s.Expect("u undoes")
		s.Press("u")
		s.Expect("✗ undone", "nothing was sent")
		if n := len(s.Source.Undone()); n != 1 {
			t.Fatalf("%d undone", n)
		}
	})
}

func TestDeployFormOnACluster(t *testing.T) {
	uitest.Run(t, at("workspaces /vision"), func(s *uitest.Script) {
		s.Press("n", "tab", "right")
		s.Expect("batch on cluster", "cluster: a batch deployment runs on a compute cluster; name it")
		s.Reject("VM size", "traffic %")
		s.Press("esc")
		s.Reject("New deployment")
	})
}

func TestScaleForm(t *testing.T) {
	uitest.Run(t, at("clusters"), func(s *uitest.Script) {
		s.Press("+")
		s.Expect("Scale gpu-pool", "minimum nodes", "scales to zero, at most $48.96/h")
		s.Press("ctrl+u")
		s.Type("1")
		s.Expect("never below $12.24/h")
		s.Press("tab", "ctrl+u")
		s.Type("x")
		s.Press("tab", "enter")
		s.Expect(`maximum: "x" is not a whole number`)
		s.Press("shift+tab", "backspace")
		s.Type("6")
		s.Press("tab", "enter")
		s.Pass(time.Second)
		s.Expect("Scale gpu-pool?")
		s.Press("enter")
		got := s.Source.Executed()
		if len(got) != 1 || got[0].Scale == nil || *got[0].Scale != (model.Scale{Min: 1, Max: 6, IdleBeforeScaleDown: 2 * time.Minute}) {
			t.Fatalf("executed %+v", got)
		}
	})
}

func TestTrafficForm(t *testing.T) {
	uitest.Run(t, at("endpoints"), func(s *uitest.Script) {
		s.Press("a")
		s.Expect("set traffic", "new deployment")
		s.Press("enter")
		s.Expect("Traffic of fraud", "blue %")
		s.Press("ctrl+u")
		s.Type("60")
		s.Expect("the shares add up to 60, not to 0 or 100")
		s.Press("enter")
		s.Expect("Traffic of fraud")
		s.Press("ctrl+u")
		s.Type("0")
		s.Press("enter")
		s.Pass(time.Second)
		s.Expect("Set the traffic of fraud?")
	})
}

func TestActionsMenuSaysWhyNot(t *testing.T) {
	uitest.Run(t, at("instances /ana-old"), func(s *uitest.Script) {
		s.Press("a")
		s.Expect("ana-old", "start instance", "stop instance", "ana-old is Stopped")
		s.Type("start")
		s.Press("enter")
		s.Pass(time.Second)
		s.Expect("Start ana-old?")
	})
}

func TestTheDeploymentsNameIsUnused(t *testing.T) {
	snap := uitest.Fleet()
	for _, name := range []string{"Green", "blue-2"} {
		next := *snap.Deployments[0]
		next.ARMID = strings.TrimSuffix(next.ARMID, "blue") + name
		next.ID, next.Name = model.DeploymentID(model.Fold(next.ARMID)), name
		snap.Deployments = append(snap.Deployments, &next)
	}
	spec := &model.DeploymentSpec{Endpoint: "fraud", Name: "green-2"}
	snap.Operations = []*model.Operation{{ID: "op0", Phase: model.PhaseRunning, Command: model.Command{
		Verb: model.VerbDeploy, Workspace: snap.Deployments[0].Workspace, Name: "green-2", Deploy: spec,
	}}}
	setup := at("endpoints")
	setup.Snapshot = snap.Seal()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("n")
		s.Expect("deployment  blue-3")
		s.Press("tab", "tab", "ctrl+u") // another endpoint, another name
		s.Expect("deployment  blue ")
		s.Press("tab", "backspace") // the user's own word from here on
		s.Expect("deployment  blu ")
		s.Press("shift+tab")
		s.Type("fraud")
		s.Expect("deployment  blu ")
	})
}

func TestAShortScreenSaysWhatAFormLacks(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 40, Height: 10}, func(s *uitest.Script) {
		s.Press("4", "n")
		for range 8 {
			s.Press("tab")
		}
		s.Press("enter")
		s.Expect("traffic %", "model: name a registered model")
	})
}

func TestAReasonTooLongForItsRowIsSpelledOut(t *testing.T) {
	setup := at("instances /ana-old")
	setup.Width, setup.Height = 44, 16
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Press("a", "up")
		s.Expect("possible – start it", "start instance")
	})
}
