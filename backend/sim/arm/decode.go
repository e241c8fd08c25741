package arm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
)

// unreadBody is the answer to a body that could not be read to its end.
func unreadBody(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return gateway(http.StatusRequestEntityTooLarge, "RequestContentTooLarge",
			"The request content size exceeds the maximum size of %d MB.", tooLarge.Limit>>20)
	}
	return invalidContent(err.Error())
}

// checkMedia wants a body to say that it is JSON: ARM looks at nothing else.
func (c *call) checkMedia() error {
	if len(c.body) == 0 {
		return nil
	}
	given := c.request.Header.Get("Content-Type")
	switch media, _, _ := mime.ParseMediaType(given); media {
	case "application/json", "text/json":
		return nil
	}
	if given == "" {
		given = "<null>"
	}
	return gateway(http.StatusUnsupportedMediaType, "UnsupportedMediaType",
		"The content media type '%s' is not supported. Only 'application/json' is supported.", given)
}

// decode reads the request's body as JSON. Unknown fields are ignored, as the
// service ignores them; names are matched without case.
func (c *call) decode(into any) error {
	body := bytes.TrimSpace(c.body)
	if len(body) == 0 {
		return gateway(http.StatusBadRequest, "InvalidRequestContent", "The request content is empty: a JSON object is expected.")
	}
	if body[0] != '{' && json.Valid(body) {
		return invalidContent("Error converting value: a JSON object is expected. Path '', line 1, position 1.")
	}
	err := json.Unmarshal(body, into)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) { // its own words name Go's types
		return invalidContent(fmt.Sprintf("Error converting a value of type %s. Path '%s'.", wrong.Value, wrong.Field))
	}
	if err != nil {
		return invalidContent(err.Error())
	}
	return nil
}

// invalidContent is ARM's answer to a body that it cannot read.
func invalidContent(why string) error {
	return gateway(http.StatusBadRequest, "InvalidRequestContent", "The request content was invalid and could not be deserialized: '%s'.", why)
}

// or is a field of a request, or what holds if it was not sent.
func or[T any](field *T, otherwise T) T {
	if field == nil {
		return otherwise
	}
	return *field
}
