package azure

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

var forARM = policy.TokenRequestOptions{Scopes: []string{"https://management.core.windows.net//.default"}}

// failed asks for a token and expects none.
func failed(t *testing.T, s *SignIn) *model.SignInError {
	t.Helper()
	_, err := s.GetToken(t.Context(), forARM)
	e := asSignIn(err)
	if e == nil {
		t.Fatalf("not a sign-in error: %v", err)
	}
	return e
}

// TestNobodySignedIn: everything that was tried has its verdict, and the first
// step is what to type.
func TestNobodySignedIn(t *testing.T) {
	b := newBench(t)
	e := failed(t, b.signIn(SignInOptions{}))
	for _, way := range []string{wayEnvironment, wayWorkload, wayManaged, wayAz, wayAzd} {
		if verdicts(e)[way] != model.SignInUnset {
			t.Errorf("%s: %q", way, verdicts(e)[way])
		}
	}
	text := strings.Join(e.Explain(), "\n")
	for _, want := range []string{"nobody is signed in", "az                 not configured: not installed", "az login", "--sign-in device",
		"AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH are not set"} {
		if !strings.Contains(text, want) {
			t.Errorf("not told %q:\n%s", want, text)
		}
	}
	if len(b.entra.asked) != 0 {
		t.Errorf("asked %v", b.entra.asked)
	}
}

// TestTools reads what az and azd say into a sentence and a line to type.
func TestTools(t *testing.T) {
	tests := []struct {
		name, az, azd, tenant, cloud string
		why, step                    string
	}{
		{name: "nobody", az: fails("ERROR: Please run 'az login' to setup account."), why: "az: nobody is signed in with az", step: "az login"},
		{name: "tenant given", az: fails("ERROR: Please run 'az login' to setup account."), tenant: "contoso.com", why: "nobody", step: "az login --tenant contoso.com"},
		{name: "gov", az: fails("Please run 'az login'"), cloud: "usgovernment", why: "nobody", step: "az cloud set --name AzureUSGovernment && az login"},
		{name: "expired", az: fails("ERROR: AADSTS700082: The refresh token has expired due to inactivity.\nTrace ID: x"), why: "has expired: it was not used for too long (AADSTS700082)", step: "az login"},
		{name: "mfa", az: fails("ERROR: AADSTS50076: Due to a configuration change you must use multi-factor"), why: "a second factor is needed", step: "az login --scope https://management.core.windows.net//.default"},
		{name: "wrong tenant", az: fails("ERROR: AADSTS50020: User account from identity provider does not exist in tenant"), tenant: "contoso.com", why: "not in this tenant", step: "az login --tenant contoso.com"},
		{name: "not found", az: fails("ERROR: AADSTS90002: Tenant 'nope' not found."), why: "tenant was not found", step: "az login --tenant <tenant>"},
		{name: "policy", az: fails("AADSTS53003: Access has been blocked by Conditional Access policies."), why: "conditional access", step: "an administrator"},
		{name: "unknown code", az: fails("ERROR: AADSTS999999: Something new."), why: "AADSTS999999: Something new", step: "az login"},
		{name: "subscription", az: fails("ERROR: The subscription of 'x' doesn't exist in cloud 'AzureCloud'."), why: "subscription az is set to", step: "az login --tenant <tenant>"},
		{name: "escape", az: fails("ERROR: \x1b[31mred\x1b[0m"), why: "␛[31mred", step: "az login"},
		{name: "azd", azd: fails(`{"type":"consoleMessage","data":{"message":"ERROR: not logged in, run ` + "`azd auth login`" + ` to login"}}`), why: "azd: nobody is signed in with azd", step: "azd auth login"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			if tt.az != "" {
				b.tool("az", tt.az)
			}
			if tt.azd != "" {
				b.tool("azd", tt.azd)
			}
			e := failed(t, b.signIn(SignInOptions{Tenant: tt.tenant, Cloud: tt.cloud}))
			if !strings.Contains(e.Why, tt.why) || len(e.Steps) == 0 || e.Steps[0].Type != tt.step && tt.step != "" {
				t.Errorf("why %q, steps %v", e.Why, e.Steps)
			}
			if r := refuse("list", &signInError{e}); !errors.Is(r, model.ErrSignIn) || asSignIn(r) != e {
				t.Errorf("refusal %v", r)
			}
		})
	}
}

