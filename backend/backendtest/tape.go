package backendtest

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
)

// Exchange is one request that somebody recorded, and its answer.
type Exchange struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Request json.RawMessage   `json:"request_body"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// path is the path of the URL, in lower case.
func (e *Exchange) path() string {
	u, err := url.Parse(e.URL)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Path)
}

// paged reports whether the request is for a list's later page.
func (e *Exchange) paged() bool { return strings.Contains(strings.ToLower(e.URL), "skip") }

// Tape is a carrier that plays a recording. What is asked has to stand on it:
// reads may be repeated, and the operation of a command is told of in the
// recorded order. Whatever else is asked fails, and is noted.
type Tape struct {
	Source string
	all    []*Exchange

	mu      sync.Mutex
	at      int                  // where the recording is being played
	heard   map[*Exchange]bool   // answered at least once
	asked   map[string]int       // how often an operation was asked about since the last write
	standIn map[string]*Exchange // by method and path: answers that are not on the tape
	empty   bool                 // what a list is made of and the tape does not have is empty
	unknown []string             // what was asked and is not on the tape
	written bool                 // a write was sent since
	sent    []byte               // its body
}

// ReadTape opens a recording, a file of the form {source, interactions}.
// ok is false where the file is something else.
func ReadTape(file string) (tape *Tape, ok bool, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, false, fmt.Errorf("recording: %w", err)
	}
	var doc struct {
		Interactions []*Exchange `json:"interactions"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, false, fmt.Errorf("recording %s: %w", file, err)
	}
	if len(doc.Interactions) == 0 {
		return nil, false, nil
	}
	name := strings.TrimSuffix(filepath.Base(file), ".json")
	return NewTape(name, doc.Interactions), true, nil
}

// NewTape is a recording that was just made.
func NewTape(source string, all []*Exchange) *Tape {
	return &Tape{Source: source, all: all, heard: map[*Exchange]bool{}}
}

// cue makes the recording play from the n-th exchange on.
func (t *Tape) cue(n int, standIns ...*Exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at, t.asked, t.empty, t.unknown, t.written, t.sent = n, map[string]int{}, false, nil, false, nil
	t.standIn = map[string]*Exchange{}
	for _, e := range standIns {
		t.standIn[e.Method+e.path()] = e
	}
}

// Do answers a request.
func (t *Tape) Do(req *http.Request) (*http.Response, error) {
	var sent []byte
	if req.Body != nil {
		var err error
		if sent, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if req.Method != http.MethodGet {
		t.written, t.sent, t.asked = true, sent, map[string]int{}
	}
	e := t.find(req)
	if e == nil {
		what := req.Method + " " + req.URL.Path
		t.unknown = append(t.unknown, what)
		return nil, fmt.Errorf("the recording %s has no %s", t.Source, what)
	}
	t.heard[e] = true
	body := e.Body
	if string(body) == "null" {
		body = nil
	}
	header := http.Header{}
	for name, value := range e.Headers {
		header.Set(name, value)
	}
	return &http.Response{
		StatusCode: e.Status, Header: header, Request: req,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}, nil
}

// find is the answer to a request, or nil. Of several the next one counts, or
// else the last one before, and the other way round for what is read before a
// write; an operation is asked about again and again.
func (t *Tape) find(req *http.Request) *Exchange {
	path := strings.ToLower(req.URL.Path)
	if e := t.standIn[req.Method+path]; e != nil {
		return e
	}
	var next, before []*Exchange
	for n, e := range t.all {
		if e.Method != req.Method || e.path() != path || e.paged() != strings.Contains(strings.ToLower(req.URL.RawQuery), "skip") {
			continue
		}
		if u, err := url.Parse(e.URL); err == nil && e.paged() && u.RawQuery != req.URL.RawQuery {
			continue
		}
		if n < t.at {
			before = append(before, e)
		} else {
			next = append(next, e)
		}
	}
	preparing := t.at < len(t.all) && t.all[t.at].Method != http.MethodGet && !t.written
	switch {
	case preparing && len(before) > 0:
		return before[len(before)-1]
	case len(next) > 0 && isOperation(path):
		k := min(t.asked[path], len(next)-1)
		t.asked[path]++
		return next[k]
	case len(next) > 0:
		return next[0]
	case len(before) > 0:
		return before[len(before)-1]
	case t.empty && req.Method == http.MethodGet:
		return &Exchange{Method: req.Method, Status: http.StatusOK, Body: json.RawMessage(`{"value":[]}`)}
	}
	return nil
}

// isOperation tells the path, in lower case, of what is asked while a command
// is being carried out.
func isOperation(path string) bool {
	return strings.Contains(path, "operationsstatus/") || strings.Contains(path, "operationresults/")
}
