package filter

import (
	"errors"
	"regexp/syntax"
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