// TestAzSignsIn: one run of az for many callers, again only when the token ends,
// and its claims are the account.
func TestAzSignsIn(t *testing.T) {
	b := newBench(t)
	b.tool("az", azToken(jwt(map[string]string{"upn": "ana\x1b[1m@contoso.com", "tid": "tenant-a"}), b.now.Add(time.Hour)))
	s := b.signIn(SignInOptions{})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := s.GetToken(t.Context(), forARM); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if runs := b.runs("az"); len(runs) != 1 {
		t.Errorf("az was run %d times", len(runs))
	}
	if name, tenant := s.Account(); name != "ana␛[1m@contoso.com" || tenant != "tenant-a" {
		t.Errorf("account %q %q", name, tenant)
	}
	b.now = b.now.Add(56 * time.Minute)
	b.tool("az", fails("ERROR: AADSTS70043: The refresh token has expired"))
	if e := failed(t, s); !strings.Contains(e.Next(), "az login --tenant tenant-a") {
		t.Errorf("next %q", e.Next())
	}
	b.now = b.now.Add(time.Second)
	b.tool("az", azToken(jwt(nil), b.now.Add(time.Hour)))
	if _, err := s.GetToken(t.Context(), forARM); err != nil {
		t.Errorf("signed in again, and it is not seen: %v", err)
	}
}

// TestFailureIsShared: those who wait while az fails do not start it again.
func TestFailureIsShared(t *testing.T) {
	b := newBench(t)
	b.tool("az", "sleep 0.3\n"+fails("Please run 'az login'"))
	s := b.signIn(SignInOptions{Way: "az"})
	start, offset := b.now, time.Now()
	s.o.Now = func() time.Time { return start.Add(time.Since(offset)) }
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() { _, _ = s.GetToken(t.Context(), forARM) })
	}
	all.Wait()
	if runs := b.runs("az"); len(runs) != 1 {
		t.Errorf("az was run %d times", len(runs))
	}
}

// TestEnvironment: a secret signs in; one that is refused says so, and nobody
// else is tried in its place.
func TestEnvironment(t *testing.T) {
	b := newBench(t)
	b.tool("az", azToken("other", b.now.Add(time.Hour)))
	b.set("AZURE_TENANT_ID", "tenant-a", "AZURE_CLIENT_ID", "app", "AZURE_CLIENT_SECRET", "secret")
	b.entra.answers["/token"] = `{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys for app 'app' are expired. Trace ID: 1"}`
	s := b.signIn(SignInOptions{})
	e := failed(t, s)
	if v := verdicts(e); v[wayEnvironment] != model.SignInFailed || v[wayAz] != model.SignInSkipped {
		t.Errorf("verdicts %v", v)
	}
	if !strings.Contains(e.Why, "the client secret has expired (AADSTS7000222)") || !strings.HasPrefix(e.Next(), "AZURE_CLIENT_SECRET=") {
		t.Errorf("%q, next %q", e.Why, e.Next())
	}
	if len(b.runs("az")) != 0 {
		t.Error("az was asked in place of the application")
	}
	b.now = b.now.Add(time.Second)
	b.entra.answers["/token"] = `{"access_token":"good","expires_in":3600,"token_type":"Bearer"}`
	if got, err := s.GetToken(t.Context(), forARM); err != nil || got.Token != "good" {
		t.Errorf("%v, %v", got.Token, err)
	}
}

