package backendtest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/amltop/amltop/model"
)

// resourcePath is a recorded path taken apart.
type resourcePath struct {
	resource string // ARM id, as spelled; of a list, what it is a list in
	list     string // the collection, in lower case; "" for none
	action   string // of a POST, in lower case; "" for none
	parsed   model.ResourceID
}

// parsePath takes a URL apart: pairs of type and name, and maybe one word more.
func parsePath(method, rawURL string) resourcePath {
	u, err := url.Parse(rawURL)
	if err != nil {
		return resourcePath{}
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	r := resourcePath{resource: u.Path}
	if len(parts)%2 == 1 {
		r.resource, r.list = "/"+strings.Join(parts[:len(parts)-1], "/"), strings.ToLower(parts[len(parts)-1])
	}
	if method == http.MethodPost {
		r.action = r.list
	}
	r.parsed, _ = model.ParseResourceID(r.resource)
	return r
}

// kind names what a request is about: "workspaces/computes" for a compute, with
// [] for a list of them.
func (r resourcePath) kind() string {
	types := append([]string(nil), r.parsed.Types...)
	for i := range types {
		types[i] = strings.ToLower(types[i])
	}
	kind := strings.Join(types, "/")
	switch {
	case r.list == "":
		return kind
	case r.action != "":
		return kind + " " + r.action
	}
	return strings.TrimPrefix(kind+"/"+r.list+"[]", "/")
}

// workspace is the workspace that the path leads into.
func (r resourcePath) workspace() *model.Workspace {
	id := r.parsed
	arm := "/subscriptions/" + id.Subscription + "/resourceGroups/" + id.ResourceGroup + "/providers/" + id.Provider + "/workspaces/" + id.Names[0]
	return &model.Workspace{
		Resource: model.Resource{ARMID: arm, Name: id.Names[0]}, ID: model.WorkspaceIDOf(arm),
		Subscription: model.SubscriptionID(id.Subscription), ResourceGroup: id.ResourceGroup,
	}
}

// command is a command on what the path names.
func (r resourcePath) command(v model.Verb) model.Command {
	return model.Command{Verb: v, Target: model.Fold(r.resource), ARMID: r.resource, Name: model.BaseName(r.resource), Workspace: model.WorkspaceIDOf(r.resource)}
}
