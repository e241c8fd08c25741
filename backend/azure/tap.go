package azure

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// capture is what one answer left behind. With decode set, the body of a 200
// is decoded by it, and the SDK sees only where the next page is: a page is
// decoded once, by types that keep every field the program needs. What decode
// keeps is not used again, until it is given back.
type capture struct {
	decode func(body *bytes.Buffer) (nextLink string, keeps bool, err error)
	size   int // about how many bytes the body will have; 0: not known

	status int
	header http.Header
	body   []byte // nil if decode was given it
}

type captureKey struct{}

func withCapture(ctx context.Context, c *capture) context.Context {
	return context.WithValue(ctx, captureKey{}, c)
}

// tap is the policy that fills the capture of a call, if it has one.
type tap struct{}

// Do implements policy.Policy.
func (tap) Do(req *policy.Request) (*http.Response, error) {
	c, ok := req.Raw().Context().Value(captureKey{}).(*capture)
	if ok && c.decode != nil {
		runtime.SkipBodyDownload(req) // it is read below, into memory of the right size
	}
	resp, err := req.Next()
	if err != nil || !ok {
		return resp, err
	}
	c.status, c.header = resp.StatusCode, resp.Header // known even if the body breaks off
	if c.decode == nil || resp.StatusCode != http.StatusOK {
		c.body, err = runtime.Payload(resp) // the SDK may read it again
		if err != nil {
			return resp, &unreadableError{status: resp.StatusCode, err: err}
		}
		return resp, nil
	}
	next, err := c.take(resp)
	if err != nil {
		return resp, err
	}
	rest, err := json.Marshal(struct {
		NextLink string `json:"nextLink,omitempty"`
	}{next})
	if err != nil {
		return resp, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(rest))
	return resp, nil
}

// take has the body decoded.
func (c *capture) take(resp *http.Response) (next string, err error) {
	body, err := readBody(resp, c.size)
	if err != nil {
		return "", &unreadableError{status: resp.StatusCode, err: err}
	}
	next, keeps, err := c.decode(body)
	if !keeps {
		defer spare(body)
	}
	if refusal, ok := errors.AsType[*model.Refusal](err); ok {
		return "", refusal
	}
	if err != nil {
		return "", unreadable(answer{resp.StatusCode, resp.Header, body.Bytes()}, err)
	}
	return next, nil
}
