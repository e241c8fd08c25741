package pane

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// sortedRows is the order of rows the slow way.
func sortedRows(rows []*box, spec Spec[*box, boxID], column int, desc bool, env Env) []string {
	list := slices.Clone(rows)
	slices.SortFunc(list, func(a, b *box) int {
		if c := compareValues(spec.value(column, a, env), spec.value(column, b, env), desc); c != 0 {
			return c
		}
		return cmp.Compare(a.ID, b.ID)
	})
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.Name
	}
	return names
}

func TestSortAgreesWithTheSlowWay(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	b := &boxes{}
	all := newBoxes(300).rows
	for range 20 {
		b.rows = shuffled(all, r)[:r.IntN(len(all))]
		d := drive(t, b)
		spec := b.spec()
		for range 8 {
			id := spec.Columns[r.IntN(len(spec.Columns))].ID
			d.sort(id)
			column, desc := d.Sorted()
			if column != id {
				t.Fatalf("sorted by %q, want %q", column, id)
			}
			i := slices.IndexFunc(spec.Columns, func(c Column[*box]) bool { return c.ID == id })
			if got, want := d.names(), sortedRows(b.rows, spec, i, desc, d.env); !slices.Equal(got, want) {
				t.Fatalf("by %s, desc %v:\n%v, want\n%v", id, desc, got, want)
			}
		}
	}
}

func TestUnknownIsLastInEitherDirection(t *testing.T) {
	d := drive(t, newBoxes(30))
	for range 2 {
		d.sort("price")
		_, rows := d.Records(d.env)
		known := true
		for _, r := range rows {
			if r[4] == "–" {
				known = false
			} else if !known {
				t.Fatalf("a price below an unknown one: %v", rows)
			}
		}
		if known {
			t.Fatal("no unknown price to look at")
		}
	}
}

func TestSortKeepsTheSnapshot(t *testing.T) {
	b := newBoxes(50)
	before := slices.Clone(b.rows)
	d := drive(t, b)
	d.sort("price")
	d.sort("owner")
	d.filter("ana")
	if !slices.Equal(before, b.rows) {
		t.Error("the snapshot's slice was written to")
	}
}

func TestUnknownColumn(t *testing.T) {
	d := drive(t, newBoxes(3))
	if _, err := d.Sort("weight", d.env); err == nil {
		t.Error("sorted by a column that does not exist")
	}
	if column, _ := d.Sorted(); column != "name" {
		t.Errorf("then sorted by %q", column)
	}
}

func TestOrderedBits(t *testing.T) {
	numbers := []float64{math.Inf(-1), -1e300, -2, -1, -0.5, -1e-300, 0, 1e-300, 0.5, 1, 2, 1e300, math.Inf(1)}
	for i := 1; i < len(numbers); i++ {
		if orderedBits(numbers[i-1]) >= orderedBits(numbers[i]) {
			t.Errorf("%v is not before %v", numbers[i-1], numbers[i])
		}
	}
	if orderedBits(math.Copysign(0, -1)) != orderedBits(0) {
		t.Error("zero is zero")
	}
}

// TestClockSortsLiveColumns lets two rows overtake each other by time alone.
func TestClockSortsLiveColumns(t *testing.T) {
	b := newBoxes(10)
	spec := b.spec()
	// Idle falls for one row as time goes by, and rises for the others.
	spec.Columns[3].Value = func(r *box, env Env) Value {
		d := env.Now.Sub(noon).Seconds()
		if r.ID == b.rows[4].ID {
			d = -d
		}
		return Value{Kind: KindNumber, Number: d}
	}
	d := &driver{t: t, Pane: New(spec), env: envAt(noon)}
	d.Resize(60, 11)
	d.refresh()
	d.sort("up")
	d.env.Now = noon.Add(time.Minute)
	d.run(d.Tick(d.env))
	if names := d.names(); names[9] != name(4) {
		t.Errorf("after a minute: %v", names)
	}
	d.sort("name")
	before := d.Pane.(*table[*box, boxID]).gen
	d.run(d.Tick(d.env))
	if after := d.Pane.(*table[*box, boxID]).gen; after != before {
		t.Error("a column that does not live was sorted again by the clock")
	}
}
