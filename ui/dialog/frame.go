package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// frameWidth is what the border and its padding take of a box's width,
// frameHeight what the border takes of its height.
const (
	frameWidth  = 4
	frameHeight = 2
)

// frame draws a border with a title around lines, no wider and no higher than
// the canvas. footer is the last line: the keys that answer. Where the room is
// too small the footer and the last lines before it stay out of nothing: the
// middle is cut, never the answer.
func frame(c Canvas, title string, lines []string, footer string, cursor *tea.Position) Box {
	inner := cells.Width(title) + 2
	for _, l := range append([]string{footer}, lines...) {
		inner = max(inner, cells.Width(l))
	}
	inner = max(1, min(inner, c.Width-frameWidth))
	room := max(1, c.Height-frameHeight)
	if footer != "" {
		lines = append(lines[:len(lines):len(lines)], footer)
	}
	if len(lines) > room {
		keep := lines[len(lines)-1]
		lines = append(append([]string(nil), lines[:room-1]...), keep)
	}
	border := c.Theme.Border
	drawn := make([]string, 0, len(lines)+frameHeight)
	head := cells.Cut(" "+title+" ", inner)
	drawn = append(drawn, border.Render("╭─"+head+strings.Repeat("─", inner+1-cells.Width(head))+"╮"))
	for _, l := range lines {
		drawn = append(drawn, border.Render("│")+" "+cells.Fit(l, inner)+" "+border.Render("│"))
	}
	drawn = append(drawn, border.Render("╰"+strings.Repeat("─", inner+2)+"╯"))
	if cursor != nil {
		cursor = &tea.Position{X: min(cursor.X, inner) + 2, Y: min(cursor.Y, room-1) + 1}
	}
	return Box{Lines: drawn, Cursor: cursor}
}

// hint writes what keys do: "enter stop it   esc keep it". Pairs are an action
// and the words for it here.
func hint(c Canvas, pairs ...string) string {
	parts := make([]string, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		k := c.Keys.Get(keymap.ID(pairs[i])).First()
		if k == "" {
			continue
		}
		parts = append(parts, c.Theme.KeyHint.Render(k)+" "+pairs[i+1])
	}
	return strings.Join(parts, "   ")
}
