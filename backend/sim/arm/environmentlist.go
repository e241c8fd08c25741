package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// listEnvironments answers the environments of a workspace, each as a container
// of its versions.
func listEnvironments(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	latest := map[string]*sim.Environment{} // by name in lower case
	for _, e := range ws.Environments {
		latest[strings.ToLower(e.Name)] = e
	}
	list := only(ws.Environments, func(e *sim.Environment) bool { return latest[strings.ToLower(e.Name)] == e })
	return c.list(len(list),
		func(i int) string { return list[i].Name },
		func(i int) { c.environmentContainer("", list[i]) })
}

// listEnvironmentVersions answers the versions of one environment.
func listEnvironmentVersions(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	name := c.arg("environment")
	list := only(ws.Environments, func(e *sim.Environment) bool { return strings.EqualFold(e.Name, name) })
	if len(list) == 0 {
		return parentNotFound(name)
	}
	return c.list(len(list),
		func(i int) string { return list[i].Version },
		func(i int) { c.environmentBody("", list[i]) })
}

// environmentContainer writes an environment as its latest version shows it.
func (c *call) environmentContainer(key string, latest *sim.Environment) {
	id := latest.ID()
	c.object(key)
	c.str("id", id[:strings.LastIndex(id, "/versions/")])
	c.str("name", latest.Name)
	c.str("type", namespace+"/workspaces/environments")
	c.object("properties")
	c.strOrNull("description", latest.Description)
	c.strings("tags", latest.Tags)
	c.raw("properties", "{}")
	c.bool("isArchived", false)
	c.str("latestVersion", latest.Version)
	c.null("nextVersion")
	c.endObject()
	c.authors(latest.CreatedAt, latest.ModifiedAt, latest.CreatedBy)
	c.endObject()
}
