package azure

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// Connection limits: many workspaces are asked at once over one host, an answer
// that does not begin within a minute will not come, and one that is not over
// after three drips for ever.
const (
	idlePerHost   = 16
	headerTimeout = 60 * time.Second
	answerTimeout = 3 * time.Minute
)

// newHTTPClient is the transport used when none is given. It follows no
// redirect: ARM sends none, and the token must not go where one points.
func newHTTPClient() *http.Client {
	t, ok := http.DefaultTransport.(*http.Transport)
	if ok {
		t = t.Clone()
	} else {
		t = &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	}
	t.MaxIdleConnsPerHost = idlePerHost
	t.ResponseHeaderTimeout = headerTimeout
	t.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
		if resp.StatusCode != http.StatusOK {
			return &proxyError{resp.StatusCode}
		}
		return nil
	}
	return &http.Client{
		Transport:     t,
		Timeout:       answerTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// proxyError is a proxy's refusal to make a connection.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	if e.status == http.StatusProxyAuthRequired {
		return "the proxy wants a user and a password (" + statusText(e.status) + ")"
	}
	return "the proxy makes no connection to there (" + statusText(e.status) + ")"
}

// maxAnswer is the largest answer that is read: a page of a list takes some
// hundred kilobytes.
const maxAnswer = 64 << 20

// bounded is a transport whose answers end somewhere.
type bounded struct{ policy.Transporter }

// Do implements policy.Transporter.
func (b bounded) Do(req *http.Request) (*http.Response, error) {
	resp, err := b.Transporter.Do(req)
	if err == nil && resp.Body != nil {
		resp.Body = http.MaxBytesReader(nil, resp.Body, maxAnswer)
	}
	return resp, err
}
