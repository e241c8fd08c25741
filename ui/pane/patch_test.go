package pane

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// mutate changes a few rows of a list the way polls do: some are new pointers,
// some go, some come.
func mutate(rows []*box, r *rand.Rand, next *int) []*box {
	rows = slices.Clone(rows)
	for range r.IntN(6) {
		i := r.IntN(len(rows))
		switch r.IntN(4) {
		case 0:
			rows = slices.Delete(rows, i, min(i+1+r.IntN(3), len(rows)-1))
		case 1:
			*next++
			rows = slices.Insert(rows, i, newBox(*next))
		default:
			fresh := *rows[i]
			fresh.Owner = []string{"dora", "emil"}[r.IntN(2)]
			fresh.Price = float64(r.IntN(30))
			rows[i] = &fresh
		}
	}
	return rows
}

// TestPatchingIsDeriving changes rows again and again: what patching makes of
// what was shown before is what deriving from scratch makes.
func TestPatchingIsDeriving(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	for _, query := range []struct{ filter, sort string }{{"", ""}, {"", "name"}, {"", "price"}, {"ana|dora", "owner"}, {"price>5", "state"}} {
		b := newBoxes(400)
		b.rows = shuffled(b.rows, r) // by no order of identities
		next := 1000
		open := func(env Env) *driver {
			spec := b.spec()
			spec.Sort = query.sort
			d := &driver{t: t, Pane: New(spec), env: env}
			d.Resize(60, 11)
			d.filter(query.filter)
			d.refresh()
			return d
		}
		d := open(envAt(noon))
		patched := 0
		for step := range 150 {
			d.env.Now = noon.Add(time.Duration(step) * time.Second)
			b.rows = mutate(b.rows, r, &next)
			d.refresh()
			if table := d.Pane.(*table[*box, boxID]); table.shown.ledgers.Before(d.env.Now) {
				patched++
			}
			fresh := open(d.env)
			if got, want := d.names(), fresh.names(); !slices.Equal(got, want) {
				t.Fatalf("%v, step %d:\n%v, want\n%v", query, step, got, want)
			}
			near(t, d.Tally(), fresh.Tally())
		}
		if patched < 100 {
			t.Errorf("%v: only %d of 150 steps were patched", query, patched)
		}
	}
}

// near checks two tallies that may differ by rounding, a millionth a row.
func near(t *testing.T, got, want model.Tally) {
	t.Helper()
	off := func(a, b model.Money) bool { return max(a-b, b-a) > model.Money(want.Targets+1) }
	if off(got.Today, want.Today) || off(got.Month, want.Month) || got.Burn != want.Burn ||
		got.Targets != want.Targets || got.Unpriced != want.Unpriced || !got.At.Equal(want.At) {
		t.Fatalf("tally %+v, want %+v", got, want)
	}
}

func TestCompareGivesUpWhenMuchChanged(t *testing.T) {
	a := newBoxes(1000).rows
	b := newBoxes(1000).rows
	if _, ok := compare(a, b); ok {
		t.Error("a list of new rows is no patch")
	}
	if _, ok := compare([]int{1, 2}, []int{1, 2}); ok {
		t.Error("rows that are no pointers cannot be told to be the same")
	}
	if c, ok := compare(a, a[:990]); !ok || len(c.added) != 0 {
		t.Errorf("%v: ten rows at the end went", ok)
	}
	if c, ok := compare(a[10:], a); !ok || len(c.added) != 10 {
		t.Errorf("%v: ten rows came at the start", ok)
	}
}
