package azure

import (
	"net/http"
	"regexp"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

// signInGate stands before everything else and reads the answers that do not
// take the token: it says what to type for the way the token came from, and has
// the next call ask for a new one. The service names the right tenant in its
// words or in a header.
type signInGate struct{ signIn *SignIn }

// Do implements policy.Policy.
func (g signInGate) Do(req *policy.Request) (*http.Response, error) {
	resp, err := req.Next()
	if err != nil || g.signIn == nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	g.signIn.refused()
	r := fromBody(resp.StatusCode, resp.Header, payload(resp))
	g.signIn.adviseRefused(r, resp.Header)
	return nil, r
}

var (
	tenantURL   = regexp.MustCompile(`https://(?:sts\.windows\.net|sts\.chinacloudapi\.cn|login[a-z.-]*)/([0-9A-Za-z.-]+)`)
	wrongTenant = regexp.MustCompile(`(?i)must match (?:one of )?the tenants? '([^']+)'`)
)

// rightTenant is the tenant that a refusal names as the subscription's; "" if
// it names none.
func rightTenant(r *model.Refusal, header http.Header) string {
	if m := wrongTenant.FindStringSubmatch(r.Message); m != nil {
		if t := tenantURL.FindStringSubmatch(m[1]); t != nil {
			return t[1]
		}
	}
	if m := tenantURL.FindStringSubmatch(header.Get("WWW-Authenticate")); m != nil && m[1] != "common" && m[1] != "organizations" {
		return m[1]
	}
	return ""
}

// adviseRefused says what to do about a token that Azure did not take.
func (s *SignIn) adviseRefused(r *model.Refusal, header http.Header) {
	by := s.current()
	if by == nil {
		by = s.ways[0]
	}
	name, had := s.Account()
	tenant := rightTenant(r, header)
	why := "Azure does not take the token of " + by.name
	if name != "" {
		why += " (" + name + ")"
	}
	e := &model.SignInError{Why: why}
	switch {
	case model.Fold(r.Code) == "invalidauthenticationtokentenant" || tenant != "" && had != "" && model.Fold(tenant) != model.Fold(had):
		e.Why = "signed in to the wrong tenant"
		if had != "" {
			e.Why += " (" + had + ")"
		}
		step := s.inTenant(by, tenantOr(tenant, "<tenant>"))
		e.Steps = []model.SignInStep{step, {Type: "amltop --tenant " + tenantOr(tenant, "<tenant>"), For: "if that account is signed in there already"}}
	case model.Fold(r.Code) == "expiredauthenticationtoken":
		e.Why = "the token of " + by.name + " has expired"
		e.Steps = append(s.steps(by, said{remedy: remedyLogin}), model.SignInStep{
			Type: "date", For: "if that does not help: this machine's clock may be slow"})
	default:
		e.Steps = s.steps(by, said{remedy: remedyLogin})
	}
	if r.Message != "" {
		e.Tries = []model.SignInTry{{Way: by.name, Verdict: model.SignInFailed, Words: brief(r.Error())}}
	}
	r.Next, r.Err = e.Next(), e
}

// inTenant is how to sign in to another tenant the way one is signed in.
func (s *SignIn) inTenant(by *way, tenant string) model.SignInStep {
	switch by.name {
	case wayAz, wayAzd:
		return model.SignInStep{Type: s.loginCommand(by.name, tenant), For: "sign in to the tenant the subscription is in"}
	case wayDevice:
		return model.SignInStep{Type: "amltop --sign-in device --tenant " + tenant, For: "sign in to the tenant the subscription is in"}
	}
	return model.SignInStep{Type: "AZURE_TENANT_ID=" + tenant, For: "is the tenant the subscription is in"}
}
