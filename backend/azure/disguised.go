package azure

import "github.com/amltop/amltop/model"

// disguised is the refusal in an answer that only looks like a success: a
// proxy's page, or an error with the status of a success. It is nil for any
// other, also for one that cannot be read: that it was accepted, its status
// says.
func disguised(got *capture) error {
	a := answer{got.status, got.header, got.body}
	if len(got.body) == 0 {
		return nil
	}
	if looksLikeHTML(got.header, got.body) {
		return unreadable(a, errNoResource).refusal()
	}
	var doc struct {
		Status text       `json:"status"` // an operation tells of its own error
		Error  *wireError `json:"error"`
	}
	if decode(got.body, &doc) != nil || doc.Status != "" || !doc.Error.says() {
		return nil
	}
	return errorInGuise(doc.Error)
}

// errorInGuise is the refusal of an error that came with the status of a
// success. Of one that does not say what it is about, nothing is known but
// that there was no answer.
func errorInGuise(e *wireError) *model.Refusal {
	r := endedBadly("", e)
	if r.Class == nil {
		r.Class, r.Next = model.ErrUnreachable, ""
		advise(r)
	}
	return r
}
