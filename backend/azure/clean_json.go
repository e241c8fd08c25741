package azure

import (
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

var errNotJSON = errors.New("not JSON")

// cleanJSON neutralises a JSON text as it stands, keeping order, spacing and
// numbers: raw characters as well as escapes such as \u001b, which whoever
// decodes the text would bring back to life. Line breaks and tabs inside
// strings stay escaped as they are.
func cleanJSON(raw []byte) (json.RawMessage, error) {
	if !json.Valid(raw) {
		return nil, errNotJSON
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		switch b := raw[i]; {
		case b == '\\':
			r, n := escaped(raw[i:])
			if v := jsonVisible(r); v != r {
				out = utf8.AppendRune(out, v)
			} else {
				out = append(out, raw[i:i+n]...)
			}
			i += n
		case b == '\r': // between tokens; in a string it would not be valid
			out = append(out, ' ')
			i++
		case b < 0x7f:
			out = append(out, b)
			i++
		default:
			r, n := utf8.DecodeRune(raw[i:])
			out = utf8.AppendRune(out, jsonVisible(r))
			i += n
		}
	}
	return out, nil
}

// jsonVisible is visible within a JSON string: a carriage return is shown too.
func jsonVisible(r rune) rune {
	if r == '\r' {
		return '\u240d'
	}
	return visible(r, true)
}

// escaped decodes the escape at the start of valid JSON, and its length. What
// needs no cleaning, such as \" and \\, is reported as a letter.
func escaped(s []byte) (rune, int) {
	switch s[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'r':
		return '\r', 2
	case 'u':
		r := hex4(s[2:])
		if utf16.IsSurrogate(r) && len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
			if full := utf16.DecodeRune(r, hex4(s[8:])); full != utf8.RuneError {
				return full, 12
			}
		}
		return r, 6
	default:
		return 'x', 2
	}
}

func hex4(s []byte) rune {
	n, err := strconv.ParseUint(string(s[:4]), 16, 16)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}
