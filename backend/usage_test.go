package backend

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// TestMetricsAreEvidence holds that an unlisted job is seen by its metrics, that
// they are asked for rarely and only while an instance runs, and that a refusal
// takes nothing but them away.
func TestMetricsAreEvidence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		start := time.Now()
		ana := instance("ana", model.StateRunning)
		ana.Last = model.LastOperation{Name: "Start", Time: start.Add(-9 * time.Hour)}
		f.computes["ws1"] = Computes{Instances: []*model.Instance{ana}}
		f.usage = map[string]model.Usage{"ana": {From: start.Add(-time.Hour), To: start, CPU: 40, Busy: start}}
		s := open(t, f, Options{})
		time.Sleep(2 * time.Minute)
		got := latest(t, s).Instances[0].IdleAt(time.Now())
		if got.For != 0 || got.Evidence != "no job listed, and CPU 40 % for 1h" {
			t.Fatalf("%+v after %v", got, f.times("usage ws1"))
		}
		time.Sleep(58 * time.Minute)
		if n := len(f.times("usage ws1")); n < 9 || n > 13 {
			t.Errorf("asked %d times in an hour", n)
		}
		f.set(func() {
			f.fail = func(call string) error {
				if call == "usage ws1" {
					return &model.Refusal{Class: model.ErrDenied, Message: "no metrics for you"}
				}
				return nil
			}
		})
		time.Sleep(10 * time.Minute)
		before := len(f.times("usage ws1"))
		snap := latest(t, s)
		if got := snap.Instances[0]; got.Usage.Known() || !got.JobsKnown || len(snap.Parts[model.SectionJobs].Failing()) > 0 {
			t.Errorf("a refusal of metrics: %+v", got.Usage)
		}
		time.Sleep(40 * time.Minute)
		if n := len(f.times("usage ws1")); n != before {
			t.Errorf("refused, and asked %d times more", n-before)
		}
		f.set(func() {
			f.fail = nil
			stopped := *ana
			stopped.State = model.StateStopped
			f.computes["ws1"] = Computes{Instances: []*model.Instance{&stopped}}
		})
		time.Sleep(2 * time.Hour)
		if n := len(f.times("usage ws1")); n != before {
			t.Errorf("nothing runs, and metrics were asked for %d times", n-before)
		}
	})
}
