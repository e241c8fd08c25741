package azure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
)

// onlineBody is the body of a managed online deployment. The number of
// instances is the SKU's capacity.
func (d *deployment) onlineBody() armmachinelearning.OnlineDeployment {
	return armmachinelearning.OnlineDeployment{
		Location: &d.spec.Location,
		SKU:      &armmachinelearning.SKU{Name: to.Ptr("Default"), Capacity: to.Ptr(int32(d.spec.Instances))},
		Properties: &armmachinelearning.ManagedOnlineDeployment{
			EndpointComputeType: to.Ptr(armmachinelearning.EndpointComputeTypeManaged),
			InstanceType:        to.Ptr(string(d.spec.VMSize)),
			Model:               optional(d.asset("models", d.spec.Model)),
			EnvironmentID:       optional(d.environment()),
			CodeConfiguration:   d.code(),
			ScaleSettings:       &armmachinelearning.DefaultScaleSettings{ScaleType: to.Ptr(armmachinelearning.ScaleTypeDefault)},
		},
	}
}

// batchBody is the body of a batch deployment, which runs on a cluster.
func (d *deployment) batchBody() armmachinelearning.BatchDeployment {
	p := &armmachinelearning.BatchDeploymentProperties{
		Compute:           to.Ptr(d.workspace + "/computes/" + d.spec.Cluster),
		EnvironmentID:     optional(d.environment()),
		CodeConfiguration: d.code(),
		Resources:         &armmachinelearning.DeploymentResourceConfiguration{InstanceCount: to.Ptr(int32(d.spec.Instances))},
	}
	if id := d.asset("models", d.spec.Model); id != "" {
		p.Model = &armmachinelearning.IDAssetReference{
			ReferenceType: to.Ptr(armmachinelearning.ReferenceTypeID), AssetID: &id,
		}
	}
	return armmachinelearning.BatchDeployment{Location: &d.spec.Location, Properties: p}
}

func (d *deployment) code() *armmachinelearning.CodeConfiguration {
	if d.spec.Scoring == "" {
		return nil
	}
	return &armmachinelearning.CodeConfiguration{CodeID: optional(d.asset("codes", d.spec.CodeID)), ScoringScript: &d.spec.Scoring}
}

// asset makes a reference such as azureml:iris:1 the id of an asset of the
// workspace. Ids and registries' references are passed on.
func (d *deployment) asset(kind, ref string) string {
	rest, ok := strings.CutPrefix(ref, "azureml:")
	if !ok || strings.HasPrefix(rest, "/") {
		return ref
	}
	name, version, ok := strings.Cut(rest, ":")
	if !ok {
		return ref
	}
	return d.workspace + "/" + kind + "/" + name + "/versions/" + version
}

// environment is the environment to run in: a registered one, or the one that
// environmentStep registers for an image.
func (d *deployment) environment() string {
	if isImage(d.spec.Environment) {
		return d.workspace + "/environments/" + imageEnvironment + "/versions/" + imageVersion(d.spec.Environment)
	}
	return d.asset("environments", d.spec.Environment)
}

// imageEnvironment is the name under which images are registered, one version
// an image.
const imageEnvironment = "amltop-images"

// isImage tells a container image, such as mcr.microsoft.com/azureml/x:1, from
// an id or an azureml reference.
func isImage(ref string) bool {
	return ref != "" && !strings.HasPrefix(ref, "/") && !strings.HasPrefix(ref, "azureml:")
}

// imageVersion is the same for the same image, so that registering it again
// changes nothing.
func imageVersion(image string) string {
	sum := sha256.Sum256([]byte(image))
	return hex.EncodeToString(sum[:8])
}

// environmentStep registers an image as an environment: a deployment can name
// nothing else. It is done at once.
func (d *deployment) environmentStep() step {
	return submit("environment", d.environment(), func(ctx context.Context) error {
		_, err := d.ml.NewEnvironmentVersionsClient().CreateOrUpdate(ctx, d.rg, d.ws, imageEnvironment, imageVersion(d.spec.Environment),
			armmachinelearning.EnvironmentVersion{Properties: &armmachinelearning.EnvironmentVersionProperties{Image: &d.spec.Environment}}, nil)
		return err
	})
}

// optional is a text to send, or nothing.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
