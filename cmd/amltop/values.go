package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/model"
)

// The types of values in flags and in the configuration. Each reads its text
// and says what is allowed; both the TOML library and cobra then name the place.

type backendName string

func (b *backendName) UnmarshalText(text []byte) error {
	return oneOf((*string)(b), string(text), "auto", "sim", "azure")
}

type themeName string

func (t *themeName) UnmarshalText(text []byte) error {
	return oneOf((*string)(t), string(text), "auto", "dark", "light", "mono")
}

type cloudName string

func (c *cloudName) UnmarshalText(text []byte) error {
	return oneOf((*string)(c), string(text), "public", "usgovernment", "china")
}

type signInName string

func (n *signInName) UnmarshalText(text []byte) error {
	return oneOf((*string)(n), string(text), azure.SignInWays()...)
}

type formatName string

func (f *formatName) UnmarshalText(text []byte) error {
	return oneOf((*string)(f), string(text), "table", "json", "csv")
}

func oneOf(into *string, text string, allowed ...string) error {
	if !slices.Contains(allowed, text) {
		return fmt.Errorf("%q is not one of %s", text, strings.Join(allowed, ", "))
	}
	*into = text
	return nil
}

// span is a duration written as Go writes it: "5s", "2m30s".
type span time.Duration

func (s *span) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 {
		return fmt.Errorf("%q is not a duration such as 5s, 90s or 2m", text)
	}
	*s = span(d)
	return nil
}

// pace is how often something is asked for: once a second at most.
type pace span

func (p *pace) UnmarshalText(text []byte) error {
	var s span
	if err := s.UnmarshalText(text); err != nil {
		return err
	}
	if s < span(time.Second) {
		return fmt.Errorf("%q is less than 1s", text)
	}
	*p = pace(s)
	return nil
}

// speed is how many virtual seconds pass in one real one.
type speed float64

func (s *speed) UnmarshalText(text []byte) error { return s.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (s *speed) UnmarshalTOML(value any) error { return s.parse(fmt.Sprint(value)) }

func (s *speed) parse(text string) error {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 1 || f > 3600 {
		return fmt.Errorf("%s is not a number from 1 to 3600", text)
	}
	*s = speed(f)
	return nil
}

// frames is the number of screen updates a second.
type frames int

func (f *frames) UnmarshalText(text []byte) error { return f.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (f *frames) UnmarshalTOML(value any) error { return f.parse(fmt.Sprint(value)) }

func (f *frames) parse(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 120 {
		return fmt.Errorf("%s is not a whole number from 1 to 120", text)
	}
	*f = frames(n)
	return nil
}

// percent is a part of the service's allowances, in per cent.
type percent int

func (p *percent) UnmarshalText(text []byte) error { return p.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (p *percent) UnmarshalTOML(value any) error { return p.parse(fmt.Sprint(value)) }

func (p *percent) parse(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 90 {
		return fmt.Errorf("%s is not a whole number from 1 to 90", text)
	}
	*p = percent(n)
	return nil
}

// pattern means ids or names, with * and ? for any letters.
type pattern string

func (p *pattern) UnmarshalText(text []byte) error {
	if strings.TrimSpace(string(text)) == "" {
		return errors.New("an empty pattern means nothing; leave it out")
	}
	if err := model.CheckPattern(string(text)); err != nil {
		return fmt.Errorf("%q is not an id, a name, or a pattern such as prod-*", text)
	}
	*p = pattern(text)
	return nil
}

// patterns are the texts of patterns.
func patterns(list []pattern) []string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = string(p)
	}
	return texts
}

// patternList is a flag of patterns, given once for each.
type patternList struct{ list *[]pattern }

func (f patternList) String() string { return "" }
func (f patternList) Type() string   { return "pattern" }
func (f patternList) Set(text string) error {
	var p pattern
	if err := p.UnmarshalText([]byte(text)); err != nil {
		return err
	}
	*f.list = append(*f.list, p)
	return nil
}

// zone is an IANA time zone; nil is the machine's own.
type zone struct{ *time.Location }

func (z *zone) UnmarshalText(text []byte) error {
	loc, err := time.LoadLocation(string(text))
	if err != nil {
		return fmt.Errorf("%q is not an IANA time zone such as Europe/Madrid", text)
	}
	z.Location = loc
	return nil
}

// price is an amount an hour, as a decimal string or a number.
type price model.Money

func (p *price) UnmarshalText(text []byte) error { return p.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (p *price) UnmarshalTOML(value any) error { return p.parse(fmt.Sprint(value)) }

func (p *price) parse(text string) error {
	m, err := model.ParseMoney(text)
	if err != nil || m < 0 {
		return fmt.Errorf("%s is not an amount an hour such as 0.027", text)
	}
	*p = price(m)
	return nil
}

// flagValue makes a value that reads text usable as a flag.
type flagValue[T interface{ UnmarshalText([]byte) error }] struct {
	into  T
	shown string
	kind  string
}

func (f *flagValue[T]) String() string { return f.shown }
func (f *flagValue[T]) Type() string   { return f.kind }
func (f *flagValue[T]) Set(text string) error {
	f.shown = text
	return f.into.UnmarshalText([]byte(text))
}
