package azure

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func writeFile(t *testing.T, name, text string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestRefusedTokens: a 401 says which tenant is the right one, or what to type
// for the way the token came from.
func TestRefusedTokens(t *testing.T) {
	tests := []struct {
		name, body, challenge, why, step string
	}{
		{
			"tenant in the words",
			`{"error":{"code":"InvalidAuthenticationTokenTenant","message":"The access token is from the wrong issuer 'https://sts.windows.net/tenant-a/'. It must match the tenant 'https://sts.windows.net/tenant-b/' associated with this subscription."}}`,
			"", "signed in to the wrong tenant (tenant-a)", "az login --tenant tenant-b",
		},
		{
			"one of the tenants",
			`{"error":{"code":"InvalidAuthenticationTokenTenant","message":"wrong issuer. It must match one of the tenants 'https://sts.windows.net/tenant-c/,https://sts.windows.net/tenant-d/' associated with this subscription."}}`,
			"", "wrong tenant", "az login --tenant tenant-c",
		},
		{
			"tenant in the header", `{"error":{"code":"AuthenticationFailed","message":"Authentication failed."}}`,
			`Bearer authorization_uri="https://login.microsoftonline.com/tenant-b", error="invalid_token"`, "wrong tenant", "az login --tenant tenant-b",
		},
		{"expired", `{"error":{"code":"ExpiredAuthenticationToken","message":"The access token expiry UTC time is earlier than current UTC time."}}`, "", "the token of az has expired", "az login --tenant tenant-a"},
		{"invalid", `{"error":{"code":"InvalidAuthenticationToken","message":"The access token is invalid."}}`, "", "does not take the token of az (ana@contoso.com)", "az login --tenant tenant-a"},
		{"no words", "", "", "does not take the token", "az login --tenant tenant-a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.tool("az", azToken(jwt(map[string]string{"upn": "ana@contoso.com", "tid": "tenant-a"}), b.now.Add(2*time.Hour)))
			signIn := b.signIn(SignInOptions{})
			header := map[string]string{}
			if tt.challenge != "" {
				header["WWW-Authenticate"] = tt.challenge
			}
			no := func() *exchange {
				return &exchange{method: "GET", path: "/subscriptions?", status: http.StatusUnauthorized, header: header, body: tt.body}
			}
			c, err := New(Options{Carrier: model.CarrierAzure, Credential: signIn, Transport: newScript(no(), no()), Now: func() time.Time { return b.now }})
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.Subscriptions(t.Context())
			e := asSignIn(err)
			if e == nil || !strings.Contains(e.Why, tt.why) || e.Steps[0].Type != tt.step {
				t.Fatalf("%v; %+v", err, e)
			}
			if o := c.Origin(); o.Account != "ana@contoso.com" || o.Tenant != "tenant-a" {
				t.Errorf("origin %+v", o)
			}
			b.now = b.now.Add(time.Minute)
			if _, err = c.Subscriptions(t.Context()); err == nil || len(b.runs("az")) != 2 {
				t.Errorf("%v; az was run %d times: a refused token is asked for anew", err, len(b.runs("az")))
			}
		})
	}
}

// TestCloudTable holds the table against what is known of the clouds.
func TestCloudTable(t *testing.T) {
	for name, want := range map[string][4]string{
		"":             {"https://management.core.windows.net//.default", "https://ml.azure.com", "https://portal.azure.com", "https://ml.azure.com"},
		"usgovernment": {"https://management.core.usgovcloudapi.net//.default", "https://ml.azure.us", "https://portal.azure.us", "https://ml.azure.us"},
		"china":        {"https://management.core.chinacloudapi.cn//.default", "https://ml.azure.cn", "https://portal.azure.cn", ""},
	} {
		c, err := cloudOf(name)
		if got := [4]string{c.scope(), c.data, c.portal, c.studio}; err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}
