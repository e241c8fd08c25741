package arm

import (
	"net/http"
	"strings"
	"time"
)

// The oldest API versions answered. Clients of other people lag behind by
// years: the JavaScript and Python SDKs ask for 2022-10-01 unless they are told
// otherwise, and the idle shutdown setting is written with 2021-07-01.
const (
	oldestVersion    = "2021-07-01"
	usualVersion     = "2024-04-01" // whose bodies the server answers
	oldestARMVersion = "2014-04-01" // of ARM's own resources: subscriptions
)

// checkVersion wants an api-version that is a date, and not too old a one.
func checkVersion(c *call) error {
	v := c.version()
	if c.route.open {
		return nil
	}
	if v == "" {
		return gateway(http.StatusBadRequest, "MissingApiVersionParameter",
			"The api-version query parameter (?api-version=) is required for all requests.")
	}
	date, _, _ := strings.Cut(v, "-preview")
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return gateway(http.StatusBadRequest, "InvalidApiVersionParameter", "The api-version '%s' is invalid.", v)
	}
	oldest := oldestVersion
	switch {
	case c.route.oldest != "":
		oldest = c.route.oldest
	case strings.HasPrefix(c.route.name, "subscriptions."):
		oldest = oldestARMVersion
	}
	if date < oldest {
		supported := oldest
		if oldest == oldestVersion {
			supported = strings.Join(versions, ", ")
		}
		return gateway(http.StatusBadRequest, "NoRegisteredProviderFound",
			"No registered resource provider found for location '%s' and API version '%s' for type '%s'. "+
				"The supported api-versions are '%s'.", c.whereabouts(), v, c.route.kindOf(), supported)
	}
	return nil
}

// whereabouts is the region of what a request is about; "" if that is unknown.
func (c *call) whereabouts() string {
	if location := c.arg("location"); location != "" {
		return location
	}
	if ws := c.world().FindWorkspace(c.arg("sub"), c.arg("group"), c.arg("workspace")); ws != nil {
		return ws.Location
	}
	return ""
}

// kindOf is the resource type that a route is about, below its provider.
func (r *route) kindOf() string {
	_, kind, _ := strings.Cut(typeOf(pathOf(*r)), "/")
	return kind
}

// version is the request's API version.
func (c *call) version() string {
	for k, v := range c.query {
		if strings.EqualFold(k, "api-version") && len(v) > 0 {
			return v[0]
		}
	}
	return ""
}
