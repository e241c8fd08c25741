package pane

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func widths(list []slot) map[int]int {
	m := map[int]int{}
	for _, s := range list {
		m[s.column] = s.width
	}
	return m
}

func TestFit(t *testing.T) {
	columns := []measure{
		{min: 10, max: 20, grow: 2},
		{min: 6, max: 12, grow: 1, drop: 2},
		{min: 8, max: 8},
		{min: 6, max: 10, drop: 3},
		{min: 7, max: 7, drop: 1},
	}
	for _, c := range []struct {
		width, skip int
		want        map[int]int
	}{
		{0, 0, map[int]int{}},
		{3, 0, map[int]int{}},
		{4, 0, map[int]int{0: 1}},
		{14, 0, map[int]int{0: 11}},
		{15, 0, map[int]int{0: 10, 2: 1}},
		{22, 0, map[int]int{0: 10, 2: 8}},
		{30, 0, map[int]int{0: 10, 2: 8, 4: 7}},
		{44, 0, map[int]int{0: 10, 1: 6, 2: 8, 3: 6, 4: 7}},
		{50, 0, map[int]int{0: 14, 1: 8, 2: 8, 3: 6, 4: 7}},
		{120, 0, map[int]int{0: 20, 1: 12, 2: 8, 3: 10, 4: 7}},
		{30, 2, map[int]int{0: 12, 3: 6, 4: 7}},
		{30, 3, map[int]int{0: 19, 4: 7}},
	} {
		got := widths(fit(columns, c.width, c.skip))
		if len(got) != len(c.want) {
			t.Errorf("width %d, skip %d: %v, want %v", c.width, c.skip, got, c.want)
			continue
		}
		for column, width := range c.want {
			if got[column] != width {
				t.Errorf("width %d, skip %d: %v, want %v", c.width, c.skip, got, c.want)
			}
		}
	}
}

// TestFitProperty: whatever the declaration, slots fit the room, keep to their
// bounds, keep the first column, and more room never shows fewer columns.
func TestFitProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	for range 3000 {
		columns := make([]measure, 1+r.IntN(12))
		for i := range columns {
			columns[i].min = 1 + r.IntN(12)
			columns[i].max = columns[i].min + r.IntN(15)
			columns[i].grow, columns[i].drop = r.IntN(3), r.IntN(6)
		}
		width := r.IntN(200)
		for skip := 0; skip <= maxSkip(columns, width); skip++ {
			list := fit(columns, width, skip)
			if width > gutter && breadth(list, gap(width)) > width-gutter {
				t.Fatalf("%v at %d, skip %d: too wide: %v", columns, width, skip, list)
			}
			for i, s := range list {
				m := columns[s.column]
				if s.width > m.max || s.width < m.min && i > 1 || s.width < 1 || (i == 0) != (s.column == 0) {
					t.Fatalf("%v at %d, skip %d: out of bounds: %v", columns, width, skip, list)
				}
			}
		}
		reached := map[int]bool{}
		for skip := 0; skip <= maxSkip(columns, width); skip++ {
			for _, s := range fit(columns, width, skip) {
				reached[s.column] = true
			}
		}
		if last := len(columns) - 1; width > 40 && !reached[last] {
			t.Fatalf("%v at %d: the last column cannot be reached", columns, width)
		}
	}
}

func TestDropOrder(t *testing.T) {
	d := drive(t, newBoxes(3))
	d.Resize(36, 5)
	var shown []string
	for _, c := range d.Columns() {
		if c.Shown {
			shown = append(shown, c.ID)
		}
	}
	if want := []string{"name", "state", "price"}; !slices.Equal(shown, want) {
		t.Errorf("at 36 cells: %v, want %v", shown, want)
	}
}
