package arm

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
)

// Transport reaches a server in the same process: no socket, no goroutine. It
// is an http.RoundTripper, and as azcore's policy.Transporter it can stand
// under the official SDK.
type Transport struct{ server *Server }

// Transport is a way to the server without a socket.
func (s *Server) Transport() *Transport { return &Transport{s} }

// RoundTrip answers a request in place. It never fails but for the request's
// own context.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	a, err := t.server.answer(r)
	if err != nil {
		return nil, err
	}
	resp := &http.Response{
		Status:     strconv.Itoa(a.status) + " " + http.StatusText(a.status),
		StatusCode: a.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        a.header,
		ContentLength: int64(len(a.body)) + a.padding,
		Body:          io.NopCloser(a.reader(a.body)),
		Request:       r,
	}
	if a.cut {
		resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(a.body[:len(a.body)/2]), broken{}))
	}
	return resp, nil
}

// Do is RoundTrip under the name that azcore calls it by.
func (t *Transport) Do(r *http.Request) (*http.Response, error) { return t.RoundTrip(r) }

// broken is where a connection was cut.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
