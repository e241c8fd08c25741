package pane

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/theme"
)

var themes = []*theme.Theme{theme.New(true, false), theme.New(false, false), theme.New(false, true)}

// exact checks that a view is height lines of width cells.
func exact(t *testing.T, lines []string, width, height int) {
	t.Helper()
	if len(lines) != height {
		t.Fatalf("%d×%d: %d lines", width, height, len(lines))
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got != width || strings.ContainsAny(ansi.Strip(line), "\n\r\t\x1b") {
			t.Fatalf("%d×%d: line %d is %d cells: %q", width, height, i, got, line)
		}
	}
}

// wild are texts that are hard to measure.
var wild = []string{
	"", "a", "plain-name", "日本語クラスター", "e\u0301cole", "👩‍👩‍👧‍👦 family", "🇪🇺 flags", "tab\there", "line\nbreak", "\x1b[31mred\x1b[m",
	"bell\a", "bad\xff\xfeutf", "zero\u200bwidth", "bidi\u202eevil", "very long " + strings.Repeat("日本", 30), "️", "\u0301", "ﷺ", "\x9b31m",
}

func TestViewIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	for round := range 400 {
		b := newBoxes(r.IntN(30))
		for i, row := range b.rows {
			row = &box{ID: row.ID, Name: wild[r.IntN(len(wild))], Owner: wild[r.IntN(len(wild))],
				State: wild[r.IntN(len(wild))], Price: row.Price, Since: row.Since}
			b.rows[i] = row
		}
		d := drive(t, b)
		d.Resize(r.IntN(130), r.IntN(30))
		for range r.IntN(10) {
			d.moves([]string{"down", "pgdown", "right", "left", "end", "up"}[r.IntN(6)])
			if r.IntN(3) == 0 {
				d.Mark()
			}
		}
		width, height := r.IntN(130), r.IntN(30)
		exact(t, d.View(width, height, d.env, themes[round%len(themes)]), width, height)
	}
}

func TestViewIsExactAtEverySize(t *testing.T) {
	d := drive(t, newBoxes(12))
	d.Mark()
	for width := range 90 {
		for _, height := range []int{0, 1, 2, 3, 12, 40} {
			d.Resize(width, height)
			for range 5 {
				exact(t, d.View(width, height, d.env, themes[0]), width, height)
				d.moves("right")
			}
			d.moves("left", "left", "left", "left", "left")
		}
	}
}

func TestViewChangesNothing(t *testing.T) {
	d := drive(t, newBoxes(40))
	d.moves("pgdown")
	first := strings.Join(d.View(60, 11, d.env, themes[0]), "\n")
	d.View(10, 3, d.env, themes[0])
	d.View(200, 60, d.env, themes[0])
	if again := strings.Join(d.View(60, 11, d.env, themes[0]), "\n"); again != first {
		t.Error("a view differs after others")
	}
}

func TestGolden(t *testing.T) {
	for _, size := range []struct{ width, height int }{{120, 14}, {80, 12}, {60, 10}, {40, 10}, {24, 6}, {12, 4}} {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			b := newBoxes(30)
			b.rows[2] = &box{ID: b.rows[2].ID, Name: "box-000002 日本語クラスターの計算機一号", Owner: "zoé 👩‍💻", State: "Running", Price: 1234.5}
			d := drive(t, b)
			d.Resize(size.width, size.height)
			d.moves("down", "down", "down")
			d.Mark()
			golden.RequireEqual(t, ansi.Strip(strings.Join(d.View(size.width, size.height, d.env, themes[0]), "\n")+"\n"))
		})
	}
}

func TestGoldenScrolled(t *testing.T) {
	d := drive(t, newBoxes(30))
	d.Resize(40, 8)
	d.sort("price")
	d.moves("right", "right")
	golden.RequireEqual(t, ansi.Strip(strings.Join(d.View(40, 8, d.env, themes[0]), "\n")+"\n"))
}

