package arm

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// condition is a $filter as OData writes it: odataOrders of a field with a
// constant, the functions contains, startswith and endswith, and, or, not and
// parentheses. That is what the services here document of it.
type condition struct {
	op           string // and, or, not; or a comparison
	field, value string
	parts        []condition
}

// odataOrders are the operators between a field and a constant.
var odataOrders = map[string]bool{"eq": true, "ne": true, "gt": true, "ge": true, "lt": true, "le": true}

// odataTests are the functions of a field and a constant.
var odataTests = map[string]bool{"contains": true, "startswith": true, "endswith": true}

// holds evaluates a condition. value is what a field holds; letters are
// compared without case if fold is set.
func (c condition) holds(value func(field string) string, fold bool) bool {
	switch c.op {
	case "and":
		return c.parts[0].holds(value, fold) && c.parts[1].holds(value, fold)
	case "or":
		return c.parts[0].holds(value, fold) || c.parts[1].holds(value, fold)
	case "not":
		return !c.parts[0].holds(value, fold)
	}
	have, want := value(c.field), c.value
	if fold {
		have, want = strings.ToLower(have), strings.ToLower(want)
	}
	switch c.op {
	case "contains":
		return strings.Contains(have, want)
	case "startswith":
		return strings.HasPrefix(have, want)
	case "endswith":
		return strings.HasSuffix(have, want)
	}
	order := inOrder(have, want)
	switch c.op {
	case "eq":
		return order == 0
	case "ne":
		return order != 0
	case "gt":
		return order > 0
	case "ge":
		return order >= 0
	case "lt":
		return order < 0
	default:
		return order <= 0
	}
}

// inOrder compares two constants: as times or numbers where both are.
func inOrder(a, b string) int {
	if x, err := parseTime(a); err == nil {
		if y, err := parseTime(b); err == nil {
			return x.Compare(y)
		}
	}
	if x, err := strconv.ParseFloat(a, 64); err == nil {
		if y, err := strconv.ParseFloat(b, 64); err == nil {
			return cmp.Compare(x, y)
		}
	}
	return strings.Compare(a, b)
}

// parseTime reads a time as clients send it: a zone is often left out, and
// means UTC.
func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time such as 2026-11-23T14:00:00Z", text)
}

// each calls visit for every comparison in a condition.
func (c condition) each(visit func(condition)) {
	if len(c.parts) == 0 {
		visit(c)
	}
	for _, p := range c.parts {
		p.each(visit)
	}
}

// deepestFilter is how deep parentheses may nest.
const deepestFilter = 32

// parseFilter reads a $filter.
func parseFilter(text string) (condition, error) {
	p := filterParser{rest: text}
	c, err := p.either(0)
	if err == nil && p.peek() != "" {
		err = fmt.Errorf("unexpected %q", p.peek())
	}
	return c, err
}

// unended stands for a string without its closing quote.
const unended = "\x00"

// filterParser reads a condition word by word.
type filterParser struct{ rest string }

// peek is the next word; "" at the end. A string keeps its opening quote.
func (p *filterParser) peek() string {
	word, _ := p.split()
	return word
}

func (p *filterParser) pop() string {
	word, rest := p.split()
	p.rest = rest
	return word
}

func (p *filterParser) split() (word, rest string) {
	s := strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if s == "" {
		return "", ""
	}
	switch s[0] {
	case '(', ')', ',':
		return s[:1], s[1:]
	case '\'':
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] != '\'':
			case strings.HasPrefix(s[i+1:], "'"):
				i++
			default:
				return "'" + strings.ReplaceAll(s[1:i], "''", "'"), s[i+1:]
			}
		}
		return unended, ""
	}
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(),'", r) })
	if end < 0 {
		end = len(s)
	}
	if end == 0 { // a lone byte that is no rune
		_, end = utf8.DecodeRuneInString(s)
	}
	return s[:end], s[end:]
}

func (p *filterParser) either(depth int) (condition, error) { return p.joined("or", depth, p.both) }

func (p *filterParser) both(depth int) (condition, error) { return p.joined("and", depth, p.single) }

// joined reads parts with a word between them.
func (p *filterParser) joined(word string, depth int, part func(int) (condition, error)) (condition, error) {
	c, err := part(depth)
	for err == nil && strings.EqualFold(p.peek(), word) {
		p.pop()
		var next condition
		next, err = part(depth)
		c = condition{op: word, parts: []condition{c, next}}
	}
	return c, err
}

func (p *filterParser) single(depth int) (condition, error) {
	if depth > deepestFilter {
		return condition{}, fmt.Errorf("nested more than %d deep", deepestFilter)
	}
	first := p.pop()
	switch word := strings.ToLower(first); {
	case word == "":
		return condition{}, errors.New("it ends too early")
	case word == "not":
		c, err := p.single(depth + 1)
		return condition{op: word, parts: []condition{c}}, err
	case word == "(":
		c, err := p.either(depth + 1)
		if err == nil && p.pop() != ")" {
			err = errors.New("a parenthesis is not closed")
		}
		return c, err
	case odataTests[word] && p.peek() == "(":
		p.pop()
		c := condition{op: word, field: p.pop()}
		if p.pop() != "," {
			return c, fmt.Errorf("%s takes a field and a constant", word)
		}
		var err error
		if c.value, err = p.constant(); err == nil && p.pop() != ")" {
			err = errors.New("a parenthesis is not closed")
		}
		return c, err
	}
	op := p.pop()
	if !odataOrders[strings.ToLower(op)] {
		return condition{}, fmt.Errorf("%q is not one of eq, ne, gt, ge, lt, le", op)
	}
	value, err := p.constant()
	return condition{op: strings.ToLower(op), field: first, value: value}, err
}

func (p *filterParser) constant() (string, error) {
	word := p.pop()
	text, quoted := strings.CutPrefix(word, "'")
	if word == "" || word == unended || !quoted && strings.ContainsAny(word, "(),") {
		return "", errors.New("a constant is missing, or a string has no end")
	}
	return text, nil
}
