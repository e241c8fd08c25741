package pane

import (
	"strings"
	"unicode"

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

// plain reports whether a text is printable ASCII: one cell a byte.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// clean makes a text fit for one line: whatever could move the cursor or
// drive the terminal becomes a blank, escape sequences go, and so does what
// would cling to the blank before the text.
func clean(text string) string {
	text = ansi.Strip(strings.ToValidUTF8(text, "�"))
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
	return strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.M, unicode.Cf, unicode.Variation_Selector)
	})
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
	text = clean(text)
	if cells = ansi.StringWidth(text); cells > width {
		text = ansi.Truncate(text, width, "…")
		cells = ansi.StringWidth(text)
	}
	if cells > width || ansi.StringWidth(" "+text+" ") != cells+2 {
		return shape(spelled(text), width) // its width depends on what stands beside it
	}
	return text, cells
}

// spelled replaces whatever is not printable ASCII: the last resort for texts
// that cannot be measured.
func spelled(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
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
