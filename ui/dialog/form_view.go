package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// View draws the form, or the list opened from it.
func (d *Form) View(c Canvas) Box {
	if d.picking != nil {
		return d.picking.View(c)
	}
	width := min(c.Width-frameWidth, 76)
	label := min(d.labels(), max(8, width-16)) // a value needs room, too
	cursor := &tea.Position{}
	var lines []string
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Hidden {
			continue
		}
		text, at := d.value(c, f, i == d.focus, max(4, width-label-3))
		bar := "  "
		if i == d.focus {
			bar = c.Theme.KeyHint.Render("▌ ")
			cursor = &tea.Position{X: 2 + label + 1 + at, Y: len(lines)}
		}
		lines = append(lines, bar+cells.Fit(f.Label, label)+" "+text)
	}
	lines = d.fitted(lines, d.verdict(c, width), c.Height-frameHeight-1, cursor)
	yes := "next"
	if d.focus == d.last() {
		yes = d.Yes
	}
	return frame(c, d.Title, lines, hint(c, string(keymap.Accept), yes, string(keymap.NextField), "field", string(keymap.Cancel), "cancel"), cursor)
}

// fitted puts the verdict below the fields. Where there is no room for all of
// it, it keeps a third, and the fields around the cursor what is left.
func (d *Form) fitted(fields, verdict []string, room int, cursor *tea.Position) []string {
	if len(verdict) == 0 || len(fields)+1+len(verdict) <= room {
		return append(append(fold(fields, room, cursor), ""), verdict...)
	}
	keep := min(len(verdict), max(1, room/3, room-len(fields)))
	fields = fold(fields, room-keep, cursor)
	fields = fields[:min(len(fields), max(1, room-keep))]
	return append(fields[:len(fields):len(fields)], verdict[:keep]...)
}

func (d *Form) labels() int {
	w := 0
	for i := range d.Fields {
		if !d.Fields[i].Hidden {
			w = max(w, cells.Width(d.Fields[i].Label))
		}
	}
	return w
}

func (d *Form) value(c Canvas, f *Field, on bool, width int) (text string, cursor int) {
	switch {
	case !f.typed():
		shown := f.shownValue()
		if on {
			return c.Theme.Input.Render(cells.Cut("‹ "+shown+" ›", width)), 2
		}
		return cells.Cut(shown, width), 0
	case f.Value() == "" && f.Hint != "":
		return c.Theme.Stale.Render(cells.Cut(f.Hint, width)), 0
	}
	text, cursor = f.line.View(width)
	return c.Theme.Input.Render(text), cursor
}

// verdict is what the values come to; what is wrong is dim until it is asked
// for, so that an empty form does not shout, and comes first from then on.
func (d *Form) verdict(c Canvas, width int) []string {
	var notes, wrong []string
	for _, n := range d.judged.Notes {
		notes = append(notes, cells.Wrap(n, width)...)
	}
	style := c.Theme.Stale
	if d.tried {
		style = c.Theme.Error
	}
	for _, e := range d.judged.Errors {
		for _, l := range cells.Wrap(e, width) {
			wrong = append(wrong, style.Render(l))
		}
	}
	if d.tried {
		return append(wrong, notes...)
	}
	return append(notes, wrong...)
}
