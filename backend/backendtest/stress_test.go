package backendtest_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

// TestManyHandsOnABadLine has several users act on the demo at the same time,
// over a wire on which a good part of everything goes wrong. Whatever happens,
// every operation comes to an end that says what became of it, and the picture
// recovers.
func TestManyHandsOnABadLine(t *testing.T) {
	faults := []arm.Fault{
		{Route: "*", Kind: "500", Probability: 0.05},
		{Route: "*", Kind: "cut", Probability: 0.05},
		{Route: "*", Kind: "malformed", Probability: 0.03},
		{Route: "*", Kind: "429", Probability: 0.02, Duration: 3 * time.Second},
		{Route: "*", Kind: "latency", Probability: 0.1, Duration: 2 * time.Second},
		{Route: "computes.get", Kind: "stale", Probability: 0.05, Duration: 5 * time.Second},
	}
	synctest.Test(t, func(t *testing.T) {
		s, _ := simulated(t, scenario(t, "demo"), 60, faults...)
		time.Sleep(time.Minute)
		verbs := []model.Verb{model.VerbStop, model.VerbStart, model.VerbRestart}
		var hands sync.WaitGroup
		for hand := range uint64(4) {
			hands.Go(func() {
				rng := rand.New(rand.NewPCG(hand, 7))
				for range 40 {
					time.Sleep(time.Duration(rng.IntN(5000)) * time.Millisecond)
					snap, err := s.Next(t.Context(), 0)
					if err != nil {
						t.Error(err)
						return
					}
					i := snap.Instances[rng.IntN(len(snap.Instances))]
					focus := model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{i.Workspace}, Blurred: rng.IntN(4) == 0}
					if err := s.Watch(t.Context(), focus); err != nil {
						t.Error(err)
					}
					id, err := s.Execute(t.Context(), command(verbs[rng.IntN(len(verbs))], i))
					if err == nil && rng.IntN(3) == 0 {
						_ = s.Undo(t.Context(), id) // too late is an answer, too
					}
				}
			})
		}
		hands.Wait()
		time.Sleep(10 * time.Minute)
		snap := newest(t, s)
		outcomes := map[model.Phase]int{}
		for _, op := range snap.Operations {
			outcomes[op.Phase]++
			switch {
			case !op.Phase.Final():
				t.Errorf("%s of %s is %s ten minutes later: %+v", op.Command.Verb, op.Command.Name, op.Phase, op)
			case op.Detail == "" || op.Ended.IsZero():
				t.Errorf("%s of %s ended as %s without a word", op.Command.Verb, op.Command.Name, op.Phase)
			case op.Phase == model.PhaseUndone && !op.Sent.IsZero():
				t.Errorf("%s of %s was undone and sent", op.Command.Verb, op.Command.Name)
			}
		}
		t.Logf("outcomes: %v", outcomes)
		if outcomes[model.PhaseVerified] == 0 || outcomes[model.PhaseUndone] == 0 {
			t.Errorf("outcomes: %v; want some verified and some undone", outcomes)
		}
	})
}
