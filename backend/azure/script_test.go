package azure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

const (
	testSub = "11111111-2222-3333-4444-555555555555"
	testWS  = "/subscriptions/" + testSub + "/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/vision"
	testOps = "https://management.azure.com/subscriptions/" + testSub + "/providers/Microsoft.MachineLearningServices/locations/eastus/computeOperationsStatus/op1?api-version=2024-04-01&service=new&s=SIGNED"
)

var testNow = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// exchange is one request a script expects and the answer it gives.
type exchange struct {
	method string
	path   string // what the URL's path and query must contain
	status int
	header map[string]string
	body   string
	err    error // instead of an answer

	sentBody string // filled in
}

// script is a transport that answers from a list, in order for each method and
// path; the last answer for them is repeated.
type script struct {
	mu        sync.Mutex
	exchanges []*exchange
	used      map[*exchange]bool
	requests  []*http.Request
}

func newScript(list ...*exchange) *script {
	return &script{exchanges: list, used: map[*exchange]bool{}}
}

func (s *script) Do(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, req)
	var sent []byte
	if req.Body != nil {
		sent, _ = io.ReadAll(req.Body)
	}
	target, err := url.PathUnescape(req.URL.RequestURI())
	if err != nil {
		return nil, err
	}
	var last *exchange
	for _, e := range s.exchanges {
		if e.method != req.Method || !strings.Contains(target, e.path) {
			continue
		}
		last = e
		if !s.used[e] {
			break
		}
	}
	if last == nil {
		return nil, fmt.Errorf("script: nothing answers %s %s", req.Method, target)
	}
	s.used[last] = true
	last.sentBody = string(sent)
	if last.err != nil {
		return nil, last.err
	}
	header := http.Header{}
	if last.body != "" {
		header.Set("Content-Type", "application/json; charset=utf-8")
	}
	for k, v := range last.header {
		header.Set(k, v)
	}
	return &http.Response{
		StatusCode: last.status, Header: header, Request: req,
		Body: io.NopCloser(bytes.NewBufferString(last.body)), ContentLength: int64(len(last.body)),
	}, nil
}

// unused are the exchanges nobody asked for.
func (s *script) unused() []string {
	var left []string
	for _, e := range s.exchanges {
		if !s.used[e] {
			left = append(left, e.method+" "+e.path)
		}
	}
	return left
}

func ok(method, path, body string) *exchange {
	return &exchange{method: method, path: path, status: http.StatusOK, body: body}
}

// clientOn makes a client for the simulator's carrier over a transport.
func clientOn(t testing.TB, s *script) *Client {
	t.Helper()
	c, err := New(Options{Carrier: model.CarrierSim, Transport: s, Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testWorkspace() *model.Workspace {
	return &model.Workspace{
		Resource:     model.Resource{ARMID: testWS, Name: "vision"},
		ID:           model.WorkspaceID(model.Fold(testWS)),
		Subscription: testSub, ResourceGroup: "rg",
	}
}

func commandOn(verb model.Verb, armID string) model.Command {
	return model.Command{Verb: verb, Target: model.Fold(armID), ARMID: armID, Name: model.BaseName(armID)}
}

func testdata(t testing.TB, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// sharedFile reads a file of the optional folder beside the repository.
func sharedDir(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the folder of reference data is not beside this clone: %s", dir)
	}
	return dir
}

// recorded is a file of recorded traffic.
type recorded struct {
	Interactions []struct {
		Method  string            `json:"method"`
		URL     string            `json:"url"`
		Status  int               `json:"status"`
		Headers map[string]string `json:"headers"`
		Body    json.RawMessage   `json:"body"`
	} `json:"interactions"`
}

// replay makes a script of recorded traffic.
func replay(t testing.TB, name string) (*script, recorded) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(sharedDir(t, "recorded"), name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var rec recorded
	if err := json.Unmarshal(raw, &rec); err != nil {
		t.Fatal(err)
	}
	s := newScript()
	for _, i := range rec.Interactions {
		u, err := url.Parse(i.URL)
		if err != nil {
			t.Fatal(err)
		}
		body := string(i.Body)
		if body == "null" {
			body = ""
		}
		s.exchanges = append(s.exchanges, &exchange{method: i.Method, path: u.Path + "?", status: i.Status, header: i.Headers, body: body})
	}
	return s, rec
}
