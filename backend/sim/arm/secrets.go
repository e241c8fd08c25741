package arm

import (
	"net/http"
	"strings"
	"time"
)

// Secrets that clients ask for. None of these opens anything, and each says so.

func secretRoutes() []route {
	const endpoint = inWorkspace + "/onlineEndpoints/{endpoint}"
	return []route{
		route{name: "computes.listKeys", method: http.MethodPost, action: "workspaces/computes/listKeys/action", serve: listComputeKeys}.at(inWorkspace + "/computes/{compute}/listKeys"),
		route{name: "onlineEndpoints.token", method: http.MethodPost, action: "workspaces/onlineEndpoints/token/action", serve: getEndpointToken}.at(endpoint + "/token"),
		route{name: "onlineEndpoints.regenerateKeys", method: http.MethodPost, action: "workspaces/onlineEndpoints/regenerateKeys/action", serve: regenerateKeys}.at(endpoint + "/regenerateKeys"),
	}
}

// listComputeKeys answers the secrets of an attached compute; what Azure ML
// itself manages has none.
func listComputeKeys(c *call) error {
	target, err := c.compute()
	if err != nil {
		return err
	}
	kind := computeType(target)
	secret := "simulated-secret-of-" + c.arg("compute")
	c.object("")
	switch kind {
	case "Databricks":
		c.str("databricksAccessToken", secret)
	case "AKS", "Kubernetes":
		c.str("userKubeConfig", secret)
		c.str("adminKubeConfig", secret)
		c.null("imagePullSecretName")
	case "VirtualMachine", "HDInsight":
		c.object("administratorAccount")
		c.str("username", "azureuser")
		c.str("password", secret)
		c.endObject()
	default:
		return userError("The operation 'listKeys' is not supported for compute '%s' of type %s.", c.arg("compute"), kind)
	}
	c.str("computeType", kind)
	c.endObject()
	return nil
}

// tokenLife is how long a scoring token lasts, and when it is to be renewed.
const tokenLife, tokenRefresh = 8 * time.Hour, 7 * time.Hour

// getEndpointToken answers a token for scoring, where tokens are what an
// endpoint wants.
func getEndpointToken(c *call) error {
	e, err := c.endpoint(false)
	if err != nil {
		return err
	}
	if e.AuthMode == "Key" {
		return userError("Endpoint '%s' has authMode Key and issues no tokens.", e.Name)
	}
	c.object("")
	c.str("accessToken", "simulated-token-of-"+e.Name)
	c.int("expiryTimeUtc", int(c.now.Add(tokenLife).Unix()))
	c.int("refreshAfterTimeUtc", int(c.now.Add(tokenRefresh).Unix()))
	c.str("tokenType", "Bearer")
	c.endObject()
	return nil
}

// regenerateKeys makes a key of an endpoint anew.
func regenerateKeys(c *call) error {
	e, err := c.endpoint(false)
	if err != nil {
		return err
	}
	var in struct {
		KeyType string `json:"keyType"`
	}
	if err := c.decode(&in); err != nil {
		return err
	}
	secondary := strings.EqualFold(in.KeyType, "Secondary")
	switch {
	case e.AuthMode != "Key":
		return userError("Endpoint '%s' has authMode %s and no keys.", e.Name, e.AuthMode)
	case !secondary && !strings.EqualFold(in.KeyType, "Primary"):
		return userError("The value '%s' of keyType is neither Primary nor Secondary.", in.KeyType)
	}
	op, err := c.world().RegenerateKey(e, secondary)
	if err != nil {
		return err
	}
	c.mfePatch(op)
	return nil
}

// emptyRoutes are lists of kinds of resources that the world has none of.
func emptyRoutes() []route {
	list := func(segment string) route {
		return route{name: segment + ".list", method: http.MethodGet, action: "workspaces/" + segment + "/read", serve: listNothing}.at(inWorkspace + "/" + segment)
	}
	return []route{list("serverlessEndpoints"), list("connections"), list("schedules")}
}

// listNothing answers an empty list to whoever may look into the workspace.
func listNothing(c *call) error {
	if _, err := c.inside(); err != nil {
		return err
	}
	return c.list(0, nil, nil)
}
