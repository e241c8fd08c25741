package azure

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"

	"github.com/amltop/amltop/model"
)

// Describe reads any resource as the wire has it. Only what a terminal would
// obey is changed, and what opens something is hidden: see cleanJSON and
// hideSecrets.
func (c *Client) Describe(ctx context.Context, armID string) (json.RawMessage, error) {
	const doing = "describe the resource"
	id, err := model.ParseResourceID(armID)
	if err != nil {
		return nil, &model.Refusal{Message: clean(err.Error()), Err: err}
	}
	req, err := c.resource(ctx, http.MethodGet, armID, versionFor(id.Provider))
	if err != nil {
		return nil, refuse(doing, err)
	}
	a, err := c.send(req)
	if err != nil {
		return nil, refuse(doing, err)
	}
	doc, err := cleanJSON(a.body)
	if err != nil {
		var syntax any
		return nil, unreadable(a, json.Unmarshal(a.body, &syntax)).refusal()
	}
	return hideSecrets(doc), nil
}

// versionFor is the API version to read a provider's resources with. Attached
// computes lead to other providers; where the version does not fit, the
// service names those that do.
func versionFor(provider string) string {
	switch model.Fold(provider) {
	case "":
		return "2022-12-01" // subscriptions and resource groups
	case "microsoft.containerinstance":
		return "2023-05-01"
	case "microsoft.web":
		return "2023-12-01"
	case "microsoft.containerservice":
		return "2024-05-01"
	default:
		return apiVersion
	}
}

// maxTail is the most lines of a log that are asked for.
const maxTail = 10_000

// Logs reads the newest lines of an online deployment's container log.
func (c *Client) Logs(ctx context.Context, armID string, tail int) (string, error) {
	id, err := inWorkspace(armID, 3)
	if err != nil {
		return "", err
	}
	if model.Fold(id.Types[1]) != "onlineendpoints" {
		return "", &model.Refusal{
			Message: fmt.Sprintf("%s is not an online deployment, and only those have a container log", clean(id.Name())),
			Next:    "A batch deployment's logs are with the jobs it runs.",
		}
	}
	ml, err := c.ml(subscription(id))
	if err != nil {
		return "", err
	}
	ask := armmachinelearning.DeploymentLogsRequest{
		ContainerType: to.Ptr(armmachinelearning.ContainerTypeInferenceServer),
		Tail:          to.Ptr(int32(min(max(tail, 1), maxTail))),
	}
	doc, err := read[wireLogs](ctx, "read the container log", func(ctx context.Context) error {
		_, err := ml.NewOnlineDeploymentsClient().GetLogs(ctx, id.ResourceGroup, id.Names[0], id.Names[1], id.Names[2], ask, nil)
		return err
	})
	if err != nil {
		return "", err
	}
	if doc.Content == nil {
		return "", nil
	}
	return cleanLog(*doc.Content), nil
}

// wireLogs is the one text that is not cleaned as it is decoded: it has lines.
type wireLogs struct {
	Content *string `json:"content"`
}
