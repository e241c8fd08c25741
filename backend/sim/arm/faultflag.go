package arm

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseFault reads a fault from its text: a route, a kind and options, with
// colons between them.
//
//	computes:500              every request about computes fails
//	computes.list:500:3       the first three lists of computes fail
//	computes:latency=2s       every request about computes takes 2 s more
//	*.list:429:every=10       each tenth list is throttled
//	operations:stuck          no operation ever ends, as far as polling shows
//	jobs:503:p=0.1:after=20   from the 21st on, one request in ten fails
//	*:html=502:p=0.01         a proxy now and then answers with a page of its own
//	computes.stop/ana-gpu:409 stopping ana-gpu is refused
//	*/vision:403              nothing in the workspace vision may be looked at
//
// A number alone is count=N.
func ParseFault(text string) (Fault, error) {
	parts := strings.Split(text, ":")
	if len(parts) < 2 || parts[0] == "" {
		return Fault{}, fmt.Errorf("fault %q: not of the form ROUTE:KIND[:OPTION…], such as computes:500:3", text)
	}
	f := Fault{Route: parts[0]}
	if err := checkRoute(f.Route); err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	kind, amount, given := strings.Cut(parts[1], "=")
	f.Kind = FaultKind(strings.ToLower(kind))
	if !known(f.Kind) {
		return Fault{}, fmt.Errorf("fault %q: %q is not one of %s", text, kind, kindList())
	}
	if given {
		if err := setAmount(&f, amount); err != nil {
			return Fault{}, fmt.Errorf("fault %q: %w", text, err)
		}
	}
	for _, option := range parts[2:] {
		key, value, found := strings.Cut(option, "=")
		if !found {
			key, value = "count", option
		}
		if err := setOption(&f, key, value); err != nil {
			return Fault{}, fmt.Errorf("fault %q: %w", text, err)
		}
	}
	return f, nil
}

func setOption(f *Fault, key, value string) (err error) {
	switch strings.ToLower(key) {
	case "count":
		f.Count, err = positive(value)
	case "every":
		f.Every, err = positive(value)
	case "after":
		f.After, err = positive(value)
	case "p":
		f.Probability, err = strconv.ParseFloat(value, 64)
		if err == nil && (f.Probability <= 0 || f.Probability > 1) {
			err = errors.New("not above 0 and at most 1")
		}
	case "for":
		f.Duration, err = time.ParseDuration(value)
		if err == nil && (f.Duration <= 0 || about(f.Kind).pause == 0) {
			err = fmt.Errorf("%s takes no such duration", f.Kind)
		}
	default:
		return fmt.Errorf("option %q is not one of count, every, after, p, for", key)
	}
	if err != nil {
		return fmt.Errorf("%s=%s: %w", key, value, err)
	}
	return nil
}

func positive(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, errors.New("not a whole number above 0")
	}
	return n, nil
}

// setAmount reads what follows the kind: html=502, huge=64, or a duration.
func setAmount(f *Fault, text string) (err error) {
	if about(f.Kind).amount == 0 {
		return setOption(f, "for", text)
	}
	f.Amount, err = positive(text)
	if err == nil && f.Kind == faultHTML && (f.Amount < 200 || f.Amount > 599) {
		err = errors.New("not an HTTP status from 200 to 599")
	}
	if err != nil {
		return fmt.Errorf("%s=%s: %w", f.Kind, text, err)
	}
	return nil
}

func known(kind FaultKind) bool { return about(kind).meaning != "" }

func kindList() string {
	names := make([]string, len(faultKinds))
	for i, k := range faultKinds {
		names[i] = string(k.kind)
	}
	return strings.Join(names, ", ")
}

// FaultKinds lists each kind of fault with what it does, one a line, for help.
func FaultKinds() string {
	var b strings.Builder
	for _, k := range faultKinds {
		fmt.Fprintf(&b, "%-10s %s\n", k.kind, k.meaning)
	}
	return b.String()
}

// checkRoute says which routes there are if the pattern can match none.
func checkRoute(pattern string) error {
	word, _, _ := strings.Cut(pattern, "/")
	probe := faultState{Fault: Fault{Route: word}}
	var groups []string
	table := routes()
	for i := range table {
		if probe.covers(&call{route: &table[i]}) {
			return nil
		}
		group, _, _ := strings.Cut(table[i].name, ".")
		if len(groups) == 0 || groups[len(groups)-1] != group {
			groups = append(groups, group)
		}
	}
	return fmt.Errorf("%q matches no operation; the groups are %s", word, strings.Join(groups, ", "))
}
