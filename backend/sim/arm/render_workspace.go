package arm

import (
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

func (w *writer) subscriptionBody(key string, s *sim.Subscription) {
	w.object(key)
	w.str("id", "/subscriptions/"+s.ID)
	w.str("authorizationSource", "RoleBased")
	w.raw("managedByTenants", "[]")
	w.str("subscriptionId", s.ID)
	w.str("tenantId", s.Tenant)
	w.str("displayName", s.Name)
	w.str("state", s.State)
	w.raw("subscriptionPolicies", `{"locationPlacementId":"Public_2014-09-01","quotaId":"EnterpriseAgreement_2014-09-01","spendingLimit":"Off"}`)
	w.endObject()
}

// workspaceBody writes a workspace.
func (w *writer) workspaceBody(key string, ws *sim.Workspace) {
	w.object(key)
	w.str("id", ws.ID())
	w.str("name", ws.Name)
	w.str("type", namespace+"/workspaces")
	w.str("location", ws.Location)
	w.strings("tags", ws.Tags)
	w.null("etag")
	w.object("properties")
	w.str("friendlyName", ws.FriendlyName)
	w.str("description", ws.Description)
	w.dependencies(ws)
	w.bool("hbiWorkspace", false)
	w.str("tenantId", ws.Subscription.Tenant)
	w.null("imageBuildCompute")
	w.str("provisioningState", succeeded)
	w.bool("allowRoleAssignmentOnRG", true)
	w.bool("v1LegacyMode", false)
	w.bool("softDeleteEnabled", false)
	w.timeZ("creationTime", ws.CreatedAt)
	w.notebooks(ws)
	w.bool("storageHnsEnabled", false)
	w.str("workspaceId", ws.GUID)
	w.null("linkedModelInventoryArmId")
	w.int("privateLinkCount", 0)
	w.str("publicNetworkAccess", "Enabled")
	w.raw("ipAllowlist", "[]")
	w.raw("networkAcls", `{"defaultAction":"Allow","bypass":"","ipRules":[],"resourceAccessRules":[]}`)
	w.str("discoveryUrl", "https://"+ws.Location+".api.azureml.ms/discovery")
	w.str("mlFlowTrackingUri", "azureml://"+ws.Location+".api.azureml.ms/mlflow/v1.0"+ws.ID())
	w.null("serverlessComputeSettings")
	w.bool("EnableSoftwareBillOfMaterials", false)
	w.str("sdkTelemetryAppInsightsKey", "REDACTED")
	w.bool("enableDataIsolation", ws.Kind == "Hub" || ws.Kind == "Project")
	w.endObject()
	w.systemIdentity(ws.ID(), ws.Subscription.Tenant)
	w.str("kind", ws.Kind)
	w.raw("sku", `{"name":"Basic","tier":"Basic"}`)
	w.object("systemData")
	w.timeZ("createdAt", ws.CreatedAt)
	w.str("createdBy", ws.CreatedBy)
	w.str("createdByType", "User")
	w.timeZ("lastModifiedAt", ws.CreatedAt)
	w.str("lastModifiedBy", ws.CreatedBy)
	w.str("lastModifiedByType", "User")
	w.endObject()
	w.endObject()
}

// dependencies writes the resources that a workspace stands on. The providers
// are spelled as differently as the service spells them.
func (w *writer) dependencies(ws *sim.Workspace) {
	root := "/subscriptions/" + ws.Subscription.ID + "/resourceGroups/" + ws.ResourceGroup + "/providers/"
	plain := strings.ToLower(strings.ReplaceAll(ws.Name, "-", ""))
	w.str("storageAccount", root+"Microsoft.Storage/storageAccounts/"+plain+"store")
	w.str("keyVault", root+"Microsoft.Keyvault/vaults/"+plain+"kv")
	if ws.Kind == "Hub" || ws.Kind == "Project" {
		w.null("applicationInsights")
		return
	}
	w.str("applicationInsights", root+"Microsoft.insights/components/"+plain+"insights")
	w.str("containerRegistry", root+"Microsoft.ContainerRegistry/registries/"+plain+"cr")
}

func (w *writer) notebooks(ws *sim.Workspace) {
	w.object("notebookInfo")
	w.str("resourceId", strings.ReplaceAll(guidOf("notebooks of "+ws.GUID), "-", ""))
	w.str("fqdn", "ml-"+strings.ToLower(ws.Name)+"-"+ws.Location+"-"+ws.GUID+"."+ws.Location+".notebooks.azure.net")
	w.bool("isPrivateLinkEnabled", false)
	w.null("notebookPreparationError")
	w.endObject()
}
