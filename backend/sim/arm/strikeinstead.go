package arm

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// proxyPage is what a proxy or a sign-in portal puts in the service's place.
const proxyPage = `<!DOCTYPE html>
<html><head><title>Access gateway</title></head>
<body><h1>Sign in to the network</h1><p>A fault was injected.</p><script>location="/login"</script></body></html>
`

// refusal is the error that the strike answers with instead of doing the work;
// nil if it is none of that sort.
func (h *strike) refusal(c *call) error {
	injected := func(status int, code, message string) error {
		return &refusal{status: status, code: code, message: message, retryAfter: h.pause}
	}
	switch h.kind {
	case fault400:
		return injected(http.StatusBadRequest, "BadRequest", "The request is not valid: a fault was injected.")
	case fault401:
		return c.expired()
	case fault403:
		return c.forbidden(c.resource())
	case fault404:
		return notFound("ResourceNotFound", "The Resource '%s' was not found: a fault was injected.", c.request.URL.Path)
	case fault409:
		return injected(http.StatusConflict, "Conflict", "Another operation is in progress: a fault was injected.")
	case faultLock:
		return c.lockedScope()
	case faultQuota:
		return c.overQuota()
	case fault429:
		return throttled(c.route.kind, c.arg("sub"), h.pause)
	case fault500:
		return injected(http.StatusInternalServerError, "InternalServerError", "The server failed: a fault was injected.")
	case fault503:
		return injected(http.StatusServiceUnavailable, "ServiceUnavailable", "The server is not available: a fault was injected.")
	case faultErrorBody:
		return injected(http.StatusOK, "InternalServerError", "The server failed and said 200: a fault was injected.")
	case faultHTML:
		return &refusal{status: h.amount, code: "Proxy", message: "A proxy answered.", page: proxyPage}
	}
	return nil
}

// expired is the answer to a token that was good an hour ago.
func (c *call) expired() error {
	const form = "1/2/2006 3:04:05 PM"
	c.header.Set("WWW-Authenticate", `Bearer authorization_uri="https://login.microsoftonline.com/`+c.tenant()+
		`", error="invalid_token", error_description="The access token has expired."`)
	return gateway(http.StatusUnauthorized, "ExpiredAuthenticationToken",
		"The access token expiry UTC time '%s' is earlier than current UTC time '%s'.",
		c.now.Add(-time.Minute).UTC().Format(form), c.now.UTC().Format(form))
}

// tenant is the directory of the subscription asked about, or of the first.
func (c *call) tenant() string {
	if sub := c.world().FindSubscription(c.arg("sub")); sub != nil {
		return sub.Tenant
	}
	for _, sub := range c.world().Subscriptions() {
		return sub.Tenant
	}
	return "common"
}

// lockedScope is the answer below a resource group with a lock.
func (c *call) lockedScope() error {
	verb := "write"
	if c.route.kind == kindDelete {
		verb = "delete"
	}
	scope := "/subscriptions/" + c.arg("sub")
	if group := c.arg("group"); group != "" {
		scope += "/resourceGroups/" + group
	}
	return gateway(http.StatusConflict, "ScopeLocked",
		"The scope '%s' cannot perform %s operation because following scope(s) are locked: '%s'. Please remove the lock and try again.",
		c.resource(), verb, scope)
}

// overQuota is the answer to a request for more cores than there are.
func (c *call) overQuota() error {
	if strings.Contains(c.route.name, "Deployments") {
		return badRequest("OutOfQuota", fmt.Sprintf("Not enough cluster CPU quota. The amount of additional CPU quota requested is %d, "+
			"and you are currently using %d. Your amount of maximum quota is %d.", 8, 14, 20))
	}
	return badRequest("ClusterMinNodesExceedCoreQuota", fmt.Sprintf("The specified subscription has a %s vCPU quota of %d and "+
		"cannot accomodate for at least 1 requested managed compute nodes which maps to %d vCPUs.", "Standard DSv2 family", 6, 8))
}
