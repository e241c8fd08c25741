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

func TestLoad(t *testing.T) {
	denied := &model.Refusal{Class: model.ErrDenied, Code: "AuthorizationFailed"}
	tests := []struct {
		name     string
		sections []model.SectionKey
		fail     map[string]error
		want     string // calls, besides those for subscriptions and workspaces
		err      error
	}{
		{"computes with what they are joined with", []model.SectionKey{model.SectionComputes}, nil, "computes ws1, computes ws2, jobs ws1, jobs ws2, sizes eastus", nil},
		{"jobs alone", []model.SectionKey{model.SectionJobs}, nil, "jobs ws1, jobs ws2", nil},
		{"quota alone", []model.SectionKey{model.SectionQuotas}, nil, "quotas eastus", nil},
		{"one workspace fails", []model.SectionKey{model.SectionJobs}, map[string]error{"jobs ws1": denied}, "jobs ws1, jobs ws2", nil},
		{"all fail", []model.SectionKey{model.SectionJobs}, map[string]error{"jobs ws1": denied, "jobs ws2": denied}, "jobs ws1, jobs ws2", model.ErrDenied},
		{"the tree fails", []model.SectionKey{model.SectionJobs}, map[string]error{"workspaces sub1": denied}, "", model.ErrDenied},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.workspaces["sub1"] = []string{"ws1", "ws2"}
				f.fail = func(call string) error { return tt.fail[call] }
				snap, err := Load(t.Context(), f, Options{Now: time.Now}, tt.sections...)
				if !errors.Is(err, tt.err) {
					t.Errorf("error %v, want %v", err, tt.err)
				}
				if snap == nil {
					t.Fatal("no snapshot")
				}
				for _, name := range strings.Split(tt.want, ", ") {
					if name != "" && len(f.times(name)) != 1 {
						t.Errorf("%d calls of %q, want 1", len(f.times(name)), name)
					}
				}
				want := 3 // the graph refuses, and the list is asked
				if tt.want != "" {
					want += strings.Count(tt.want, ",") + 1
				}
				if f.total() != want {
					t.Errorf("%d calls, want %d: %v", f.total(), want, f.calls)
				}
			})
		})
	}
}

func TestLoadTriesAgainWhatPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.fail = func(call string) error {
			if call == "jobs ws1" && len(f.times(call)) < 3 {
				return &model.Refusal{Class: model.ErrThrottled, RetryAfter: 5 * time.Second}
			}
			return nil
		}
		snap, err := Load(t.Context(), f, Options{Now: time.Now}, model.SectionJobs)
		if err != nil || snap.Parts[model.SectionJobs].Loaded() != 1 {
			t.Errorf("error %v, %d parts loaded", err, snap.Parts[model.SectionJobs].Loaded())
		}
	})
}

func TestLoadEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.latency = time.Hour
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := Load(ctx, f, Options{Now: time.Now}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the deadline", err)
		}
	})
}

func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		bo := instance("bo", model.StateRunning)
		s.computes["ws1"] = Computes{Instances: []*model.Instance{s.ana, bo}}
		s.begin = func(c model.Command) (Pending, error) {
			if c.Name == "bo" {
				return nil, &model.Refusal{Class: model.ErrConflict, Code: "Conflict", Status: 409}
			}
			return s.pending, nil
		}
		var phases []model.Phase
		ops := Run(t.Context(), s.fakeCloud, Options{Now: time.Now, Journal: s.journal}, []model.Command{stop(bo), stop(s.ana)},
			func(op model.Operation) {
				if op.Command.Name == "ana" {
					phases = append(phases, op.Phase)
				}
			})
		if len(ops) != 2 || ops[0].Phase != model.PhaseRefused || ops[1].Phase != model.PhaseVerified {
			t.Fatalf("operations: %+v", ops)
		}
		if !strings.Contains(ops[1].Detail, "this run cost $") {
			t.Errorf("receipt: %q", ops[1].Detail)
		}
		if phases[0] != model.PhaseSending || phases[len(phases)-1] != model.PhaseVerified {
			t.Errorf("phases told: %v", phases)
		}
		for _, op := range Run(t.Context(), s.fakeCloud, Options{Now: time.Now, ReadOnly: true}, []model.Command{stop(bo)}, nil) {
			if !errors.Is(op.Err, model.ErrReadOnly) {
				t.Errorf("read-only: %v", op.Err)
			}
		}
	})
}

func TestRunCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.pending.polls = 1 << 30
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		ops := Run(ctx, s.fakeCloud, Options{Now: time.Now}, []model.Command{stop(s.ana)}, nil)
		if ops[0].Phase != model.PhaseRunning || !errors.Is(ops[0].Err, context.DeadlineExceeded) {
			t.Errorf("operation: %+v", ops[0])
		}
	})
}
