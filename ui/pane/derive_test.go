package pane

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

func TestSameSliceCostsNothing(t *testing.T) {
	b := newBoxes(20)
	d := drive(t, b)
	table := d.Pane.(*table[*box, boxID])
	gen := table.gen
	d.env.Snap = (&model.Snapshot{Seq: 2}).Seal()
	d.refresh()
	if table.gen != gen {
		t.Error("the same slice was derived again")
	}
	b.rows = slices.Clone(b.rows)
	d.refresh()
	if table.gen == gen {
		t.Error("another slice was not derived")
	}
}

func TestBadFilterKeepsTheRows(t *testing.T) {
	d := drive(t, newBoxes(20))
	d.filter("ana")
	before := d.names()
	for text, want := range map[string]string{"ana(": `"ana("`, "weight>5": "name, owner, state, up, price"} {
		_, err := d.SetFilter(text, d.env)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %s", text, err, want)
		}
	}
	if !slices.Equal(d.names(), before) || d.Filter() != "ana" {
		t.Errorf("the rows changed: filter %q, rows %v", d.Filter(), d.names())
	}
}

func TestFilterOnColumns(t *testing.T) {
	b := newBoxes(120)
	d := drive(t, b)
	minutes := func(b *box) float64 { return noon.Sub(b.Since).Minutes() }
	for text, holds := range map[string]func(*box) bool{
		"":                      func(*box) bool { return true },
		"price>12":              func(b *box) bool { return b.Price > 12 },
		"price<=1":              func(b *box) bool { return b.Price >= 0 && b.Price <= 1 },
		"price>10 state:run":    func(b *box) bool { return b.Price > 10 && b.State == "Running" },
		"up>99m owner:zo":       func(b *box) bool { return !b.Since.IsZero() && minutes(b) > 99 && b.Owner == "zoé" },
		"up<99m":                func(b *box) bool { return !b.Since.IsZero() && minutes(b) < 99 },
		"ZOÉ":                   func(b *box) bool { return b.Owner == "zoé" },
		"-f bx119":              func(b *box) bool { return b.Name == name(119) },
		"^box-00011[0-9]$ !ana": func(b *box) bool { return b.Name >= name(110) && b.Name <= name(119) && b.Owner != "ana" },
		"!state=failed":         func(b *box) bool { return b.State != "Failed" },
	} {
		d.filter(text)
		var want []string
		for _, r := range b.rows {
			if holds(r) {
				want = append(want, r.Name)
			}
		}
		if got := d.names(); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		if shown, total := d.Counts(); shown != len(want) || total != len(b.rows) {
			t.Errorf("%q: counts %d of %d", text, shown, total)
		}
	}
}

// large is a pane of many rows, whose derivations run in the background.
func large(t *testing.T) (*driver, *boxes) {
	b := newBoxes(3 * inline)
	return drive(t, b), b
}

func TestLargeListsAreDerivedInTheBackground(t *testing.T) {
	b := newBoxes(3 * inline)
	d := &driver{t: t, Pane: New(b.spec()), env: envAt(noon)}
	d.Resize(60, 11)
	cmd := d.SetData(d.env)
	if cmd == nil {
		t.Fatal("derived on the loop")
	}
	if shown, _ := d.Counts(); shown != 0 {
		t.Fatal("rows before the derivation is back")
	}
	d.run(cmd)
	if shown, total := d.Counts(); shown != len(b.rows) || total != len(b.rows) {
		t.Errorf("%d of %d rows", shown, total)
	}
	if d.Apply(tea.KeyPressMsg{}) || New(b.spec()).Apply(derivedMsg[*box, boxID]{owner: d.Pane.(*table[*box, boxID])}) {
		t.Error("took a message of somebody else")
	}
}

func TestStaleGenerationsAreDropped(t *testing.T) {
	d, b := large(t)
	first, _ := d.SetFilter("box-00001", d.env)
	second, _ := d.SetFilter("box-00012", d.env)
	answer := second()
	d.run(first) // gives up, or is dropped
	if shown, _ := d.Counts(); shown != len(b.rows) {
		t.Errorf("%d rows of a query nobody wants", shown)
	}
	if !d.Apply(answer) {
		t.Fatal("not its own message")
	}
	if shown, _ := d.Counts(); shown != 10 {
		t.Errorf("%d rows, want 10", shown)
	}
	d.run(first)
	if shown, _ := d.Counts(); shown != 10 {
		t.Errorf("%d rows: an old answer overtook a new one", shown)
	}
}

