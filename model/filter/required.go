package filter

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"unicode"
)

// required finds texts of which one occurs in whatever the pattern matches.
// Looking for them is many times faster than running the expression.
func required(pattern string) []substring {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	var needs []substring
	for _, text := range literals(re.Simplify()) {
		if !isASCII(text) {
			return nil // folding outside ASCII is not one to one
		}
		needs = append(needs, newSubstring(text))
	}
	return needs
}

// literals are texts of which one is in every match; nil: nothing is known.
func literals(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return literals(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if found := literals(sub); shortest(found) > shortest(best) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			found := literals(sub)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	default:
		return nil
	}
}

// lowered is a pattern, meant for texts in whatever case, rewritten for texts
// in lower case: there the search can look for what matches begin with. nil if
// it cannot be rewritten.
func lowered(pattern string) *regexp.Regexp {
	re, err := syntax.Parse("(?im)"+pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	lower(re)
	low, err := regexp.Compile(re.String())
	if err != nil {
		return nil
	}
	return low
}

// lower makes literals case-sensitive and lower case. Classes hold either case
// of a letter already.
func lower(re *syntax.Regexp) {
	if re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase != 0 {
		re.Flags &^= syntax.FoldCase
		for i, r := range re.Rune {
			re.Rune[i] = unicode.ToLower(r)
		}
	}
	for _, sub := range re.Sub {
		lower(sub)
	}
}

// shortest is the length of the shortest text, 0 if there is none.
func shortest(texts []string) int {
	n := 0
	for i, t := range texts {
		if i == 0 || len(t) < n {
			n = len(t)
		}
	}
	return n
}

// reason is what is wrong with a pattern, without the words every pattern
// error begins with.
func reason(err error) error {
	var bad *syntax.Error
	if errors.As(err, &bad) {
		return errors.New(string(bad.Code))
	}
	return err
}
