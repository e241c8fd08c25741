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
	if u := req.Raw().URL; !sameOrigin(u, g.base) {
		return nil, &ForeignHostError{
			Host: clean(u.Scheme + "://" + u.Host),
			Want: g.base.Scheme + "://" + g.base.Host,
		}
	}
	return req.Next()
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
