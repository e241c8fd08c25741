package backend

import (
	"context"
	"errors"
	"slices"
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

// polled are the times it was asked at.
func (p *fakePending) polled() []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
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
