package azure

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// SignInWays are the names of the ways to sign in, in the order "auto" tries
// them; device is only ever asked for by name.
func SignInWays() []string {
	return []string{"auto", "environment", "workload", "managed", "az", "azd", "device"}
}

// The names of ways on the screen.
const (
	wayEnvironment = "environment"
	wayWorkload    = "workload identity"
	wayManaged     = "managed identity"
	wayAz          = "az"
	wayAzd         = "azd"
	wayDevice      = "device code"
)

// How long a way may take: the Azure CLI is a Python program that may be cold,
// and a machine without an identity must not hold up the start.
const (
	netPatience  = 30 * time.Second
	toolPatience = 20 * time.Second
	imdsPatience = 10 * time.Second
	imdsProbe    = time.Second
)

// imds is where Azure's machines find their identity.
const imds = "http://169.254.169.254/metadata/identity/oauth2/token"

// way is one way of signing in. Its credential is made when first asked for.
type way struct {
	name     string
	final    bool // set up for this program: if it fails, no other is tried
	patience time.Duration
	unset    func(*SignIn) string                 // why it cannot be tried; "" if it can
	idle     func(*SignIn) string                 // why trying it is hopeless, by what lies about; ""
	ready    func(context.Context, *SignIn) error // a quick check before; nil: none
	make     func(*SignIn, policy.ClientOptions) (azcore.TokenCredential, error)

	cred azcore.TokenCredential
}

func busy(*SignIn) string { return "" }

// credential makes the way's credential once. The caller holds the turn.
func (w *way) credential(s *SignIn) (azcore.TokenCredential, error) {
	if w.cred != nil {
		return w.cred, nil
	}
	cred, err := w.make(s, policy.ClientOptions{
		Cloud: s.cloud.config, Transport: s.o.Transport,
		// What fails is asked for again by the poller, which knows what it can wait for.
		Retry:     policy.RetryOptions{MaxRetries: -1},
		Telemetry: policy.TelemetryOptions{ApplicationID: "amltop"},
	})
	if err != nil {
		return nil, err
	}
	w.cred = cred
	return cred, nil
}

// waysOf are the ways that a name stands for. AZURE_TOKEN_CREDENTIALS narrows
// "auto" as it does for Azure's own tools.
func waysOf(name string, env func(string) string) ([]*way, error) {
	all := map[string]func() *way{
		"environment": environmentWay, "workload": workloadWay, "managed": managedWay, "az": azWay, "azd": azdWay, "device": deviceWay,
	}
	order := SignInWays()[1:]
	if name == "" || name == "auto" {
		names := slices.DeleteFunc(slices.Clone(order), func(n string) bool { return n == "device" })
		switch only := strings.ToLower(env("AZURE_TOKEN_CREDENTIALS")); only {
		case "":
		case "prod":
			names = []string{"environment", "workload", "managed"}
		case "dev":
			names = []string{"az", "azd"}
		default:
			short, ok := map[string]string{"environmentcredential": "environment", "workloadidentitycredential": "workload",
				"managedidentitycredential": "managed", "azureclicredential": "az", "azuredeveloperclicredential": "azd"}[only]
			if !ok {
				return nil, fmt.Errorf("AZURE_TOKEN_CREDENTIALS=%s is none of dev, prod, EnvironmentCredential, WorkloadIdentityCredential, ManagedIdentityCredential, AzureCLICredential, AzureDeveloperCLICredential", only)
			}
			names = []string{short}
		}
		ways := make([]*way, 0, len(names))
		for _, n := range names {
			ways = append(ways, all[n]())
		}
		return ways, nil
	}
	if all[name] == nil {
		return nil, fmt.Errorf("%q is not one of %s", name, strings.Join(SignInWays(), ", "))
	}
	return []*way{all[name]()}, nil
}

func environmentWay() *way {
	return &way{name: wayEnvironment, final: true, patience: netPatience, unset: unsetEnvironment, idle: busy,
		make: func(_ *SignIn, o policy.ClientOptions) (azcore.TokenCredential, error) {
			return azidentity.NewEnvironmentCredential(&azidentity.EnvironmentCredentialOptions{ClientOptions: o})
		}}
}

func workloadWay() *way {
	return &way{name: wayWorkload, final: true, patience: netPatience, unset: unsetWorkload, idle: busy,
		make: func(s *SignIn, o policy.ClientOptions) (azcore.TokenCredential, error) {
			return azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{ClientOptions: o, TenantID: s.o.Tenant})
		}}
}

func managedWay() *way {
	return &way{name: wayManaged, patience: imdsPatience, unset: unsetManaged, idle: busy, ready: answersIMDS,
		make: func(s *SignIn, o policy.ClientOptions) (azcore.TokenCredential, error) {
			mo := azidentity.ManagedIdentityCredentialOptions{ClientOptions: o}
			if id := s.o.Env("AZURE_CLIENT_ID"); id != "" {
				mo.ID = azidentity.ClientID(id)
			}
			return azidentity.NewManagedIdentityCredential(&mo)
		}}
}

func azWay() *way {
	return &way{name: wayAz, patience: toolPatience, unset: unsetTool("az"), idle: idleAz,
		make: func(s *SignIn, _ policy.ClientOptions) (azcore.TokenCredential, error) {
			return azidentity.NewAzureCLICredential(&azidentity.AzureCLICredentialOptions{TenantID: s.o.Tenant})
		}}
}

func azdWay() *way {
	return &way{name: wayAzd, patience: toolPatience, unset: unsetTool("azd"), idle: idleAzd,
		make: func(s *SignIn, _ policy.ClientOptions) (azcore.TokenCredential, error) {
			return azidentity.NewAzureDeveloperCLICredential(&azidentity.AzureDeveloperCLICredentialOptions{TenantID: s.o.Tenant})
		}}
}

// answersIMDS asks whether anything listens where Azure's machines find their
// identity. Without its header the request is refused, and refused is enough.
func answersIMDS(ctx context.Context, s *SignIn) error {
	if identityHost(s.o.Env) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, imdsProbe)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, imds, nil)
	if err != nil {
		return err
	}
	do := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do
	if s.o.Transport != nil {
		do = s.o.Transport.Do
	}
	resp, err := do(req)
	if err != nil {
		return unsetError{errors.New("this machine has no identity endpoint (169.254.169.254 does not answer)")}
	}
	return resp.Body.Close()
}

// unsetError is trouble that means only that a way is not set up.
type unsetError struct{ error }
