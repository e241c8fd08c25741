package azure

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

// walk asks each way for a token until one has it. Once one had, it is the only
// one asked: another might be somebody else.
func (s *SignIn) walk(ctx context.Context, o policy.TokenRequestOptions) (*way, azcore.AccessToken, error) {
	ways := s.ways
	if w := s.current(); w != nil {
		ways = []*way{w}
	}
	var tries []model.SignInTry
	var first *way // that failed, and so is the one to mend
	var why said
	for i, w := range ways {
		if unset := w.unset(s); unset != "" {
			tries = append(tries, model.SignInTry{Way: w.name, Verdict: model.SignInUnset, Words: unset})
			continue
		}
		t, err := s.ask(ctx, w, o)
		if err == nil {
			return w, t, nil
		}
		if ctx.Err() != nil {
			return nil, t, err
		}
		words := readSignIn(err)
		verdict := model.SignInFailed
		if words.unset {
			verdict = model.SignInUnset
		} else if first == nil || first.name == wayManaged { // that one nobody sets up by hand
			first, why = w, words
		}
		tries = append(tries, model.SignInTry{Way: w.name, Verdict: verdict, Words: words.text})
		if w.final && !words.unset { // set up on purpose: another would be somebody else
			for _, rest := range ways[i+1:] {
				tries = append(tries, model.SignInTry{Way: rest.name, Verdict: model.SignInSkipped, Words: w.name + " is set up, and comes first"})
			}
			break
		}
	}
	return nil, azcore.AccessToken{}, s.explain(tries, first, why)
}

// ask asks one way, for as long as it may take.
func (s *SignIn) ask(ctx context.Context, w *way, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	cred, err := w.credential(s)
	if err != nil {
		return azcore.AccessToken{}, err
	}
	within, cancel := context.WithTimeout(ctx, w.patience)
	defer cancel()
	if w.ready != nil {
		if err := w.ready(within, s); err != nil {
			return azcore.AccessToken{}, err
		}
	}
	t, err := cred.GetToken(within, o)
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		return t, fmt.Errorf("no answer within %s", w.patience)
	}
	return t, err
}

// explain is the whole story of a walk that brought nothing.
func (s *SignIn) explain(tries []model.SignInTry, first *way, why said) error {
	e := &model.SignInError{Tries: tries, Why: "nobody is signed in to Azure"}
	if s.cloud.cli != "AzureCloud" {
		e.Why += " (cloud " + cloudName(s.o.Cloud) + ")"
	}
	if first != nil {
		e.Why = first.name + ": " + why.text
		e.Steps = s.steps(first, why)
		return e
	}
	switch s.o.Way {
	case "", "auto", "az":
		e.Steps = s.login(wayAz)
	case "azd":
		e.Steps = s.login(wayAzd)
	}
	for _, t := range tries {
		if strings.HasSuffix(t.Words, notInstalled) && len(tries) == 1 {
			e.Why = t.Way + " is " + notInstalled
		}
	}
	e.Steps = append(e.Steps, s.deviceStep())
	return e
}

// asSignIn is the sign-in trouble in an error, or nil.
func asSignIn(err error) *model.SignInError {
	e, _ := errors.AsType[*model.SignInError](err)
	return e
}
