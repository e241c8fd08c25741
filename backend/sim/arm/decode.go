package arm

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// decode reads the request's body as JSON. Unknown fields are ignored, as the
// service ignores them; names are matched without case.
func (c *call) decode(into any) error {
	body := bytes.TrimSpace(c.body)
	if len(body) == 0 {
		return badRequest("InvalidRequestContent", "The request content is empty: a JSON object is expected.")
	}
	if err := json.Unmarshal(body, into); err != nil {
		return badRequest("InvalidRequestContent", fmt.Sprintf("The request content was invalid and could not be deserialized: '%v'.", err))
	}
	return nil
}

// or is a field of a request, or what holds if it was not sent.
func or[T any](field *T, otherwise T) T {
	if field == nil {
		return otherwise
	}
	return *field
}
