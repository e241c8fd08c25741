package arm

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// refusal is an error answer in ARM's form.
type refusal struct {
	status     int
	code       string
	message    string
	gateway    bool          // ARM itself said it, before the resource provider was asked
	retryAfter time.Duration // 0: nothing said
	details    []detail      // instead of the provenance, if there are any
	bare       bool          // without the object error around it, as Azure Monitor has it
	page       string        // HTML to answer with instead of ARM's form
}

// detail is an error within an error.
type detail struct {
	code, message string
	at            *token // in the query; nil: nowhere
}

func (r *refusal) Error() string { return r.code + ": " + r.message }

// refuse turns an error into the answer.
func (c *call) refuse(err error) {
	var denial *sim.Denial
	var r *refusal
	switch {
	case errors.As(err, &r):
	case errors.As(err, &denial):
		r = &refusal{status: denial.Status, code: denial.Code, message: denial.Message}
	default:
		r = &refusal{status: http.StatusInternalServerError, code: "InternalServerError", message: err.Error()}
	}
	if r.status == 0 {
		r.status = http.StatusBadRequest
	}
	c.status = r.status
	c.b = c.b[:0]
	c.header.Del("Location")
	c.header.Del("Azure-AsyncOperation")
	if r.gateway {
		c.header.Set("x-ms-failure-cause", "gateway")
		c.noLimits()
	}
	if r.retryAfter > 0 {
		seconds := (r.retryAfter + time.Second - 1) / time.Second
		c.header.Set("Retry-After", strconv.Itoa(int(seconds)))
	}
	if r.page != "" {
		c.header.Set("Content-Type", "text/html; charset=utf-8")
		c.b = append(c.b, r.page...)
		return
	}
	c.object("")
	if r.bare {
		c.str("code", r.code)
		c.str("message", r.message)
		c.endObject()
		return
	}
	c.object("error")
	c.str("code", r.code)
	c.str("message", r.message)
	switch {
	case len(r.details) > 0:
		c.details(r.details)
	case !r.gateway:
		c.provenance()
	}
	c.endObject()
	c.endObject()
}

func (c *call) details(list []detail) {
	c.array("details")
	for _, d := range list {
		c.object("")
		c.str("code", d.code)
		c.str("message", d.message)
		if d.at != nil {
			c.int("line", d.at.line)
			c.int("characterPositionInLine", d.at.column)
			c.str("token", d.at.text)
		}
		c.endObject()
	}
	c.endArray()
}

// provenance is what the resource provider adds to its errors.
func (c *call) provenance() {
	c.raw("details", "[]")
	c.array("additionalInfo")
	info := func(kind, value string) {
		c.object("")
		c.str("type", kind)
		c.object("info")
		c.str("value", value)
		c.endObject()
		c.endObject()
	}
	info("ComponentName", "managementfrontend")
	info("Environment", "simulator")
	info("Time", string(appendTicks(nil, c.now, "+00:00")))
	c.endArray()
}

func gateway(status int, code, format string, args ...any) error {
	return &refusal{status: status, code: code, message: fmt.Sprintf(format, args...), gateway: true}
}

func notFound(code, format string, args ...any) error {
	return gateway(http.StatusNotFound, code, format, args...)
}

// badRequest is the resource provider's answer to a body it does not like.
func badRequest(code, message string) error {
	return &refusal{status: http.StatusBadRequest, code: code, message: message}
}

func userError(format string, args ...any) error {
	return badRequest("UserError", fmt.Sprintf(format, args...))
}

func subscriptionNotFound(id string) error {
	return notFound("SubscriptionNotFound", "The subscription '%s' could not be found.", id)
}

func groupNotFound(name string) error {
	return notFound("ResourceGroupNotFound", "Resource group '%s' could not be found.", name)
}

func parentNotFound(name string) error {
	return notFound("ParentResourceNotFound",
		"Can not perform requested operation on nested resource. Parent resource '%s' not found.", name)
}

// codeNotFound says that a resource is not there although its parent is.
const codeNotFound = "ResourceNotFound"

// resourceNotFound names a resource by its path below the provider, such as
// "workspaces/vision/computes/x".
func resourceNotFound(path, group string) error {
	return notFound(codeNotFound, "The Resource '%s/%s' under resource group '%s' was not found. "+
		"For more details please go to https://aka.ms/ARMResourceNotFoundFix", namespace, path, group)
}

// resource is the path without the action that a POST ends with.
func (c *call) resource() string {
	path := c.request.URL.Path
	if c.request.Method == http.MethodPost {
		path = path[:strings.LastIndexByte(path, '/')]
	}
	return path
}

// permission is what the call needs to be permitted to do.
func (c *call) permission() string {
	if action := c.route.action; strings.HasPrefix(action, "Microsoft.") {
		return action
	}
	return namespace + "/" + c.route.action
}

// forbidden is the answer to a caller without the permission for an action.
func (c *call) forbidden(scope string) error {
	p, action := c.s.opts.Principal, c.permission()
	return gateway(http.StatusForbidden, "AuthorizationFailed",
		"The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s' "+
			"or the scope is invalid. If access was recently granted, please refresh your credentials.",
		p.Name, p.ObjectID, action, scope)
}

func misdirected(host string) error {
	return gateway(http.StatusMisdirectedRequest, "MisdirectedRequest",
		"This server does not answer for the host '%s'. Use the address it was started with.", host)
}
