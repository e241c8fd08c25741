package backend

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// fakePending ends after some polls.
type fakePending struct {
	polls int // before it is done
	err   error
	token string
	mu    sync.Mutex
	asked []time.Time
	fails []error // of the first polls
}

func (p *fakePending) Poll(context.Context) (bool, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, time.Now())
	if n := len(p.asked); n <= len(p.fails) && p.fails[n-1] != nil {
		return false, "", p.fails[n-1]
	}
	if len(p.asked) < p.polls {
		return false, "InProgress", nil
	}
	return true, "Succeeded", p.err
}

func (p *fakePending) Token() string { return p.token }

func stop(i *model.Instance) model.Command {
	return model.Command{Verb: model.VerbStop, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: ws1}
}

// journal remembers the phases it was told, and can fail.
type journal struct {
	mu     sync.Mutex
	phases []model.Phase
	fail   model.Phase
}

func (j *journal) Record(_ context.Context, op model.Operation) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if op.Phase == j.fail {
		return errors.New("disk full")
	}
	if n := len(j.phases); n == 0 || j.phases[n-1] != op.Phase {
		j.phases = append(j.phases, op.Phase)
	}
	return nil
}

func (j *journal) text() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var words []string
	for _, p := range j.phases {
		words = append(words, string(p))
	}
	return strings.Join(words, " ")
}

// stage is a cloud with one running instance that a stop takes to Stopped when
// its pending is done.
type stage struct {
	*fakeCloud
	ana     *model.Instance
	pending *fakePending
	journal *journal
}

func newStage() *stage {
	f := newFake()
	ana := instance("ana", model.StateRunning)
	ana.RunningSince = time.Now().Add(-9*time.Hour - 2*time.Minute)
	s := &stage{fakeCloud: f, ana: ana, pending: &fakePending{polls: 3, token: "op-url"}, journal: &journal{}}
	f.computes["ws1"] = Computes{Instances: []*model.Instance{ana}}
	f.begin = func(model.Command) (Pending, error) { return s.pending, nil }
	f.state = func(model.Command) (TargetState, error) {
		s.pending.mu.Lock()
		defer s.pending.mu.Unlock()
		if len(s.pending.asked) >= s.pending.polls && s.pending.err == nil {
			return TargetState{State: "Stopped", Reached: true}, nil
		}
		return TargetState{State: "Running"}, nil
	}
	return s
}

func (s *stage) begins() int { return len(s.times("begin stop ana")) }

// after runs a stop and returns how it stands d later.
func (s *stage) after(t *testing.T, o Options, d time.Duration) (*Session, *model.Operation) {
	t.Helper()
	o.Journal = s.journal
	session := open(t, s.fakeCloud, o)
	time.Sleep(time.Second)
	id, err := session.Execute(t.Context(), stop(s.ana))
	if err != nil {
		t.Fatalf("execute: %v", err)
	}
	time.Sleep(d)
	synctest.Wait()
	for _, op := range latest(t, session).Operations {
		if op.ID == id {
			return session, op
		}
	}
	t.Fatal("the operation is not in the snapshot")
	return nil, nil
}

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
		if op = latest(t, session).Operations[0]; !op.Late || op.Phase != model.PhaseRunning {
			t.Fatalf("after 31 minutes: %+v", op)
		}
		before := len(s.pending.asked)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		between(t, "polls in 10 minutes of being stuck", len(s.pending.asked)-before, 50, 70)
		s.pending.mu.Lock()
		s.pending.polls = 0
		s.pending.mu.Unlock()
		time.Sleep(time.Minute)
		synctest.Wait()
		if op = latest(t, session).Operations[0]; op.Phase != model.PhaseVerified || op.Late {
			t.Errorf("once the service is done: %+v", op)
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
		at := s.pending.asked
		if len(at) != 4 || at[2].Sub(at[1]) <= at[1].Sub(at[0]) || at[3].Sub(at[2]) < time.Minute {
			t.Errorf("asked at %v", at)
		}
	})
}

