package azure

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

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
	case err == nil && wrapped.Error != nil:
		r.Code, r.Message = wrapped.Error.words()
	case err == nil && (wrapped.Code != "" || wrapped.Message != ""):
		r.Code, r.Message = string(wrapped.Code), string(wrapped.Message)
	case looksLikeHTML(header, body):
		r.Message = fmt.Sprintf("%s, from something that is not Azure Resource Manager (a web page came back)", statusText(status))
		r.Next = nextProxy
	default:
		r.Message = statusText(status)
	}
	r.Message = shorten(r.Message)
	r.Action, r.Scope = missingPermission(r.Message)
	return r
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
	case http.StatusRequestTimeout:
		return model.ErrUnreachable
	}
	if status >= http.StatusInternalServerError {
		return model.ErrUnreachable
	}
	return nil
}

// retryAfter reads the pause that the service asks for, in any of its headers.
func retryAfter(header http.Header) time.Duration {
	for _, name := range []string{"retry-after-ms", "x-ms-retry-after-ms"} {
		if ms, err := strconv.Atoi(header.Get(name)); err == nil && ms > 0 {
			return time.Duration(ms) * time.Millisecond
		}
	}
	value := header.Get("Retry-After")
	if s, err := strconv.Atoi(value); err == nil && s > 0 {
		return time.Duration(s) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		if sent, err := http.ParseTime(header.Get("Date")); err == nil && at.After(sent) {
			return at.Sub(sent)
		}
	}
	return 0
}

var permissionWords = regexp.MustCompile(`perform action '([^']+)'.* over scope '([^']+)'`)

// missingPermission reads which action was refused and where, if it says so.
func missingPermission(message string) (action, scope string) {
	if m := permissionWords.FindStringSubmatch(message); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

// shorten cuts a message at a rune's boundary.
func shorten(s string) string {
	if len(s) <= maxWords {
		return s
	}
	return strings.ToValidUTF8(s[:maxWords], "") + " …"
}
