package arm

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// The activity log of a subscription, of Microsoft.Insights: who changed what,
// when, and what came of it. A request is two or three events: it was begun,
// was accepted if it takes its time, and succeeded or failed. The service shows
// them minutes later; here they are there at once.

// insights is the provider of the activity log and of metrics.
const insights = "Microsoft.Insights"

// longestLog is how far back the log reaches.
const longestLog = 90 * 24 * time.Hour

func activityRoutes() []route {
	return []route{
		route{name: "activityLog.list", method: http.MethodGet, action: insights + "/eventtypes/values/Read", oldest: "2014-04-01",
			serve: listActivity}.at(inSubscription + "/providers/" + insights + "/eventtypes/management/values"),
	}
}

// event is one entry of the log.
type event struct {
	*sim.Deed
	at     time.Time
	status string
	code   int // HTTP status that goes with it; 0: none yet
}

// witness writes a request that means to change something into its
// subscription's journal.
func (c *call) witness(err error) {
	if c.route.reads() {
		return
	}
	p := c.s.opts.Principal
	deed := sim.Deed{
		Caller: p.Name, CallerID: p.ObjectID, CallerName: p.Name, Method: c.request.Method,
		Action: c.permission(), Resource: c.resource(), Op: c.op, Correlation: c.correlate(c.s.newGUID()),
	}
	var denial *sim.Denial
	var no *refusal
	switch {
	case errors.As(err, &no):
		deed.Refused = &sim.Denial{Status: no.status, Code: no.code, Message: no.message}
	case errors.As(err, &denial):
		deed.Refused = denial
	case err != nil:
		deed.Refused = &sim.Denial{Status: http.StatusInternalServerError, Code: "InternalServerError", Message: err.Error()}
	}
	c.world().Record(c.world().FindSubscription(c.arg("sub")), deed)
}

// events are what the log says of a deed, in order of time.
func events(d *sim.Deed) []event {
	list := []event{{d, d.At, "Started", 0}}
	switch op := d.Op; {
	case d.Refused != nil:
		list = append(list, event{d, d.At, failed, d.Refused.Status})
	case op == nil:
		list = append(list, event{d, d.At, succeeded, http.StatusOK})
	default:
		list = append(list, event{d, d.At, "Accepted", http.StatusAccepted})
		if op.Status != running {
			code := http.StatusOK
			if op.Error != nil {
				code = op.Error.Status
			}
			list = append(list, event{d, op.Ended, op.Status, code})
		}
	}
	return list
}

// listActivity answers the log, newest first.
func listActivity(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	filter, since, err := c.activityFilter()
	if err != nil {
		return err
	}
	var found []event
	for _, d := range sub.Deeds() {
		if d.At.Before(since.Add(-time.Hour)) { // operations end within the hour
			continue
		}
		for _, e := range events(d) {
			if filter.holds(e.field, true) {
				found = append(found, e)
			}
		}
	}
	slices.Reverse(found) // so that of one moment the last comes first
	slices.SortStableFunc(found, func(a, b event) int { return b.at.Compare(a.at) })
	fields := strings.FieldsFunc(strings.ToLower(c.query.Get("$select")), func(r rune) bool { return r == ',' || r == ' ' })
	return c.list(len(found),
		func(i int) string { return found[i].id() },
		func(i int) { c.eventBody(sub, found[i], fields) })
}

// activityFilter reads the filter, which has to say how far back to look.
func (c *call) activityFilter() (condition, time.Time, error) {
	var since time.Time
	filter, err := parseFilter(c.query.Get("$filter"))
	if err != nil {
		return filter, since, badRequest("BadRequest", "The $filter query string parameter is not valid: "+err.Error()+".")
	}
	var wrong error
	filter.each(func(part condition) {
		if _, known := activityFields[strings.ToLower(part.field)]; !known {
			wrong = badRequest("BadRequest", "The field '"+part.field+"' is not supported in the $filter of events.")
		}
		if strings.EqualFold(part.field, "eventTimestamp") {
			at, err := parseTime(part.value)
			if err != nil {
				wrong = badRequest("BadRequest", "The $filter of events names a time that is none: "+err.Error()+".")
			} else if part.op == "ge" || part.op == "gt" {
				since = at
			}
		}
	})
	switch {
	case wrong != nil:
	case since.IsZero():
		wrong = badRequest("BadRequest", "The $filter of events has to name a start time: eventTimestamp ge '2026-11-23T00:00:00Z'.")
	case since.Before(c.now.Add(-longestLog)):
		wrong = badRequest("BadRequest", "The start time can not be more than 90 days in the past.")
	}
	return filter, since, wrong
}

// activityFields are the fields that a filter may name.
var activityFields = map[string]func(event) string{
	"eventtimestamp":    func(e event) string { return e.at.UTC().Format(time.RFC3339Nano) },
	"resourceuri":       func(e event) string { return e.Resource },
	"resourceid":        func(e event) string { return e.Resource },
	"resourcegroupname": func(e event) string { return segmentAfter(e.Resource, "resourceGroups") },
	"resourceprovider":  func(e event) string { return segmentAfter(e.Resource, "providers") },
	"resourcetype":      func(e event) string { return typeOf(e.Resource) },
	"correlationid":     func(e event) string { return e.Correlation },
	"status":            func(e event) string { return e.status },
	"caller":            func(e event) string { return e.Caller },
	"eventchannels":     func(event) string { return "Admin, Operation" },
}

func (e event) field(name string) string { return activityFields[strings.ToLower(name)](e) }

// id is the id of the event within the log.
func (e event) id() string { return e.ID + "-" + strings.ToLower(e.status) }

// segmentAfter is what follows a segment of an ARM id; "" if it is not in it.
func segmentAfter(id, segment string) string {
	parts := strings.Split(id, "/")
	for i := 0; i+1 < len(parts); i++ {
		if strings.EqualFold(parts[i], segment) {
			return parts[i+1]
		}
	}
	return ""
}

// typeOf is the type of the resource that an ARM id names.
func typeOf(id string) string {
	parts := strings.Split(strings.Trim(id, "/"), "/")
	for i := len(parts) - 2; i >= 0; i-- {
		if strings.EqualFold(parts[i], "providers") {
			words := []string{parts[i+1]}
			for j := i + 2; j < len(parts); j += 2 {
				words = append(words, parts[j])
			}
			return strings.Join(words, "/")
		}
	}
	return ""
}

// describeStatus is a status as the log writes it beside the event's own.
func describeStatus(code int) (value, label string) {
	if code == 0 {
		return "", ""
	}
	word := strings.ReplaceAll(http.StatusText(code), " ", "")
	return word, http.StatusText(code) + " (HTTP Status Code: " + strconv.Itoa(code) + ")"
}
