package azure

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/amltop/amltop/model"
)

// unreadableError is an answer that came and could not be read.
type unreadableError struct {
	status int
	html   bool
	cut    bool // ended before it was complete
	err    error
}

func (e *unreadableError) Error() string { return "unreadable answer: " + e.err.Error() }
func (e *unreadableError) Unwrap() error { return e.err }

func unreadable(a answer, err error) *unreadableError {
	var syntax *json.SyntaxError
	cut := errors.As(err, &syntax) && syntax.Offset >= int64(len(bytes.TrimSpace(a.body)))
	return &unreadableError{status: a.status, html: looksLikeHTML(a.header, a.body), cut: cut, err: err}
}

func (e *unreadableError) refusal() *model.Refusal {
	r := &model.Refusal{Class: model.ErrUnreachable, Status: e.status, Err: e.err}
	switch {
	case e.html:
		r.Message, r.Next = "a web page came back instead of an answer of Azure Resource Manager", nextProxy
	case e.cut, isCut(e.err):
		r.Message, r.Next = "the answer broke off before its end", nextAgain
	case explainNetwork(r, e.err):
	default:
		r.Message, r.Next = "the answer is not what Azure Resource Manager sends: "+shorten(clean(e.err.Error())), nextEndpoint
	}
	return r
}

func looksLikeHTML(header http.Header, body []byte) bool {
	if strings.Contains(header.Get("Content-Type"), "html") {
		return true
	}
	start := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 256)]))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}
