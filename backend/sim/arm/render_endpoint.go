package arm

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// endpointBody writes an online or a batch endpoint.
func (c *call) endpointBody(key string, e *sim.Endpoint) {
	c.object(key)
	c.str("id", e.ID())
	c.str("name", e.Name)
	c.str("type", namespace+"/workspaces/"+endpointSegment(e.Batch))
	c.object("properties")
	c.null("description")
	if e.Batch {
		c.batchEndpoint(e)
	} else {
		c.onlineEndpoint(e)
	}
	c.endObject()
	c.authors(e.CreatedAt, e.ModifiedAt, e.CreatedBy)
	c.strings("tags", e.Tags)
	c.str("location", e.Location)
	if !e.Batch {
		c.str("kind", kindOf(e))
		c.systemIdentity(e.ID(), e.Workspace.Subscription.Tenant)
	}
	c.endObject()
}

func kindOf(e *sim.Endpoint) string {
	if e.Compute != "" {
		return "K8S"
	}
	return "Managed"
}

func (c *call) onlineEndpoint(e *sim.Endpoint) {
	c.object("properties")
	c.str("azureml.onlineendpointid", strings.ToLower(e.ID()))
	c.str("AzureAsyncOperationUri", c.operationURL(endpointOperation(e), mfeOperations))
	c.endObject()
	host := "https://" + e.Name + "." + e.Location + ".inference.ml.azure.com/"
	if e.ProvisioningState == "Creating" {
		c.nulls("scoringUri", "swaggerUri")
	} else {
		c.str("scoringUri", host+"score")
		c.str("swaggerUri", host+"swagger.json")
	}
	c.str("authMode", e.AuthMode)
	c.str("provisioningState", e.ProvisioningState)
	c.strOrNull("compute", e.Compute)
	c.object("traffic")
	for _, name := range slices.Sorted(maps.Keys(e.Traffic)) {
		c.int(name, e.Traffic[name])
	}
	c.endObject()
	c.raw("mirrorTraffic", "{}")
	c.str("publicNetworkAccess", "Enabled")
}

func (c *call) batchEndpoint(e *sim.Endpoint) {
	c.object("properties")
	c.str("BatchEndpointCreationApiVersion", usualVersion)
	c.str("azureml.onlineendpointid", e.ID())
	c.endObject()
	c.str("scoringUri", "https://"+e.Name+"."+e.Location+".inference.ml.azure.com/jobs")
	c.null("swaggerUri")
	c.str("authMode", e.AuthMode)
	c.object("defaults")
	c.strOrNull("deploymentName", e.Default)
	c.endObject()
	c.str("provisioningState", e.ProvisioningState)
}

// authors writes systemData as the inference part of the service does: without
// saying what kind of being the author is.
func (w *writer) authors(created, modified time.Time, by string) {
	if modified.IsZero() {
		modified = created
	}
	w.object("systemData")
	w.time("createdAt", created)
	w.str("createdBy", by)
	w.time("lastModifiedAt", modified)
	w.endObject()
}
