package azure

import (
	"regexp"
	"strings"

	"github.com/amltop/amltop/model"
)

// The wordings in which a service says what is not permitted. The service
// quotes actions and scopes, several of them with commas within the quotes.
var (
	// "… does not have permission to perform action(s) 'A' on the linked
	// scope(s) 'S'": what was asked for is permitted, something it takes is not.
	linkedWords = regexp.MustCompile(`(?is)does not have (?:permission|authorization) to perform action(?:\(s\)|s)?:? ['"]([^'"]+)['"] on the linked scope(?:\(s\)|s)? ['"]([^'"]+)['"]`)
	// "… perform action 'A' over scope 'S'".
	actionWords = regexp.MustCompile(`(?is)perform (?:the )?(?:following )?action(?:\(s\)|s)?:? ['"]([^'"]+)['"](?:.*?(?:over|on|at|for)(?: the)? (?:scope|resource)(?:\(s\)|s)?:? ['"]([^'"]+)['"])?`)
	// "… because of the deny assignment with name 'N' and Id 'I' at scope 'S'".
	denyWords = regexp.MustCompile(`(?is)deny assignment(?: with name)? ['"]([^'"]+)['"]`)
	// "… because following scope(s) are locked: 'L'."
	lockWords = regexp.MustCompile(`(?is)scope(?:\(s\)|s)? (?:are|is) locked:? ['"]([^'"]+)['"]`)
	// "… Policy identifiers: '[{"policyAssignment":{"name":"N", …".
	policyWords = regexp.MustCompile(`(?is)"policyAssignment"\s*:\s*\{\s*"name"\s*:\s*"([^"]+)"`)
	// "… not registered to use namespace 'Microsoft.MachineLearningServices'".
	namespaceWords = regexp.MustCompile(`(?i)namespace ['"]([A-Za-z.]+)['"]`)
)

// missingPermission reads which action was refused and where, if it says so:
// the first of several.
func missingPermission(message string) (action, scope string) {
	for _, words := range []*regexp.Regexp{linkedWords, actionWords} {
		if m := words.FindStringSubmatch(message); m != nil {
			return firstOf(m[1]), firstOf(m[2])
		}
	}
	return "", ""
}

// firstOf is the first of names between commas.
func firstOf(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

// named is what a pattern finds in a message, or "".
func named(words *regexp.Regexp, message string) string {
	if m := words.FindStringSubmatch(message); m != nil {
		return firstOf(m[1])
	}
	return ""
}

// adviseDenied is the way out of a 403 whose reason is no missing role: a
// policy, a deny assignment, a network rule.
func adviseDenied(r *model.Refusal) string {
	words := model.Fold(r.Message)
	switch code := model.Fold(r.Code); {
	case strings.HasPrefix(code, "requestdisallowedby"), strings.Contains(words, "disallowed by policy"):
		policy := named(policyWords, r.Message)
		if policy == "" {
			policy = "a policy"
		} else {
			policy = "the policy " + policy
		}
		return "It is against " + policy + ": choose what it allows, or ask whoever manages it for an exemption."
	case strings.Contains(words, "deny assignment"):
		deny := named(denyWords, r.Message)
		return strings.TrimSpace("No role helps: the deny assignment "+deny) + " forbids it; ask whoever made it."
	case strings.Contains(code, "publicnetworkaccess"), strings.Contains(words, "public network access"), strings.Contains(words, "behind a private endpoint"):
		return "The workspace is reached through its private endpoint only: connect to its virtual network, by VPN for example."
	}
	return adviseRole(r.Action, r.Scope)
}

// adviseLock names the lock that stands in the way, as far as the service does.
func adviseLock(message string) string {
	lock := named(lockWords, message)
	if lock == "" {
		return nextLock
	}
	return "A lock on " + whatScope(lock) + " forbids it; whoever may manage locks there can remove it."
}

// whatScope names a scope with its kind, where that is not a resource's own.
func whatScope(scope string) string {
	id, err := model.ParseResourceID(scope)
	if err != nil { // of a list, the scope may be the list
		id, err = model.ParseResourceID(scope[:max(0, strings.LastIndexByte(scope, '/'))])
	}
	switch {
	case err != nil:
		return scope
	case len(id.Names) > 0:
		return id.Name()
	case id.ResourceGroup != "":
		return "the resource group " + id.ResourceGroup
	default:
		return "the subscription " + id.Subscription
	}
}
