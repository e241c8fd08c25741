package backend

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestStopIsVerifiedAndHasAReceipt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		_, op := s.after(t, Options{Grace: DefaultGrace}, time.Minute)
		if op.Phase != model.PhaseVerified || op.State != "Stopped" || op.Err != nil {
			t.Fatalf("operation: %+v", op)
		}
		for _, part := range []string{"Stopped, verified", "this run cost $", "over 9h02m", "disk, load balancer and public IP go on at $0.05/h"} {
			if !strings.Contains(op.Detail, part) {
				t.Errorf("receipt %q does not say %q", op.Detail, part)
			}
		}
		if op.RunCost <= 0 || op.Sent.IsZero() || op.Ended.IsZero() {
			t.Errorf("run cost %v, sent %v, ended %v", op.RunCost, op.Sent, op.Ended)
		}
		if got, want := s.journal.text(), "grace sending running verifying verified"; got != want {
			t.Errorf("journal: %s; want %s", got, want)
		}
		if s.begins() != 1 {
			t.Errorf("%d requests, want 1", s.begins())
		}
		ended := s.times("state ana")
		if refreshed := s.times("computes ws1"); !refreshed[len(refreshed)-1].After(ended[len(ended)-1]) && len(refreshed) < 10 {
			t.Error("the target's part was not asked for again after the end")
		}
	})
}

func TestUndoInTheGraceSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		session, op := s.after(t, Options{Grace: DefaultGrace}, 4*time.Second)
		if op.Phase != model.PhaseGrace || op.SendAt.Sub(op.Asked) != DefaultGrace {
			t.Fatalf("in the grace: %+v", op)
		}
		if err := session.Undo(t.Context(), op.ID); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := latest(t, session).Operations[0]; got.Phase != model.PhaseUndone {
			t.Errorf("phase %s, want undone", got.Phase)
		}
		if n := s.begins() + len(s.times("state ana")); n != 0 {
			t.Errorf("%d calls for what was undone", n)
		}
		if err := session.Undo(t.Context(), "none"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("undo of an unknown operation: %v", err)
		}
	})
}

func TestUndoTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		session, op := s.after(t, Options{Grace: DefaultGrace}, 6*time.Second)
		if err := session.Undo(t.Context(), op.ID); !errors.Is(err, model.ErrConflict) {
			t.Errorf("undo after it was sent: %v", err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := latest(t, session).Operations[0]; got.Phase != model.PhaseVerified {
			t.Errorf("phase %s, want verified all the same", got.Phase)
		}
	})
}

func TestRefusals(t *testing.T) {
	unreachable := &model.Refusal{Class: model.ErrUnreachable, Message: "connection refused"}
	tests := []struct {
		name   string
		begin  error // of the request
		lro    error // of the operation, inside its 200
		phase  model.Phase
		detail string
		next   string
		begins int
	}{
		{"conflict", &model.Refusal{Class: model.ErrConflict, Status: 409, Code: "Conflict", Message: "another operation"}, nil,
			model.PhaseRefused, "Conflict: another operation", "wait until", 1},
		{"no permission", &model.Refusal{Class: model.ErrDenied, Status: 403, Code: "AuthorizationFailed", Action: "computes/stop/action"}, nil,
			model.PhaseRefused, "AuthorizationFailed", "computes/stop/action", 1},
		{"disk full", &model.Refusal{Status: 400, Message: "StopCompute is not allowed when ComputeInstance disk is full.", Next: "free space"}, nil,
			model.PhaseRefused, "disk is full", "free space", 1},
		{"failed inside a 200", nil, &model.Refusal{Code: "StopFailed", Message: "timed out"},
			model.PhaseRefused, "StopFailed: timed out", "", 1},
		{"out of reach", unreachable, nil, model.PhaseFailed, "connection refused", "network", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage()
				s.pending.err = tt.lro
				if tt.begin != nil {
					s.begin = func(model.Command) (Pending, error) { return nil, tt.begin }
				}
				_, op := s.after(t, Options{}, time.Minute)
				if op.Phase != tt.phase || !strings.Contains(op.Detail, tt.detail) || !strings.Contains(op.Next, tt.next) {
					t.Errorf("phase %s, detail %q, next %q", op.Phase, op.Detail, op.Next)
				}
				if op.Err == nil || op.Ended.IsZero() {
					t.Errorf("err %v, ended %v", op.Err, op.Ended)
				}
				if s.begins() != tt.begins {
					t.Errorf("%d requests, want %d", s.begins(), tt.begins)
				}
			})
		})
	}
}

func TestALostAnswerIsNotSentTwiceForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		arrived := false
		s.begin = func(model.Command) (Pending, error) {
			s.set(func() { arrived = true })
			return nil, &model.Refusal{Class: model.ErrUnreachable, Message: "connection reset"}
		}
		s.state = func(model.Command) (TargetState, error) {
			if arrived {
				return TargetState{State: "Stopped", Reached: true}, nil
			}
			return TargetState{State: "Running"}, nil
		}
		_, op := s.after(t, Options{}, time.Minute)
		if op.Phase != model.PhaseVerified || s.begins() != 1 {
			t.Errorf("phase %s after %d requests; want it verified after one", op.Phase, s.begins())
		}
	})
}

func TestThrottledRequestsAreSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		first := true
		s.begin = func(model.Command) (Pending, error) {
			if first {
				first = false
				return nil, &model.Refusal{Class: model.ErrThrottled, Status: 429, RetryAfter: 17 * time.Second}
			}
			return s.pending, nil
		}
		_, op := s.after(t, Options{}, time.Minute)
		at := s.times("begin stop ana")
		if op.Phase != model.PhaseVerified || len(at) != 2 || at[1].Sub(at[0]) != 17*time.Second {
			t.Errorf("phase %s, requests at %v", op.Phase, at)
		}
	})
}

func TestAlreadyThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.state = func(model.Command) (TargetState, error) {
			return TargetState{State: "Stopped", Reached: true}, nil
		}
		_, op := s.after(t, Options{}, time.Second)
		if op.Phase != model.PhaseVerified || op.Detail != "already Stopped" || s.begins() != 0 {
			t.Errorf("phase %s, detail %q, %d requests", op.Phase, op.Detail, s.begins())
		}
	})
}
