package model

import (
	"slices"
	"strings"
)

// SignInVerdict is how a way of signing in to Azure went.
type SignInVerdict string

// The verdicts.
const (
	SignInUnset   SignInVerdict = "not configured"
	SignInFailed  SignInVerdict = "failed"
	SignInSkipped SignInVerdict = "not tried"
)

// SignInTry is what became of one way of signing in.
type SignInTry struct {
	Way     string // "environment", "workload identity", "managed identity", "az", "azd", "device code"
	Verdict SignInVerdict
	Words   string // why, in a sentence or less
}

// SignInError is why there is no token, and what can be done about it. It is
// found with errors.As in what a part of a snapshot failed with.
type SignInError struct {
	Why   string // in one sentence
	Tries []SignInTry
	Steps []SignInStep // the likeliest first
}

// SignInStep is something to do: what to type, and what it does.
type SignInStep struct{ Type, For string }

func (e *SignInError) Error() string { return e.Why }

// Tried reports whether a way was set up and led nowhere; false where there is
// none to go.
func (e *SignInError) Tried() bool {
	return slices.ContainsFunc(e.Tries, func(t SignInTry) bool { return t.Verdict == SignInFailed })
}

// Explain is the whole of it for a screen, a line each: why, what to do, and
// what was tried.
func (e *SignInError) Explain() []string {
	lines := []string{e.Why}
	if len(e.Steps) > 0 {
		lines = append(lines, "", "What to do:")
		rows := make([][2]string, len(e.Steps))
		for i, s := range e.Steps {
			rows[i] = [2]string{s.Type, s.For}
		}
		lines = append(lines, columns(rows)...)
	}
	if len(e.Tries) > 0 {
		lines = append(lines, "", "What was tried:")
		rows := make([][2]string, len(e.Tries))
		for i, t := range e.Tries {
			rows[i] = [2]string{t.Way, string(t.Verdict) + ": " + t.Words}
		}
		lines = append(lines, columns(rows)...)
	}
	return lines
}

// columns sets pairs under each other, the second of each aligned.
func columns(rows [][2]string) []string {
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r[0]))
	}
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = "  " + r[0] + strings.Repeat(" ", wide-len(r[0])) + "  " + r[1]
	}
	return lines
}

// NoSubscription explains an account that is signed in and can read nothing.
func (o Origin) NoSubscription() []string {
	who, where := o.Account, o.Tenant
	if who == "" {
		who = "an account without a name"
	}
	if where == "" {
		where = "its tenant"
	} else {
		where = "tenant " + where
	}
	return []string{
		"Signed in as " + who + " in " + where + ", but no subscription is readable.", "",
		"What to do:",
		"  Ask an owner of the subscription for the role Reader, or AzureML Data Scientist to act; a new role takes up to an hour to count.",
		"  amltop --tenant <tenant>  if the subscriptions are in another tenant (cloud " + o.Cloud + ")",
	}
}

// Next is the likeliest step as a sentence; "" if there is none.
func (e *SignInError) Next() string {
	if len(e.Steps) == 0 {
		return ""
	}
	return e.Steps[0].Type + " – " + e.Steps[0].For
}

// DeviceCode is what somebody needs to sign in with a browser, on any machine.
type DeviceCode struct {
	URL  string // where to go
	Code string // what to enter there
}
