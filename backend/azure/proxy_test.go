package azure

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// through is a client for Azure whose connections go through a proxy.
func through(t *testing.T, proxy string) *Client {
	t.Helper()
	u, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	web := newHTTPClient()
	web.Transport.(*http.Transport).Proxy = http.ProxyURL(u)
	c, err := New(Options{Carrier: model.CarrierAzure, Credential: namedCredential{"s3cret"}, Transport: web, Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestProxies goes through proxies that do not let the program through, and one
// that is not there.
func TestProxies(t *testing.T) {
	for status, want := range map[int]string{
		http.StatusProxyAuthRequired: "wants a user and a password (HTTP 407 Proxy Authentication Required)|HTTPS_PROXY",
		http.StatusForbidden:         "makes no connection to there (HTTP 403 Forbidden)|HTTPS_PROXY",
		http.StatusBadGateway:        "makes no connection to there (HTTP 502 Bad Gateway)|HTTPS_PROXY",
		0:                            "the proxy cannot be reached: |proxy settings",
	} {
		var heard []string
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			heard = append(heard, r.Method, r.Header.Get("Authorization"))
			w.WriteHeader(status)
		}))
		if status == 0 {
			proxy.Close()
		}
		_, err := through(t, proxy.URL).Subscriptions(t.Context())
		proxy.Close()
		message, next, _ := strings.Cut(want, "|")
		var r *model.Refusal
		if !errors.As(err, &r) || r.Class != model.ErrUnreachable || !strings.Contains(r.Message, message) || !strings.Contains(r.Next, next) {
			t.Errorf("%d: %#v", status, err)
		}
		if strings.Contains(fmt.Sprint(heard), "s3cret") {
			t.Errorf("%d: the proxy heard the token: %q", status, heard)
		}
	}
}

// TestPortals meets redirects of every kind, which are told and not followed.
func TestPortals(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := newScript(&exchange{method: "GET", path: "/computes?", status: status, header: map[string]string{"Location": "https://portal.example/login?sig=SIGNED"}})
		_, err := clientOn(t, s).Computes(t.Context(), testWorkspace(), 0)
		var r *model.Refusal
		if !errors.As(err, &r) || r.Class != model.ErrUnreachable || !strings.Contains(r.Message, "portal.example") || strings.Contains(r.Message, "SIGNED") || r.Next != nextProxy {
			t.Errorf("%d: %#v", status, err)
		}
		if len(s.requests) != 1 {
			t.Errorf("%d: %d requests", status, len(s.requests))
		}
	}
}

// TestLargeAndDeep reads a page of ten megabytes, and refuses one that nests
// without end.
func TestLargeAndDeep(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"value":[`)
	for n := range 2000 {
		fmt.Fprintf(&b, `{"id":"%s/computes/c%d","tags":{"note":"%s"},"properties":{"computeType":"AmlCompute"}},`, testWS, n, strings.Repeat("x", 5000))
	}
	page := strings.TrimSuffix(b.String(), ",") + `]}`
	got, err := clientOn(t, newScript(ok("GET", "/computes?", page))).Computes(t.Context(), testWorkspace(), 0)
	if err != nil || len(got.Clusters) != 2000 || len(page) < 10_000_000 {
		t.Errorf("%d bytes: %d clusters, %v", len(page), len(got.Clusters), err)
	}
	deep := `{"value":[{"id":"/x/computes/a","properties":` + strings.Repeat(`{"properties":`, 50_000) + `1` + strings.Repeat(`}`, 50_002) + `]}`
	_, err = clientOn(t, newScript(ok("GET", "/computes?", deep))).Computes(t.Context(), testWorkspace(), 0)
	var r *model.Refusal
	if !errors.As(err, &r) || r.Class != model.ErrUnreachable || r.Next == "" {
		t.Errorf("deep: %#v", err)
	}
}

// TestPagesWithoutEnd ends lists that never come to theirs: new addresses with
// the rows of before, and new addresses with nothing.
func TestPagesWithoutEnd(t *testing.T) {
	for rows, most := range map[string]int{`{"id":"/x/computes/a","properties":{"computeType":"AmlCompute"}}`: 2, ``: maxBarren + 1} {
		n := 0
		c, err := New(Options{Carrier: model.CarrierSim, Now: func() time.Time { return testNow }, Transport: doer(func(req *http.Request) (*http.Response, error) {
			n++
			body := fmt.Sprintf(`{"value":[%s],"nextLink":"https://management.azure.com/x?page=%d"}`, rows, n)
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
		})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Computes(t.Context(), testWorkspace(), 0)
		if !errors.Is(err, model.ErrUnreachable) || n > most {
			t.Errorf("%d requests, %v", n, err)
		}
	}
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(req *http.Request) (*http.Response, error) { return d(req) }

// TestRowsListedTwice: rows listed twice are there once, as they came last.
func TestRowsListedTwice(t *testing.T) {
	row := func(name, state string) string {
		return `{"id":"` + testWS + `/computes/` + name + `","properties":{"computeType":"ComputeInstance","properties":{"state":"` + state + `"}}}`
	}
	s := newScript(
		ok("GET", "page=2", `{"value":[`+row("B", "Stopped")+`,`+row("c", "Running")+`,{"name":"no id"},null,7]}`),
		ok("GET", "/computes?", `{"value":[`+row("a", "Running")+`,`+row("b", "Running")+`],"nextLink":"https://management.azure.com/x?page=2"}`),
	)
	got, err := clientOn(t, s).Computes(t.Context(), testWorkspace(), 0)
	if err != nil || len(got.Instances) != 3 || got.Instances[1].State != model.StateStopped {
		t.Errorf("%d instances, %v", len(got.Instances), err)
	}
}
