package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

// at begins a session with a command.
func at(start string) uitest.Setup { return uitest.Setup{Options: ui.Options{Start: start}} }

func TestFirstScreen(t *testing.T) {
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Expect("SIM", "0 overview", "3 instances", "budget 231/250 ●", "1 subscription · 2 workspaces")
		s.Press("3")
		s.Expect("instances 5", "ana-gpu", "x stop", "2s ago")
		s.Press("tab")
		s.Expect("deployments 1")
		s.Press("shift+tab", "shift+tab")
		s.Expect("clusters 1")
	})
}

func TestStopWithPreviewAndReceipt(t *testing.T) {
	uitest.Run(t, at("instances /ana-dev"), func(s *uitest.Script) {
		s.Expect("instances 1/5", "/ana-dev")
		s.Press("x")
		s.Expect("Stop ana-dev?", "enter stop", "esc cancel")
		if n := len(s.Source.Executed()); n != 0 {
			t.Fatalf("%d commands before the answer", n)
		}
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 1 || got[0].Verb != model.VerbStop || got[0].Name != "ana-dev" {
			t.Fatalf("executed %v", got)
		}
		s.Expect("stopping ana-dev in 5 s – u undoes", "stop in")
		s.Pass(2100 * time.Millisecond)
		s.Expect("stopping ana-dev in 3 s – u undoes")
		s.Source.Step("op1", func(op *model.Operation) { op.Phase = model.PhaseRunning })
		s.Pass(time.Second)
		s.Reject("u undoes")
		s.Expect("stopping")
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.State, op.RunCost = model.PhaseVerified, "Stopped", 4_200_000
		})
		s.Pass(time.Second)
		s.Expect("stop ana-dev verified: Stopped · this run cost $4.20")
		s.Pass(time.Minute)
		s.Expect("stop ana-dev verified")
		s.Press("esc")
		s.Reject("verified: Stopped")
	})
}

func TestCancelDoesNothing(t *testing.T) {
	uitest.Run(t, at("instances /ana-dev"), func(s *uitest.Script) {
		for _, no := range []string{"esc", "n", "q", "ctrl+c"} {
			s.Press("x")
			s.Expect("Stop ana-dev?")
			s.Press(no)
			s.Reject("Stop ana-dev?")
		}
		if got := s.Source.Executed(); len(got) != 0 || s.Quit() {
			t.Fatalf("executed %v, quit %v", got, s.Quit())
		}
	})
}

func TestUndoWithinGrace(t *testing.T) {
	uitest.Run(t, at("instances /ana-dev"), func(s *uitest.Script) {
		s.Press("u")
		s.Expect("nothing to undo")
		s.Press("x", "enter", "u")
		if got := s.Source.Undone(); len(got) != 1 || got[0] != "op1" {
			t.Fatalf("undone %v", got)
		}
		s.Expect("stop ana-dev undone: nothing was sent")
		s.Press("u")
		s.Expect("nothing to undo")
	})
}

func TestRefusals(t *testing.T) {
	uitest.Run(t, at("instances /ana-old"), func(s *uitest.Script) {
		s.Press("x")
		s.Expect("stop instance:")
		s.Reject("Stop ana-old?")
		s.Source.Refuse = errors.New("the journal cannot be written")
		s.Press("s", "enter")
		s.Expect("start not begun: ana-old: the journal cannot be written")
	})
	uitest.Run(t, at("instances /ana-dev"), func(s *uitest.Script) {
		s.Press("x", "enter")
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.Detail, op.Next = model.PhaseRefused, "ComputeBusy: a job holds it", "cancel the job first"
		})
		s.Pass(time.Second)
		s.Expect("stop ana-dev refused: ComputeBusy: a job holds it – cancel the job first")
	})
}

func TestMarksStopInBulkWithTypedConfirmation(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		s.Press("*")
		s.Expect("5 marked")
		s.Press("x")
		s.Expect("Stop 4 targets?", "left out: ana-old", "type 4 to stop 4")
		s.Press("enter")
		s.Expect("that is not 4; nothing was done")
		s.Type("4")
		s.Press("enter")
		if got := s.Source.Executed(); len(got) != 4 {
			t.Fatalf("executed %d commands", len(got))
		}
		s.Expect("stopping 4 targets in 5 s")
		s.Reject("5 marked")
		s.Source.Step("op1", func(op *model.Operation) { op.Phase = model.PhaseVerified })
		s.Source.Step("op2", func(op *model.Operation) { op.Phase, op.Detail = model.PhaseRefused, "not yours" })
		s.Pass(time.Second)
		s.Press("u")
		if got := s.Source.Undone(); len(got) != 2 {
			t.Fatalf("undone %v", got)
		}
		s.Expect("stop 4 targets: 1 verified, 1 refused, 2 undone", "not yours")
	})
}

