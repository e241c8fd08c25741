package azure

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// answer is what a raw call brought back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// get asks for a URL that an answer named, through the pipeline that keeps the
// token at home.
func (c *Client) get(ctx context.Context, address string) (answer, error) {
	u, err := url.Parse(address)
	if err != nil || !sameOrigin(u, c.base) { // said here: of //host/path the pipeline only says that it is no request
		return answer{}, foreign(u, c.base)
	}
	req, err := runtime.NewRequest(ctx, http.MethodGet, address)
	if err != nil {
		return answer{}, fmt.Errorf("not a URL to ask: %w", err)
	}
	return c.send(req)
}

// resource is a request for a resource by its id.
func (c *Client) resource(ctx context.Context, method, armID, version string) (*policy.Request, error) {
	req, err := runtime.NewRequest(ctx, method, runtime.JoinPaths(c.raw.Endpoint(), escapePath(armID)))
	if err != nil {
		return nil, fmt.Errorf("make a request for the resource: %w", err)
	}
	query := req.Raw().URL.Query()
	query.Set("api-version", version)
	req.Raw().URL.RawQuery = query.Encode()
	return req, nil
}

// send does a raw call. An answer that is no success is an error of the SDK's.
func (c *Client) send(req *policy.Request) (answer, error) {
	req.Raw().Header.Set("Accept", "application/json")
	resp, err := c.raw.Pipeline().Do(req)
	if err != nil {
		return answer{}, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return answer{}, runtime.NewResponseError(resp)
	}
	body, err := runtime.Payload(resp)
	if err != nil {
		return answer{}, &unreadableError{status: resp.StatusCode, err: err}
	}
	return answer{status: resp.StatusCode, header: resp.Header, body: body}, nil
}

// escapePath keeps an id a path: what would begin a query or climb up is escaped.
func escapePath(id string) string {
	segments := strings.Split(strings.Trim(id, "/"), "/")
	for i, s := range segments {
		if s = url.PathEscape(s); s == "." || s == ".." {
			s = strings.ReplaceAll(s, ".", "%2E")
		}
		segments[i] = s
	}
	return "/" + strings.Join(segments, "/")
}
