package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Pen is a style boiled down to what stands before and after a piece of text.
// Drawing with it costs an append; rendering a lipgloss style costs
// microseconds, which a table of a thousand cells cannot spend.
type Pen struct{ Open, Close string }

// PenOf boils a style down. Only its colours and attributes survive: padding,
// borders and sizes belong to whoever lays out.
func PenOf(s lipgloss.Style) Pen {
	const probe = "x"
	open, rest, found := strings.Cut(s.Inline(true).Render(probe), probe)
	if !found {
		return Pen{}
	}
	return Pen{Open: open, Close: rest}
}

// Write draws text into b.
func (p Pen) Write(b *strings.Builder, text string) {
	b.WriteString(p.Open)
	b.WriteString(text)
	b.WriteString(p.Close)
}

// Pens are the styles a table draws with.
type Pens struct {
	Tones    [8]Pen
	Columns  Pen
	Selected Pen
	Marked   Pen
	Stale    Pen
}

// Pens are the theme's pens. The zero Theme draws plain text.
func (t *Theme) Pens() *Pens { return &t.pens }

// seal boils down the styles that tables draw with. Whoever changes a theme's
// styles does so before.
func (t *Theme) seal() *Theme {
	for i, s := range t.Tones {
		t.pens.Tones[i] = PenOf(s)
	}
	t.pens.Tones[Money] = Pen{} // amounts fill columns: coloured they would be loud, and dear on the wire
	t.pens.Columns = PenOf(t.Columns)
	t.pens.Selected = PenOf(t.Selected)
	t.pens.Marked = PenOf(t.Marked)
	t.pens.Stale = PenOf(t.Stale)
	return t
}
