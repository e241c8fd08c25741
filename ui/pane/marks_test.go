package pane

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestMarksSurviveAndArePruned(t *testing.T) {
	b := newBoxes(20)
	all := b.rows
	d := drive(t, b)
	d.Mark()
	d.wants(name(1)) // marking goes down
	d.Mark()
	d.sort("price")
	b.rows = slices.Clone(all)
	d.refresh()
	if d.Marks() != 2 {
		t.Fatalf("%d marks, want 2", d.Marks())
	}
	d.filter("box-000009")
	if d.Marks() != 2 {
		t.Error("a filter takes marks away")
	}
	d.filter("")
	b.rows = slices.Clone(all[1:])
	d.refresh()
	if d.Marks() != 1 {
		t.Errorf("%d marks, want 1: a marked row is gone", d.Marks())
	}
	b.rows = slices.Clone(all)
	d.refresh()
	if d.Marks() != 1 {
		t.Errorf("%d marks, want 1: a row that comes back is not marked", d.Marks())
	}
	if !d.ClearMarks() || d.ClearMarks() || d.Marks() != 0 {
		t.Error("ClearMarks is wrong about what there was")
	}
}

func TestMarkAll(t *testing.T) {
	d := drive(t, newBoxes(20))
	d.filter("owner=ana")
	d.MarkAll()
	shown, total := d.Counts()
	if d.Marks() != shown || shown >= total {
		t.Fatalf("%d marks of %d rows shown, %d in all", d.Marks(), shown, total)
	}
	d.filter("")
	d.MarkAll()
	if d.Marks() != total {
		t.Errorf("%d marks, want %d", d.Marks(), total)
	}
	d.MarkAll()
	if d.Marks() != 0 {
		t.Errorf("%d marks, want none: all were marked", d.Marks())
	}
}

func TestMarkRange(t *testing.T) {
	d := drive(t, newBoxes(20))
	marker := d.Pane.(RangeMarker)
	if marker.MarkRange() {
		t.Error("a range from no mark")
	}
	d.moves("down", "down")
	d.Mark() // 2
	d.moves("down", "down")
	if !marker.MarkRange() || d.Marks() != 4 { // 2 to 5
		t.Errorf("%d marks downwards, want 4", d.Marks())
	}
	d.moves("home")
	if !marker.MarkRange() || d.Marks() != 6 { // 0 to 5
		t.Errorf("%d marks upwards, want 6", d.Marks())
	}
}

func TestOffersComeInTheOrderShown(t *testing.T) {
	d := drive(t, newBoxes(60)) // many and few marks are looked up differently
	for _, marks := range []int{1, 2, 30} {
		d.ClearMarks()
		d.moves("home")
		for range marks {
			d.Mark()
		}
		d.sort("price")
		var got, want []string
		o := d.Offers(d.env)[0]
		for _, row := range o.Rows {
			got = append(got, row.Name)
		}
		for _, n := range d.names() {
			if slices.ContainsFunc(o.Rows, func(s Selection) bool { return s.Name == n }) {
				want = append(want, n)
			}
		}
		if len(o.Rows)+len(o.Refused) != marks || !slices.Equal(got, want) {
			t.Errorf("%d marks: offered %v, want %v", marks, got, want)
		}
	}
}

func TestOffers(t *testing.T) {
	d := drive(t, newBoxes(20))
	offers := d.Offers(d.env)
	if len(offers) != 4 || offers[0].Err != nil || offers[0].Commands[0].Name != name(0) || !offers[2].Form {
		t.Fatalf("for the row under the cursor: %+v", offers)
	}
	d.moves("down") // box 1 is stopped
	if o := d.Offers(d.env)[0]; !errors.Is(o.Err, errStopped) || len(o.Commands) != 0 || len(o.Refused) != 1 {
		t.Errorf("for a stopped row: %+v", o)
	}
	d.Mark()
	d.Mark()
	d.Mark() // 1, 2, 3
	offers = d.Offers(d.env)
	if o := offers[0]; o.Err != nil || len(o.Commands) != 2 || o.Commands[0].Name != name(2) || o.Rows[1].Name != name(3) ||
		len(o.Refused) != 1 || o.Refused[0].Name != name(1) {
		t.Errorf("for marked rows: %+v", o)
	}
	if offers[1].Err == nil {
		t.Error("copy takes one row at a time")
	}
	d.env.Snap = (&model.Snapshot{ReadOnly: true}).Seal()
	if offers = d.Offers(d.env); len(offers) != 1 || offers[0].ID != "copy" {
		t.Errorf("read-only: %+v", offers)
	}
	empty := drive(t, &boxes{})
	if o := empty.Offers(empty.env)[0]; !errors.Is(o.Err, ErrNoRow) {
		t.Errorf("without rows: %+v", o)
	}
	if o := empty.Offers(empty.env)[3]; o.Err != nil || !o.Form || !o.Mutates {
		t.Errorf("something new, without rows: %+v", o)
	}
}

// sum is the tally the slow way.
func sum(rows []*box, now time.Time) model.Tally {
	tally := model.NewTally(now)
	for _, r := range rows {
		tally.Add(r.Meter, time.UTC)
	}
	return tally
}

func TestTally(t *testing.T) {
	b := newBoxes(40)
	d := drive(t, b)
	if got, want := d.Tally(), sum(b.rows, noon); got != want {
		t.Errorf("of all rows: %+v, want %+v", got, want)
	}
	var anas []*box
	for _, r := range b.rows {
		if r.Owner == "ana" {
			anas = append(anas, r)
		}
	}
	d.filter("owner=ana")
	if got, want := d.Tally(), sum(anas, noon); got != want {
		t.Errorf("of ana's rows: %+v, want %+v", got, want)
	}
	d.filter("")
	d.Mark()
	d.Mark()
	d.Mark()
	d.moves("up")
	d.Mark() // no longer the third
	if got, want := d.Tally(), sum(b.rows[:2], noon); got != want {
		t.Errorf("of the marked rows: %+v, want %+v", got, want)
	}
	d.ClearMarks()
	d.env.Now = noon.Add(13 * time.Hour) // tomorrow, one o'clock
	d.run(d.Tick(d.env))
	if got, want := d.Tally(), sum(b.rows, d.env.Now); got != want {
		t.Errorf("on a new day: %+v, want %+v", got, want)
	}
}
