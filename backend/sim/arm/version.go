package arm

import (
	"net/http"
	"strings"
	"time"

	"github.com/amltop/amltop/model/catalog"
)

// usualVersion is the API version whose bodies the server answers.
const usualVersion = "2024-04-01"

// The oldest API versions answered. Clients of other people lag behind by
// years: the JavaScript and Python SDKs ask for 2022-10-01 unless they are told
// otherwise, and the idle shutdown setting is written with 2021-07-01.
const (
	oldestVersion    = "2021-07-01"
	oldestARMVersion = "2014-04-01" // of ARM's own resources: subscriptions
)

// knownVersions are told to those who ask for another one. Newer ones than the
// last are answered too.
var knownVersions = []string{"2021-07-01", "2022-05-01", "2022-10-01", "2023-04-01", "2023-10-01", "2024-04-01", "2024-10-01", "2025-06-01"}

// checkVersion wants an api-version that is a date, and not too old a one.
func checkVersion(c *call) error {
	v := c.version()
	if v == "" {
		return gateway(http.StatusBadRequest, "MissingApiVersionParameter",
			"The api-version query parameter (?api-version=) is required for all requests.")
	}
	date, _, _ := strings.Cut(v, "-preview")
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return gateway(http.StatusBadRequest, "InvalidApiVersionParameter",
			"The api-version '%s' is invalid. The supported versions are '%s'.", v, strings.Join(knownVersions, ","))
	}
	oldest := oldestVersion
	switch {
	case c.route.oldest != "":
		oldest = c.route.oldest
	case strings.HasPrefix(c.route.name, "subscriptions."):
		oldest = oldestARMVersion
	}
	if date < oldest {
		return c.tooOld(v)
	}
	return nil
}

// tooOld is ARM's answer to an API version that nobody has registered.
func (c *call) tooOld(version string) error {
	_, kind := resourceType(strings.Split(strings.Trim(c.request.URL.Path, "/"), "/"))
	known := knownVersions
	if c.route.oldest != "" {
		known = []string{c.route.oldest}
	}
	return gateway(http.StatusBadRequest, "NoRegisteredProviderFound",
		"No registered resource provider found for location '%s' and API version '%s' for type '%s'. "+
			"The supported api-versions are '%s'. The supported locations are '%s'.",
		c.place(), version, kind, strings.Join(known, ", "), strings.Join(catalog.Regions(), ", "))
}

// place is the region that a request is about, "" if it is about none.
func (c *call) place() string {
	if ws, err := c.lookup(); err == nil && ws != nil {
		return ws.Location
	}
	return c.arg("location")
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
