package backend

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestHeldStopIsGivenInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		session := open(t, s.fakeCloud, Options{Grace: DefaultGrace})
		time.Sleep(time.Second)
		at := time.Now().Add(30 * time.Minute)
		if err := session.Hold(t.Context(), []model.Held{{Command: stop(s.ana), At: at, Why: "stop"}}, nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(29 * time.Minute)
		if held := latest(t, session).HeldFor(string(s.ana.ID)); held == nil || held.ID == "" || s.begins() != 0 {
			t.Fatalf("a minute before: held %+v, %d requests", held, s.begins())
		}
		time.Sleep(time.Minute + time.Second)
		if op := latest(t, session).Operations[0]; op.Phase != model.PhaseGrace || s.begins() != 0 {
			t.Errorf("when it is due it can still be undone: %+v", op)
		}
		time.Sleep(time.Minute)
		snap := latest(t, session)
		if len(snap.Held) != 0 || snap.Operations[0].Phase != model.PhaseVerified || s.begins() != 1 {
			t.Errorf("held %v, %+v, %d requests", snap.Held, snap.Operations[0], s.begins())
		}
	})
}

func TestHeldIsTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		session := open(t, s.fakeCloud, Options{})
		time.Sleep(time.Second)
		first := model.Held{Command: stop(s.ana), At: time.Now().Add(time.Hour)}
		sooner := model.Held{Command: stop(s.ana), At: time.Now().Add(time.Minute)}
		if err := session.Hold(t.Context(), []model.Held{first}, nil); err != nil {
			t.Fatal(err)
		}
		if err := session.Hold(t.Context(), []model.Held{sooner}, nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		ids := make([]model.HeldID, 0, 2)
		for _, h := range latest(t, session).Held {
			ids = append(ids, h.ID)
		}
		if !slices.Equal(ids, []model.HeldID{"held-2", "held-1"}) {
			t.Fatalf("held %v, want the soonest first", ids)
		}
		if err := session.Hold(t.Context(), nil, ids); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		if snap := latest(t, session); len(snap.Held)+s.begins() != 0 {
			t.Errorf("held %v, %d requests", snap.Held, s.begins())
		}
	})
}

// TestHeldWaitsForTheOneBefore holds that two commands of one plan come one
// after the other, and that one which has come to nothing is said.
func TestHeldWaitsForTheOneBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		session, _ := s.after(t, Options{Grace: DefaultGrace}, 0)
		if err := session.Hold(t.Context(), []model.Held{{Command: stop(s.ana), At: time.Now(), Why: "stop"}}, nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(6 * time.Second)
		if snap := latest(t, session); len(snap.Held) != 1 {
			t.Fatalf("it did not wait: %+v", snap.Changes)
		}
		s.mu.Lock()
		stopped := *s.ana
		stopped.State = model.StateStopped
		s.computes["ws1"] = Computes{Instances: []*model.Instance{&stopped}}
		s.mu.Unlock()
		time.Sleep(2 * time.Minute)
		snap := latest(t, session)
		if len(snap.Held) != 0 || len(snap.Operations) != 1 {
			t.Fatalf("held %v, %d operations", snap.Held, len(snap.Operations))
		}
		if !slices.ContainsFunc(snap.Changes, func(c model.Change) bool { return strings.Contains(c.Text, "comes to nothing: ana is Stopped") }) {
			t.Errorf("nothing was said of it: %+v", snap.Changes)
		}
		refused := open(t, s.fakeCloud, Options{ReadOnly: true})
		if err := refused.Hold(t.Context(), []model.Held{{Command: stop(s.ana)}}, nil); err == nil {
			t.Error("read-only holds")
		}
	})
}
