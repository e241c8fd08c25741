package pane

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

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

// agreed is a text on whose width all terminals agree. Some measure an emoji of
// several parts as one, others add the parts up; it is cut down to its first.
func agreed(text string) string {
	if ansi.StringWidth(text) == ansi.StringWidthWc(text) {
		return text
	}
	var b strings.Builder
	for text != "" {
		cluster, cells := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(cluster):]
		if cells != ansi.StringWidthWc(cluster) {
			_, n := utf8.DecodeRuneInString(cluster)
			if cluster = cluster[:n]; ansi.StringWidth(cluster) != ansi.StringWidthWc(cluster) {
				cluster = "?"
			}
		}
		b.WriteString(cluster)
	}
	return b.String()
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
