package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// Item is one choice of a picker.
type Item struct {
	Label  string
	Note   string // beside the label: a price, or why it cannot be chosen
	Off    bool   // shown with its note, cannot be chosen
	Result Result
}

// Picker offers a list; typing narrows it down.
type Picker struct {
	Title string
	Items []Item
	Yes   string   // what Enter does
	Notes []string // below the items: what holds for all of them

	line   Line
	shown  []int // indexes of Items that match
	cursor int   // index into shown
	height int
}

// NewPicker is a picker with the cursor on the item with a label, else on the
// first that can be chosen.
func NewPicker(title, yes string, items []Item, current string) *Picker {
	p := &Picker{Title: title, Yes: yes, Items: items}
	p.match()
	for i, n := range p.shown {
		if current != "" && items[n].Label == current {
			p.cursor = i
		}
	}
	return p
}

// Scope is that of typing.
func (d *Picker) Scope() keymap.Scope { return keymap.Text }

// Resize keeps how many items fit.
func (d *Picker) Resize(_, height int) { d.height = height }

// room is how many items are shown at once.
func (d *Picker) room() int { return max(1, min(14, d.height-frameHeight-3)) }

// Key moves, narrows down or chooses.
func (d *Picker) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	switch id {
	case keymap.Cancel:
		return cancelled
	case keymap.Accept:
		if d.cursor < len(d.shown) && !d.Items[d.shown[d.cursor]].Off {
			return Outcome{Close: true, Result: d.Items[d.shown[d.cursor]].Result}
		}
	case keymap.NextItem, keymap.NextField:
		d.step(1)
	case keymap.PrevItem, keymap.PrevField:
		d.step(-1)
	case keymap.PageItems:
		d.step(d.room())
	case keymap.PageBack:
		d.step(-d.room())
	default:
		if d.line.Key(press) {
			d.match()
		}
	}
	return Outcome{}
}

// Paste narrows down by what was pasted.
func (d *Picker) Paste(text string) Outcome {
	d.line.Insert(text)
	d.match()
	return Outcome{}
}

func (d *Picker) step(n int) {
	d.cursor = max(0, min(len(d.shown)-1, d.cursor+n))
}

// match keeps the items that hold every typed word, or else those whose letters
// come in the order typed, and goes to the first that can be chosen.
func (d *Picker) match() {
	words := strings.Fields(strings.ToLower(d.line.String()))
	d.shown = d.keep(words, strings.Contains)
	if len(d.shown) == 0 {
		d.shown = d.keep(words, inOrder)
	}
	d.cursor = max(0, slices.IndexFunc(d.shown, func(i int) bool { return !d.Items[i].Off }))
}

// keep are the items in which every word is found.
func (d *Picker) keep(words []string, found func(text, word string) bool) []int {
	var kept []int
	for i, item := range d.Items {
		text := strings.ToLower(item.Label + " " + item.Note)
		if !slices.ContainsFunc(words, func(w string) bool { return !found(text, w) }) {
			kept = append(kept, i)
		}
	}
	return kept
}

// inOrder reports whether text holds the letters of a word in their order.
func inOrder(text, word string) bool {
	for _, r := range word {
		_, after, found := strings.Cut(text, string(r))
		if !found {
			return false
		}
		text = after
	}
	return true
}

// View draws the field and the items around the cursor.
func (d *Picker) View(c Canvas) Box {
	width := min(c.Width-frameWidth, d.widest())
	text, at := d.line.View(max(1, width-2))
	lines, cursor := []string{c.Theme.KeyHint.Render("> ") + c.Theme.Input.Render(text)}, &tea.Position{X: at + 2}
	if c.Height-frameHeight < 3 { // a choice is more use than the field
		lines, cursor = nil, nil
	}
	whole := d.whole(c, width)
	for _, n := range d.Notes {
		for _, l := range cells.Wrap(n, width) {
			whole = append(whole, c.Theme.Stale.Render(l))
		}
	}
	room := max(1, min(14, c.Height-frameHeight-3-len(whole)))
	from := max(0, min(d.cursor-room/2, len(d.shown)-room))
	for i := from; i < min(from+room, len(d.shown)); i++ {
		lines = append(lines, d.row(c, d.Items[d.shown[i]], i == d.cursor, width))
	}
	if len(d.shown) == 0 {
		lines = append(lines, c.Theme.Tone(1).Render("nothing matches"))
	}
	lines = append(lines, whole...)
	return frame(c, d.Title, append(lines, ""), hint(c, string(keymap.Accept), d.Yes, string(keymap.Cancel), "cancel"), cursor)
}

// wholeLines is how many lines the note under the cursor may take.
const wholeLines = 4

// whole is the note of the item under the cursor where its row has no room for
// it: why something cannot be chosen should be readable.
func (d *Picker) whole(c Canvas, width int) []string {
	if d.cursor >= len(d.shown) {
		return nil
	}
	item := d.Items[d.shown[d.cursor]]
	if cells.Width(item.Note) <= width-d.labelRoom(width)-4 {
		return nil
	}
	var lines []string
	note := strings.Join(strings.Fields(item.Note), " ") // columns are of no use where lines wrap
	for _, l := range cells.Wrap(note, width-2) {
		lines = append(lines, c.Theme.Stale.Render("  "+l))
	}
	return lines[:min(len(lines), wholeLines)]
}

// labelRoom is how wide the labels are drawn.
func (d *Picker) labelRoom(width int) int { return min(d.labelWidth(), max(8, width/2)) }

func (d *Picker) row(c Canvas, item Item, on bool, width int) string {
	bar := "  "
	if on {
		bar = "▌ "
	}
	plain := cells.Fit(bar+cells.Fit(item.Label, d.labelRoom(width))+"  "+item.Note, width)
	if item.Note == "" {
		plain = cells.Fit(bar+item.Label, width)
	}
	switch {
	case on:
		return c.Theme.Selected.Render(plain)
	case item.Off:
		return c.Theme.Stale.Render(plain)
	}
	return plain
}

func (d *Picker) labelWidth() int {
	w := 0
	for _, item := range d.Items {
		w = max(w, cells.Width(item.Label))
	}
	return w
}

func (d *Picker) widest() int {
	note := 0
	for _, item := range d.Items {
		note = max(note, cells.Width(item.Note))
	}
	return max(30, 2+d.labelWidth()+2+note)
}
