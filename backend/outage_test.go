package backend

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

func TestAnOutageIsProbedOneCallAtATime(t *testing.T) {
	for _, class := range []error{model.ErrUnreachable, model.ErrSignIn} {
		t.Run(class.Error(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.workspaces["sub1"] = many(100)
				s := open(t, f, Options{})
				time.Sleep(time.Minute)
				f.set(func() { f.fail = func(string) error { return &model.Refusal{Class: class} } })
				time.Sleep(5 * time.Minute)
				before := f.total()
				time.Sleep(30 * time.Minute)
				synctest.Wait()
				between(t, "calls in half an hour of it", f.total()-before, 25, 40)

				f.set(func() { f.fail = nil })
				if err := s.Refresh(t.Context(), model.SectionSubscriptions); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				synctest.Wait()
				failing := 0
				for key, parts := range latest(t, s).Parts {
					if key != model.SectionDiscovery { // of which there is none here
						failing += len(parts.Failing())
					}
				}
				if failing != 0 {
					t.Errorf("%d parts still fail a minute after it was over", failing)
				}
			})
		})
	}
}

func TestOnePartsTroubleIsNoOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.workspaces["sub1"] = []string{"ws1", "private"}
		f.fail = func(call string) error {
			if call == "computes private" || call == "jobs private" || call == "endpoints private" {
				return &model.Refusal{Class: model.ErrUnreachable}
			}
			return nil
		}
		open(t, f, Options{})
		time.Sleep(time.Hour)
		synctest.Wait()
		between(t, "calls of another workspace in ten minutes", f.within("computes ws1", 10*time.Minute), 19, 24)
	})
}
