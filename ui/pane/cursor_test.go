package pane

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amltop/amltop/model"
)

func name(n int) string { return fmt.Sprintf("box-%06d", n) }

func TestMotions(t *testing.T) {
	d := drive(t, newBoxes(100)) // ten rows in sight
	for _, step := range []struct{ motion, want string }{
		{"up", name(0)}, {"down", name(1)}, {"pgdown", name(11)}, {"halfdown", name(16)}, {"halfup", name(11)},
		{"pgup", name(1)}, {"end", name(99)}, {"down", name(99)}, {"home", name(0)}, {"left", name(0)}, {"right", name(0)},
	} {
		d.moves(step.motion)
		d.wants(step.want)
	}
	if d.Move("sideways") {
		t.Error("an unknown motion is known")
	}
}

func TestCursorFollowsItsRow(t *testing.T) {
	b := newBoxes(20)
	all := b.rows
	d := drive(t, &boxes{})
	d.Pane = New(b.spec())
	d.Resize(60, 11)
	b.rows = slices.Clone(all[5:])
	d.refresh()
	d.wants(name(5)) // nobody moved
	b.rows = slices.Clone(all)
	d.refresh()
	d.wants(name(5)) // five rows were inserted above
	d.moves("down", "down")
	b.rows = slices.Delete(slices.Clone(all), 7, 8)
	d.refresh()
	d.wants(name(8)) // its row is gone: the next
	b.rows = slices.Clone(all)
	d.refresh()
	d.wants(name(8)) // coming back, a row does not take the cursor away
	b.rows = slices.Clone(all[:6])
	d.refresh()
	d.wants(name(5)) // nothing below is left: the one above
	b.rows = nil
	d.refresh()
	d.wants("")
	b.rows = slices.Clone(all)
	d.refresh()
	d.wants(name(5)) // all gone and back
}

func TestCursorFollowsSortAndFilter(t *testing.T) {
	d := drive(t, newBoxes(50))
	d.moves("pgdown")
	d.wants(name(10))
	d.sort("price")
	d.wants(name(10))
	d.sort("price")
	d.wants(name(10))
	d.filter("box-00001")
	d.wants(name(10))
	d.filter("nothing has this")
	d.wants("")
	d.filter("")
	d.wants(name(10))
	if !d.Select(string(newBox(30).ID)) {
		t.Fatal("row 30 is shown")
	}
	d.wants(name(30))
	if d.Select("elsewhere") {
		t.Error("selected a row that is not there")
	}
	d.wants(name(30))
}

// TestUntouchedCursorStaysOnTopWhileLoading lets workspaces answer one by one.
func TestUntouchedCursorStaysOnTopWhileLoading(t *testing.T) {
	b := newBoxes(20)
	all := b.rows
	d := &driver{t: t, Pane: New(b.spec()), env: envAt(noon)}
	d.Resize(60, 11)
	answered, waiting := &model.Part{AsOf: noon}, &model.Part{}
	d.env.Snap = (&model.Snapshot{Parts: map[model.SectionKey]model.Parts{
		model.SectionComputes: {"a": answered, "b": waiting},
	}}).Seal()
	b.rows = slices.Clone(all[10:])
	d.refresh()
	d.wants(name(10))
	b.rows = slices.Clone(all[5:])
	d.refresh()
	d.wants(name(5))
	waiting.AsOf = noon
	b.rows = slices.Clone(all)
	d.refresh()
	d.wants(name(5)) // all are there: from now on it stays on its row
}

// TestCursorProperty changes everything at random: the cursor stays on its row
// for as long as that is shown, and is on some row whenever there is one.
func TestCursorProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	all := newBoxes(60).rows
	b := &boxes{rows: all}
	d := drive(t, b)
	d.moves("down")
	filters := []string{"", "ana", "state:running", "price>4", "!ben", "box-00003"}
	for step := range 2000 {
		before := d.selected()
		switch r.IntN(5) {
		case 0:
			b.rows = shuffled(all, r)[:r.IntN(len(all)+1)]
			d.refresh()
		case 1:
			d.filter(filters[r.IntN(len(filters))])
		case 2:
			d.sort([]string{"name", "owner", "up", "price"}[r.IntN(4)])
		case 3:
			d.run(d.SortNext(1-2*r.IntN(2), d.env))
		default:
			d.moves([]string{"up", "down", "pgup", "pgdown", "end"}[r.IntN(5)])
			before = ""
		}
		names := d.names()
		switch now := d.selected(); {
		case len(names) > 0 && !slices.Contains(names, now):
			t.Fatalf("step %d: the cursor is on %q, which is not shown", step, now)
		case before != "" && slices.Contains(names, before) && now != before:
			t.Fatalf("step %d: the cursor went from %q to %q", step, before, now)
		}
		inSight := slices.ContainsFunc(d.Visible(d.env), func(s Selection) bool { return s.Name == d.selected() })
		if len(names) > 0 && !inSight {
			t.Fatalf("step %d: the cursor is out of sight", step)
		}
	}
}