func TestOneOperationATarget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		other := instance("bo", model.StateRunning)
		s.computes["ws1"] = Computes{Instances: []*model.Instance{s.ana, other}}
		session, _ := s.after(t, Options{Grace: DefaultGrace}, time.Second)
		again := stop(s.ana)
		again.Verb = model.VerbRestart
		_, err := session.Execute(t.Context(), again)
		if !errors.Is(err, model.ErrConflict) || !strings.Contains(err.Error(), "stop") {
			t.Errorf("second operation on the same target: %v", err)
		}
		if _, err := session.Execute(t.Context(), stop(other)); err != nil {
			t.Errorf("operation on another target: %v", err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		s.set(func() { s.fakeCloud.computes["ws1"].Instances[0].State = model.StateRunning })
		if _, err := session.Execute(t.Context(), again); err != nil {
			t.Errorf("once the first is over: %v", err)
		}
	})
}

func TestWhatIsNotAllowedIsNotBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		session := open(t, s.fakeCloud, Options{ReadOnly: true})
		time.Sleep(time.Second)
		if _, err := session.Execute(t.Context(), stop(s.ana)); !errors.Is(err, model.ErrReadOnly) {
			t.Errorf("read-only: %v", err)
		}
		free := open(t, s.fakeCloud, Options{})
		time.Sleep(time.Second)
		start := stop(s.ana)
		start.Verb = model.VerbStart
		if _, err := free.Execute(t.Context(), start); !errors.Is(err, model.ErrNotNow) {
			t.Errorf("start of what runs: %v", err)
		}
		if n := len(latest(t, free).Operations); n != 0 {
			t.Errorf("%d operations were begun", n)
		}
	})
}

func TestNothingIsSentWithoutAJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.journal.fail = model.PhaseSending
		_, op := s.after(t, Options{}, time.Minute)
		if op.Phase != model.PhaseFailed || !strings.Contains(op.Detail, "disk full") || s.begins() != 0 || !op.Sent.IsZero() {
			t.Errorf("phase %s, detail %q, %d requests", op.Phase, op.Detail, s.begins())
		}
	})
}

func TestAPanicInAnOperationIsItsFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.begin = func(model.Command) (Pending, error) { panic("boom") }
		_, op := s.after(t, Options{}, time.Minute)
		if op.Phase != model.PhaseFailed || !strings.Contains(op.Detail, "boom") {
			t.Errorf("phase %s, detail %q", op.Phase, op.Detail)
		}
	})
}

func TestResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 0 // the state is Stopped
		left := func(id model.OpID, phase model.Phase, sent time.Time) model.Operation {
			c := stop(s.ana)
			c.Target += string(id)
			return model.Operation{ID: id, Command: c, Phase: phase, Sent: sent}
		}
		ago := time.Now().Add(-time.Hour)
		session := open(t, s.fakeCloud, Options{Journal: s.journal, Resume: []model.Operation{
			left("sent", model.PhaseRunning, ago), left("grace", model.PhaseGrace, time.Time{}), left("over", model.PhaseVerified, ago),
		}})
		time.Sleep(time.Minute)
		synctest.Wait()
		got := map[model.OpID]*model.Operation{}
		for _, op := range latest(t, session).Operations {
			got[op.ID] = op
		}
		if len(got) != 2 || got["sent"].Phase != model.PhaseVerified || got["grace"].Phase != model.PhaseFailed {
			t.Fatalf("operations: %+v", got)
		}
		if !strings.Contains(got["grace"].Detail, "nothing was sent") || s.begins() != 0 {
			t.Errorf("detail %q, %d requests", got["grace"].Detail, s.begins())
		}
	})
}

func TestCloseLeavesAnOperationInTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 1 << 30
		session, _ := s.after(t, Options{}, time.Minute)
		if err := session.Close(); err != nil {
			t.Fatal(err)
		}
		if got, want := s.journal.text(), "grace sending running"; got != want {
			t.Errorf("journal: %s; want %s", got, want)
		}
	})
}
