package azure

import (
	"net/http"
	"strings"

	"github.com/amltop/amltop/model"
)

// What to do about it, in one sentence each.
const (
	nextAgain        = "It is asked again by itself; if it lasts, check the network."
	nextServer       = "The failure is on the service's side; it is asked again by itself, or try later."
	nextProxy        = "Look at the proxy settings (HTTPS_PROXY, NO_PROXY), or sign in to the network's web portal."
	nextProxyUser    = "Give them in HTTPS_PROXY, as in http://user:password@proxy:8080."
	nextEndpoint     = "Check that the endpoint is Azure Resource Manager's, such as https://management.azure.com."
	nextForeign      = "Nothing was sent there; if that host is meant, make it the endpoint."
	nextDNS          = "Check the network, the VPN and the spelling of the endpoint."
	nextTLS          = "If a proxy inspects traffic here, install its certificate authority on this machine."
	nextRefused      = "Check that something listens there: is the emulator running, is the port right?"
	nextSignIn       = "Sign in with az login and try again."
	nextTenant       = "Sign in to the subscription's own tenant: az login --tenant with its id."
	nextBusy         = "Another operation is under way on it; wait until it is over and try again."
	nextThrottle     = "Azure asks for a pause: reading goes on by itself after it, a command is to be repeated then."
	nextDisk         = "Free space on its OS disk (at least 5 GB), then stop it again; until then it goes on billing."
	nextQuota        = "Ask for more quota for the VM family in this region, or free cores by scaling another target down."
	nextStarted      = "It is not stopped: it may be starting or running already, so look at its state."
	nextTraffic      = "Set the traffic of this deployment to 0 % first, then delete it."
	nextLock         = "A lock on the resource or its resource group forbids it; whoever may manage locks can remove it."
	nextDisabled     = "The subscription is disabled and only readable: its owner has to enable it again (az account show names it); what runs may go on billing."
	nextGone         = "It is gone, or was never there; nothing is left to do."
	nextParent       = "What held it is gone, and it with it; nothing is left to do."
	nextCloud        = "This cloud or region does not offer Azure Machine Learning in this version: check --cloud, or take another region."
	nextAsked        = "The same request will be refused again; the service's words say what has to change."
	nextTaken        = "Choose another name or version, or delete what has it."
	nextName         = "Choose another name: letters first, and a letter after the last dash."
	nextUnusable     = "Restart it; if it stays unusable, delete it and create it again."
	nextSubscription = "The subscription is gone, or this sign-in cannot see it: az account list --refresh shows which it can."
	nextCapacity     = "The region has no such VMs free right now; try later, or take another size or region."
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
	case adviseByScope(r, code, words):
	case has("quota", "exceeding approved"):
		r.Next = adviseQuota(r.Message)
		if r.Class == model.ErrConflict { // waiting brings no cores
			r.Class = model.ErrNotNow
		}
	case has("allocationfailed", "overconstrained", "zonalallocation", "skunotavailable", "insufficient capacity"):
		r.Next = nextCapacity
	case has("unusable node"):
		r.Next = nextUnusable
	case strings.Contains(words, "traffic") && has("delet", "live traffic"):
		r.Next = nextTraffic
	case has("reason: invalid. message: a name"):
		r.Next = nextName
	case has("reason: alreadyexists"), r.Class == model.ErrConflict && has("already exists", "already in use", "cannot be changed"):
		r.Class, r.Next = model.ErrNotNow, nextTaken
	case has("invalidauthenticationtokentenant"):
		r.Next = nextTenant
	default:
		adviseByClass(r)
	}
}

// adviseByScope knows the refusals that are about the subscription, the
// resource group or the cloud, whatever was asked for. Some come as a 409, and
// are none: nothing is under way that could be waited for.
func adviseByScope(r *model.Refusal, code, words string) bool {
	switch {
	case code == "scopelocked", strings.Contains(words, "cannot perform write operation because"), strings.Contains(words, "cannot perform delete operation because"):
		r.Class, r.Next = model.ErrDenied, adviseLock(r.Message)
	case code == "readonlydisabledsubscription", code == "disabledsubscription":
		r.Class, r.Next = model.ErrDenied, nextDisabled
	case strings.HasPrefix(code, "requestdisallowedby"):
		r.Class, r.Next = model.ErrDenied, adviseDenied(r)
	case code == "missingsubscriptionregistration", code == "subscriptionnotregistered":
		namespace := named(namespaceWords, r.Message)
		if namespace == "" {
			namespace = "Microsoft.MachineLearningServices"
		}
		r.Class, r.Next = model.ErrNotNow, "Register it once for the subscription: az provider register --namespace "+namespace+"."
	case code == "noregisteredproviderfound", code == "invalidapiversionparameter", code == "invalidresourcetype", code == "locationnotavailableforresourcetype":
		r.Next = nextCloud
	case code == "subscriptionnotfound":
		r.Next = nextSubscription
	case code == "parentresourcenotfound", code == "resourcegroupnotfound":
		r.Next = nextParent
	default:
		return false
	}
	return true
}

func adviseByClass(r *model.Refusal) {
	switch r.Class {
	case model.ErrSignIn:
		r.Next = nextSignIn
	case model.ErrDenied:
		r.Next = adviseDenied(r)
	case model.ErrConflict:
		r.Next = adviseBusy(r.Message)
	case model.ErrNotFound:
		r.Next = nextGone
	case model.ErrThrottled:
		r.Next = nextThrottle
	case model.ErrUnreachable:
		r.Next = nextServer
	default:
		if r.Status >= http.StatusBadRequest {
			r.Next = nextAsked
		}
	}
}

// underWay are the words in which the service names what a resource is busy
// with.
var underWay = []string{"restarting", "starting", "stopping", "creating", "updating", "deleting", "resizing", "scaling", "resuming"}

// adviseBusy names what is under way, if the service's words do.
func adviseBusy(message string) string {
	words := model.Fold(message)
	for _, word := range underWay {
		if strings.Contains(words, word) {
			return "It is " + word + "; wait until that is over and try again."
		}
	}
	return nextBusy
}
