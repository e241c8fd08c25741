// Package cells measures, cuts and pads text in terminal cells. Text may carry
// styles; widths are those of graphemes, so wide characters survive.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width is how many cells a line takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens a line to at most width cells, with an ellipsis where something
// was lost.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if len(s) <= width || ansi.StringWidth(s) <= width {
		return s
	}
	return ansi.Truncate(s, width, "…")
}

// Fit makes a line exactly width cells: cut or padded on the right.
func Fit(s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(s, width)
	for short := width - ansi.StringWidth(s); short > 0; short = width - ansi.StringWidth(s) {
		s += strings.Repeat(" ", short) // a space may join the character before it: then one more
	}
	return s
}

// FitRight makes a line exactly width cells, padded on the left.
func FitRight(s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(s, width)
	for short := width - ansi.StringWidth(s); short > 0; short = width - ansi.StringWidth(s) {
		s = strings.Repeat(" ", short) + s
	}
	return s
}

// Wrap breaks text into lines of at most width cells, at spaces where it can.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, width, " -/"), "\n")
}

// Blank is a line of spaces.
func Blank(width int) string { return strings.Repeat(" ", max(0, width)) }

// Block makes a rectangle: exactly height lines of exactly width cells.
func Block(lines []string, width, height int) []string {
	block := make([]string, 0, max(0, height))
	for i := range max(0, height) {
		if i < len(lines) {
			block = append(block, Fit(lines[i], width))
			continue
		}
		block = append(block, Blank(width))
	}
	return block
}
