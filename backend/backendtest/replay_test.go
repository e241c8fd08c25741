package backendtest_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/backendtest"
	"github.com/amltop/amltop/model"
)

// TestRecordings is the third carrier: what the service really answered, as far
// as it is public, and what no public recording has, made up by hand.
func TestRecordings(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared", "data", "recorded")
	for name, dir := range map[string]string{"recorded": shared, "made up": filepath.Join("..", "azure", "testdata", "cassettes")} {
		t.Run(name, func(t *testing.T) {
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the folder of recordings is not beside this clone: %s", dir)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*.json"))
			if err != nil || len(files) == 0 {
				t.Fatalf("%d recordings in %s, %v", len(files), dir, err)
			}
			for _, file := range files {
				t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { replay(t, file) })
			}
		})
	}
}

// recorder is a carrier that writes down what goes over another.
type recorder struct {
	http.RoundTripper
	mu  sync.Mutex
	all []*backendtest.Exchange
}

func (r *recorder) Do(req *http.Request) (*http.Response, error) {
	e := &backendtest.Exchange{Method: req.Method, URL: req.URL.String(), Headers: map[string]string{}}
	if req.Body != nil {
		sent, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		e.Request, req.Body = sent, io.NopCloser(bytes.NewReader(sent))
	}
	resp, err := r.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if e.Body, err = io.ReadAll(resp.Body); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(e.Body))
	e.Status = resp.StatusCode
	for name := range resp.Header {
		e.Headers[name] = resp.Header.Get(name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, e)
	return resp, nil
}

// TestWhatWasRecorded records all that the suite does to the simulator, and
// plays it: a recording of this service may hold anything of that.
func TestWhatWasRecorded(t *testing.T) {
	made := map[string]*recorder{}
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		clock := newHand()
		r := &recorder{RoundTripper: server(t, clock).Transport()}
		made[t.Name()] = r
		c := client(t, azure.Options{Carrier: model.CarrierSim, Transport: r, Now: clock.Now})
		return backendtest.Fixture{Cloud: c, Advance: clock.Advance}
	})
	for name, r := range made {
		t.Run(filepath.Base(name)+", played", func(t *testing.T) { play(t, backendtest.NewTape(name, r.all)) })
	}
}

func replay(t *testing.T, file string) {
	tape, ok, err := backendtest.ReadTape(file)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Skip("a body alone: the tests of backend/azure read it")
	}
	play(t, tape)
}

func play(t *testing.T, tape *backendtest.Tape) {
	backendtest.Replay(t, tape, func(t *testing.T) backendtest.Fixture {
		clock := newHand()
		c := client(t, azure.Options{Carrier: model.CarrierSim, Transport: tape, Now: clock.Now})
		return backendtest.Fixture{Cloud: c, Advance: clock.Advance}
	})
}
