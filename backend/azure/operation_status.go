package azure

import (
	"errors"
	"fmt"
	"strings"

	"github.com/amltop/amltop/model"
)

// wireStatus is a status document, or a resource with a provisioning state.
type wireStatus struct {
	ID         text       `json:"id"`
	Status     text       `json:"status"`
	Percent    whole      `json:"percentComplete"`
	Error      *wireError `json:"error"`
	Properties struct {
		ProvisioningState text        `json:"provisioningState"`
		Errors            []wireFault `json:"provisioningErrors"`
		Properties        struct {
			State text `json:"state"` // of a compute instance
		} `json:"properties"`
	} `json:"properties"`
}

// judgeResult reads what a Location answers in the end: nothing, the result, or
// (managed endpoints) a status document.
func judgeResult(a answer) (done bool, progress string, err error) {
	if len(a.body) == 0 {
		return true, "", nil
	}
	var doc wireStatus
	if err := decode(a.body, &doc); err != nil {
		return false, "", unreadable(a, err).refusal()
	}
	if doc.Status != "" {
		return judgeStatus(a)
	}
	return true, "", nil
}

// judgeStatus reads a status document: over are the three words ARM has for
// it, anything else is still running.
func judgeStatus(a answer) (done bool, progress string, err error) {
	var doc wireStatus
	if err := decode(a.body, &doc); err != nil {
		return false, "", unreadable(a, err).refusal()
	}
	status := string(doc.Status)
	if status == "" {
		status = string(doc.Properties.ProvisioningState)
	}
	switch strings.ToLower(status) {
	case "succeeded":
		return true, status, nil
	case "failed", "canceled", "cancelled":
		return true, status, endedBadly(status, doc.Error)
	case "":
		return false, "", unreadable(a, errNoStatus).refusal()
	}
	if p := int(doc.Percent); p > 0 && p <= 100 {
		status = fmt.Sprintf("%s %d %%", status, p)
	}
	return false, status, nil
}

var errNoStatus = errors.New("there is no status in it")

// endedBadly is the refusal of an operation that ended badly within an HTTP
// 200: the status is left out, because the operation's own code is the reason.
func endedBadly(status string, e *wireError) *model.Refusal {
	r := &model.Refusal{}
	if e != nil {
		r.Code, r.Message = e.words()
	}
	if r.Code == "" && r.Message == "" {
		r.Message = "the operation ended as " + status + ", without a reason"
	}
	r.Message = shorten(r.Message)
	r.Class = classOfCode(r.Code)
	r.Action, r.Scope = missingPermission(r.Message)
	advise(r)
	return r
}

// classOfCode is the class of an error that came without a status of its own.
func classOfCode(code string) error {
	switch model.Fold(code) {
	case "conflict", "resourcenotready", "anotheroperationinprogress":
		return model.ErrConflict
	case "notfound", "resourcenotfound":
		return model.ErrNotFound
	case "authorizationfailed", "linkedauthorizationfailed", "forbidden":
		return model.ErrDenied
	case "toomanyrequests":
		return model.ErrThrottled
	default:
		return nil
	}
}

func firstError(list []wireFault) *wireError {
	for i := range list {
		if list[i].Error != nil {
			return list[i].Error
		}
		if list[i].Code != "" || list[i].Message != "" {
			return &list[i].wireError
		}
	}
	return nil
}