func TestGoldenStyled(t *testing.T) {
	for i, name := range []string{"dark", "light", "mono"} {
		t.Run(name, func(t *testing.T) {
			d := drive(t, newBoxes(8))
			d.Mark()
			d.env.Snap = (&model.Snapshot{Parts: map[model.SectionKey]model.Parts{}}).Seal()
			golden.RequireEqual(t, strings.Join(d.View(60, 6, d.env, themes[i]), "\n")+"\n")
		})
	}
}

// TestSelectionNeedsNoColour tells selected and marked rows apart by glyphs.
func TestSelectionNeedsNoColour(t *testing.T) {
	d := drive(t, newBoxes(5))
	d.Mark()
	lines := d.View(60, 6, d.env, themes[2])
	for i, want := range []string{" ✓ " + name(0), cursorBar + "  " + name(1), "   " + name(2)} {
		if got := ansi.Strip(lines[i+1]); !strings.HasPrefix(got, want) {
			t.Errorf("line %d is %q, want it to begin with %q", i+1, got, want)
		}
	}
}

func TestColumnsStandStillWhileScrolling(t *testing.T) {
	b := newBoxes(200)
	for i, row := range b.rows {
		row.Name += strings.Repeat("x", i%30)
	}
	d := drive(t, b)
	header := d.View(60, 11, d.env, themes[0])[0]
	for range 20 {
		d.moves("pgdown")
		if now := d.View(60, 11, d.env, themes[0])[0]; now != header {
			t.Fatalf("the header went from %q to %q", header, now)
		}
	}
}

func TestStaleRowsAreDim(t *testing.T) {
	d := drive(t, newBoxes(3))
	d.moves("end")
	dim := themes[0].Pens().Stale.Open
	part := &model.Part{Scope: "ws-000", AsOf: noon}
	d.env.Snap = (&model.Snapshot{Parts: map[model.SectionKey]model.Parts{
		model.SectionComputes: {"ws-000": part},
	}}).Seal()
	stale := func() bool { return strings.HasPrefix(d.View(60, 5, d.env, themes[0])[1], dim) }
	if stale() {
		t.Error("fresh rows are dim")
	}
	d.env.Now = noon.Add(time.Hour)
	if !stale() {
		t.Error("rows an hour old are not dim")
	}
	d.env.Snap.Clock.Speed = 60
	if stale() {
		t.Error("at sixty times the speed an hour is a minute")
	}
	d.env.Now = noon
	part.Err = errors.New("forbidden")
	if !stale() {
		t.Error("rows that could not be read again are not dim")
	}
}

func TestEmptyPaneSaysWhy(t *testing.T) {
	b := &boxes{}
	d := &driver{t: t, Pane: New(b.spec()), env: envAt(noon)}
	d.Resize(60, 4)
	says := func(want string) {
		t.Helper()
		if got := ansi.Strip(d.View(60, 4, d.env, themes[0])[1]); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	says("reading")
	part := &model.Part{Scope: "w", Name: "vision"}
	d.env.Snap = (&model.Snapshot{Parts: map[model.SectionKey]model.Parts{model.SectionComputes: {"w": part}}}).Seal()
	d.refresh()
	says("waiting for the first answer")
	part.Err = errors.New("not permitted")
	says("could not be read: not permitted")
	part.Err, part.AsOf = nil, noon
	says("There are no boxes.")
	b.rows = newBoxes(3).rows
	d.refresh()
	d.filter("zebra")
	says("no row matches zebra")
}

func TestRowAt(t *testing.T) {
	d := drive(t, newBoxes(30))
	d.moves("end") // rows 20 to 29 are in sight
	if _, ok := d.RowAt(0); ok {
		t.Error("the header is no row")
	}
	if id, ok := d.RowAt(1); !ok || id != newBox(20).ID {
		t.Errorf("line 1 is %q", id)
	}
	if id, ok := d.RowAt(10); !ok || id != newBox(29).ID {
		t.Errorf("line 10 is %q", id)
	}
	if _, ok := d.RowAt(11); ok {
		t.Error("there is a row below the table")
	}
}