func TestFilter(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		s.Press("/")
		s.Type("owner:an")
		s.Expect("instances 3/5", "/owner:an")
		s.Press("enter")
		s.Reject("bo-train")
		s.Expect("$12.53/h of")
		s.Press("/")
		s.Type("[")
		s.Expect("instances 3/5")
		s.Expect("missing closing ]")
		s.Press("enter")
		s.Press("esc")
		s.Expect("instances 3/5  /owner:an ")
		s.Send(tea.PasteMsg{Content: "x"})
		s.Press("/", "ctrl+u")
		s.Send(tea.PasteMsg{Content: "bo\n"})
		s.Expect("instances 1/5")
		s.Press("ctrl+c")
		s.Expect("instances 3/5")
		if s.Quit() {
			t.Error("ctrl-c in a prompt quit")
		}
	})
}

func TestSort(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		s.Press("N")
		s.Expect("sort name ▲")
		s.Press("N")
		s.Expect("sort name ▼")
		s.Press("O")
		s.Expect("sort name ▲")
		s.Press(">")
		s.Reject("sort name")
		s.Press("f1")
		s.Expect("sort name")
		s.Press("S")
		s.Expect("sort state")
		s.Press("C")
		s.Expect("sort price")
	})
}

func TestEscGoesInOrder(t *testing.T) {
	uitest.Run(t, at("workspaces"), func(s *uitest.Script) {
		s.Press("enter")
		s.Expect("workspaces › instances", "/workspace=")
		s.Press("/")
		s.Type(" owner:ana")
		s.Press("enter", "space")
		s.Expect("1 marked")
		s.Press("esc")
		s.Reject("marked")
		s.Expect("owner:ana")
		s.Press("esc")
		s.Reject("owner:ana")
		s.Expect("workspaces › instances", "/workspace=")
		s.Press("esc")
		s.Expect("workspaces 2")
		s.Reject("›")
		s.Press("esc", "esc")
		s.Press("3")
		s.Expect("instances 5")
		if s.Quit() {
			t.Error("esc quit")
		}
	})
}

func TestMarkARange(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		s.Press("v")
		s.Expect("mark its other end first (space)")
		s.Press("space", "j", "v")
		s.Expect("3 marked")
	})
}

func TestAnswersGoAndReceiptsStay(t *testing.T) {
	uitest.Run(t, at("instances /ana-old"), func(s *uitest.Script) {
		s.Press("x")
		s.Expect("ana-old is Stopped")
		s.Pass(13 * time.Second)
		s.Reject("ana-old is Stopped")
		s.Press("s", "enter")
		s.Source.Step("op1", func(op *model.Operation) {
			op.Phase, op.Detail = model.PhaseRefused, strings.TrimSpace(strings.Repeat("no room is left ", 12))
			op.Next = "ask for quota"
		})
		s.Pass(13 * time.Second)
		s.Expect("start ana-old refused", "ask for quota") // over as many lines as it takes
		s.Resize(60, 10)
		s.Expect("start ana-old refused")
		s.Reject("ask for quota")
		s.Press("!")
		s.Expect("Said in the message line")
	})
}

func TestAFilterNamesAndCompletesColumns(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		s.Press("/")
		s.Expect("!not  -f fuzzy  column:regex", "tab completes: name workspace")
		s.Type("ow")
		s.Expect("/ow ", "owner ")
		s.Press("tab")
		s.Type("bo !st")
		s.Press("tab")
		s.Expect("/owner:bo !state:")
		s.Type("queued")
		s.Expect("instances 1/5  /owner:bo !state:queued")
		s.Press("tab") // nothing to complete: nothing happens
		s.Expect("/owner:bo !state:queued")
	})
}

func TestAShortScreenKeepsTheSum(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 40, Height: 10}, func(s *uitest.Script) {
		s.Press("3", "*", "x")
		s.Expect("Stop 4 targets?", "total", "type 4 to stop 4")
	})
}

func TestTheSmallestScreenOffersAChoice(t *testing.T) {
	uitest.Run(t, uitest.Setup{Width: 24, Height: 5}, func(s *uitest.Script) {
		s.Press("3", "a")
		s.Expect("stop instance")
		s.Press("down", "down")
		s.Expect("restart instance")
	})
}

func TestJobsAreCancelledNotStopped(t *testing.T) {
	uitest.Run(t, at("jobs"), func(s *uitest.Script) {
		s.Source.Publish(func(n *model.Snapshot) {
			ws := n.Workspaces[0]
			n.Jobs = []*model.Job{{
				Resource: model.Resource{ARMID: ws.ARMID + "/jobs/sweep-1", Name: "sweep-1"},
				ID:       model.JobID(model.Fold(ws.ARMID + "/jobs/sweep-1")), Workspace: ws.ID, Status: "Running",
			}}
		})
		s.Pass(time.Second)
		s.Expect("x cancel")
		s.Reject("x stop")
		s.Press("x")
		s.Expect("Cancel job", "esc leave it")
	})
}
