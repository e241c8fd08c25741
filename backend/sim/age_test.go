package sim

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// eachBuiltIn makes the world of every built-in scenario, a large fleet in a
// small number.
func eachBuiltIn(t *testing.T, look func(t *testing.T, w *World)) {
	t.Helper()
	for _, name := range Scenarios() {
		t.Run(name, func(t *testing.T) {
			sc := load(t, name)
			if sc.Fleet != nil {
				sc.Fleet.Workspaces, sc.Fleet.TargetsPerWorkspace = 30, 40
			}
			for seed := range uint64(3) {
				look(t, newWorld(t, sc, seed))
			}
		})
	}
}

// TestNothingIsYoungerThanItsRun: whatever a thing is part of is older than it,
// and it is older than whatever happened on it.
func TestNothingIsYoungerThanItsRun(t *testing.T) {
	eachBuiltIn(t, func(t *testing.T, w *World) {
		inOrder := func(id, what string, first, then time.Time) {
			t.Helper()
			if first.IsZero() || first.After(then) {
				t.Errorf("%s: made %v, %s %v", id, first, what, then)
			}
		}
		for _, s := range w.Subscriptions() {
			for _, ws := range s.Workspaces {
				agesOfComputes(ws, w.Start(), inOrder)
				agesOfEndpoints(ws, w.Start(), inOrder)
				for _, j := range ws.Jobs {
					switch {
					case j.Cluster != nil:
						inOrder(j.Cluster.ID(), "job of", j.Cluster.CreatedAt, j.CreatedAt)
					case j.Instance != nil:
						inOrder(j.Instance.ID(), "job of", j.Instance.CreatedAt, j.CreatedAt)
					}
				}
			}
		}
	})
}

type order func(id, what string, first, then time.Time)

func agesOfComputes(ws *Workspace, start time.Time, inOrder order) {
	base := func(b *Base) {
		inOrder(b.ID(), "not after its workspace of", ws.CreatedAt, b.CreatedAt)
		inOrder(b.ID(), "changed", b.CreatedAt, b.ModifiedAt)
		inOrder(b.ID(), "changed after the start", b.ModifiedAt, start)
	}
	for _, a := range ws.Attached {
		base(&a.Base)
	}
	for _, c := range ws.Clusters {
		base(&c.Base)
		inOrder(c.ID(), "allocation of", c.CreatedAt, c.AllocationSince)
		for _, n := range c.Nodes {
			inOrder(c.ID(), "node of", c.CreatedAt, n.Since)
		}
	}
	for _, i := range ws.Instances {
		base(&i.Base)
		inOrder(i.ID(), "last operation of", i.CreatedAt, i.Last.Time)
		inOrder(i.ID(), "last used", i.CreatedAt, i.LastActivity)
	}
}

func agesOfEndpoints(ws *Workspace, start time.Time, inOrder order) {
	for _, e := range append(ws.Online[:len(ws.Online):len(ws.Online)], ws.Batch...) {
		inOrder(e.ID(), "not after its workspace of", ws.CreatedAt, e.CreatedAt)
		inOrder(e.ID(), "made after the start", e.CreatedAt, start)
		if a, ok := ws.FindCompute(model.BaseName(e.Compute)).(*Attached); ok {
			inOrder(a.ID(), "endpoint of", a.CreatedAt, e.CreatedAt)
		}
		for _, d := range e.Deployments {
			inOrder(d.ID(), "not after its endpoint of", e.CreatedAt, d.CreatedAt)
			inOrder(d.ID(), "made after the start", d.CreatedAt, start)
			if c, ok := ws.FindCompute(model.BaseName(d.Cluster)).(*Cluster); ok {
				inOrder(c.ID(), "deployment of", c.CreatedAt, d.CreatedAt)
			}
		}
	}
}

// TestDemoAges: nearly everything in the demo was made on a day of its own, and
// what has just been made is young.
func TestDemoAges(t *testing.T) {
	w := demo(t, 1)
	days, all := map[int]bool{}, 0
	note := func(at time.Time) {
		days[int(w.Start().Sub(at)/(24*time.Hour))] = true
		all++
	}
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			for _, c := range ws.Clusters {
				note(c.CreatedAt)
			}
			for _, i := range ws.Instances {
				note(i.CreatedAt)
			}
		}
	}
	if all < 35 || len(days) < all*4/5 {
		t.Errorf("%d clusters and instances were made on %d days", all, len(days))
	}
	if i := find[*Instance](t, w, "intern-test"); i.CreatedAt != i.Last.Time {
		t.Errorf("intern-test was made %v, and its creation failed %v", i.CreatedAt, i.Last.Time)
	}
	again := demo(t, 2)
	for _, name := range []string{"ana-gpu", "ops-bastion", "hiro-tts"} {
		if a, b := find[*Instance](t, w, name), find[*Instance](t, again, name); a.CreatedAt != b.CreatedAt {
			t.Errorf("%s was made %v or %v, by the seed", name, a.CreatedAt, b.CreatedAt)
		}
	}
}

// TestDrawn: between the bounds, whatever the name, and at the later one where
// there is nothing between.
func TestDrawn(t *testing.T) {
	early := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	late := early.AddDate(1, 0, 0)
	younger := 0
	for n := range 1000 {
		at := drawn(string(rune('a'+n)), early, late)
		if at.Before(early) || at.After(late) {
			t.Fatalf("%v", at)
		}
		if late.Sub(at) < late.Sub(early)/2 {
			younger++
		}
	}
	if younger < 650 || younger > 760 { // the root of a half: 707
		t.Errorf("%d of 1000 in the later half", younger)
	}
	if at := drawn("x", late, early); at != early {
		t.Errorf("no span: %v", at)
	}
}
