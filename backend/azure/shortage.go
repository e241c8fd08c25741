package azure

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
)

// shortage is what a quota error says in numbers; -1 where it does not say.
type shortage struct {
	quota, used, needs int // needs: in all, or on top of what is used if more is true
	more               bool
}

// shortageWords are the wordings that state one number each: of Azure ML's
// clusters, of its managed endpoints and of the compute service below them.
var shortageWords = struct{ quota, used, needs, more []*regexp.Regexp }{
	quota: words(`quota is (\d+)`, `quota of (\d+)`, `(?:current|maximum) (?:quota )?limit:? (\d+)`, `maximum allowed:? (\d+)`, `quota limit:? (\d+)`, `\d+ of (\d+) v?cpus in use`),
	used:  words(`currently using (\d+)`, `current usage:? (\d+)`, `current(?:ly)? in use:? (\d+)`, `already used:? (\d+)`, `(\d+) of \d+ v?cpus in use`),
	needs: words(`maps to (\d+) v?cpus?`, `maps to (\d+) v?cores?`, `new limit required:? (\d+)`),
	more:  words(`additional (?:cpu |gpu |core )?quota requested is (\d+)`, `additional (?:required|requested):? (\d+)`, `(\d+) more needed`),
}

// words compiles patterns without case, and with the colons and brackets that
// wordings differ in made alike before.
func words(patterns ...string) []*regexp.Regexp {
	all := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		all[i] = regexp.MustCompile(`(?i)\b` + p + `\b`)
	}
	return all
}

// shortageOf reads the numbers out of a quota error.
func shortageOf(message string) shortage {
	message = strings.NewReplacer("(", "", ")", "", "'", "", "\"", "", " : ", ": ").Replace(message)
	number := func(patterns []*regexp.Regexp) int {
		for _, p := range patterns {
			if m := p.FindStringSubmatch(message); m != nil {
				if n, err := strconv.Atoi(m[1]); err == nil {
					return n
				}
			}
		}
		return -1
	}
	s := shortage{quota: number(shortageWords.quota), used: number(shortageWords.used), needs: number(shortageWords.needs)}
	if s.needs < 0 {
		s.needs = number(shortageWords.more)
		s.more = s.needs >= 0
	}
	return s
}

// faultOf is a fault with the numbers of the quota that it is about, if it is
// about any.
func faultOf(code, message string) model.Fault {
	f := model.Fault{Code: code, Message: message}
	if strings.Contains(model.Fold(code+message), "quota") {
		f.Shortage = shortageOf(message).words()
	}
	return f
}

// String is the numbers as the beginning of a sentence: "Quota 6, needs 8".
func (s shortage) String() string {
	text := s.words()
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// words are the numbers in a few words, or "".
func (s shortage) words() string {
	var parts []string
	add := func(format string, n int) {
		if n >= 0 {
			parts = append(parts, strings.Replace(format, "#", strconv.Itoa(n), 1))
		}
	}
	add("quota #", s.quota)
	add("# used", s.used)
	if s.more {
		add("needs # more", s.needs)
	} else {
		add("needs #", s.needs)
	}
	return strings.Join(parts, ", ")
}

// adviseQuota is the way out of a lack of quota, with the numbers first.
func adviseQuota(message string) string {
	if numbers := shortageOf(message).String(); numbers != "" {
		return numbers + ". " + nextQuota
	}
	return nextQuota
}
