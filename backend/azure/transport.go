package azure

import (
	"net/http"
	"time"
)

// Connection limits: many workspaces are asked at once over one host, and an
// answer that does not begin within a minute will not come.
const (
	idlePerHost   = 16
	headerTimeout = 60 * time.Second
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
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
