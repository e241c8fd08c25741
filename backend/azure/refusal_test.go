package azure

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

const (
	denied = `{"error":{"code":"AuthorizationFailed","message":"The client 'ana@contoso.com' with object id 'x' does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/computes/stop/action' over scope '` + testWS + `' or the scope is invalid."}}`
	html   = "<!DOCTYPE html><html><body>Sign in to the guest network</body></html>"
)

// stopAnswered sends a stop and gives back the refusal to this answer.
func stopAnswered(t *testing.T, e exchange) *model.Refusal {
	t.Helper()
	e.method, e.path = "POST", "/stop"
	p, err := clientOn(t, newScript(&e)).Begin(t.Context(), commandOn(model.VerbStop, testWS+"/computes/a"))
	var r *model.Refusal
	if !errors.As(err, &r) || p != nil {
		t.Fatalf("status %d: pending %v, error %v", e.status, p, err)
	}
	return r
}

func TestRefusals(t *testing.T) {
	for name, tc := range map[string]struct {
		exchange
		class         error
		code          string
		message, next string // parts of
	}{
		"403":           {exchange{status: 403, body: denied}, model.ErrDenied, "AuthorizationFailed", "does not have authorization", "/stop/action on vision; AzureML Compute Operator has it"},
		"403 linked":    {exchange{status: 403, body: `{"error":{"code":"LinkedAuthorizationFailed","message":"linked"}}`}, model.ErrDenied, "LinkedAuthorizationFailed", "linked", "owner of the scope"},
		"404":           {exchange{status: 404, body: `{"error":{"code":"ResourceNotFound","message":"gone"}}`}, model.ErrNotFound, "ResourceNotFound", "gone", "nothing is left"},
		"409":           {exchange{status: 409, body: `{"error":{"code":"Conflict","message":"Another operation is in progress."}}`}, model.ErrConflict, "Conflict", "Another", "wait until it is over"},
		"409 locked":    {exchange{status: 409, body: `{"error":{"code":"ScopeLocked","message":"locked"}}`}, model.ErrDenied, "ScopeLocked", "locked", "lock"},
		"429":           {exchange{status: 429, header: map[string]string{"Retry-After": "17"}, body: `{"error":{"code":"TooManyRequests","message":"slow down"}}`}, model.ErrThrottled, "TooManyRequests", "slow", "pause"},
		"400 disk":      {exchange{status: 400, body: `{"error":{"code":"UserError","message":"StopCompute is not allowed when ComputeInstance disk is full."}}`}, nil, "UserError", "disk is full", "Free space"},
		"400 quota":     {exchange{status: 400, body: `{"error":{"code":"ClusterMinNodesExceedCoreQuota","message":"family vCPU quota of 6"}}`}, nil, "ClusterMinNodesExceedCoreQuota", "quota of 6", "more quota"},
		"400 traffic":   {exchange{status: 400, body: `{"error":{"code":"BadRequest","message":"Deployment has live traffic."}}`}, nil, "BadRequest", "live traffic", "0 % first"},
		"401":           {exchange{status: 401, body: `{"error":{"code":"ExpiredAuthenticationToken","message":"expired"}}`}, model.ErrSignIn, "ExpiredAuthenticationToken", "expired", "az login"},
		"401 tenant":    {exchange{status: 401, body: `{"error":{"code":"InvalidAuthenticationTokenTenant","message":"wrong issuer"}}`}, model.ErrSignIn, "InvalidAuthenticationTokenTenant", "issuer", "--tenant"},
		"500":           {exchange{status: 500, body: `{"error":{"code":"InternalServerError","message":"oops"}}`}, model.ErrUnreachable, "InternalServerError", "oops", "service's side"},
		"503":           {exchange{status: 503, body: ``}, model.ErrUnreachable, "", "HTTP 503 Service Unavailable", "service's side"},
		"proxy":         {exchange{status: 502, header: map[string]string{"Content-Type": "text/html"}, body: html}, model.ErrUnreachable, "", "web page", "proxy"},
		"portal":        {exchange{status: 403, header: map[string]string{"Content-Type": "text/html"}, body: html}, model.ErrUnreachable, "", "web page", "proxy"},
		"redirect":      {exchange{status: 302, header: map[string]string{"Location": "https://evil.example"}}, model.ErrUnreachable, "", "a redirect to evil.example", "proxy"},
		"header code":   {exchange{status: 404, header: map[string]string{"x-ms-error-code": "SubscriptionNotFound"}, body: `{}`}, model.ErrNotFound, "SubscriptionNotFound", "HTTP 404", "az account list"},
		"bare":          {exchange{status: 409, body: `{"code":"Busy","message":"bare"}`}, model.ErrConflict, "Busy", "bare", "wait"},
		"details only":  {exchange{status: 400, body: `{"error":{"code":"UserError","message":"","details":[{"code":"Deep","message":"the reason"}]}}`}, nil, "UserError", "the reason", "refused again"},
		"inner error":   {exchange{status: 400, body: `{"error":{"innerError":{"code":"Inner","message":"within"}}}`}, nil, "Inner", "within", "refused again"},
		"escape within": {exchange{status: 409, body: `{"error":{"code":"X\u001b[2J","message":"a\u001b]0;t\u0007"}}`}, model.ErrConflict, "X␛[2J", "a␛]0;t␇", "wait"},
		"not an object": {exchange{status: 409, body: `["?"]`}, model.ErrConflict, "", "HTTP 409", "wait"},
	} {
		r := stopAnswered(t, tc.exchange)
		if r.Class != tc.class || r.Status != tc.status || r.Code != tc.code || !strings.Contains(r.Message, tc.message) || !strings.Contains(r.Next, tc.next) || (tc.next == "") != (r.Next == "") {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if r := stopAnswered(t, exchange{status: 403, body: denied}); !strings.HasSuffix(r.Action, "computes/stop/action") || r.Scope != testWS {
		t.Errorf("action %q, scope %q", r.Action, r.Scope)
	}
	if r := stopAnswered(t, exchange{status: 429, header: map[string]string{"Retry-After": "17"}}); r.RetryAfter != 17*time.Second {
		t.Errorf("retry after %s", r.RetryAfter)
	}
}

// TestUnreadable gives answers of 200 that are no answers.
func TestUnreadable(t *testing.T) {
	for name, tc := range map[string]struct{ header, body, message, next string }{
		"html":       {"text/html", html, "web page", "proxy"},
		"html as":    {"", html, "web page", "proxy"},
		"cut":        {"", `{"value":[{"id":"/subscr`, "broke off", "again"},
		"empty":      {"", ``, "broke off", "again"},
		"malformed":  {"", `{"value":[}]}`, "not what Azure Resource Manager sends", "endpoint"},
		"no list":    {"", `{"hello":"world"}`, "there is no list in it", "endpoint"},
		"an array":   {"", `[]`, "not what", "endpoint"},
		"plain text": {"text/plain", `ok`, "not what", "endpoint"},
	} {
		e := ok("GET", "/computes?", tc.body)
		if tc.header != "" {
			e.header = map[string]string{"Content-Type": tc.header}
		}
		_, err := clientOn(t, newScript(e)).Computes(t.Context(), testWorkspace(), 0)
		var r *model.Refusal
		if !errors.As(err, &r) || r.Class != model.ErrUnreachable || !strings.Contains(r.Message, tc.message) || !strings.Contains(r.Next, tc.next) {
			t.Errorf("%s: %#v", name, err)
		}
	}
	got, err := clientOn(t, newScript(ok("GET", "/computes?", `{"value":null}`))).Computes(t.Context(), testWorkspace(), 0)
	if err != nil || len(got.Clusters) != 0 {
		t.Errorf("a null list: %+v, %v", got, err)
	}
}

type slowError struct{}

func (slowError) Error() string   { return "slow" }
func (slowError) Timeout() bool   { return true }
func (slowError) Temporary() bool { return true }

func TestNetworkTroubles(t *testing.T) {
	signed := "https://management.azure.com/x?sig=SIGNED"
	for name, tc := range map[string]struct {
		err           error
		class         error
		message, next string
	}{
		"dns":      {&net.DNSError{Err: "no such host", Name: "management.azure.com"}, model.ErrUnreachable, "no address is known for management.azure.com", "VPN"},
		"refused":  {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, model.ErrUnreachable, "refused", "emulator"},
		"reset":    {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, model.ErrUnreachable, "broke off", "again"},
		"eof":      {io.ErrUnexpectedEOF, model.ErrUnreachable, "broke off", "again"},
		"ca":       {&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, model.ErrUnreachable, "unknown authority", "certificate"},
		"no tls":   {tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, model.ErrUnreachable, "TLS handshake", "certificate"},
		"timeout":  {slowError{}, model.ErrUnreachable, "no answer in time", "again"},
		"deadline": {context.DeadlineExceeded, model.ErrUnreachable, "no answer in time", "again"},
		"no route": {&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}, model.ErrUnreachable, "no connection", "again"},
		"given up": {context.Canceled, nil, "given up", ""},
		"other":    {errors.New("strange\x1b[2J"), nil, "strange␛[2J", ""},
	} {
		e := &exchange{method: "GET", path: "/computes?", err: &url.Error{Op: "Get", URL: signed, Err: tc.err}}
		_, err := clientOn(t, newScript(e)).Computes(t.Context(), testWorkspace(), 0)
		var r *model.Refusal
		if !errors.As(err, &r) || r.Class != tc.class || r.Status != 0 || !strings.Contains(r.Message, tc.message) || !strings.Contains(r.Next, tc.next) {
			t.Errorf("%s: %#v", name, err)
		}
		if text := fmt.Sprintf("%v %v %+v", err, r.Err, r); strings.Contains(text, "SIGNED") {
			t.Errorf("%s: the URL is in %q", name, text)
		}
	}
}

type failingCredential struct{ err error }

func (c failingCredential) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{}, c.err
}

func TestSignInTroubles(t *testing.T) {
	for name, tc := range map[string]struct {
		err     error
		class   error
		message string
	}{
		"nobody":  {errors.New("please run az login"), model.ErrSignIn, "please run az login"},
		"offline": {fmt.Errorf("token: %w", &net.DNSError{Name: "login.microsoftonline.com"}), model.ErrUnreachable, "login.microsoftonline.com"},
	} {
		c, err := New(Options{Carrier: model.CarrierAzure, Credential: failingCredential{tc.err}, Transport: newScript(), Now: func() time.Time { return testNow }})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Subscriptions(t.Context())
		if !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.message) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
