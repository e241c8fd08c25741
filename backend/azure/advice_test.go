package azure

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// refused is the refusal to an answer of a status with this code and these words.
func refused(t *testing.T, status int, code, message string) *model.Refusal {
	t.Helper()
	body, err := json.Marshal(map[string]any{"error": map[string]string{"code": code, "message": message}})
	if err != nil {
		t.Fatal(err)
	}
	return stopAnswered(t, exchange{status: status, body: string(body)})
}

// TestSmallestRole holds the advice against the roles' definitions: Compute
// Operator is computes/* alone; Data Scientist does not write or delete the
// workspace or its compute targets, and lists no keys of the workspace.
func TestSmallestRole(t *testing.T) {
	const ml = "Microsoft.MachineLearningServices/"
	for action, role := range map[string]string{
		ml + "workspaces/computes/start/action":                          "AzureML Compute Operator",
		ml + "workspaces/computes/stop/action":                           "AzureML Compute Operator",
		ml + "workspaces/computes/write":                                 "AzureML Compute Operator",
		ml + "workspaces/computes/delete":                                "AzureML Compute Operator",
		ml + "workspaces/computes/listNodes/action":                      "AzureML Compute Operator",
		ml + "workspaces/computes/updateSchedules/action":                "AzureML Compute Operator",
		ml + "workspaces/computes/read":                                  "Reader",
		ml + "workspaces/read":                                           "Reader",
		ml + "workspaces/jobs/read":                                      "Reader",
		ml + "locations/usages/read":                                     "Reader",
		"Microsoft.Resources/subscriptions/read":                         "Reader",
		ml + "workspaces/checkComputeNameAvailability/action":            "AzureML Data Scientist",
		ml + "workspaces/jobs/cancel/action":                             "AzureML Data Scientist",
		ml + "workspaces/onlineEndpoints/write":                          "AzureML Data Scientist",
		ml + "workspaces/onlineEndpoints/deployments/delete":             "AzureML Data Scientist",
		ml + "workspaces/onlineEndpoints/listKeys/action":                "AzureML Data Scientist",
		ml + "workspaces/listKeys/action":                                "Contributor",
		ml + "workspaces/write":                                          "Contributor",
		ml + "workspaces/delete":                                         "Contributor",
		ml + "locations/updateQuotas/action":                             "Contributor",
		"Microsoft.CostManagement/query/action":                          "Cost Management Reader",
		"Microsoft.CostManagement/query/read":                            "Cost Management Reader",
		"Microsoft.Insights/metrics/read":                                "Monitoring Reader",
		"Microsoft.Insights/eventtypes/values/read":                      "Monitoring Reader",
		"Microsoft.Network/virtualNetworks/subnets/join/action":          "Network Contributor",
		"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action": "Managed Identity Operator",
		"Microsoft.Authorization/locks/delete":                           "Owner",
		"Microsoft.Other/things/write":                                   "Contributor",
		"":                                                               "",
	} {
		if got := roleFor(action); got != role {
			t.Errorf("%s: %q, want %q", action, got, role)
		}
	}
	if got := adviseRole("", ""); !strings.Contains(got, "Contributor") {
		t.Errorf("nothing known: %s", got)
	}
}

func TestMissingPermission(t *testing.T) {
	const stop, subnet = "Microsoft.MachineLearningServices/workspaces/computes/stop/action", "Microsoft.Network/virtualNetworks/subnets/join/action"
	const net = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/n"
	who := "The client 'ana@contoso.com' with object id 'x' "
	for message, want := range map[string][2]string{
		who + "does not have authorization to perform action '" + stop + "' over scope '" + testWS + "' or the scope is invalid. If access was recently granted, please refresh your credentials.":                                                            {stop, testWS},
		who + "has permission to perform action '" + stop + "' on scope '" + testWS + "'; however, it does not have permission to perform action(s) '" + subnet + "' on the linked scope(s) '" + net + "' (respectively) or the linked scope(s) are invalid.": {subnet, net},
		who + "has permission to perform action '" + stop + "' on scope '" + testWS + "'; however, it does not have permission to perform action(s) '" + subnet + ",A/b/read' on the linked scope(s) '" + net + ",/subscriptions/t' (respectively).":          {subnet, net},
		who + "has permission to perform action '" + stop + "' on scope '" + testWS + "'; however, the access is denied because of the deny assignment with name 'Frozen' and Id '1' at scope '" + testWS + "'.":                                              {stop, testWS},
		"User \"ana\" does not have permission to perform actions \"" + stop + "\" on the resource \"" + testWS + "\".":                                                                                                                                       {stop, testWS},
		"You do not have permission to perform the action '" + stop + "'.": {stop, ""},
		"Forbidden": {"", ""},
	} {
		if action, scope := missingPermission(message); action != want[0] || scope != want[1] {
			t.Errorf("%s:\n%q on %q, want %q", message, action, scope, want)
		}
	}
}

