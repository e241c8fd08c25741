package azure

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

// credentialFor is the credential of the options: for the simulator and the
// emulator one that asks nobody.
func credentialFor(o Options) (azcore.TokenCredential, error) {
	switch {
	case o.Credential != nil:
		return markedCredential{o.Credential}, nil
	case o.Carrier == model.CarrierSim, o.Carrier == model.CarrierEmulator:
		return simCredential{o.Now}, nil
	case o.Carrier == model.CarrierAzure:
		return nil, errors.New("carrier azure needs a credential, and none was given")
	default:
		return nil, fmt.Errorf("carrier %q is not one of sim, emulator, azure", o.Carrier)
	}
}

// signInOf is the credential if it is this package's own, else nil.
func signInOf(cred azcore.TokenCredential) *SignIn {
	s, _ := cred.(*SignIn)
	return s
}

// simCredential hands out a made-up token, which real Azure would refuse.
type simCredential struct{ now func() time.Time }

// GetToken implements azcore.TokenCredential.
func (c simCredential) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: "amltop-made-up-token", ExpiresOn: c.now().Add(24 * time.Hour)}, nil
}

// markedCredential marks its errors, so that trouble with signing in is told
// from trouble with Azure.
type markedCredential struct{ azcore.TokenCredential }

// GetToken implements azcore.TokenCredential.
func (c markedCredential) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	token, err := c.TokenCredential.GetToken(ctx, o)
	if err != nil {
		return token, &signInError{err}
	}
	return token, nil
}
