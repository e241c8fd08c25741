package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// deploymentBody writes a deployment. Why one failed is not in it: that is
// found by polling the operation it names.
func (c *call) deploymentBody(key string, d *sim.Deployment) {
	e := d.Endpoint
	c.object(key)
	c.str("id", d.ID())
	c.str("name", d.Name)
	c.str("type", namespace+"/workspaces/"+endpointSegment(e.Batch)+"/deployments")
	c.object("properties")
	c.null("description")
	if e.Batch {
		c.batchDeployment(d)
	} else {
		c.onlineDeployment(d)
	}
	c.endObject()
	c.authors(d.CreatedAt, d.ModifiedAt, d.CreatedBy)
	c.strings("tags", d.Tags)
	c.str("location", e.Location)
	if !e.Batch {
		c.str("kind", d.Kind)
		c.object("sku")
		c.str("name", "Default")
		c.str("tier", "Standard")
		c.int("capacity", d.Instances)
		c.endObject()
	}
	c.endObject()
}

// probe is the liveness and the readiness probe of every deployment.
const probe = `{"failureThreshold":30,"successThreshold":1,"timeout":"PT2S","period":"PT10S","initialDelay":"PT10S"}`

func (c *call) onlineDeployment(d *sim.Deployment) {
	c.object("properties")
	c.str("AzureAsyncOperationUri", c.operationURL(deploymentOperation(d), mfeOperations))
	c.endObject()
	c.codeConfiguration(d)
	c.strOrNull("environmentId", d.Environment)
	c.raw("environmentVariables", `{"AML_APP_ROOT":"/var/azureml-app/onlinescoring"}`)
	c.raw("scaleSettings", `{"scaleType":"Default"}`)
	c.raw("requestSettings", `{"maxQueueWait":"PT0S","requestTimeout":"PT5S","maxConcurrentRequestsPerInstance":1}`)
	c.null("modelMountPath")
	c.bool("appInsightsEnabled", false)
	c.raw("livenessProbe", probe)
	c.raw("readinessProbe", probe)
	c.str("provisioningState", d.ProvisioningState)
	c.strOrNull("instanceType", d.VMSize)
	c.strOrNull("model", d.Model)
	c.str("egressPublicNetworkAccess", "Enabled")
	c.null("dataCollector")
	c.str("endpointComputeType", d.Kind)
	if d.Kind == "Kubernetes" {
		c.raw("containerResourceRequirements", `{"containerResourceRequests":{"cpu":"1","memory":"2Gi","gpu":null},"containerResourceLimits":{"cpu":"2","memory":"4Gi","gpu":null}}`)
	}
}

func (c *call) codeConfiguration(d *sim.Deployment) {
	if d.CodeID == "" && d.Scoring == "" {
		c.null("codeConfiguration")
		return
	}
	c.object("codeConfiguration")
	c.strOrNull("codeId", d.CodeID)
	c.str("scoringScript", d.Scoring)
	c.endObject()
}

func (c *call) batchDeployment(d *sim.Deployment) {
	c.raw("properties", "{}")
	c.codeConfiguration(d)
	c.strOrNull("environmentId", d.Environment)
	c.raw("environmentVariables", "{}")
	c.strOrNull("compute", d.Cluster)
	c.null("deploymentConfiguration")
	c.int("errorThreshold", -1)
	c.raw("retrySettings", `{"maxRetries":3,"timeout":"PT30S"}`)
	c.int("miniBatchSize", 10)
	c.str("loggingLevel", "Info")
	c.object("model")
	if strings.HasPrefix(d.Model, "/") || d.Model == "" {
		c.str("referenceType", "Id")
		c.strOrNull("assetId", d.Model)
	} else {
		c.str("referenceType", "OutputPath")
		c.str("path", d.Model)
	}
	c.endObject()
	c.int("maxConcurrencyPerInstance", 1)
	c.str("outputAction", "AppendRow")
	c.str("outputFileName", "predictions.csv")
	c.object("resources")
	c.int("instanceCount", max(1, d.Instances))
	c.nulls("instanceType", "properties")
	c.endObject()
	c.str("provisioningState", d.ProvisioningState)
}
