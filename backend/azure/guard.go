package azure

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// ForeignHostError says that an answer pointed somewhere else: a nextLink or an
// operation URL on a host that is not the configured one. Nothing was sent there.
type ForeignHostError struct {
	Host string // where it pointed, with scheme
	Want string // the configured one
}

func (e *ForeignHostError) Error() string {
	return fmt.Sprintf("the answer points to %s, and the token goes to %s only", e.Host, e.Want)
}

// hostGuard stands before the policy that attaches the token, and lets only
// requests to the configured host through.
type hostGuard struct{ base *url.URL }

// Do implements policy.Policy.
func (g hostGuard) Do(req *policy.Request) (*http.Response, error) {
	if u := req.Raw().URL; !sameOrigin(u, g.base) || u.User != nil {
		return nil, foreign(u, g.base)
	}
	return req.Next()
}

// foreign is the error for an address that is not the configured host's; nil
// stands for one that is none.
func foreign(u, base *url.URL) *ForeignHostError {
	e := &ForeignHostError{Host: "what is not an address", Want: base.Scheme + "://" + base.Host}
	switch {
	case u == nil:
	case u.User != nil && sameOrigin(u, base):
		e.Host = "its host with a user's name in the address"
	default:
		e.Host = clean(u.Scheme + "://" + u.Host)
	}
	return e
}

// sameOrigin compares scheme, host and port, the port by its default.
func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) &&
		strings.EqualFold(a.Hostname(), b.Hostname()) && portOf(a) == portOf(b)
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if strings.EqualFold(u.Scheme, "http") {
		return "80"
	}
	return "443"
}
