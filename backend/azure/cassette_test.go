package azure

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// cassette is a carrier that plays recorded traffic: each request must be the
// recorded one, method, path, query and body, in the recorded order. What the
// recording's client asked and this one does not may be left out; what is asked
// twice in a row, as polling does, is what is recorded twice.
type cassette struct {
	t     *testing.T
	mu    sync.Mutex
	tape  []interaction
	at    int
	asked []string
}

type interaction struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Request json.RawMessage   `json:"request_body"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// insert opens a recording of a folder.
func insert(t *testing.T, file string) *cassette {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rec struct {
		Interactions []interaction `json:"interactions"`
	}
	if err := json.Unmarshal(raw, &rec); err != nil || len(rec.Interactions) == 0 {
		t.Fatalf("%s: %d interactions, %v", file, len(rec.Interactions), err)
	}
	return &cassette{t: t, tape: rec.Interactions}
}

func (c *cassette) client() *Client {
	c.t.Helper()
	client, err := New(Options{Carrier: model.CarrierAzure, Credential: namedCredential{"t"}, Transport: c, Now: func() time.Time { return testNow }})
	if err != nil {
		c.t.Fatal(err)
	}
	return client
}

// skip leaves recorded requests out.
func (c *cassette) skip(n int) { c.at += n }

// finished holds that the tape was played to its end.
func (c *cassette) finished() {
	c.t.Helper()
	if c.at != len(c.tape) {
		c.t.Errorf("%d of %d recorded requests were made: %q", c.at, len(c.tape), c.asked)
	}
}

func (c *cassette) Do(req *http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, req.Method+" "+req.URL.Path)
	if c.at == len(c.tape) {
		return nil, fmt.Errorf("cassette: %s %s is beyond the end", req.Method, req.URL)
	}
	want := c.tape[c.at]
	u, err := url.Parse(want.URL)
	if err != nil {
		return nil, err
	}
	if req.Method != want.Method || !strings.EqualFold(req.URL.Path, u.Path) || !reflect.DeepEqual(req.URL.Query(), u.Query()) || req.URL.Host != u.Host {
		return nil, fmt.Errorf("cassette: request %d is %s %s, recorded was %s %s", c.at, req.Method, req.URL, want.Method, want.URL)
	}
	if err := sameBody(req, want.Request); err != nil {
		return nil, err
	}
	c.at++
	body := want.Body
	if string(body) == "null" {
		body = nil
	}
	header := http.Header{}
	for k, v := range want.Headers {
		header.Set(k, v)
	}
	return &http.Response{StatusCode: want.Status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req}, nil
}

// sameBody compares a request's body with the recorded one, as JSON: everything
// that was sent then is sent now. More may be, as in a change of scale.
func sameBody(req *http.Request, want json.RawMessage) error {
	var sent []byte
	if req.Body != nil {
		var err error
		if sent, err = io.ReadAll(req.Body); err != nil {
			return err
		}
	}
	var a, b any
	if len(sent) > 0 && json.Unmarshal(sent, &a) != nil {
		return fmt.Errorf("cassette: the body of %s %s is no JSON", req.Method, req.URL.Path)
	}
	if len(want) > 0 {
		if err := json.Unmarshal(want, &b); err != nil {
			return err
		}
	}
	if text, ok := b.(string); ok && text != "" { // recorded as text
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			return err
		}
	}
	if b == "" {
		b = nil
	}
	if (a == nil) != (b == nil) || !holds(a, b) {
		return fmt.Errorf("cassette: the body of %s %s is %s, recorded was %s", req.Method, req.URL.Path, sent, want)
	}
	return nil
}

// holds reports whether all of b is in a.
func holds(a, b any) bool {
	want, ok := b.(map[string]any)
	if !ok {
		return reflect.DeepEqual(a, b)
	}
	got, ok := a.(map[string]any)
	for key, value := range want {
		ok = ok && holds(got[key], value)
	}
	return ok
}

// poll asks about an operation until it is over, and returns what it said.
func poll(t *testing.T, p interface {
	Poll(context.Context) (bool, string, error)
}) []string {
	t.Helper()
	var said []string
	for range 50 {
		done, progress, err := p.Poll(t.Context())
		if err != nil {
			t.Fatalf("after %q: %v", said, err)
		}
		said = append(said, progress)
		if done {
			return said
		}
	}
	t.Fatalf("does not end: %q", said)
	return nil
}
