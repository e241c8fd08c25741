package model

import (
	"fmt"
	"strings"
)

// The identities of things are ARM resource ids in lower case, because ARM
// compares ids without case and spells the same id differently from one answer
// to the next. Each kind has a type of its own, so that one cannot stand for
// another. The spelling the service used is kept beside it as ARMID.
type (
	SubscriptionID string // a GUID
	WorkspaceID    string
	ComputeID      string
	NodeID         string
	JobID          string
	EndpointID     string
	DeploymentID   string
)

// ResourceID is a parsed ARM resource id.
type ResourceID struct {
	Subscription  string
	ResourceGroup string
	Provider      string   // "Microsoft.MachineLearningServices"
	Types         []string // "workspaces", "computes"
	Names         []string // "vision", "ana-gpu"
}

// ParseResourceID takes an ARM id apart. Segment names are matched without
// case; what they name keeps its spelling.
func ParseResourceID(id string) (ResourceID, error) {
	parts := strings.Split(strings.Trim(id, "/"), "/")
	var r ResourceID
	i := 0
	for ; i+1 < len(parts); i += 2 {
		if parts[i] == "" || parts[i+1] == "" {
			return ResourceID{}, fmt.Errorf("resource id %q: empty segment", id)
		}
		switch strings.ToLower(parts[i]) {
		case "subscriptions":
			r.Subscription = parts[i+1]
		case "resourcegroups":
			r.ResourceGroup = parts[i+1]
		case "providers":
			r.Provider = parts[i+1]
		default:
			if r.Provider == "" {
				return ResourceID{}, fmt.Errorf("resource id %q: unexpected segment %q", id, parts[i])
			}
			r.Types = append(r.Types, parts[i])
			r.Names = append(r.Names, parts[i+1])
		}
	}
	if i != len(parts) || r.Subscription == "" {
		return ResourceID{}, fmt.Errorf("resource id %q: not of the form /subscriptions/…/providers/…/type/name", id)
	}
	return r, nil
}

// Name is the last name in the id.
func (r ResourceID) Name() string {
	if len(r.Names) == 0 {
		return ""
	}
	return r.Names[len(r.Names)-1]
}

// BaseName is the text after the last slash: the name of a resource, by its id.
func BaseName(id string) string {
	return id[strings.LastIndexByte(id, '/')+1:]
}

// Fold is the form under which ids and names are equal.
func Fold(s string) string { return strings.ToLower(s) }

// WorkspaceIDOf is the workspace part of the id of anything in a workspace,
// or "" if there is none.
func WorkspaceIDOf(id string) WorkspaceID {
	low := Fold(id)
	_, after, found := strings.Cut(low, "/workspaces/")
	if !found {
		return ""
	}
	name, _, _ := strings.Cut(after, "/")
	if name == "" {
		return ""
	}
	return WorkspaceID(low[:len(low)-len(after)+len(name)])
}
