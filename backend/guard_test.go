package backend

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

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
		session := open(t, s.fakeCloud, Options{Journal: s.journal, Unfinished: leftBehind(
			left("sent", model.PhaseRunning, ago), left("grace", model.PhaseGrace, time.Time{}), left("over", model.PhaseVerified, ago),
		)})
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

func leftBehind(ops ...model.Operation) func(context.Context) ([]model.Operation, error) {
	return func(context.Context) ([]model.Operation, error) { return ops, nil }
}

func TestCloseLeavesAnOperationInTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 1 << 30
		session, _ := s.after(t, Options{}, time.Minute)
		if err := session.Close(); err != nil {
			t.Fatal(err)
		}
		if got, want := s.journal.text(), "sending running"; got != want {
			t.Errorf("journal: %s; want %s", got, want)
		}
	})
}
