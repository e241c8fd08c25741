package arm

import (
	"net/http"

	"github.com/amltop/amltop/backend/sim"
)

// environmentIn is the body of a PUT of an environment's version. Environments
// built from a context are not simulated.
type environmentIn struct {
	Properties *struct {
		Description string            `json:"description"`
		Tags        map[string]string `json:"tags"`
		Image       string            `json:"image"`
		CondaFile   string            `json:"condaFile"`
	} `json:"properties"`
}

// putEnvironment registers a version of an environment. It is done at once and
// no operation: Location is the resource.
func putEnvironment(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	var in environmentIn
	if err := c.decode(&in); err != nil {
		return err
	}
	if in.Properties == nil {
		return userError("The body needs properties.")
	}
	p := in.Properties
	e, isNew, err := c.world().PutEnvironment(ws, sim.EnvironmentSpec{
		Name: c.arg("environment"), Version: c.arg("version"), Image: p.Image, Conda: p.CondaFile,
		Description: p.Description, Tags: p.Tags, CreatedBy: c.s.opts.Principal.Name,
	})
	if err != nil {
		return err
	}
	if isNew {
		c.status = http.StatusCreated
		c.header.Set("Location", c.base()+e.ID()+"?api-version="+c.version())
	}
	c.environmentBody("", e)
	return nil
}

func getEnvironment(c *call) error {
	e, err := c.environment()
	if err != nil {
		return err
	}
	c.environmentBody("", e)
	return nil
}

// environmentBody writes a version of an environment: the version is its name.
func (c *call) environmentBody(key string, e *sim.Environment) {
	c.object(key)
	c.str("id", e.ID())
	c.str("name", e.Version)
	c.str("type", namespace+"/workspaces/environments/versions")
	c.object("properties")
	c.strOrNull("description", e.Description)
	c.strings("tags", e.Tags)
	c.raw("properties", "{}")
	c.bool("isArchived", false)
	c.bool("isAnonymous", false)
	c.str("environmentType", "UserCreated")
	c.str("image", e.Image)
	c.strOrNull("condaFile", e.Conda)
	c.null("build")
	c.null("inferenceConfig")
	c.str("osType", "Linux")
	c.str("autoRebuild", "Disabled")
	c.str("provisioningState", succeeded)
	c.null("stage")
	c.endObject()
	c.authors(e.CreatedAt, e.ModifiedAt, e.CreatedBy)
	c.endObject()
}
