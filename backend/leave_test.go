package backend

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// Two hundred instances stopped together are stopped within the allowance.
func TestManyOperationsKeepToTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		var rows Computes
		for i := range 200 {
			rows.Instances = append(rows.Instances, instance(fmt.Sprintf("i%03d", i), model.StateRunning))
		}
		f.computes["ws1"] = rows
		stopped := map[string]bool{}
		f.begin = func(c model.Command) (Pending, error) {
			f.set(func() { stopped[c.Target] = true })
			return nil, nil
		}
		f.state = func(c model.Command) (state TargetState, _ error) {
			f.set(func() { state = TargetState{State: "Running", Reached: stopped[c.Target]} })
			return state, nil
		}
		s := open(t, f, Options{})
		time.Sleep(time.Second)
		for _, i := range rows.Instances {
			if _, err := s.Execute(t.Context(), model.Command{Verb: model.VerbStop, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: ws1}); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if len(stopped) != 200 {
			t.Errorf("%d of 200 were stopped", len(stopped))
		}
		var sent []time.Time
		for i := range 200 {
			sent = append(sent, f.times(fmt.Sprintf("begin stop i%03d", i))...)
		}
		slices.SortFunc(sent, time.Time.Compare)
		burst := 0
		for _, at := range sent {
			if at.Sub(sent[0]) < time.Second {
				burst++
			}
		}
		if burst > 190 {
			t.Errorf("%d requests in a second, with 200 in the bucket", burst)
		}
		if took := sent[199].Sub(sent[0]); len(sent) != 200 || took < 3*time.Second || took > 30*time.Second {
			t.Errorf("%d requests within %v, want 180 at once and 5 a second after", len(sent), took)
		}
	})
}
