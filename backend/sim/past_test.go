package sim

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// What a cluster's nodes were at a moment is what they were seen to be then.
func TestCountsAreRemembered(t *testing.T) {
	w := demo(t, 1)
	type sample struct {
		c  *Cluster
		at time.Time
		n  model.NodeCounts
	}
	var seen []sample
	moved := false
	for range 200 {
		w.after(3 * time.Minute)
		for _, ws := range w.Subscriptions()[0].Workspaces {
			for _, c := range ws.Clusters {
				seen = append(seen, sample{c, w.Now(), c.Counts()})
				moved = moved || c.Counts() != seen[0].n
			}
		}
	}
	for _, s := range seen {
		if got, known := w.CountsAt(s.c, s.at); !known || got != s.n {
			t.Fatalf("%s at %v: %+v, %v, want %+v", s.c.Name, s.at, got, known, s.n)
		}
	}
	c := seen[0].c
	if _, known := w.CountsAt(c, w.Start().Add(-time.Hour)); known || !moved {
		t.Error("what was before the world is not known")
	}
	if _, known := w.CountsAt(c, w.Now().Add(time.Hour)); known {
		t.Error("what will be is not known")
	}
}
