package overview

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/costs"
	"github.com/amltop/amltop/ui/pane"
)

func digest(s *model.Snapshot) *Digest { return NewDigest(s, modeltest.Now(), time.UTC) }

func names[T any](rows []T, name func(T) string) string {
	var list []string
	for _, r := range rows {
		list = append(list, name(r))
	}
	return strings.Join(list, " ")
}

func TestDigestOfTheFleet(t *testing.T) {
	d := digest(modeltest.Fleet())
	if d.idling != 3 || d.late != 1 || d.unleashed != 1 || d.idleBurn.Burn != modeltest.Dollars(1224+29+29) {
		t.Errorf("%d idle, %d late, %d without a leash, %s", d.idling, d.late, d.unleashed, d.idleBurn.Burn.Fixed())
	}
	if got := names(d.idle.rows, func(i idler) string { return i.Name }); got != "ana-gpu ops-shell bo-forgot" {
		t.Errorf("idle: %s", got)
	}
	if got := names(d.draining.rows, func(c *model.Cluster) string { return c.Name }); got != "gpu-sweep" {
		t.Errorf("draining: %s", got)
	}
	if got := names(d.floors.rows, func(c *model.Cluster) string { return c.Name }); got != "cpu-floor" || d.floor.Burn != modeltest.Dollars(58) {
		t.Errorf("floors: %s, %s", got, d.floor.Burn.Fixed())
	}
	env := pane.Env{Snap: d.snap, Now: modeltest.Now(), Zone: time.UTC}
	if got := names(d.failing, func(f failure) string { return f.line(d.snap, env).name }); got != "fraud/green gpu-wait legacy cy-stuck low-broken" {
		t.Errorf("failing: %s", got)
	}
	if got := names(d.spaces, func(s spender) string { return s.name }); got != "vision nlp fraud-prod" {
		t.Errorf("workspaces: %s", got)
	}
	if got := names(d.owners, func(s spender) string { return s.name }); got != "ana bo cy (not said)" {
		t.Errorf("owners: %s", got)
	}
	if want := (counts{instances: 7, running: 6, clusters: 6, nodes: 8, low: 1, deployments: 3, queued: 2, jobs: 3, workspaces: 4, answered: 3}); d.counts != want {
		t.Errorf("%+v, want %+v", d.counts, want)
	}
}

// TestIdleMoneyIsThatOfTheCostPane holds the two pages that say what stands idle
// against each other.
func TestIdleMoneyIsThatOfTheCostPane(t *testing.T) {
	s := modeltest.Fleet()
	book := costs.Make(costs.Request{Snap: s, Now: modeltest.Now(), Zone: time.UTC, Grouping: costs.Groupings()[0]})
	var idle model.Money
	for _, r := range book.Rows {
		if _, is := r.Target.(*model.Instance); is {
			idle += r.Idle
		}
	}
	if d := digest(s); idle == 0 || d.idleBurn.Burn != idle {
		t.Errorf("the cost pane says %s, the overview %s", idle.Fixed(), d.idleBurn.Burn.Fixed())
	}
}

// TestTallyIsTheSumOfTheTargets holds the digest's money against the model's.
func TestTallyIsTheSumOfTheTargets(t *testing.T) {
	s := modeltest.Fleet()
	want := model.NewTally(modeltest.Now())
	for _, i := range s.Instances {
		want.Add(i.Meter, time.UTC)
	}
	for _, c := range s.Clusters {
		want.Add(c.Meter, time.UTC)
	}
	for _, d := range s.Deployments {
		want.Add(d.Meter, time.UTC)
	}
	if got := digest(s).Tally(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	var byOwner, bySpace model.Money
	d := digest(s)
	for _, o := range d.owners {
		byOwner += o.burn
	}
	for _, w := range d.spaces {
		bySpace += w.burn
	}
	if byOwner != want.Burn || bySpace != want.Burn {
		t.Errorf("owners %s and workspaces %s do not add up to %s", byOwner.Fixed(), bySpace.Fixed(), want.Burn.Fixed())
	}
}

func TestTopKeepsTheFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 4 * kept {
		best := top[int]{less: func(a, b int) bool { return a > b }}
		var all []int
		for range n {
			v := r.IntN(500)
			all = append(all, v)
			best.add(v)
		}
		slices.SortFunc(all, func(a, b int) int { return b - a })
		if want := all[:min(n, kept)]; !slices.Equal(best.rows, want) {
			t.Fatalf("of %d: %v, want %v", n, best.rows, want)
		}
	}
}

// TestDealFits holds for every height: no more lines than there are, and the
// most urgent section is served first.
func TestDealFits(t *testing.T) {
	some := func(int) line { return line{} }
	all := []section{{n: 0, line: some, first: 3}, {n: 9, first: 5, line: some}, {n: 0, first: 5}, {n: 30, first: 2, line: some}, {n: 1, first: 4, line: some}}
	for _, c := range []canvas{{}, {tight: true}} {
		for h := range 60 {
			shares := c.deal(all, h)
			sum, blanks := 0, 0
			for i, n := range shares {
				if n > all[i].n+1 || n < 0 {
					t.Fatalf("height %d: section %d of %d rows got %d lines", h, i, all[i].n, n)
				}
				if n > 0 && !c.tight {
					blanks++
				}
				sum += n
			}
			if sum > h || sum+blanks > h+1 {
				t.Fatalf("height %d: %v are %d lines and %d blanks", h, shares, sum, blanks)
			}
			if h >= 2 && shares[1] == 0 || shares[0] != 0 {
				t.Fatalf("height %d: %v", h, shares)
			}
		}
	}
}

func TestAllIsWell(t *testing.T) {
	s := (&model.Snapshot{Instances: []*model.Instance{modeltest.Instance("vision", "busy", func(i *model.Instance) { i.ActiveJobs = 1 })}}).Seal()
	d := digest(s)
	text := names(d.sections(pane.Env{Snap: s, Now: modeltest.Now(), Zone: time.UTC}, canvas{}), func(s section) string {
		if s.n == 0 && s.line != nil {
			return ""
		}
		return s.title + ";"
	})
	if !strings.Contains(text, "idle: none known") || strings.Contains(text, "failing") || strings.Contains(text, "draining") {
		t.Errorf("sections: %s", text)
	}
}
