package azure

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

// SignInOptions say how to sign in to Azure.
type SignInOptions struct {
	Cloud     string // public (or ""), usgovernment, china
	Tenant    string // "" for the credential's own
	Way       string // one of SignInWays; "" is "auto": each in turn, but for device
	Env       func(string) string
	Now       func() time.Time
	OnAzure   func() (yes, known bool) // whether this machine is one of Azure's; nil: not
	Transport policy.Transporter       // nil: the SDK's own
}

// SignIn is the credential: each way of signing in that Azure's tools know, in
// their order, and a device code on request. It remembers what became of each,
// keeps tokens while they are good, and asks for one at a time: starting the
// Azure CLI takes a second, and dozens of lists want a token at once. It is
// safe for concurrent use.
type SignIn struct {
	o     SignInOptions
	cloud azureCloud
	ways  []*way
	turn  chan struct{} // held by whoever asks for a token

	mu      sync.Mutex // guards what follows
	by      *way       // who gave the last token; nil: nobody yet
	tokens  map[string]heldToken
	lastErr error
	errAt   time.Time
	who     claims
}

// heldToken is a token and when it was given.
type heldToken struct {
	azcore.AccessToken
	at      time.Time
	refused bool // Azure did not take it
}

// refreshBefore is how long before its end a token is replaced, freshFor how
// long a token just given is not asked for again, whatever is said of it.
const (
	refreshBefore = 5 * time.Minute
	freshFor      = 5 * time.Second
)

// NewSignIn makes the credential. It asks nobody; the first call to Azure does.
func NewSignIn(o SignInOptions) (*SignIn, error) {
	c, err := cloudOf(o.Cloud)
	if err != nil {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	if !isTenant(o.Tenant) {
		return nil, fmt.Errorf("sign-in: tenant %q is not an id or a domain such as contoso.com", o.Tenant)
	}
	s := &SignIn{o: o, cloud: c, turn: make(chan struct{}, 1), tokens: map[string]heldToken{}}
	if s.ways, err = waysOf(o.Way, o.Env); err != nil {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	return s, nil
}

// isTenant reports whether a text can be a tenant: it goes into a command line.
func isTenant(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '.' && r != '-' {
			return false
		}
	}
	return true
}

// GetToken implements azcore.TokenCredential. What goes wrong is a
// *model.SignInError, unless ctx ended.
func (s *SignIn) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	asked, key := s.o.Now(), tokenKey(o)
	if t, ok := s.held(key, o.Claims); ok {
		return t, nil
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return azcore.AccessToken{}, ctx.Err()
	}
	if t, ok := s.held(key, o.Claims); ok {
		return t, nil
	}
	if err := s.failedSince(asked); err != nil {
		return azcore.AccessToken{}, err // whoever asked while this call waited got it
	}
	by, t, err := s.walk(ctx, o)
	if ctx.Err() != nil && err != nil {
		return t, ctx.Err()
	}
	s.took(key, by, t, err)
	return t, err
}

func tokenKey(o policy.TokenRequestOptions) string { return fmt.Sprint(o.Scopes, " ", o.TenantID) }

// held is a token that is good for a while, or was given a moment ago. Claims
// are a service's word that the one it was shown is not enough.
func (s *SignIn) held(key, claims string) (azcore.AccessToken, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.tokens[key]
	now := s.o.Now()
	good := t.ExpiresOn.Sub(now) > refreshBefore && !t.refused || now.Sub(t.at) < freshFor && t.ExpiresOn.After(now)
	return t.AccessToken, ok && claims == "" && good
}

func (s *SignIn) failedSince(asked time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lastErr != nil && s.errAt.After(asked) {
		return s.lastErr
	}
	return nil
}

// took keeps what a walk through the ways brought.
func (s *SignIn) took(key string, by *way, t azcore.AccessToken, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastErr, s.errAt = err, s.o.Now()
	if err != nil {
		return
	}
	s.by, s.who = by, claimsOf(t.Token)
	s.tokens[key] = heldToken{AccessToken: t, at: s.errAt}
}

// refused takes note that Azure did not take the tokens given so far. One just
// given is given again all the same: asking anew would bring it back.
func (s *SignIn) refused() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, t := range s.tokens {
		t.refused = true
		s.tokens[key] = t
	}
}

// Account is who is signed in and in which tenant, as the last token says; ""
// if there was none. Nobody vouches for it: it is for the screen.
func (s *SignIn) Account() (name, tenant string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.who.name, s.who.tenant
}

// current is the way that gave the last token, or nil.
func (s *SignIn) current() *way {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.by
}

// Probe finds out whether a token can be had within a time, without waiting
// where nothing is set up. The error is a *model.SignInError.
func (s *SignIn) Probe(ctx context.Context, within time.Duration) error {
	tries := make([]model.SignInTry, 0, len(s.ways))
	var hopeful []model.SignInTry
	for _, w := range s.ways {
		if why := w.unset(s); why != "" {
			tries = append(tries, model.SignInTry{Way: w.name, Verdict: model.SignInUnset, Words: why})
		} else if why := w.idle(s); why != "" {
			tries = append(tries, model.SignInTry{Way: w.name, Verdict: model.SignInUnset, Words: why})
		} else {
			hopeful = append(hopeful, model.SignInTry{Way: w.name, Verdict: model.SignInFailed, Words: "no answer within " + within.String()})
		}
	}
	if len(hopeful) == 0 {
		return s.explain(tries, nil, said{})
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	_, err := s.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{s.cloud.scope()}, EnableCAE: true})
	if err != nil && ctx.Err() != nil {
		return &model.SignInError{Why: "signing in to Azure took longer than " + within.String(), Tries: append(tries, hopeful...)}
	}
	return err
}
