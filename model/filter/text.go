package filter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// substring matches texts that contain it, in whatever case.
type substring struct {
	low   string
	ascii bool
}

func newSubstring(text string) substring {
	low := strings.ToLower(text)
	return substring{low: low, ascii: isASCII(low)}
}

func (m substring) match(r Record, column string) bool { return m.in(source(r, column)) }

// in reports whether s contains the text. It allocates only for patterns
// outside ASCII on texts that are not in lower case yet.
func (m substring) in(s string) bool {
	if !m.ascii {
		return strings.Contains(strings.ToLower(s), m.low)
	}
	n := len(m.low)
	if n == 0 {
		return true
	}
	low := m.low[0]
	up := low
	if low >= 'a' && low <= 'z' {
		up = low - 'a' + 'A'
	}
	last := len(s) - n // the last place it could start at
	nextLow, nextUp := -1, -1
	for i := 0; i <= last; i++ {
		if nextLow < i {
			nextLow = next(s, i, last, low)
		}
		if up == low {
			nextUp = nextLow
		} else if nextUp < i {
			nextUp = next(s, i, last, up)
		}
		if i = min(nextLow, nextUp); i > last {
			return false
		}
		if equalFold(s[i:i+n], m.low) {
			return true
		}
	}
	return false
}

// next is the next place of c in s from i up to last, or beyond last.
func next(s string, i, last int, c byte) int {
	if k := strings.IndexByte(s[i:last+1], c); k >= 0 {
		return i + k
	}
	return last + 1
}

// equalFold compares with a text in lower case of the same length.
func equalFold(s, low string) bool {
	for i := range len(low) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != low[i] {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// expression matches texts by a regular expression. Texts that lack what the
// expression requires are passed over without running it.
type expression struct {
	re    *regexp.Regexp
	low   *regexp.Regexp // the same for texts in lower case, and faster; or nil
	needs []substring    // one of them occurs in every match; nil: nothing is known
}

func (m expression) match(r Record, column string) bool {
	s := source(r, column)
	if len(m.needs) > 0 {
		possible := false
		for _, n := range m.needs {
			possible = possible || n.in(s)
		}
		if !possible {
			return false
		}
	}
	if column == "" && m.low != nil {
		return m.low.MatchString(strings.ToLower(s)) // kept in lower case, as a rule
	}
	return m.re.MatchString(s)
}

// subsequence matches when some line of the text has its letters in order.
type subsequence struct{ runes []rune }

func newSubsequence(text string) subsequence {
	return subsequence{[]rune(strings.ToLower(text))}
}

func (m subsequence) match(r Record, column string) bool {
	k := 0
	for _, c := range source(r, column) {
		if c == '\n' {
			k = 0
			continue
		}
		if unicode.ToLower(c) == m.runes[k] {
			if k++; k == len(m.runes) {
				return true
			}
		}
	}
	return false
}