// TestDeviceCode shows the code, waits until it is entered, and is then the
// account; before it, lists are refused at once.
func TestDeviceCode(t *testing.T) {
	b := newBench(t)
	s := b.signIn(SignInOptions{Way: "device", Tenant: "tenant-a"})
	if e := failed(t, s); !strings.Contains(e.Why, "nobody has entered a code yet") || !strings.Contains(e.Next(), ":signin") {
		t.Errorf("%q, next %q", e.Why, e.Next())
	}
	b.entra.answers["/devicecode"] = `{"user_code":"ABC123","device_code":"d","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":0,"message":"m"}`
	b.entra.answers["/token"] = `{"access_token":"` + jwt(map[string]string{"upn": "ana@contoso.com"}) + `","expires_in":3600,"token_type":"Bearer",` +
		`"client_info":"` + "eyJ1aWQiOiJ1IiwidXRpZCI6InQifQ" + `","id_token":"` + jwt(map[string]string{"tid": "tenant-a", "oid": "o"}) + `","scope":"https://management.core.windows.net//.default","refresh_token":"r"}`
	var shown model.DeviceCode
	if err := s.WithCode(t.Context(), func(c model.DeviceCode) { shown = c }); err != nil {
		t.Fatal(err)
	}
	if shown != (model.DeviceCode{URL: "https://microsoft.com/devicelogin", Code: "ABC123"}) {
		t.Errorf("shown %+v", shown)
	}
	b.now = b.now.Add(time.Second)
	if _, err := s.GetToken(t.Context(), forARM); err != nil {
		t.Error(err)
	}
	if name, _ := s.Account(); name != "ana@contoso.com" {
		t.Errorf("account %q", name)
	}
	b.entra.answers["/devicecode"] = `{"error":"invalid_request","error_description":"AADSTS900023: Specified tenant identifier is neither a valid DNS name"}`
	if e := asSignIn(b.signIn(SignInOptions{Way: "device"}).WithCode(t.Context(), func(model.DeviceCode) {})); e == nil || !strings.Contains(e.Why, "AADSTS900023") {
		t.Errorf("%v", e)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.WithCode(ctx, func(model.DeviceCode) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestProbe decides without asking anybody where nothing is set up.
func TestProbe(t *testing.T) {
	b := newBench(t)
	b.tool("az", azToken("t", b.now.Add(time.Hour)))
	b.tool("azd", azToken("t", b.now.Add(time.Hour)))
	err := b.signIn(SignInOptions{OnAzure: func() (bool, bool) { return false, false }}).Probe(t.Context(), 3*time.Second)
	e := asSignIn(err)
	if e == nil || len(b.runs("az"))+len(b.runs("azd"))+len(b.entra.asked) != 0 {
		t.Fatalf("%v; az ran %v, asked %v", err, b.runs("az"), b.entra.asked)
	}
	if !strings.Contains(strings.Join(e.Explain(), "\n"), "az                 not configured: nobody has signed in with it") {
		t.Errorf("%v", e.Explain())
	}
	b.set("AZURE_CONFIG_DIR", writeFile(t, "azureProfile.json", "\xef\xbb\xbf{\"subscriptions\":[{\"id\":\"s\"}]}"))
	if err := b.signIn(SignInOptions{}).Probe(t.Context(), 3*time.Second); err != nil {
		t.Error(err)
	}
	b.tool("az", "exec sleep 5")
	if err := b.signIn(SignInOptions{}).Probe(t.Context(), 50*time.Millisecond); err == nil || !strings.Contains(err.Error(), "longer than 50ms") {
		t.Errorf("slow: %v", err)
	}
}

// TestManaged is asked only where something says that it may be there.
func TestManaged(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		name       string
		o          SignInOptions
		asked      bool
		yes, known bool
	}{
		{name: "elsewhere", known: true},
		{name: "unknown"},
		{name: "azure", asked: true, yes: true, known: true},
		{name: "by name", o: SignInOptions{Way: "managed"}, asked: true},
	} {
		b.entra.asked = nil
		tt.o.OnAzure = func() (bool, bool) { return tt.yes, tt.known }
		e := failed(t, b.signIn(tt.o))
		if asked := len(b.entra.asked) > 0; asked != tt.asked {
			t.Errorf("%s: asked %v, %v", tt.name, b.entra.asked, e.Explain())
		}
	}
}

// TestWays: names, and what narrows them.
func TestWays(t *testing.T) {
	none := func(string) string { return "" }
	for _, way := range SignInWays() {
		if _, err := NewSignIn(SignInOptions{Way: way, Env: none, Now: time.Now}); err != nil {
			t.Error(err)
		}
	}
	for _, o := range []SignInOptions{{Way: "magic"}, {Cloud: "mars"}, {Tenant: "a b;rm"}} {
		o.Env = none
		if _, err := NewSignIn(o); err == nil {
			t.Errorf("%+v has a credential", o)
		}
	}
	for value, want := range map[string]int{"dev": 2, "prod": 3, "AzureCLICredential": 1, "": 5} {
		ways, err := waysOf("auto", func(string) string { return value })
		if err != nil || len(ways) != want {
			t.Errorf("%s: %d ways, %v", value, len(ways), err)
		}
	}
	if _, err := waysOf("auto", func(string) string { return "nonsense" }); err == nil {
		t.Error("AZURE_TOKEN_CREDENTIALS=nonsense is taken")
	}
}
