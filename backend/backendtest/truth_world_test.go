package backendtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/model"
)

// truth is what the world itself says of its billing: how many VMs of each
// target were billed when.
type truth struct {
	start, end time.Time
	moments    map[string][]time.Time  // by workspace: when a state or a number changed
	spans      map[string][]model.Span // by ARM id in lower case, in order
}

// tellTruth runs a world of its own, with nobody in it who acts, and writes down
// what it bills. Another with the same scenario and seed does the same.
func tellTruth(t *testing.T, name string, length time.Duration) *truth {
	t.Helper()
	w, err := sim.New(scenario(t, name), 1)
	if err != nil {
		t.Fatal(err)
	}
	tr := &truth{start: w.Start(), end: w.Start().Add(length), moments: map[string][]time.Time{}, spans: map[string][]model.Span{}}
	units, before, looks := map[string]int{}, w.Ledger(), looksOf(w)
	for w.Now().Before(tr.end) {
		at := w.Now()
		next, ok := w.Next()
		if !ok || next.After(tr.end) {
			next = tr.end
		}
		if !next.After(at) {
			next = at.Add(time.Nanosecond) // it was called for after this moment had come
		}
		w.AdvanceTo(next)
		now := w.Ledger()
		if step := next.Sub(at); step > 0 {
			for id, total := range now {
				if n := int((total - before[id]) / step); n != units[id] {
					tr.spans[id] = model.Extend(tr.spans[id], n, at)
					units[id] = n
				}
			}
			before = now
		}
		for ws, look := range looksOf(w) {
			if look != looks[ws] {
				tr.moments[ws] = append(tr.moments[ws], next)
				looks[ws] = look
			}
		}
	}
	return tr
}

// looksOf is how everything that bills looks, by workspace.
func looksOf(w *sim.World) map[string]string {
	looks := map[string]string{}
	for _, sub := range w.Subscriptions() {
		for _, ws := range sub.Workspaces {
			if !slices.Contains(watched, ws.Name) {
				continue
			}
			var b strings.Builder
			for _, i := range ws.Instances {
				fmt.Fprint(&b, i.Name, i.State, " ")
			}
			for _, c := range ws.Clusters {
				fmt.Fprint(&b, c.Name, c.Counts(), c.AllocationState, " ")
			}
			for _, e := range ws.Online {
				for _, d := range e.Deployments {
					fmt.Fprint(&b, d.Name, d.Instances, d.ProvisioningState, " ")
				}
			}
			looks[ws.Name] = b.String()
		}
	}
	return looks
}

// billed is the VM time of a target in windows.
func (tr *truth) billed(id string, windows ...model.Window) time.Duration {
	var sum time.Duration
	for _, w := range windows {
		for _, s := range tr.spans[id] {
			span := model.Window{From: s.From, To: s.To}
			if s.Open() {
				span.To = tr.end
			}
			if both := span.And(w); !both.Empty() {
				sum += both.To.Sub(both.From) * time.Duration(s.Units)
			}
		}
	}
	return sum
}

// changes are the moments at which something changes in what is watched, and
// the end.
func (tr *truth) changes() []time.Time {
	var all []time.Time
	for _, ws := range watched {
		all = append(all, tr.moments[ws]...)
	}
	for at := tr.start.Add(12 * time.Hour); at.Before(tr.end); at = at.Add(12 * time.Hour) {
		all = append(all, at) // nobody works at the weekend
	}
	slices.SortFunc(all, time.Time.Compare)
	return append(slices.Compact(all), tr.end)
}
