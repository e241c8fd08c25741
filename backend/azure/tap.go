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
// decoded once, by types that keep every field the program needs.
type capture struct {
	decode func(body []byte) (nextLink string, err error)
	size   int // about how many bytes the body will have; 0: not known

	status int
	header http.Header
	body   []byte
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
	body, err := c.read(resp)
	if err != nil {
		return resp, err
	}
	c.body = body
	if c.decode == nil || resp.StatusCode != http.StatusOK {
		return resp, nil
	}
	next, err := c.decode(body)
	if refusal, ok := errors.AsType[*model.Refusal](err); ok {
		return resp, refusal
	}
	if err != nil {
		return resp, unreadable(answer{resp.StatusCode, resp.Header, body}, err)
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

// read takes the body in. What is not for decode is left for the SDK to read
// again.
func (c *capture) read(resp *http.Response) ([]byte, error) {
	if c.decode == nil || resp.StatusCode != http.StatusOK {
		body, err := runtime.Payload(resp)
		if err != nil {
			return nil, &unreadableError{status: resp.StatusCode, err: err}
		}
		return body, nil
	}
	defer resp.Body.Close()
	var b bytes.Buffer
	b.Grow(max(c.size, int(min(resp.ContentLength, maxSized)), 0) + bytes.MinRead)
	if _, err := b.ReadFrom(resp.Body); err != nil {
		return nil, &unreadableError{status: resp.StatusCode, err: err}
	}
	return b.Bytes(), nil
}

// maxSized is the largest length an answer may announce to be given the memory
// for it at once.
const maxSized = 1 << 20
