package backend

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestFailuresBackOffAndNeverGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.computes["ws1"] = Computes{Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() {
			f.fail = func(call string) error {
				if call != "computes ws1" {
					return nil
				}
				return &model.Refusal{Class: model.ErrUnreachable, Message: "no route to host"}
			}
		})
		between(t, "calls in the first 5 minutes", during(f, "computes ws1", 5*time.Minute), 6, 12)
		snap := latest(t, s)
		part := snap.Part(model.SectionComputes, string(ws1))
		if part.Err == nil || part.FailedAt.IsZero() || time.Until(part.RetryAt) > 67*time.Second {
			t.Errorf("part: %+v", part)
		}
		if len(snap.Instances) != 1 {
			t.Error("the last good rows are gone")
		}
		between(t, "calls in an hour, a day later", aDayLater(f), 50, 70)
		f.set(func() { f.fail = nil })
		time.Sleep(67 * time.Second)
		synctest.Wait()
		if part := latest(t, s).Part(model.SectionComputes, string(ws1)); part.Err != nil || !part.FailedAt.IsZero() {
			t.Errorf("after the network came back: %+v", part)
		}
	})
}

func aDayLater(f *fakeCloud) int {
	time.Sleep(24 * time.Hour)
	return during(f, "computes ws1", time.Hour)
}

func TestRetryAfterIsHonoured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() {
			f.fail = func(call string) error {
				if call == "jobs ws1" {
					return &model.Refusal{Class: model.ErrThrottled, Status: 429, RetryAfter: 3 * time.Minute}
				}
				return nil
			}
		})
		if err := s.Refresh(t.Context(), model.SectionJobs); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		f.set(func() { f.fail = nil })
		if err := s.Refresh(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		if n := during(f, "computes ws1", 170*time.Second); n != 0 {
			t.Errorf("%d calls in a throttled subscription before its Retry-After was over", n)
		}
		between(t, "calls after it", during(f, "computes ws1", 20*time.Second), 1, 3)
	})
}

func TestNothingIsSpentOnTheRestBelowHalfTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.workspaces["sub1"] = []string{"ws1", "ws2"}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		if err := s.Watch(t.Context(), model.Focus{Section: model.SectionComputes, Workspaces: []model.WorkspaceID{ws1}}); err != nil {
			t.Fatal(err)
		}
		f.set(func() { f.budget = model.Budget{Remaining: 10, Limit: 250} })
		time.Sleep(6 * time.Second)
		// The answers on the screen keep saying that little is left.
		between(t, "calls nobody looks at", during(f, "computes ws2", 2*time.Minute), 0, 1)
		between(t, "calls on the screen", f.within("computes ws1", 2*time.Minute), 30, 36)
		f.set(func() { f.budget.Remaining = 240 })
		between(t, "calls once there is enough", during(f, "computes ws2", 2*time.Minute), 3, 5)
	})
}

func TestAWorkspaceThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.computes["ws1"] = Computes{Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		f.set(func() {
			f.fail = func(call string) error {
				if call == "computes ws1" {
					return &model.Refusal{Class: model.ErrNotFound, Status: 404, Code: "ResourceNotFound"}
				}
				return nil
			}
			f.workspaces["sub1"] = nil
		})
		time.Sleep(40 * time.Second)
		synctest.Wait()
		snap := latest(t, s)
		if len(snap.Instances) != 0 || len(snap.Workspaces) != 0 || snap.Part(model.SectionComputes, string(ws1)) != nil {
			t.Errorf("left: %d instances, %d workspaces", len(snap.Instances), len(snap.Workspaces))
		}
		gone := 0
		for _, c := range snap.Changes {
			if c.Kind == "workspace" && c.Text == "gone" && c.Name == "ws1" {
				gone++
			}
		}
		if gone != 1 {
			t.Errorf("%d changes say that the workspace is gone, want 1: %+v", gone, snap.Changes)
		}
		if n := during(f, "computes ws1", time.Hour); n != 0 {
			t.Errorf("%d calls for a workspace that is not listed", n)
		}
	})
}

func TestAPanicInAnAnswerIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.fail = func(call string) error {
			if call == "jobs ws1" {
				panic("boom")
			}
			return nil
		}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		synctest.Wait()
		snap := latest(t, s)
		if err := snap.Part(model.SectionJobs, string(ws1)).Err; err == nil || err.Error() != "internal error: boom" {
			t.Errorf("error of the part: %v", err)
		}
		if snap.Part(model.SectionComputes, string(ws1)).Err != nil {
			t.Error("another part failed with it")
		}
	})
}