// TestAdvice reads the services' refusals as a user does: the class that says
// what the program may do, and the way out.
func TestAdvice(t *testing.T) {
	const lock = "The scope '" + testWS + "/computes/a' cannot perform delete operation because following scope(s) are locked: '/subscriptions/" + testSub + "/resourceGroups/rg'. Please remove the lock and try again."
	for _, tc := range []struct {
		status        int
		code, message string
		class         error
		next          string
	}{
		{409, "ScopeLocked", lock, model.ErrDenied, "A lock on the resource group rg forbids it"},
		{409, "ScopeLocked", "locked", model.ErrDenied, "A lock on the resource or its resource group"},
		{409, "ReadOnlyDisabledSubscription", "The subscription 's' is disabled and therefore marked as read only.", model.ErrDenied, "The subscription is disabled"},
		{409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Batch'. See …", model.ErrNotNow, "az provider register --namespace Microsoft.Batch."},
		{409, "MissingSubscriptionRegistration", "", model.ErrNotNow, "--namespace Microsoft.MachineLearningServices."},
		{409, "Conflict", "Compute name 'a' is not available. Reason: AlreadyExists. Message: The specified name a is already in use and is therefore unavailable", model.ErrNotNow, "another name"},
		{400, "BadArgument", "Compute name 'a-1' is not available. Reason: Invalid. Message: A name for an Azure ML Compute Instance must be between 3 and 24 characters", nil, "another name"},
		{409, "Conflict", "The compute a is Stopping.", model.ErrConflict, "It is stopping; wait"},
		{409, "Conflict", "Please retry.", model.ErrConflict, "Another operation is under way"},
		{400, "NoRegisteredProviderFound", "No registered resource provider found for location 'chinaeast' and API version '2024-04-01'.", nil, "--cloud"},
		{400, "InvalidApiVersionParameter", "The api-version '2024-04-01' is invalid.", nil, "--cloud"},
		{403, "RequestDisallowedByPolicy", `Resource 'a' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"Allowed sizes","id":"/x"}}]'.`, model.ErrDenied, "against the policy Allowed sizes"},
		{403, "RequestDisallowedByAzure", "no", model.ErrDenied, "against a policy"},
		{403, "DenyAssignmentAuthorizationFailed", "the access is denied because of the deny assignment with name 'Frozen' and Id '1' at scope '/x'.", model.ErrDenied, "the deny assignment Frozen forbids it"},
		{403, "Forbidden", "Public network access is disabled.", model.ErrDenied, "private endpoint"},
		{404, "ParentResourceNotFound", "Parent resource 'vision' not found.", model.ErrNotFound, "What held it is gone"},
		{404, "ResourceGroupNotFound", "Resource group 'rg' could not be found.", model.ErrNotFound, "What held it is gone"},
		{404, "SubscriptionNotFound", "The subscription 's' could not be found.", model.ErrNotFound, "az account list"},
		{400, "ClusterMinNodesExceedCoreQuota", "The specified subscription has a Standard DSv2 family vCPU quota of 6 and cannot accomodate for at least 1 requested managed compute nodes which maps to 8 vCPUs.", nil, "Quota 6, needs 8. Ask for more quota"},
		{400, "ClusterMinNodesExceedCoreQuota", "The specified subscription has a total vCPU quota of 0 and is less than the requested low priority cores", nil, "Quota 0. Ask"},
		{400, "OutOfQuota", "Not enough cluster CPU quota. The amount of additional CPU quota requested is 8, and you are currently using 14. Your amount of maximum quota is 20.", nil, "Quota 20, 14 used, needs 8 more. Ask"},
		{409, "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved standardDSv2Family Cores quota. Additional details - Location: eastus, Current Limit: 10, Current Usage: 8, Additional Required: 4, (Minimum) New Limit Required: 12.", model.ErrNotNow, "Quota 10, 8 used, needs 12. Ask"},
		{400, "BadRequest", "Operation results in exceeding quota limits of Total Clusters. Maximum allowed: 20, Current in use: 20, Additional requested: 1.", nil, "Quota 20, 20 used, needs 1 more. Ask"},
		{400, "ClusterCoreQuotaReached", "Operation results in exceeding quota limits of Core.", nil, "Ask for more quota"},
		{407, "", "", model.ErrUnreachable, "HTTPS_PROXY"},
		{400, "ClusterCoreQuotaReached", "The cluster cannot be resized to 3 nodes: the Standard DSv2 Family Cluster Dedicated vCPU quota of this subscription in eastus is used up (4 of 6 vCPUs in use, 8 more needed).", nil, "Quota 6, 4 used, needs 8 more. Ask"},
	} {
		r := refused(t, tc.status, tc.code, tc.message)
		if r.Class != tc.class || !strings.Contains(r.Next, tc.next) || r.Status != tc.status || r.Message == "" {
			t.Errorf("%d %s: class %v, next %q; want %v and %q", tc.status, tc.code, r.Class, r.Next, tc.class, tc.next)
		}
	}
}
