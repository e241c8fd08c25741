package backend

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestSuccessIsNotBelievedWithoutReadingBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.state = func(model.Command) (TargetState, error) { return TargetState{State: "Stopping"}, nil }
		session, op := s.after(t, Options{}, 30*time.Second)
		if op.Phase != model.PhaseVerifying {
			t.Fatalf("phase %s, want verifying", op.Phase)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		op = latest(t, session).Operations[0]
		if op.Phase != model.PhaseFailed || op.Detail != "the service reported success, but the state read back is Stopping" {
			t.Errorf("phase %s, detail %q", op.Phase, op.Detail)
		}
	})
}

func TestAStaleReadBackIsWaitedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		began := time.Now()
		s.state = func(model.Command) (TargetState, error) {
			if time.Since(began) > 18*time.Second {
				return TargetState{State: "Stopped", Reached: true}, nil
			}
			return TargetState{State: "Running", Failed: time.Since(began) > 5*time.Second}, nil
		}
		_, op := s.after(t, Options{}, time.Minute)
		if op.Phase != model.PhaseVerified {
			t.Errorf("phase %s, detail %q", op.Phase, op.Detail)
		}
	})
}

func TestAnotherEndStateIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		sent := false
		s.begin = func(model.Command) (Pending, error) { sent = true; return s.pending, nil }
		s.state = func(model.Command) (TargetState, error) {
			if sent {
				return TargetState{State: "Unusable", Failed: true, Detail: "encountered an unusable node"}, nil
			}
			return TargetState{State: "Running"}, nil
		}
		_, op := s.after(t, Options{}, time.Minute)
		if op.Phase != model.PhaseFailed || op.Detail != "the state read back is Unusable: encountered an unusable node" {
			t.Errorf("phase %s, detail %q", op.Phase, op.Detail)
		}
	})
}

func TestStuckIsSaidAndAskingGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 1 << 30
		session, op := s.after(t, Options{}, 29*time.Minute)
		if op.Phase != model.PhaseRunning || op.Late || op.Progress != "InProgress" {
			t.Fatalf("after 29 minutes: %+v", op)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if op = latest(t, session).Operations[0]; !op.Late || op.Phase != model.PhaseRunning || !strings.Contains(op.Next, "bills until it is stopped") {
			t.Fatalf("after 31 minutes: %+v", op)
		}
		before := len(s.pending.polled())
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		between(t, "polls in 10 minutes of being stuck", len(s.pending.polled())-before, 50, 70)
		s.pending.mu.Lock()
		s.pending.polls = 0
		s.pending.mu.Unlock()
		time.Sleep(time.Minute)
		synctest.Wait()
		if op = latest(t, session).Operations[0]; op.Phase != model.PhaseVerified || op.Late || op.Next != "" {
			t.Errorf("once the service is done: %+v", op)
		}
	})
}

// An operation that hangs does not hide that what it was to do is done.
func TestAHangingOperationIsVerifiedByTheState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 1 << 30
		began := time.Now()
		s.state = func(model.Command) (TargetState, error) {
			if time.Since(began) > 40*time.Minute {
				return TargetState{State: "Stopped", Reached: true}, nil
			}
			return TargetState{State: "Stopping"}, nil
		}
		session, op := s.after(t, Options{}, 39*time.Minute)
		if op.Phase != model.PhaseRunning || !op.Late {
			t.Fatalf("after 39 minutes: %+v", op)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if op = latest(t, session).Operations[0]; op.Phase != model.PhaseVerified || op.State != "Stopped" {
			t.Errorf("once the target is stopped: %+v", op)
		}
	})
}

func TestPollingBacksOffWhenAskingFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		lost := &model.Refusal{Class: model.ErrUnreachable, Message: "no route to host"}
		busy := &model.Refusal{Class: model.ErrThrottled, RetryAfter: time.Minute}
		s.pending.fails = []error{lost, lost, busy}
		s.pending.polls = 4
		_, op := s.after(t, Options{}, 5*time.Minute)
		if op.Phase != model.PhaseVerified {
			t.Errorf("phase %s, detail %q", op.Phase, op.Detail)
		}
		at := s.pending.polled()
		if len(at) != 4 || at[2].Sub(at[1]) <= at[1].Sub(at[0]) || at[3].Sub(at[2]) < time.Minute {
			t.Errorf("asked at %v", at)
		}
	})
}

func TestAFastClockIsKeptUpWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.clock = model.Clock{Wall: time.Now(), Time: noon, Speed: 3600}
		s.pending.polls = 4
		_, op := s.after(t, Options{}, 10*time.Second)
		at := s.pending.polled()
		if op.Phase != model.PhaseVerified || at[3].Sub(at[0]) > 4*time.Second {
			t.Errorf("phase %s, polled at %v", op.Phase, at)
		}
	})
}
