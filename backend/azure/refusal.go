package azure

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/amltop/amltop/model"
)

// maxWords is as much of a message as is kept, in bytes.
const maxWords = 2000

// refuse turns whatever went wrong into a *model.Refusal. An answer of the
// service keeps the service's words; doing is prepended where there are none.
// Errors of the SDK are not kept: their text holds signed URLs.
func refuse(doing string, err error) error {
	var already *model.Refusal
	if err == nil || errors.As(err, &already) {
		return err
	}
	var token *signInError
	if errors.As(err, &token) {
		return fromNetwork(doing, err)
	}
	var answer *azcore.ResponseError
	if errors.As(err, &answer) && answer.RawResponse != nil {
		return fromAnswer(answer)
	}
	var odd *unreadableError
	if errors.As(err, &odd) {
		return odd.refusal()
	}
	return fromNetwork(doing, err)
}

func fromAnswer(e *azcore.ResponseError) *model.Refusal {
	var body []byte
	if resp := e.RawResponse; resp.Body != nil {
		body = payload(resp)
	}
	r := fromBody(e.StatusCode, e.RawResponse.Header, body)
	if r.Code == "" {
		r.Code = clean(e.ErrorCode)
	}
	advise(r)
	return r
}

// fromBody reads an error answer. A body that is not ARM's, such as a proxy's
// HTML page, is said to be so.
func fromBody(status int, header http.Header, body []byte) *model.Refusal {
	r := &model.Refusal{Status: status, Class: classOf(status), RetryAfter: retryAfter(header)}
	var wrapped struct {
		Error   *wireError `json:"error"`
		Code    text       `json:"code"`
		Message text       `json:"message"`
	}
	switch err := decode(body, &wrapped); {
	case status == http.StatusProxyAuthRequired:
		r.Message, r.Next = "the proxy wants a user and a password ("+statusText(status)+")", nextProxyUser
	case status >= 300 && status < 400:
		r.Class, r.Message, r.Next = model.ErrUnreachable, redirected(header, status), nextProxy
	case err == nil && wrapped.Error != nil:
		r.Code, r.Message = wrapped.Error.words()
	case err == nil && (wrapped.Code != "" || wrapped.Message != ""):
		r.Code, r.Message = string(wrapped.Code), string(wrapped.Message)
	case looksLikeHTML(header, body):
		// Whatever its status: that a proxy cannot find a page takes no row away.
		r.Class, r.Next = model.ErrUnreachable, nextProxy
		r.Message = fmt.Sprintf("%s, from something that is not Azure Resource Manager (a web page came back)", statusText(status))
	default:
		r.Message = statusText(status)
	}
	if r.Message == "" {
		r.Message = statusText(status)
	}
	r.Message = shorten(r.Message)
	r.Action, r.Scope = missingPermission(r.Message)
	return r
}

// redirected says where an answer sends the program, which does not go there:
// a guest network's portal answers so, Azure Resource Manager never does.
func redirected(header http.Header, status int) string {
	to, err := url.Parse(header.Get("Location"))
	if err != nil || to.Host == "" {
		return statusText(status) + ", a redirect that is not followed"
	}
	return statusText(status) + ", a redirect to " + clean(to.Host) + " that is not followed"
}

func statusText(status int) string {
	return strings.TrimSpace(fmt.Sprintf("HTTP %d %s", status, http.StatusText(status)))
}

// classOf is the class of refusal that a status stands for. A server that fails
// says nothing about the request: it is as good as not reached.
func classOf(status int) error {
	switch status {
	case http.StatusUnauthorized:
		return model.ErrSignIn
	case http.StatusForbidden:
		return model.ErrDenied
	case http.StatusNotFound, http.StatusGone:
		return model.ErrNotFound
	case http.StatusConflict, http.StatusLocked:
		return model.ErrConflict
	case http.StatusTooManyRequests:
		return model.ErrThrottled
	case http.StatusRequestTimeout, http.StatusProxyAuthRequired:
		return model.ErrUnreachable
	}
	if status >= http.StatusInternalServerError {
		return model.ErrUnreachable
	}
	return nil
}

// shorten cuts a message at a rune's boundary.
func shorten(s string) string {
	if len(s) <= maxWords {
		return s
	}
	return strings.ToValidUTF8(s[:maxWords], "") + " …"
}
