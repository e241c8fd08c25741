package azure

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/amltop/amltop/model"
)

// operation is something the service accepted and works on: what to ask about
// it. The service names a status URL (Azure-AsyncOperation), or one that
// answers 202 until it is over (Location); without either, the resource's own
// provisioning state tells.
type operation struct {
	status   string // URL of a status document
	location string // URL that answers 202 meanwhile
	resource string // ARM id
	note     string // why the resource is asked and not the operation, if that is odd
}

// begun reads what a successful answer says about how to go on. It is nil if
// there is nothing left to wait for.
func begun(got *capture, armID string) *operation {
	op := &operation{resource: armID}
	for _, name := range []string{"Azure-AsyncOperation", "Operation-Location"} {
		if op.status == "" {
			op.status = address(got.header, name)
		}
	}
	switch {
	case op.status != "":
		return op
	case got.status == http.StatusAccepted:
		op.location = address(got.header, "Location")
		return op
	case got.status == http.StatusNoContent:
		return nil
	}
	// A 200 or 201 may still say that it is being made; its Location is the
	// resource itself.
	var body struct {
		Properties struct {
			ProvisioningState text `json:"provisioningState"`
		} `json:"properties"`
	}
	if decode(got.body, &body) == nil && model.ProvisioningTransient(string(body.Properties.ProvisioningState)) {
		return op
	}
	return nil
}

// address is the URL in a header, or "" where there is none: what cannot be
// asked is as good as missing, and the resource is asked instead.
func address(header http.Header, name string) string {
	value := strings.TrimSpace(header.Get(name))
	if u, err := url.Parse(value); err != nil || u.Host == "" {
		return ""
	}
	return value
}

// poll asks once. An error with done says how it ended; one without, that
// asking failed for now.
func (o *operation) poll(ctx context.Context, c *Client) (done bool, progress string, err error) {
	const doing = "ask about the operation"
	switch {
	case o.status != "":
		a, err := c.get(ctx, o.status)
		if err != nil {
			return o.lost(doing, err)
		}
		if len(a.body) == 0 { // nothing is said of it, not even that it is over
			return o.forgotten()
		}
		return judgeStatus(a)
	case o.location != "":
		a, err := c.get(ctx, o.location)
		if err != nil {
			return o.lost(doing, err)
		}
		if a.status == http.StatusAccepted {
			return false, "", nil
		}
		return judgeResult(a)
	default:
		done, progress, err := o.pollResource(ctx, c)
		if o.note != "" && progress != "" {
			progress += "; " + o.note
		}
		return done, progress, err
	}
}

// lost decides what an error while asking means. Where the service no longer
// knows the operation, the resource is asked from then on.
func (o *operation) lost(doing string, err error) (bool, string, error) {
	refusal := refuse(doing, err)
	var foreign *ForeignHostError
	switch {
	case errors.As(refusal, &foreign):
		// Accepted it was: what becomes of it, the resource tells.
		o.note = "its operation is said to be on " + foreign.Host + ", which is not asked"
		return o.forgotten()
	case errors.Is(refusal, model.ErrNotFound):
		return o.forgotten()
	default:
		return false, "", refusal
	}
}

// forgotten goes on with the resource itself.
func (o *operation) forgotten() (bool, string, error) {
	o.status, o.location = "", ""
	if o.note != "" {
		return false, o.note, nil
	}
	return false, "asking the resource itself", nil
}

// pollResource reads the provisioning state. A resource that is gone is one
// that is no longer being changed: whether that is good, its state tells.
func (o *operation) pollResource(ctx context.Context, c *Client) (bool, string, error) {
	req, err := c.resource(ctx, http.MethodGet, o.resource, apiVersion)
	if err != nil {
		return true, "", refuse("read the resource", err)
	}
	a, err := c.send(req)
	if err != nil {
		refusal := refuse("read the resource", err)
		return errors.Is(refusal, model.ErrNotFound), "", ignoreNotFound(refusal)
	}
	var doc wireStatus
	if err := decode(a.body, &doc); err != nil {
		return false, "", unreadable(a, err).refusal()
	}
	state := string(doc.Properties.ProvisioningState)
	switch model.Fold(state) {
	case "failed", "canceled", "cancelled":
		return true, state, endedBadly(state, firstError(doc.Properties.Errors))
	}
	// An instance that starts or stops counts as provisioned all the while.
	if own := model.InstanceState(doc.Properties.Properties.State); own.Info().Transient {
		return false, string(own), nil
	}
	return !model.ProvisioningTransient(state), state, nil
}

func ignoreNotFound(err error) error {
	if errors.Is(err, model.ErrNotFound) {
		return nil
	}
	return err
}
