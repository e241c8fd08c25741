package azure

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/amltop/amltop/model"
)

// flood answers everything with a body that never ends.
type flood struct{}

func (flood) Do(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(flood{}), Request: req}, nil
}

func (flood) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// TestEndlessAnswerIsGivenUp holds that an answer cannot take all memory.
func TestEndlessAnswerIsGivenUp(t *testing.T) {
	c, err := New(Options{Carrier: model.CarrierSim, Transport: flood{}, Now: testNow.Local})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Subscriptions(t.Context())
	var r *model.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Message, "beyond 64 MB") {
		t.Errorf("%v", err)
	}
}

// TestDrippingAnswerIsGivenUp holds that an answer which never ends is told as
// one that did not come in time. The fake clock makes three minutes none.
func TestDrippingAnswerIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web := newHTTPClient()
		web.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(drip{req}), Request: req}, nil
		})
		c, err := New(Options{Carrier: model.CarrierSim, Transport: web, Now: testNow.Local})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Subscriptions(t.Context())
		if !errors.Is(err, model.ErrUnreachable) || !strings.Contains(err.Error(), "in time") {
			t.Errorf("%v", err)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// drip is a body of which nothing comes until its request ends.
type drip struct{ req *http.Request }

func (d drip) Read([]byte) (int, error) {
	<-d.req.Context().Done()
	return 0, d.req.Context().Err()
}
