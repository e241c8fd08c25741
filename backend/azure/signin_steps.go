package azure

import (
	"strings"

	"github.com/amltop/amltop/model"
)

// remedy is what helps against a failed sign-in.
type remedy uint8

// The remedies.
const (
	remedyLogin   remedy = iota // sign in again
	remedyMFA                   // sign in again, for ARM: a second factor is asked for
	remedyTenant                // sign in to another tenant
	remedyApp                   // mend the application's id, secret or certificate
	remedyAdmin                 // only an administrator of the tenant can help
	remedyDevice                // enter a code
	remedyNetwork               // wait for the network
)

// steps are what to type about a way that failed, likeliest first.
func (s *SignIn) steps(w *way, why said) []model.SignInStep {
	device := s.deviceStep()
	switch {
	case why.remedy == remedyNetwork:
		return []model.SignInStep{{Type: "r", For: "asks again; it is also asked again by itself"}}
	case why.remedy == remedyAdmin:
		return []model.SignInStep{{Type: "an administrator", For: "of the tenant has to allow it; " + why.code + " tells them what"}, device}
	case w.name == wayEnvironment || w.name == wayWorkload:
		return s.appSteps(w, why)
	case w.name == wayManaged:
		return append([]model.SignInStep{{Type: "AZURE_CLIENT_ID=…", For: "names the identity, if this machine has several"}}, s.login(wayAz)...)
	case w.name == wayDevice:
		return []model.SignInStep{device}
	case why.remedy == remedyTenant:
		step := s.login(w.name)[0]
		step.Type = s.loginCommand(w.name, tenantOr(s.o.Tenant, "<tenant>"))
		step.For = "sign in to the tenant the workspaces are in, and start with --tenant"
		return []model.SignInStep{step, device}
	case why.remedy == remedyMFA && w.name == wayAz:
		return []model.SignInStep{{
			Type: s.loginCommand(wayAz, s.tenant()) + " --scope " + s.cloud.scope(),
			For:  "sign in again, with the second factor",
		}, device}
	}
	return append(s.login(w.name), device)
}

// appSteps are what helps an application that signs in by itself.
func (s *SignIn) appSteps(w *way, why said) []model.SignInStep {
	switch {
	case why.remedy == remedyTenant:
		return []model.SignInStep{{Type: "AZURE_TENANT_ID=…", For: "is to be the tenant the application is in"}}
	case w.name == wayWorkload:
		return []model.SignInStep{{Type: "AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE", For: "are to be those of a federated credential of the application"}}
	}
	return []model.SignInStep{
		{Type: "AZURE_CLIENT_SECRET=…", For: "a new secret (its value, not its id) from the application's page, Certificates & secrets"},
		{Type: "amltop --sign-in az", For: "leaves the environment aside and signs in as az is"},
	}
}

// login is how to sign in with a tool.
func (s *SignIn) login(tool string) []model.SignInStep {
	called := "the Azure CLI"
	if tool == wayAzd {
		called = "the Azure Developer CLI"
	}
	return []model.SignInStep{{Type: s.loginCommand(tool, s.tenant()), For: "sign in with " + called}}
}

// loginCommand is the line to type. The tools know one cloud at a time.
func (s *SignIn) loginCommand(tool, tenant string) string {
	var b strings.Builder
	if tool == wayAzd {
		if s.cloud.cli != "AzureCloud" {
			b.WriteString("azd config set cloud.name " + s.cloud.cli + " && ")
		}
		b.WriteString("azd auth login")
		if tenant != "" {
			b.WriteString(" --tenant-id " + tenant)
		}
		return b.String()
	}
	if s.cloud.cli != "AzureCloud" {
		b.WriteString("az cloud set --name " + s.cloud.cli + " && ")
	}
	b.WriteString("az login")
	if tenant != "" {
		b.WriteString(" --tenant " + tenant)
	}
	return b.String()
}

// tenant is the tenant to name in a command: that asked for, or else that of
// the last token; "" for the account's own.
func (s *SignIn) tenant() string {
	_, last := s.Account()
	if !isTenant(last) {
		last = ""
	}
	return tenantOr(s.o.Tenant, last)
}

func tenantOr(tenant, other string) string {
	if tenant != "" {
		return tenant
	}
	return other
}

func (s *SignIn) deviceStep() model.SignInStep {
	return model.SignInStep{Type: "amltop --sign-in device", For: "sign in with a code in any browser; in the dashboard, :signin"}
}
