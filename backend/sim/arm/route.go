package arm

import (
	"net/http"
	"slices"
	"strings"
)

// namespace is the resource provider, as the service spells it.
const namespace = "Microsoft.MachineLearningServices"

// Where things hang in ARM's tree.
const (
	inSubscription = "/subscriptions/{sub}"
	inProvider     = inSubscription + "/providers/" + namespace
	inLocation     = inProvider + "/locations/{location}"
	inGroup        = inSubscription + "/resourceGroups/{group}/providers/" + namespace
	inWorkspace    = inGroup + "/workspaces/{workspace}"
)

// route is one operation of the API.
type route struct {
	name   string // as faults name it: "computes.stop"
	method string
	action string // the permission it takes, below the namespace unless it names its own
	serve  func(*call) error
	limit  func(*call) error // the provider's own limit, instead of ARM's; nil: ARM's
	oldest string            // API version answered; "": that of the namespace
	open   bool              // none of ARM's: no API version, no limit

	segments []string // of the path; "" is a placeholder
	params   []string // names of the placeholders, in order
	kind     opKind
}

// at completes a route with its path.
func (r route) at(path string) route {
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if strings.HasPrefix(segment, "{") {
			r.params = append(r.params, strings.Trim(segment, "{}"))
			segment = ""
		}
		r.segments = append(r.segments, segment)
	}
	switch r.method {
	case http.MethodGet, http.MethodHead:
		r.kind = kindRead
	case http.MethodDelete:
		r.kind = kindDelete
	default:
		r.kind = kindWrite
	}
	return r
}

// matches compares without case, as ARM does, and hands out what stands at the
// placeholders.
func (r *route) matches(path []string) ([]string, bool) {
	if len(path) != len(r.segments) {
		return nil, false
	}
	for i, want := range r.segments {
		if want == "" && path[i] == "" || want != "" && !strings.EqualFold(want, path[i]) {
			return nil, false
		}
	}
	args := make([]string, 0, len(r.params))
	for i, want := range r.segments {
		if want == "" {
			args = append(args, path[i])
		}
	}
	return args, true
}

// reads reports whether a route changes nothing, whatever its method.
func (r *route) reads() bool { return r.kind == kindRead || strings.HasSuffix(r.action, "/read") }

// match finds the route of a request, or nil.
func (s *Server) match(method, path string) (*route, []string) {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i := range s.routes {
		r := &s.routes[i]
		if r.method != method {
			continue
		}
		if args, ok := r.matches(segments); ok {
			return r, args
		}
	}
	return nil, nil
}

// find is the route of a call, or ARM's words for there being none.
func (s *Server) find(c *call) (*route, error) {
	if c.route != nil {
		return c.route, nil
	}
	path := c.request.URL.Path
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i := range s.routes {
		if _, ok := s.routes[i].matches(segments); ok {
			c.header.Set("Allow", strings.Join(s.methods(segments), ", "))
			return nil, gateway(http.StatusMethodNotAllowed, "MethodNotAllowed",
				"The requested resource does not support http method '%s'.", c.request.Method)
		}
	}
	return nil, unknownPath(segments, c.version())
}

// providers are the resource providers that something is answered for.
var providers = []string{namespace, insights, costProvider, "Microsoft.ResourceGraph"}

// methods are those that a path may be asked with.
func (s *Server) methods(segments []string) []string {
	var methods []string
	for i := range s.routes {
		if _, ok := s.routes[i].matches(segments); ok {
			methods = append(methods, s.routes[i].method)
		}
	}
	return methods
}

// unknownPath says what is wrong with a path that no route has.
func unknownPath(segments []string, version string) error {
	at := -1
	for i, s := range segments {
		if strings.EqualFold(s, "providers") {
			at = i
		}
	}
	switch {
	case at < 0 || at+1 >= len(segments):
		return notFound("InvalidUri", "The request path '/%s' is not one that this server knows.", strings.Join(segments, "/"))
	case !slices.ContainsFunc(providers, func(p string) bool { return strings.EqualFold(segments[at+1], p) }):
		return notFound("InvalidResourceNamespace", "The resource namespace '%s' is invalid.", segments[at+1])
	}
	var types []string
	for i := at + 2; i < len(segments); i += 2 {
		types = append(types, segments[i])
	}
	return notFound("InvalidResourceType", "The resource type '%s' could not be found in the namespace '%s' for api version '%s'. The supported api-versions are '%s'.",
		strings.Join(types, "/"), segments[at+1], version, strings.Join(versions, ","))
}
