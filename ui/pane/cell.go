package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// blanks are handed out by the piece.
const blanks = "                                                                                                "

func pad(b *strings.Builder, n int) {
	for n > len(blanks) {
		b.WriteString(blanks)
		n -= len(blanks)
	}
	if n > 0 {
		b.WriteString(blanks[:n])
	}
}

// shape cuts a text to a width, with an ellipsis if something is lost, and
// tells how many cells it takes: at most width.
func shape(text string, width int) (shaped string, cells int) {
	if width <= 0 {
		return "", 0
	}
	if plain(text) {
		if len(text) <= width {
			return text, len(text)
		}
		return text[:width-1] + "…", width
	}
	text = agreed(clean(text))
	if cells = ansi.StringWidth(text); cells > width {
		text = ansi.Truncate(text, width, "…")
		cells = ansi.StringWidth(text)
	}
	if cells > width || ansi.StringWidth(" "+text+" ") != cells+2 || ansi.StringWidthWc(text) != cells {
		return shape(spelled(text), width) // its width depends on what stands beside it
	}
	return text, cells
}

// place writes a text into exactly width cells.
func place(b *strings.Builder, text string, width int, align Align) {
	shaped, cells := shape(text, width)
	if align == Right {
		pad(b, width-cells)
		b.WriteString(shaped)
		return
	}
	b.WriteString(shaped)
	pad(b, width-cells)
}
