package azure

import (
	"strings"
	"unicode/utf8"
)

// Text from outside may hold what a terminal obeys. clean, cleanLog and
// cleanJSON are the one place where it is neutralised: what remains is
// visible, so that a name made to deceive looks it.

// clean makes a one-line text safe to print: control characters become their
// pictures (ESC becomes ␛), line breaks and tabs become spaces, and characters
// that turn the writing direction become U+FFFD.
func clean(s string) string {
	if isClean(s, false) {
		return s
	}
	return strings.Map(func(r rune) rune { return visible(r, false) }, strings.ToValidUTF8(s, "\uFFFD"))
}

// cleanLog is clean for a text of many lines: line breaks and tabs stay, a
// lone carriage return (a progress bar) starts a new line, and colours are
// dropped.
func cleanLog(s string) string {
	if isClean(s, true) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune { return visible(r, true) }, dropColours(s))
}

// isClean is the fast path: plain ASCII without control characters.
func isClean(s string, lines bool) bool {
	for i := 0; i < len(s); i++ {
		if b := s[i]; b < ' ' && !(lines && (b == '\n' || b == '\t')) || b >= 0x7f {
			return false
		}
	}
	return true
}

// visible is the rune to print for a rune from outside.
func visible(r rune, lines bool) rune {
	switch {
	case r == '\n' || r == '\t':
		if lines {
			return r
		}
		return ' '
	case r == '\r':
		if lines {
			return '\n'
		}
		return ' '
	case r < ' ':
		return '\u2400' + r // the control pictures stand in the same order
	case r == 0x7f:
		return '\u2421'
	case r >= 0x80 && r < 0xa0: // C1: a terminal may take 0x9b for ESC [
		return utf8.RuneError
	case turnsDirection(r), isUnseen(r), r == '\u2028', r == '\u2029':
		return utf8.RuneError
	default:
		return r
	}
}

// turnsDirection reports the bidirectional controls, with which a name can be
// made to read as another.
func turnsDirection(r rune) bool {
	return r == '\u061c' || r == '\u200e' || r == '\u200f' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// isUnseen reports characters that take no room and leave no mark, with which
// one name can be made to look like another. Joiners stay: scripts and emoji
// are written with them.
func isUnseen(r rune) bool {
	switch {
	case r == '\u00ad', r == '\u034f', r == '\u115f', r == '\u1160', r == '\u180e', r == '\u200b', r == '\u3164', r == '\ufeff', r == '\uffa0':
		return true
	}
	return r >= '\u2060' && r <= '\u2064' || r >= '\u206a' && r <= '\u206f' || r >= '\ufff9' && r <= '\ufffb' || r >= 0xe0000 && r <= 0xe007f
}

// dropColours removes the sequences ESC [ … m. Any other stays, and is shown.
func dropColours(s string) string {
	if !strings.Contains(s, "\x1b[") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := 0
		for end < len(after) && (after[end] >= '0' && after[end] <= '9' || after[end] == ';' || after[end] == ':') {
			end++
		}
		if end < len(after) && after[end] == 'm' {
			s = after[end+1:]
			continue
		}
		b.WriteString("\x1b[")
		s = after
	}
}
