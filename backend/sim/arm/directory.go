package arm

import (
	"net/http"
	"strings"

	"github.com/amltop/amltop/model/catalog"
)

// What ARM itself answers about a directory and its subscriptions.

// versions are the API versions that the provider says it has. Clients that
// know no version by heart take the newest of these.
var versions = []string{"2025-06-01", "2025-04-01", "2024-10-01", "2024-07-01-preview", "2024-04-01", "2023-10-01", "2023-04-01", "2022-10-01", "2022-05-01", "2021-07-01"}

func directoryRoutes() []route {
	get := http.MethodGet
	const groups = inSubscription + "/resourceGroups"
	return []route{
		route{name: "tenants.list", method: get, oldest: oldestARMVersion, serve: listTenants}.at("/tenants"),
		route{name: "subscriptions.locations", method: get, serve: listLocations}.at(inSubscription + "/locations"),
		route{name: "groups.list", method: get, action: "Microsoft.Resources/subscriptions/resourceGroups/read", oldest: oldestARMVersion, serve: listGroups}.at(groups),
		route{name: "groups.get", method: get, action: "Microsoft.Resources/subscriptions/resourceGroups/read", oldest: oldestARMVersion, serve: getGroup}.at(groups + "/{group}"),
		route{name: "providers.get", method: get, action: "Microsoft.Resources/subscriptions/providers/read", oldest: oldestARMVersion, serve: getProvider}.at(inProvider),
	}
}

// listTenants answers the directories of the tenant's subscriptions.
func listTenants(c *call) error {
	var ids []string
	seen := map[string]bool{}
	for _, sub := range c.world().Subscriptions() {
		if !seen[sub.Tenant] {
			seen[sub.Tenant] = true
			ids = append(ids, sub.Tenant)
		}
	}
	return c.list(len(ids), func(i int) string { return ids[i] }, func(i int) {
		c.object("")
		c.str("id", "/tenants/"+ids[i])
		c.str("tenantId", ids[i])
		c.str("tenantCategory", "Home")
		c.str("displayName", "Simulated directory")
		c.str("defaultDomain", "amltop.example")
		c.raw("domains", `["amltop.example"]`)
		c.endObject()
	})
}

// listLocations answers the regions there are prices for, all at once.
func listLocations(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	c.object("")
	c.array("value")
	for _, name := range catalog.Regions() {
		label := regionLabel(name)
		c.object("")
		c.str("id", "/subscriptions/"+sub.ID+"/locations/"+name)
		c.str("name", name)
		c.str("type", "Region")
		c.str("displayName", label)
		c.str("regionalDisplayName", label)
		c.object("metadata")
		c.str("regionType", "Physical")
		c.endObject()
		c.endObject()
	}
	c.endArray()
	c.endObject()
	return nil
}

// compass are the parts that a region's name may hold besides its country's.
var compass = []string{"north", "south", "east", "west", "central"}

// regionLabel is a region as people write it: eastus2 is East US 2.
func regionLabel(name string) string {
	var words []string
	for rest := name; rest != ""; {
		part := countryOf(rest)
		for _, word := range compass {
			if strings.HasPrefix(rest, word) {
				part = word
			}
		}
		rest = rest[len(part):]
		if len(part) <= 3 && part != "asia" {
			part = strings.ToUpper(part)
		}
		words = append(words, strings.ToUpper(part[:1])+part[1:])
	}
	return strings.Join(words, " ")
}

// countryOf is what stands before the next point of the compass or number.
func countryOf(rest string) string {
	for i := 1; i < len(rest); i++ {
		if rest[i] >= '0' && rest[i] <= '9' {
			return rest[:i]
		}
		for _, word := range compass {
			if strings.HasPrefix(rest[i:], word) {
				return rest[:i]
			}
		}
	}
	return rest
}

// getProvider answers what the provider offers, as clients ask before they use
// it.
func getProvider(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	c.object("")
	c.str("id", "/subscriptions/"+sub.ID+"/providers/"+namespace)
	c.str("namespace", namespace)
	c.str("registrationState", "Registered")
	c.str("registrationPolicy", "RegistrationRequired")
	c.array("resourceTypes")
	for _, kind := range resourceTypes(c.s.routes) {
		c.object("")
		c.str("resourceType", kind)
		c.array("locations")
		for _, name := range catalog.Regions() {
			c.str("", regionLabel(name))
		}
		c.endArray()
		c.array("apiVersions")
		for _, v := range versions {
			c.str("", v)
		}
		c.endArray()
		c.str("defaultApiVersion", oldestVersion)
		c.str("capabilities", "SupportsTags, SupportsLocation")
		c.endObject()
	}
	c.endArray()
	c.endObject()
	return nil
}

// resourceTypes are the types that the routes serve: what is read by name.
func resourceTypes(routes []route) []string {
	var types []string
	for _, r := range routes {
		path := pathOf(r)
		_, below, found := strings.Cut(path, "/providers/"+namespace+"/")
		if !found || r.method != http.MethodGet || !strings.HasSuffix(path, "}") {
			continue
		}
		var words []string
		for i, segment := range strings.Split(below, "/") {
			if i%2 == 0 {
				words = append(words, segment)
			}
		}
		types = append(types, strings.Join(words, "/"))
	}
	return types
}

// pathOf is a route's path with its placeholders.
func pathOf(r route) string {
	path, params := "", r.params
	for _, segment := range r.segments {
		if segment == "" {
			segment, params = "{"+params[0]+"}", params[1:]
		}
		path += "/" + segment
	}
	return path
}
