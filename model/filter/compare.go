package filter

import (
	"fmt"
	"strconv"
	"strings"
)

// comparison compares the number of a column.
type comparison struct {
	op     string
	number float64
}

func (m comparison) match(r Record, column string) bool {
	n, ok := r.Number(column)
	if !ok {
		return false
	}
	switch m.op {
	case ">":
		return n > m.number
	case ">=":
		return n >= m.number
	case "<":
		return n < m.number
	case "<=":
		return n <= m.number
	case "!=":
		return n != m.number
	default:
		return n == m.number
	}
}

// equality compares the text of a column.
type equality struct {
	text string
	not  bool
}

func (m equality) match(r Record, column string) bool {
	s := r.Text(column)
	if s == "" {
		return false
	}
	equal := false
	for line := range strings.SplitSeq(s, "\n") {
		equal = equal || strings.EqualFold(line, m.text)
	}
	return equal != m.not
}

// either is an equality whose value may be meant as a number or as text: a
// row whose column has a number is compared by it.
type either struct {
	number comparison
	text   equality
}

func (m either) match(r Record, column string) bool {
	if _, ok := r.Number(column); ok {
		return m.number.match(r, column)
	}
	return m.text.match(r, column)
}

// newComparison reads what stands behind a comparison's sign. what is the part
// before it, for the error.
func newComparison(what, op string, w word) (matcher, error) {
	if op == "==" {
		op = "="
	}
	number, isNumber := parseNumber(w.text)
	isEquality := op == "=" || op == "!="
	text := equality{text: w.text, not: op == "!="}
	switch {
	case w.text == "":
		return nil, fmt.Errorf("comparison %q: a value is missing", what)
	case isEquality && (!isNumber || w.literal(0)):
		return text, nil
	case !isNumber:
		return nil, fmt.Errorf("comparison %q: %q is not a number, a duration such as 90s, 15m, 2h, 3d, or a percentage",
			what+w.text, w.text)
	case isEquality:
		return either{number: comparison{op, number}, text: text}, nil
	default:
		return comparison{op, number}, nil
	}
}

// seconds are the units of durations.
var seconds = map[byte]float64{'s': 1, 'm': 60, 'h': 3600, 'd': 86400, 'w': 7 * 86400}

// parseNumber reads a number the way filters write it: 5, 0.5, $0.5, 1,200,
// -1, 80% (as 80), and durations such as 90s or 1h30m (in seconds).
func parseNumber(text string) (float64, bool) {
	s := strings.ReplaceAll(strings.TrimPrefix(text, "$"), ",", "")
	plain := strings.TrimSuffix(s, "%")
	if n, ok := decimal(plain); ok {
		return n, true
	}
	if s != text || s == "" {
		return 0, false
	}
	total, ordered := 0.0, 8*86400.0
	for s != "" {
		i := strings.IndexAny(s, "smhdw")
		if i <= 0 {
			return 0, false
		}
		n, ok := decimal(s[:i])
		unit := seconds[s[i]]
		if !ok || n < 0 || unit >= ordered {
			return 0, false
		}
		total, ordered = total+n*unit, unit
		s = s[i+1:]
	}
	return total, true
}

// decimal reads plain decimal digits: no exponents, no infinities.
func decimal(s string) (float64, bool) {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && (c != '-' || i > 0) {
			return 0, false
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}
