package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
	"github.com/amltop/amltop/model/guard"
)

// guardSettings is the policy of the watchdog: [guard] of the configuration, or
// of a file of its own.
type guardSettings struct {
	Allow []pattern
	Deny  []pattern
	Rule  []guardRule
}

// guardRule is one [[guard.rule]].
type guardRule struct {
	Name           string
	Match          matchText
	IdleLongerThan lasting        `toml:"idle_longer_than"`
	MinConfidence  confidenceName `toml:"min_confidence"`
	Hours          hoursText
	Action         guardAction
	Production     bool
}

// ruleKeys are the keys of a rule, for hints on those there are not.
var ruleKeys = []string{"name", "match", "idle_longer_than", "min_confidence", "hours", "action", "production"}

// lasting is a duration as people write it: "2h", "1d12h".
type lasting time.Duration

func (l *lasting) UnmarshalText(text []byte) error {
	d, err := model.ParseDuration(string(text))
	if err == nil && d == 0 {
		return errors.New("nothing is idle for longer than no time; leave it out")
	}
	*l = lasting(d)
	return err
}

// matchText is a filter expression over the columns of the guard.
type matchText struct{ filter.Expr }

func (m *matchText) UnmarshalText(text []byte) error {
	expr, err := filter.Parse(string(text), guard.Columns())
	m.Expr = expr
	return err
}

type confidenceName model.Confidence

func (c *confidenceName) UnmarshalText(text []byte) error {
	return oneOf((*string)(c), string(text), string(model.ConfidenceLow), string(model.ConfidenceMedium), string(model.ConfidenceHigh))
}

type guardAction guard.Action

func (a *guardAction) UnmarshalText(text []byte) error {
	return oneOf((*string)(a), string(text), string(guard.ActStop), string(guard.ActReport))
}

// hoursText are hours of the week such as "mon-fri 08:00-19:00 Europe/Madrid".
type hoursText struct{ *guard.Hours }

func (h *hoursText) UnmarshalText(text []byte) error {
	hours, err := guard.ParseHours(string(text), time.LoadLocation)
	h.Hours = hours
	return err
}

// check says what is wrong with rules as a whole; text is what they were read
// from.
func (g guardSettings) check(text string) error {
	var errs []error
	for k, r := range g.Rule {
		if r.IdleLongerThan == 0 && r.Hours.Hours == nil {
			errs = append(errs, fmt.Errorf("line %d: guard.rule %s catches nothing: give it idle_longer_than, hours or both",
				ruleLine(text, k), r.title(k)))
		}
	}
	return errors.Join(errs...)
}

// ruleLine is the line on which the rule with a number begins.
func ruleLine(text string, number int) int {
	seen := 0
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.ReplaceAll(line, " ", ""), "[[guard.rule]]") {
			if seen++; seen > number {
				return i + 1
			}
		}
	}
	return lineOf(text, toml.Key{"guard", "rule"}) // an array written in one
}

func (r guardRule) title(number int) string {
	if r.Name != "" {
		return r.Name
	}
	return fmt.Sprintf("rule %d", number+1)
}

// policy is what the settings come to.
func (g guardSettings) policy() guard.Policy {
	p := guard.Policy{Allow: patterns(g.Allow), Deny: patterns(g.Deny)}
	for k, r := range g.Rule {
		rule := guard.Rule{
			Name: r.title(k), Match: r.Match.Expr, Idle: time.Duration(r.IdleLongerThan), Confidence: model.Confidence(r.MinConfidence),
			Hours: r.Hours.Hours, Action: guard.Action(r.Action), Production: r.Production,
		}
		if rule.Action == "" {
			rule.Action = guard.ActStop
		}
		p.Rules = append(p.Rules, rule)
	}
	if len(p.Rules) == 0 {
		p.Rules = guard.Default().Rules
	}
	return p
}

// readPolicy reads a policy file: the [guard] of a configuration, and nothing
// else.
func readPolicy(text string) (guardSettings, error) {
	var file struct{ Guard guardSettings }
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return file.Guard, tomlError(err)
	}
	var errs []error
	for _, key := range meta.Undecoded() {
		errs = append(errs, fmt.Errorf("line %d: unknown key %q%s", lineOf(text, key), key.String(), suggest(key)))
	}
	errs = append(errs, file.Guard.check(text))
	return file.Guard, errors.Join(errs...)
}
