package arm

import (
	"strings"
	"unicode/utf8"
)

// token is a word of a query. Strings have lost their quotes.
type token struct {
	text   string
	kind   tokenKind
	line   int // from 1
	column int // from 0
}

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenString
	tokenSymbol
)

// is reports whether a token is a symbol or a keyword; both are as written.
func (t token) is(text string) bool {
	return (t.kind == tokenWord || t.kind == tokenSymbol) && t.text == text
}

// syntaxError is what is wrong with a query, and where.
type syntaxError struct{ at token }

func (e *syntaxError) Error() string { return "unexpected " + e.at.text }

// lexer cuts a query into tokens.
type lexer struct {
	rest         string
	line, column int
}

func tokenize(query string) ([]token, error) {
	l := lexer{rest: query, line: 1}
	var list []token
	for {
		t, err := l.next()
		if err != nil {
			return nil, err
		}
		list = append(list, t)
		if t.kind == tokenEnd {
			return list, nil
		}
	}
}

// take moves on by n bytes.
func (l *lexer) take(n int) string {
	taken := l.rest[:n]
	l.rest = l.rest[n:]
	if nl := strings.LastIndexByte(taken, '\n'); nl >= 0 {
		l.line += strings.Count(taken, "\n")
		l.column = 0
		taken = taken[nl+1:]
		l.column += len(taken)
		return taken
	}
	l.column += n
	return taken
}

// blank skips white space and comments.
func (l *lexer) blank() {
	for {
		trimmed := strings.TrimLeft(l.rest, " \t\r\n")
		l.take(len(l.rest) - len(trimmed))
		if !strings.HasPrefix(l.rest, "//") {
			return
		}
		end := strings.IndexByte(l.rest, '\n')
		if end < 0 {
			end = len(l.rest)
		}
		l.take(end)
	}
}

func (l *lexer) next() (token, error) {
	l.blank()
	t := token{line: l.line, column: l.column}
	if l.rest == "" {
		t.text = "<EOF>"
		return t, nil
	}
	switch first := l.rest[0]; {
	case first == '\'' || first == '"':
		end := strings.IndexByte(l.rest[1:], first)
		if end < 0 || strings.ContainsAny(l.rest[1:end+1], "\\\n") {
			t.text = string(first)
			return t, &syntaxError{t}
		}
		t.kind = tokenString
		t.text = strings.Trim(l.take(end+2), string(first))
	case isWordByte(first):
		n := 1
		for n < len(l.rest) && isWordByte(l.rest[n]) {
			n++
		}
		if l.rest[:n] == "in" && strings.HasPrefix(l.rest[n:], "~") {
			n++
		}
		if l.rest[:n] == "project" && strings.HasPrefix(l.rest[n:], "-away") {
			n += len("-away")
		}
		t.kind, t.text = tokenWord, l.take(n)
	default:
		_, n := utf8.DecodeRuneInString(l.rest)
		for _, symbol := range []string{"==", "=~", "!=", "!~"} {
			if strings.HasPrefix(l.rest, symbol) {
				n = len(symbol)
			}
		}
		t.kind, t.text = tokenSymbol, l.take(n)
	}
	return t, nil
}

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
