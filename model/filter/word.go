package filter

import "strings"

// word is one blank-separated piece of an expression. Bytes that stood in
// quotes are literal: no sign among them means anything.
type word struct {
	text   string
	quoted []bool // by byte of text
}

// literal reports whether any byte from i on stood in quotes.
func (w word) literal(i int) bool {
	for _, q := range w.quoted[i:] {
		if q {
			return true
		}
	}
	return false
}

// from is the rest of the word from byte i on.
func (w word) from(i int) word { return word{w.text[i:], w.quoted[i:]} }

// bare reports whether the word is exactly text, written without quotes.
func (w word) bare(text string) bool { return w.text == text && !w.literal(0) }

// words takes an expression apart. A quote left open runs to the end, because
// expressions are read while they are being typed.
func words(text string) []word {
	var (
		list   []word
		b      strings.Builder
		quoted []bool
		in     bool // within quotes
		any    bool // a word has begun, even if it is empty so far
	)
	flush := func() {
		if any {
			list = append(list, word{b.String(), quoted})
		}
		b.Reset()
		quoted, any = nil, false
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case in && c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
			quoted = append(quoted, true)
		case c == '"':
			in, any = !in, true
		case !in && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			flush()
		default:
			b.WriteByte(c)
			quoted = append(quoted, in)
			any = true
		}
	}
	flush()
	return list
}
