package azure

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

func TestEndpointRules(t *testing.T) {
	for endpoint, says := range map[string]string{
		"":                          "",
		"https://arm.example":       "",
		"http://127.0.0.1:7070":     "",
		"http://127.8.9.10:7070":    "",
		"http://[::1]:7070/":        "",
		"http://localhost:7070":     "",
		"http://arm.example":        "use https, or http with 127.0.0.1",
		"http://127.0.0.1.evil.com": "use https",
		"http://localhost.evil.com": "use https",
		"ftp://arm.example":         "is not https",
		"arm.example":               "is not a URL",
		"https://u:p@arm.example":   "host and port only",
		"https://arm.example?x=1":   "host and port only",
	} {
		_, err := New(Options{Carrier: model.CarrierEmulator, Endpoint: endpoint, Now: func() time.Time { return testNow }})
		if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %v, want %q", endpoint, err, says)
		}
	}
}

func TestOptionsRefused(t *testing.T) {
	now := func() time.Time { return testNow }
	for name, o := range map[string]Options{
		"no clock":             {Carrier: model.CarrierEmulator},
		"unknown cloud":        {Carrier: model.CarrierEmulator, Cloud: "mars", Now: now},
		"azure, nobody":        {Carrier: model.CarrierAzure, Now: now},
		"sim, no transport":    {Carrier: model.CarrierSim, Now: now},
		"carrier nobody knows": {Carrier: "pigeon", Now: now},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestClouds(t *testing.T) {
	for cloud, host := range map[string]string{"": "management.azure.com", "public": "management.azure.com", "usgovernment": "management.usgovcloudapi.net", "china": "management.chinacloudapi.cn"} {
		c, err := New(Options{Carrier: model.CarrierEmulator, Cloud: cloud, Now: func() time.Time { return testNow }})
		if err != nil || c.Origin().Host != host || c.Origin().Cloud == "" {
			t.Errorf("%q: %v, %v", cloud, c.Origin(), err)
		}
	}
}

func TestOriginOfSimulator(t *testing.T) {
	c, err := New(Options{Carrier: model.CarrierSim, Transport: newScript(), Scenario: "demo", Now: func() time.Time { return testNow }})
	want := model.Origin{Carrier: model.CarrierSim, Cloud: "public", Scenario: "demo", Portal: "https://portal.azure.com", Studio: "https://ml.azure.com"}
	if err != nil || c.Origin() != want {
		t.Errorf("%+v, %v", c.Origin(), err)
	}
}

// TestTokenStaysHome lets answers point to other hosts, and sees that nothing
// is sent there: a list is refused, an operation is followed by its resource.
func TestTokenStaysHome(t *testing.T) {
	for _, elsewhere := range []string{
		"https://evil.example/page2", "http://management.azure.com/page2", "https://management.azure.com:8443/page2",
		"https://management.azure.com.evil.example/page2", "https://management.azure.com@evil.example/page2",
		"https://management.azure.com./page2", "https://managemеnt.azure.com/page2", "https://xn--managemnt-41g.azure.com/page2",
		"HTTPS://EVIL.EXAMPLE/page2", "https://user:secret@management.azure.com/page2",
		"https://management.azure.com:0443/page2", "https://[::ffff:127.0.0.1]/page2",
	} {
		s := newScript(
			ok("GET", "/computes?", `{"value":[],"nextLink":"`+elsewhere+`"}`),
			&exchange{method: "POST", path: "/computes/a/stop", status: 202, header: map[string]string{"Azure-AsyncOperation": elsewhere}},
			ok("GET", "/computes/a?", `{"id":"`+testWS+`/computes/a","properties":{"computeType":"ComputeInstance","provisioningState":"Succeeded","properties":{"state":"Stopping"}}}`),
			&exchange{method: "DELETE", path: "/deployments/d", status: 202, header: map[string]string{"Location": elsewhere}},
			ok("GET", "/deployments/d?", `{"properties":{"provisioningState":"Deleting"}}`),
		)
		c := clientOn(t, s)
		_, err := c.Computes(t.Context(), testWorkspace(), 0)
		checkForeign(t, elsewhere, err)
		for _, cmd := range []model.Command{
			commandOn(model.VerbStop, testWS+"/computes/a"), commandOn(model.VerbUndeploy, testWS+"/onlineEndpoints/e/deployments/d"),
		} {
			followsTheResource(t, c, cmd, elsewhere)
		}
		for _, r := range s.requests {
			if r.URL.Scheme+"://"+r.URL.Host != "https://management.azure.com" || r.URL.User != nil {
				t.Errorf("a request went to %s", r.URL)
			}
		}
	}
}

// followsTheResource begins a command and sees that its polling goes to the
// resource, and says why.
func followsTheResource(t *testing.T, c *Client, cmd model.Command, elsewhere string) {
	t.Helper()
	p, err := c.Begin(t.Context(), cmd)
	if err != nil {
		t.Fatalf("%s: %v", elsewhere, err)
	}
	for range 3 {
		done, progress, err := p.Poll(t.Context())
		said := strings.Contains(progress, "not asked") || strings.HasPrefix(progress, "Stopping") || strings.HasPrefix(progress, "Deleting") || strings.Contains(progress, "the resource itself")
		if done || err != nil || !said || strings.Contains(progress, "secret") {
			t.Errorf("%s of %s: done %v, %q, %v", cmd.Verb, elsewhere, done, progress, err)
		}
	}
}

// TestAddressesThatAreNone gives the next page and the operation addresses that
// cannot be asked: the list is refused, for the operation its resource stands in.
func TestAddressesThatAreNone(t *testing.T) {
	for _, odd := range []string{"//evil.example/x", "/relative", "page2", `https://management.azure.com\\@evil.example/`, "https://", "::", "javascript:alert(1)", "ftp://management.azure.com/page2", "https://management.azure.com%2eevil.example/page2"} {
		s := newScript(
			ok("GET", "/computes?", `{"value":[],"nextLink":"`+odd+`"}`),
			&exchange{method: "POST", path: "/computes/a/stop", status: 202, header: map[string]string{"Azure-AsyncOperation": odd, "Location": odd}},
			ok("GET", "/computes/a?", `{"properties":{"provisioningState":"Succeeded","properties":{"state":"Stopping"}}}`),
		)
		c := clientOn(t, s)
		_, err := c.Computes(t.Context(), testWorkspace(), 0)
		var r *model.Refusal
		if !errors.As(err, &r) || !strings.Contains(r.Message, "next page") || r.Next == "" {
			t.Errorf("%s: %v", odd, err)
		}
		followsTheResource(t, c, commandOn(model.VerbStop, testWS+"/computes/a"), odd)
		for _, r := range s.requests {
			if r.URL.Host != "management.azure.com" {
				t.Errorf("a request went to %s", r.URL)
			}
		}
	}
}

func checkForeign(t *testing.T, elsewhere string, err error) {
	t.Helper()
	var foreign *ForeignHostError
	var r *model.Refusal
	if !errors.As(err, &foreign) || !errors.As(err, &r) || foreign.Want != "https://management.azure.com" || r.Next == "" {
		t.Errorf("%s: %v", elsewhere, err)
	}
}

// TestRedirectIsNotFollowed sends the default HTTP client into a redirect to
// another server, which must never hear of the token.
func TestRedirectIsNotFollowed(t *testing.T) {
	heard := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard = true }))
	defer other.Close()
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer home.Close()
	c, err := New(Options{Carrier: model.CarrierEmulator, Endpoint: home.URL, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Computes(t.Context(), testWorkspace(), 0); err == nil || heard {
		t.Errorf("error %v, the other server heard of it: %v", err, heard)
	}
}

type namedCredential struct{ token string }

func (c namedCredential) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: c.token, ExpiresOn: testNow.AddDate(10, 0, 0)}, nil
}

// TestTokenIsSent sees the token on the wire to the configured host, over
// loopback http too, and nothing of it in an error.
func TestTokenIsSent(t *testing.T) {
	s := newScript(&exchange{method: "GET", path: "/computes?", status: 500, body: `{}`})
	c, err := New(Options{Carrier: model.CarrierAzure, Endpoint: "http://127.0.0.1:1", Credential: namedCredential{"s3cret"}, Transport: s, Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Computes(t.Context(), testWorkspace(), 0)
	if len(s.requests) != 1 || s.requests[0].Header.Get("Authorization") != "Bearer s3cret" {
		t.Errorf("%d requests", len(s.requests))
	}
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("%v", err)
	}
}

func TestSameOrigin(t *testing.T) {
	parse := func(s string) *url.URL {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	if !sameOrigin(parse("https://Management.Azure.com:443/x"), parse("https://management.azure.com")) {
		t.Error("case and the default port make a difference")
	}
	if sameOrigin(parse("http://127.0.0.1:7071"), parse("http://127.0.0.1:7070")) {
		t.Error("another port is the same")
	}
}
