package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// Check is one item of a checklist.
type Check struct {
	Label string
	Note  string // beside the label: why it is chosen or not, what it comes to
	On    bool
}

// Checklist has several things chosen. Its answer is made of the ones that are.
type Checklist struct {
	Title  string
	Yes    string // what Enter does
	Items  []Check
	Sum    func(chosen []int) string // what the chosen ones come to; nil: nothing
	Answer func(chosen []int) Result

	cursor int
	height int
}

// Scope is that of typing.
func (d *Checklist) Scope() keymap.Scope { return keymap.Text }

// Resize keeps how many items fit.
func (d *Checklist) Resize(_, height int) { d.height = height }

// room is how many items are shown at once.
func (d *Checklist) room(height int) int { return max(1, height-frameHeight-3) }

// Key moves, turns items on and off, or answers. Nothing chosen is no answer.
func (d *Checklist) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	switch id {
	case keymap.Cancel:
		return cancelled
	case keymap.Accept:
		if chosen := d.chosen(); len(chosen) > 0 {
			return Outcome{Close: true, Result: d.Answer(chosen)}
		}
		return Outcome{}
	case keymap.NextItem, keymap.NextField:
		d.step(1)
	case keymap.PrevItem, keymap.PrevField:
		d.step(-1)
	case keymap.PageItems:
		d.step(d.room(d.height))
	case keymap.PageBack:
		d.step(-d.room(d.height))
	default:
		d.pressed(press.String())
	}
	return Outcome{}
}

// pressed takes the keys that mean the same in panes: nothing is typed here.
func (d *Checklist) pressed(key string) {
	switch key {
	case "space":
		if d.cursor < len(d.Items) {
			d.Items[d.cursor].On = !d.Items[d.cursor].On
		}
		d.step(1)
	case "*":
		on := len(d.chosen()) < len(d.Items)
		for k := range d.Items {
			d.Items[k].On = on
		}
	case "j":
		d.step(1)
	case "k":
		d.step(-1)
	}
}

// Paste is not an answer.
func (d *Checklist) Paste(string) Outcome { return Outcome{} }

func (d *Checklist) step(n int) { d.cursor = max(0, min(len(d.Items)-1, d.cursor+n)) }

func (d *Checklist) chosen() []int {
	var list []int
	for k := range d.Items {
		if d.Items[k].On {
			list = append(list, k)
		}
	}
	return list
}

// View draws the items around the cursor, what the chosen ones come to, and the
// whole note of the one under the cursor if its row has no room for it.
func (d *Checklist) View(c Canvas) Box {
	width := min(c.Width-frameWidth, d.widest())
	var below []string
	if d.Sum != nil {
		below = append(below, d.Sum(d.chosen()))
	}
	if note := d.Items[d.cursor].Note; cells.Width(note) > width-d.labels()-8 {
		for _, l := range cells.Wrap(note, width-2) {
			below = append(below, c.Theme.Stale.Render("  "+l))
		}
		below = below[:min(len(below), wholeLines)]
	}
	room := max(1, d.room(c.Height)-len(below))
	from := max(0, min(d.cursor-room/2, len(d.Items)-room))
	var lines []string
	for k := from; k < min(from+room, len(d.Items)); k++ {
		lines = append(lines, d.row(c, k, width))
	}
	lines = append(append(lines, below...), "")
	keys := hint(c, string(keymap.Accept), d.Yes, string(keymap.Cancel), "cancel") + "   " +
		c.Theme.KeyHint.Render("space") + " choose   " + c.Theme.KeyHint.Render("*") + " all or none"
	return frame(c, d.Title, lines, keys, nil)
}

func (d *Checklist) row(c Canvas, k, width int) string {
	item, mark := d.Items[k], "[ ] "
	if item.On {
		mark = "[x] "
	}
	bar := "  "
	if k == d.cursor {
		bar = "▌ "
	}
	plain := cells.Fit(bar+mark+cells.Fit(item.Label, d.labels())+"  "+item.Note, width)
	switch {
	case k == d.cursor:
		return c.Theme.Selected.Render(plain)
	case !item.On:
		return c.Theme.Stale.Render(plain)
	}
	return plain
}

func (d *Checklist) labels() int {
	w := 0
	for _, item := range d.Items {
		w = max(w, cells.Width(item.Label))
	}
	return min(w, 28)
}

func (d *Checklist) widest() int {
	note := 0
	for _, item := range d.Items {
		note = max(note, cells.Width(item.Note))
	}
	return max(40, 6+d.labels()+2+note)
}
