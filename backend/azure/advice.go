package azure

import (
	"fmt"
	"strings"

	"github.com/amltop/amltop/model"
)

// What to do about it, in one sentence each.
const (
	nextAgain    = "It is asked again by itself; if it lasts, check the network."
	nextServer   = "The failure is on the service's side; it is asked again by itself, or try later."
	nextProxy    = "Look at the proxy settings (HTTPS_PROXY, NO_PROXY), or sign in to the network's web portal."
	nextEndpoint = "Check that the endpoint is Azure Resource Manager's, such as https://management.azure.com."
	nextForeign  = "Nothing was sent there; if that host is meant, make it the endpoint."
	nextDNS      = "Check the network, the VPN and the spelling of the endpoint."
	nextTLS      = "If a proxy inspects traffic here, install its certificate authority on this machine."
	nextRefused  = "Check that something listens there: is the emulator running, is the port right?"
	nextSignIn   = "Sign in with az login and try again."
	nextTenant   = "Sign in to the subscription's own tenant: az login --tenant with its id."
	nextBusy     = "Another operation is under way on it; wait until it is over and try again."
	nextThrottle = "Azure asks for a pause; reading goes on by itself after it."
	nextDisk     = "Free space on its OS disk (at least 5 GB), then stop it again; until then it goes on billing."
	nextQuota    = "Ask for more quota for the VM family in this region, or free cores by scaling another target down."
	nextStarted  = "It is not stopped: it may be starting or running already, so look at its state."
	nextTraffic  = "Set the traffic of this deployment to 0 % first, then delete it."
	nextLock     = "A lock on the resource or its resource group forbids it; whoever may manage locks can remove it."
	nextUnusable = "Restart it; if it stays unusable, delete it and create it again."
	nextCapacity = "The region has no such VMs free right now; try later, or take another size or region."
)

// advise fills Next from the service's code and words, most specific first.
func advise(r *model.Refusal) {
	if r.Next != "" {
		return
	}
	code, words := model.Fold(r.Code), model.Fold(r.Message)
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(code, p) || strings.Contains(words, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("startcomputeinstanceonlyallowedinstoppedstate"):
		r.Next = nextStarted
		if r.Class == nil {
			r.Class = model.ErrConflict
		}
	case has("disk is full"):
		r.Next = nextDisk
	case has("scopelocked", "cannot perform write operation because", "cannot perform delete operation because"):
		r.Next = nextLock
	case has("quota"):
		r.Next = nextQuota
	case has("allocationfailed", "overconstrained", "zonalallocation", "skunotavailable", "insufficient capacity"):
		r.Next = nextCapacity
	case has("unusable node"):
		r.Next = nextUnusable
	case strings.Contains(words, "traffic") && has("delet", "live traffic"):
		r.Next = nextTraffic
	case has("invalidauthenticationtokentenant"):
		r.Next = nextTenant
	default:
		adviseByClass(r)
	}
}

func adviseByClass(r *model.Refusal) {
	switch r.Class {
	case model.ErrSignIn:
		r.Next = nextSignIn
	case model.ErrDenied:
		r.Next = adviseRole(r.Action, r.Scope)
	case model.ErrConflict:
		r.Next = nextBusy
	case model.ErrThrottled:
		r.Next = nextThrottle
	case model.ErrUnreachable:
		r.Next = nextServer
	}
}

// adviseRole names the smallest built-in role that holds an action. A role
// takes from minutes to an hour to become effective.
func adviseRole(action, scope string) string {
	role := "a role that allows it, such as Contributor"
	switch low := model.Fold(action); {
	case low == "":
	case strings.HasSuffix(low, "/read"):
		role = "the role Reader"
	case strings.Contains(low, "/computes/"):
		role = "the role AzureML Compute Operator"
	case strings.Contains(low, "/workspaces/") && !strings.HasSuffix(low, "/listkeys/action"):
		role = "the role AzureML Data Scientist"
	}
	where := "the scope"
	if scope != "" {
		where = model.BaseName(scope)
	}
	return fmt.Sprintf("Ask an owner of %s for %s; a new role takes up to an hour to count.", where, role)
}
