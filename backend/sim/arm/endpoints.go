package arm

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// endpointIn is the body of a PUT or a PATCH of an endpoint.
type endpointIn struct {
	Location   string            `json:"location"`
	Tags       map[string]string `json:"tags"`
	Properties *struct {
		AuthMode string         `json:"authMode"`
		Compute  string         `json:"compute"`
		Traffic  map[string]int `json:"traffic"`
		Defaults struct {
			DeploymentName string `json:"deploymentName"`
		} `json:"defaults"`
	} `json:"properties"`
}

func listEndpoints(c *call, batch bool) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	list := ws.Online
	if batch {
		list = ws.Batch
	}
	if !batch { // the list of batch endpoints has no filter
		list = c.filterEndpoints(list)
	}
	return c.list(len(list),
		func(i int) string { return list[i].Name },
		func(i int) { c.endpointBody("", list[i]) })
}

// tagged reports whether a resource has all the tags of a query such as
// "team,purpose=demo": a key alone asks for any value.
func tagged(tags map[string]string, query string) bool {
	for want := range strings.SplitSeq(query, ",") {
		key, value, exact := strings.Cut(want, "=")
		has, found := tags[key]
		if !found || exact && has != value {
			return false
		}
	}
	return true
}

func getEndpoint(c *call, batch bool) error {
	e, err := c.endpoint(batch)
	if err != nil {
		return err
	}
	c.endpointBody("", e)
	return nil
}

// putEndpoint creates an endpoint or replaces its settings. It is the only way
// to set an online endpoint's traffic: PATCH does not know of it.
func putEndpoint(c *call, batch bool) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	var in endpointIn
	if err := c.decode(&in); err != nil {
		return err
	}
	if err := checkLocation(ws.Subscription, in.Location, "workspaces/"+endpointSegment(batch)); err != nil {
		return err
	}
	if in.Properties == nil {
		return userError("The body needs properties.")
	}
	spec := sim.EndpointSpec{
		Name:      c.arg("endpoint"),
		AuthMode:  in.Properties.AuthMode,
		Tags:      in.Tags,
		Traffic:   in.Properties.Traffic,
		Default:   in.Properties.Defaults.DeploymentName,
		Compute:   in.Properties.Compute,
		CreatedBy: c.s.opts.Principal.Name,
	}
	e, op, err := c.world().PutEndpoint(ws, batch, spec)
	if err != nil {
		return err
	}
	c.mfePut(op, e.ID())
	c.endpointBody("", e)
	return nil
}

// patchEndpoint changes an endpoint's tags, and nothing else.
func patchEndpoint(c *call, batch bool) error {
	e, err := c.endpoint(batch)
	if err != nil {
		return err
	}
	var in endpointIn
	if err := c.decode(&in); err != nil {
		return err
	}
	spec := sim.EndpointSpec{
		Name: e.Name, AuthMode: e.AuthMode, Tags: e.Tags, Traffic: e.Traffic, Default: e.Default, Compute: e.Compute,
	}
	if in.Tags != nil {
		spec.Tags = in.Tags
	}
	_, op, err := c.world().PutEndpoint(e.Workspace, batch, spec)
	if err != nil {
		return err
	}
	c.mfePatch(op)
	return nil
}

func deleteEndpoint(c *call, batch bool) error {
	e, err := c.endpoint(batch)
	if err != nil {
		return c.gone(err)
	}
	op, err := c.world().DeleteEndpoint(e)
	if err != nil {
		return err
	}
	c.mfeDelete(op)
	return nil
}

// listEndpointKeys answers keys that open nothing.
func listEndpointKeys(c *call, batch bool) error {
	e, err := c.endpoint(batch)
	if err != nil {
		return err
	}
	if e.AuthMode != "Key" {
		return userError("Endpoint '%s' has authMode %s and no keys.", e.Name, e.AuthMode)
	}
	c.status = http.StatusOK
	c.object("")
	c.str("primaryKey", simulatedKey("primary", e.Name, e.KeyTurns[0]))
	c.str("secondaryKey", simulatedKey("secondary", e.Name, e.KeyTurns[1]))
	c.endObject()
	return nil
}

// simulatedKey is a key that nobody can take for a real one.
func simulatedKey(which, endpoint string, turn int) string {
	key := "simulated-" + which + "-key-of-" + endpoint
	if turn > 0 {
		key += "-" + strconv.Itoa(turn+1)
	}
	return key
}
