package azure

import (
	"context"
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/amltop/amltop/model"
)

// deviceWay is signing in with a code: it cannot begin by itself, somebody has
// to be shown the code.
func deviceWay() *way {
	return &way{name: wayDevice, final: true, patience: netPatience, unset: busy, idle: busy,
		make: func(*SignIn, policy.ClientOptions) (azcore.TokenCredential, error) {
			return nil, errors.New("nobody has entered a code yet")
		}}
}

// WithCode signs in with a device code: show is given it, on this goroutine,
// and WithCode returns when somebody entered it, or ctx ends. From then on that
// account is the one, whoever was signed in before.
func (s *SignIn) WithCode(ctx context.Context, show func(model.DeviceCode)) error {
	cred, err := azidentity.NewDeviceCodeCredential(&azidentity.DeviceCodeCredentialOptions{
		ClientOptions: policy.ClientOptions{Cloud: s.cloud.config, Transport: s.o.Transport, Telemetry: policy.TelemetryOptions{ApplicationID: "amltop"}},
		TenantID:      s.o.Tenant,
		// Later, when this sign-in has expired, lists must not hang on a question.
		DisableAutomaticAuthentication: true,
		UserPrompt: func(_ context.Context, m azidentity.DeviceCodeMessage) error {
			show(model.DeviceCode{URL: clean(m.VerificationURL), Code: clean(m.UserCode)})
			return nil
		},
	})
	if err != nil {
		return s.explainDevice(err)
	}
	w := deviceWay()
	w.cred = cred
	o := policy.TokenRequestOptions{Scopes: []string{s.cloud.scope()}, EnableCAE: true}
	if _, err = cred.Authenticate(ctx, &o); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return s.explainDevice(err)
	}
	t, err := cred.GetToken(ctx, o)
	if err != nil {
		return s.explainDevice(err)
	}
	s.mu.Lock()
	s.by, s.tokens = w, map[string]heldToken{}
	s.mu.Unlock()
	s.took(tokenKey(o), w, t, nil)
	return nil
}

func (s *SignIn) explainDevice(err error) error {
	why := readSignIn(err)
	tries := []model.SignInTry{{Way: wayDevice, Verdict: model.SignInFailed, Words: why.text}}
	return s.explain(tries, deviceWay(), why)
}
