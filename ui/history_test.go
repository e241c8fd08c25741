package ui_test

import (
	"errors"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/uitest"
)

// The details of a target say who changed it, as the activity log has it.
func TestDetailsTellWhoChangedIt(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		began := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		const stop = "Microsoft.MachineLearningServices/workspaces/computes/stop/action"
		s.Source.Log = []model.Event{
			{At: began.Add(time.Minute), Caller: "ben@example.com", Action: stop, Status: "Failed", Detail: "BadRequest: the disk is full", Correlation: "1"},
			{At: began, Caller: "ben@example.com", Action: stop, Status: "Started", Correlation: "1"},
		}
		s.Press("d", "G")
		s.Expect("who changed it", "stop", "ben@example.com, Failed", "3h ago", "the disk is full")
		s.Press("esc")
		s.Source.Log = nil
		s.Press("d", "G")
		s.Expect("nobody within 90 days")
	})
}

func TestALogThatIsRefusedLeavesTheDetails(t *testing.T) {
	uitest.Run(t, at("instances /ana-gpu"), func(s *uitest.Script) {
		s.Source.LogErr = &model.Refusal{Class: model.ErrDenied, Message: "no permission"}
		s.Press("d")
		s.Expect("compute instance ana-gpu")
		s.Press("G")
		s.Expect("could not be read: ", "no permission")
		s.Source.LogErr = errors.New("the network went away")
		s.Press("r")
		s.Press("G")
		s.Expect("the network went away")
	})
}