func TestDataGoesOnUnderAFilter(t *testing.T) {
	d, b := large(t)
	d.filter("box-00000")
	d.moves("down", "down")
	for range 3 {
		rows := slices.Clone(b.rows[1:])
		fresh := *rows[4]
		fresh.Owner = "dora"
		rows[4] = &fresh
		b.rows = rows
		d.refresh()
	}
	d.wants(name(3)) // 2 is gone
	if shown, total := d.Counts(); shown != 7 || total != 3*inline-3 {
		t.Errorf("%d of %d rows, want 7", shown, total)
	}
	d.filter("dora")
	if shown, _ := d.Counts(); shown != 3 {
		t.Errorf("%d rows of dora's, want 3: texts are old", shown)
	}
}

// TestLoopGoesOnWhileDeriving works the pane while a derivation runs beside it:
// the race detector watches that they share nothing that is written to.
func TestLoopGoesOnWhileDeriving(t *testing.T) {
	d, b := large(t)
	for round, text := range []string{"ana", "price>3", "box.*7", ""} {
		cmd, err := d.SetFilter(text, d.env)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan tea.Msg, 2)
		go func() { done <- cmd() }()
		b.rows = slices.Clone(b.rows)
		fresh := *b.rows[round]
		b.rows[round] = &fresh
		data := d.SetData(d.env)
		go func() { done <- data() }()
		for range 50 {
			d.moves("down", "pgdown", "up")
			d.Mark()
			d.View(60, 11, d.env, themes[0])
			d.Offers(d.env)
		}
		d.Apply(<-done)
		d.Apply(<-done)
		if shown, total := d.Counts(); total != len(b.rows) || (text == "") != (shown == total) {
			t.Errorf("%q: %d of %d rows", text, shown, total)
		}
	}
}

func TestTextsAreWrittenAhead(t *testing.T) {
	d, _ := large(t)
	table := d.Pane.(*table[*box, boxID])
	if table.shown.texts != nil {
		t.Fatal("texts before the first rows are shown")
	}
	d.run(d.Tick(d.env))
	if table.data.texts == nil {
		t.Error("no texts after a tick")
	}
	if d.Tick(d.env) != nil {
		t.Error("a tick has something to do when nothing is to be done")
	}
}

func TestExports(t *testing.T) {
	d := drive(t, newBoxes(9))
	d.filter("price>2")
	header, rows := d.Records(d.env)
	if !slices.Equal(header, []string{"name", "owner", "state", "up", "price"}) || len(rows) != 2 {
		t.Fatalf("%v, %v", header, rows)
	}
	if want := []string{name(7), "carla@contoso.example", "Stopped", "7m", "2.17"}; !slices.Equal(rows[0], want) {
		t.Errorf("%v, want %v", rows[0], want)
	}
}

// Marking all means the rows the filter asks for, also while those of the
// filter before are still in sight.
func TestMarkAllWaitsForTheFilter(t *testing.T) {
	d, b := large(t)
	cmd, _ := d.SetFilter("box-00012", d.env)
	d.MarkAll()
	if d.Marks() != 0 || !d.Pane.(Deriver).Deriving() {
		t.Fatalf("%d marks of %d rows nobody asked for", d.Marks(), len(b.rows))
	}
	d.run(cmd)
	if d.Marks() != 10 || d.Pane.(Deriver).Deriving() {
		t.Fatalf("%d marks, want 10", d.Marks())
	}
	d.ClearMarks()
	cmd, _ = d.SetFilter("box-00013", d.env)
	d.MarkAll()
	again, _ := d.SetFilter("box-00014", d.env) // that was not meant for this one
	d.run(cmd)
	d.run(again)
	if d.Marks() != 0 {
		t.Errorf("%d marks", d.Marks())
	}
}

// What no cell reads leaves the texts of a long list alone.
func TestTextsOutliveListsMadeAnew(t *testing.T) {
	ws := func(name, kind string) *model.Workspace {
		return &model.Workspace{ID: "ws", Resource: model.Resource{Name: name}, Kind: kind}
	}
	op := func(phase model.Phase, progress string) *model.Operation {
		return &model.Operation{ID: "1", Phase: phase, Progress: progress}
	}
	was := basis{[]*model.Workspace{ws("a", "Default")}, []*model.Operation{op(model.PhaseRunning, "10 %")}}
	for name, tt := range map[string]struct {
		now  basis
		want bool
	}{
		"a kind and a progress": {basis{[]*model.Workspace{ws("a", "Hub")}, []*model.Operation{op(model.PhaseRunning, "20 %")}}, true},
		"another name":          {basis{[]*model.Workspace{ws("b", "Default")}, was.operations}, false},
		"another phase":         {basis{was.workspaces, []*model.Operation{op(model.PhaseVerifying, "10 %")}}, false},
		"a workspace less":      {basis{nil, was.operations}, false},
		"an operation more":     {basis{was.workspaces, append([]*model.Operation{op(model.PhaseGrace, "")}, was.operations...)}, false},
	} {
		if got := tt.now.readsAs(was); got != tt.want {
			t.Errorf("%s: reads the same is %t", name, got)
		}
	}
}
