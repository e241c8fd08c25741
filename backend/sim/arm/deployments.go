package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// deploymentIn is the body of a PUT or a PATCH of a deployment.
type deploymentIn struct {
	Location string            `json:"location"`
	Tags     map[string]string `json:"tags"`
	SKU      *struct {
		Capacity *int `json:"capacity"`
	} `json:"sku"`
	Properties *struct {
		InstanceType      string `json:"instanceType"`
		Model             asset  `json:"model"`
		EnvironmentID     string `json:"environmentId"`
		Compute           string `json:"compute"`
		CodeConfiguration struct {
			CodeID        string `json:"codeId"`
			ScoringScript string `json:"scoringScript"`
		} `json:"codeConfiguration"`
		Resources struct {
			InstanceCount int `json:"instanceCount"`
		} `json:"resources"`
	} `json:"properties"`
}

func listDeployments(c *call, batch bool) error {
	e, err := c.behind(batch)
	if err != nil {
		return err
	}
	list := e.Deployments
	return c.list(len(list),
		func(i int) string { return list[i].Name },
		func(i int) { c.deploymentBody("", list[i]) })
}

func getDeployment(c *call, batch bool) error {
	d, err := c.deployment(batch)
	if err != nil {
		return err
	}
	c.deploymentBody("", d)
	return nil
}

func putDeployment(c *call, batch bool) error {
	e, err := c.behind(batch)
	if err != nil {
		return err
	}
	var in deploymentIn
	if err := c.decode(&in); err != nil {
		return err
	}
	if err := checkLocation(e.Workspace.Subscription, in.Location, "workspaces/"+endpointSegment(batch)+"/deployments"); err != nil {
		return err
	}
	if in.Properties == nil {
		return userError("The body needs properties.")
	}
	p := in.Properties
	spec := sim.DeploymentSpec{
		Name:        c.arg("deployment"),
		VMSize:      p.InstanceType,
		Instances:   p.Resources.InstanceCount,
		Model:       string(p.Model),
		Environment: p.EnvironmentID,
		CodeID:      p.CodeConfiguration.CodeID,
		Scoring:     p.CodeConfiguration.ScoringScript,
		Cluster:     p.Compute,
		Tags:        in.Tags,
		CreatedBy:   c.s.opts.Principal.Name,
	}
	if !batch && in.SKU != nil {
		spec.Instances = or(in.SKU.Capacity, 1)
	}
	d, op, err := c.world().PutDeployment(e, spec)
	if err != nil {
		return err
	}
	c.mfePut(op, d.ID())
	c.noLimits() // the provider counts these itself
	c.header.Set(limitHeader+"resource-requests", "24")
	c.deploymentBody("", d)
	return nil
}

// patchDeployment changes the number of instances of an online deployment.
// Tags are taken and dropped: the world has no way to change them. Of a batch
// deployment nothing else can be patched.
func patchDeployment(c *call, batch bool) error {
	d, err := c.deployment(batch)
	if err != nil {
		return err
	}
	var in deploymentIn
	if err := c.decode(&in); err != nil {
		return err
	}
	if batch || in.SKU == nil || in.SKU.Capacity == nil {
		c.deploymentBody("", d)
		return nil
	}
	op, err := c.world().ScaleDeployment(d, *in.SKU.Capacity)
	if err != nil {
		return err
	}
	c.mfePatch(op)
	return nil
}

func deleteDeployment(c *call, batch bool) error {
	d, err := c.deployment(batch)
	if err != nil {
		return c.gone(err)
	}
	op, err := c.world().DeleteDeployment(d)
	if err != nil {
		return err
	}
	c.mfeDelete(op)
	return nil
}

// listSKUs answers what a deployment may be scaled to.
func listSKUs(c *call) error {
	if _, err := c.deployment(false); err != nil {
		return err
	}
	c.raw("", `{"value":[{"resourceType":"Microsoft.MachineLearning.Services/endpoints/deployments",`+
		`"sku":{"name":"default","tier":"Standard"},`+
		`"capacity":{"minimum":1,"maximum":50,"default":1,"scaleType":"Manual"}}]}`)
	return nil
}

// defaultTail is how many log lines are answered unless more are asked for.
const defaultTail = 100

// getLogs answers the newest lines of a deployment's log.
func getLogs(c *call) error {
	d, err := c.deployment(false)
	if err != nil {
		return err
	}
	var in struct {
		ContainerType string `json:"containerType"`
		Tail          *int   `json:"tail"`
	}
	if len(c.body) > 0 {
		if err := c.decode(&in); err != nil {
			return err
		}
	}
	switch in.ContainerType {
	case "", "InferenceServer", "StorageInitializer", "ModelDataCollector":
	default:
		return userError("The value '%s' of containerType is not one of StorageInitializer, InferenceServer, ModelDataCollector.", in.ContainerType)
	}
	lines := d.Logs
	if tail := or(in.Tail, defaultTail); tail >= 0 && tail < len(lines) {
		lines = lines[len(lines)-tail:]
	}
	c.object("")
	c.str("content", strings.Join(lines, "\n"))
	c.endObject()
	return nil
}
