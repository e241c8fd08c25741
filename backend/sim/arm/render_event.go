package arm

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// logLag is what lies between an event and its being written down.
const logLag = 90 * time.Second

// eventBody writes an event, or those of its fields that were selected.
func (c *call) eventBody(sub *sim.Subscription, e event, selected []string) {
	if len(selected) == 0 {
		c.wholeEvent(sub, e)
		return
	}
	kept := c.b
	c.b = nil
	c.wholeEvent(sub, e)
	var fields map[string]json.RawMessage
	err := json.Unmarshal(c.b, &fields)
	c.b = kept
	c.object("")
	if err == nil { // the document is this file's own
		for _, name := range eventFields {
			if slices.Contains(selected, strings.ToLower(name)) {
				c.raw(name, string(fields[name]))
			}
		}
	}
	c.endObject()
}

// eventFields are the fields of an event, in order.
var eventFields = []string{"authorization", "caller", "channels", "claims", "correlationId", "description", "eventDataId",
	"eventName", "category", "httpRequest", "id", "level", "resourceGroupName", "resourceProviderName", "resourceId",
	"resourceType", "operationId", "operationName", "properties", "status", "subStatus", "eventTimestamp",
	"submissionTimestamp", "subscriptionId", "tenantId"}

func (c *call) wholeEvent(sub *sim.Subscription, e event) {
	name, label := "EndRequest", "End request"
	if e.status == "Started" {
		name, label = "BeginRequest", "Begin request"
	}
	level := "Informational"
	if e.status == failed {
		level = "Error"
	}
	c.object("")
	c.object("authorization")
	c.str("action", e.Action)
	c.str("scope", e.Resource)
	c.endObject()
	c.str("caller", e.Caller)
	c.str("channels", "Operation")
	c.claims(sub, e)
	c.str("correlationId", e.Correlation)
	c.str("description", "")
	c.str("eventDataId", guidOf(e.id()))
	c.localizable("eventName", name, label)
	c.localizable("category", "Administrative", "Administrative")
	c.object("httpRequest")
	c.str("clientRequestId", e.ID)
	c.str("clientIpAddress", "203.0.113.7") // of the documentation's network
	c.str("method", e.Method)
	c.endObject()
	c.str("id", e.Resource+"/events/"+guidOf(e.id())+"/ticks/"+strconv.FormatInt(ticks(e.at), 10))
	c.str("level", level)
	c.str("resourceGroupName", segmentAfter(e.Resource, "resourceGroups"))
	c.localizable("resourceProviderName", namespace, "Azure Machine Learning")
	c.str("resourceId", e.Resource)
	c.localizable("resourceType", typeOf(e.Resource), typeOf(e.Resource))
	c.str("operationId", e.Correlation)
	c.localizable("operationName", e.Action, e.Action)
	c.eventProperties(e)
	c.localizable("status", e.status, e.status)
	value, words := describeStatus(e.code)
	c.localizable("subStatus", value, words)
	c.timeZ("eventTimestamp", e.at)
	c.timeZ("submissionTimestamp", e.at.Add(logLag))
	c.str("subscriptionId", sub.ID)
	c.str("tenantId", sub.Tenant)
	c.endObject()
}

// claims are what the token of the caller said of them.
func (c *call) claims(sub *sim.Subscription, e event) {
	const schema = "http://schemas."
	c.object("claims")
	c.str("aud", "https://management.core.windows.net/")
	c.str("iss", "https://sts.windows.net/"+sub.Tenant+"/")
	c.str("name", e.CallerName)
	c.str(schema+"xmlsoap.org/ws/2005/05/identity/claims/upn", e.Caller)
	c.str(schema+"microsoft.com/identity/claims/objectidentifier", e.CallerID)
	c.str(schema+"microsoft.com/identity/claims/tenantid", sub.Tenant)
	c.endObject()
}

// eventProperties say what came of the request, and why if it failed.
func (c *call) eventProperties(e event) {
	why := e.Refused
	if why == nil && e.Op != nil && e.status == failed {
		why = e.Op.Error
	}
	value, _ := describeStatus(e.code)
	c.object("properties")
	c.strOrNull("statusCode", value)
	c.null("serviceRequestId")
	if why != nil && e.status == failed {
		text := writer{}
		text.object("")
		text.object("error")
		text.str("code", why.Code)
		text.str("message", why.Message)
		text.endObject()
		text.endObject()
		c.str("statusMessage", string(text.b))
	}
	c.str("eventCategory", "Administrative")
	c.str("entity", e.Resource)
	c.str("message", e.Action)
	c.endObject()
}

func (c *call) localizable(key, value, label string) {
	c.object(key)
	c.str("value", value)
	c.str("localizedValue", label)
	c.endObject()
}
