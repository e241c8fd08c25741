package ui_test

import (
	"context"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

var signedOut = &model.Refusal{Class: model.ErrSignIn, Message: "nobody is signed in to Azure", Err: &model.SignInError{
	Why:   "nobody is signed in to Azure",
	Steps: []model.SignInStep{{Type: "az login --tenant contoso.com", For: "sign in with the Azure CLI"}},
	Tries: []model.SignInTry{{Way: "az", Verdict: model.SignInUnset, Words: "not installed"}},
}}

// unread is an Azure of which nothing could be read.
func unread(err error) *model.Snapshot {
	s := &model.Snapshot{
		Seq: 1, Clock: model.Clock{Time: uitest.Noon, Speed: 1},
		Origin: model.Origin{Carrier: model.CarrierAzure, Cloud: "public", Account: "ana@contoso.com", Tenant: "contoso.com"},
		Parts:  map[model.SectionKey]model.Parts{model.SectionSubscriptions: {"": {Name: "the tenant", Err: err, FailedAt: uitest.Noon}}},
	}
	if err == nil {
		s.Parts[model.SectionSubscriptions][""] = &model.Part{Name: "the tenant", AsOf: uitest.Noon}
	}
	return s.Seal()
}

// In place of empty tables: what was tried, what to type, which keys help.
func TestNobodySignedInExplains(t *testing.T) {
	for _, start := range []string{"overview", "clusters", "instances", "jobs"} {
		uitest.Run(t, uitest.Setup{Snapshot: unread(signedOut), Options: ui.Options{Start: start}}, func(s *uitest.Script) {
			s.Expect("nobody is signed in to Azure", "az login --tenant contoso.com", "az  not configured: not installed", "r asks now", ":q leaves")
			s.Press("r")
			s.Pass(time.Second)
			if len(s.Source.Refreshed()) == 0 {
				t.Error("r asked for nothing")
			}
			s.Press("?")
			s.Expect("amltop – keys")
		})
	}
}

// The other ways to see nothing have their own words.
func TestNothingToReadExplains(t *testing.T) {
	uitest.Run(t, uitest.Setup{Snapshot: unread(nil), Options: ui.Options{Start: "clusters"}}, func(s *uitest.Script) {
		s.Expect("Signed in as ana@contoso.com in tenant contoso.com, but no subscription is readable", "role Reader", "--tenant <tenant>")
	})
	down := &model.Refusal{Class: model.ErrUnreachable, Message: "no address is known for management.azure.com", Next: "Check the network."}
	uitest.Run(t, uitest.Setup{Snapshot: unread(down)}, func(s *uitest.Script) {
		s.Expect("Nothing could be read yet", "no address is known for management.azure.com – Check the network.")
	})
}

// A sign-in that ends in mid-session leaves the rows, and says what to type; it
// is over by itself.
func TestSignInEndsInMidSession(t *testing.T) {
	uitest.Run(t, at("instances"), func(s *uitest.Script) {
		var good map[model.SectionKey]model.Parts
		s.Source.Publish(func(n *model.Snapshot) {
			good = n.Parts
			n.Parts = map[model.SectionKey]model.Parts{}
			for key, parts := range good {
				n.Parts[key] = model.Parts{}
				for scope, p := range parts {
					failing := *p
					failing.Err, failing.FailedAt = signedOut, p.AsOf.Add(time.Second)
					n.Parts[key][scope] = &failing
				}
			}
		})
		s.Pass(time.Second)
		s.Expect("ana-gpu", "not signed in for", "the sign-in is over: nobody is signed in to Azure; az login --tenant contoso.com")
		s.Source.Publish(func(n *model.Snapshot) { n.Parts = good })
		s.Pass(time.Second)
		s.Expect("ana-gpu", "signed in again")
		s.Reject("not signed in for")
	})
}

// entering is a sign-in with a code that waits for its end.
type entering struct {
	done chan error
	gone bool // given up
}

func (e *entering) signIn(ctx context.Context, show func(model.DeviceCode)) error {
	e.done = make(chan error) // in the test's own bubble
	show(model.DeviceCode{URL: "https://microsoft.com/devicelogin", Code: "ABC123"})
	select {
	case err := <-e.done:
		return err
	case <-ctx.Done():
		e.gone = true
		return ctx.Err()
	}
}

// The code is shown until it was entered, given up with esc, or refused.
func TestSignInWithCode(t *testing.T) {
	e, opened := &entering{}, ""
	o := ui.Options{SignIn: e.signIn, SignInFirst: true, Browse: func(_ context.Context, url string) error { opened = url; return nil }}
	uitest.Run(t, uitest.Setup{Snapshot: unread(signedOut), Options: o}, func(s *uitest.Script) {
		s.Expect("Sign in to Azure", "https://microsoft.com/devicelogin", "ABC123")
		s.Press("enter")
		if s.Clipboard() != "ABC123" || opened != "https://microsoft.com/devicelogin" {
			t.Errorf("copied %q, opened %q", s.Clipboard(), opened)
		}
		s.Press("esc")
		s.Expect("signing in was given up")
		s.Reject("ABC123")
		if !e.gone {
			t.Error("the sign-in goes on though it was given up")
		}
		s.Type(":signin")
		s.Press("enter")
		s.Expect("ABC123")
		e.done <- signedOut
		s.Pass(time.Second)
		s.Expect("not signed in: nobody is signed in to Azure; az login --tenant contoso.com")
		s.Type(":login")
		s.Press("enter", "?")
		e.done <- nil
		s.Pass(time.Second)
		s.Press("esc")
		s.Expect("signed in")
		s.Reject("ABC123")
		if got := s.Source.Refreshed(); len(got) == 0 || got[len(got)-1] != "" {
			t.Errorf("asked anew for %q", got)
		}
	})
}

// Where nobody has to sign in, the command says so.
func TestSignInWhereNobodyHasTo(t *testing.T) {
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Type(":signin")
		s.Press("enter")
		s.Expect("nobody has to sign in here")
	})
}

// The simulator that stands in for Azure says why, at every size.
func TestWhyTheSimulator(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {80, 24}, {40, 10}} {
		snap := uitest.Fleet()
		snap.Origin.Note, snap.Origin.Why = "no Azure sign-in", "no Azure sign-in found (az: not installed)"
		uitest.Run(t, uitest.Setup{Width: size[0], Height: size[1], Snapshot: snap}, func(s *uitest.Script) {
			s.Expect("SIM", "no Azure sign-in")
			if err := uitest.Fits(s.Screen(), size[0], size[1]); err != nil {
				t.Error(err)
			}
		})
		uitest.Run(t, uitest.Setup{Width: size[0], Height: size[1], Snapshot: unread(signedOut)}, func(s *uitest.Script) {
			s.Expect("nobody is signed in to Azure", "az login --tenant")
			if err := uitest.Fits(s.Screen(), size[0], size[1]); err != nil {
				t.Error(err)
			}
		})
	}
}
