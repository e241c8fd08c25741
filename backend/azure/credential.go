package azure

import (
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// DefaultCredential signs in the way Azure's own tools do: environment,
// workload and managed identity, then az, azd and PowerShell. Making it asks
// nobody; the first call to Azure does. tenant may be "".
func DefaultCredential(cloudName, tenant string) (azcore.TokenCredential, error) {
	config, _, err := resolveCloud(cloudName, "")
	if err != nil {
		return nil, fmt.Errorf("credential: %w", err)
	}
	cred, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{
		ClientOptions: policy.ClientOptions{Cloud: config},
		TenantID:      tenant,
	})
	if err != nil {
		return nil, fmt.Errorf("credential: %w", err)
	}
	return cred, nil
}
