package arm

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// call is one request on its way through the server.
type call struct {
	s       *Server
	request *http.Request
	body    []byte
	query   url.Values
	route   *route
	args    []string       // values of the route's placeholders
	hit     *strike        // fault that strikes this request, or nil
	op      *sim.Operation // that the request began, or nil

	wall time.Time // the time on the wall
	now  time.Time // the world's time

	status int
	header http.Header
	writer // the answer's body

	correlation string // id given to the request; "": none yet
}

// answer is a finished response.
type answer struct {
	status int
	header http.Header
	body   []byte
	cut    bool // the connection breaks half-way through the body

	padding int64 // blanks before the body's last byte
}

func (s *Server) newCall(r *http.Request, body []byte) *call {
	c := &call{s: s, request: r, body: body, query: r.URL.Query(), status: http.StatusOK, header: make(http.Header, 16)}
	c.route, c.args = s.match(r.Method, r.URL.Path)
	return c
}

// arg is the value of a placeholder of the route.
func (c *call) arg(name string) string {
	for i, p := range c.route.params {
		if p == name {
			return c.args[i]
		}
	}
	return ""
}

func (c *call) world() *sim.World { return c.s.world }

// base is the scheme and host that absolute URLs in the answer have.
func (c *call) base() string {
	if c.s.opts.Host != "" {
		return strings.TrimSuffix(c.s.opts.Host, "/")
	}
	r := c.request
	scheme, host := r.URL.Scheme, r.Host
	if scheme == "" {
		scheme = "http"
		if r.TLS != nil {
			scheme = "https"
		}
	}
	if host == "" {
		host = r.URL.Host
	}
	return scheme + "://" + host
}

// correlate is the correlation id of a request: the client's, or one that is
// given to it once.
func (c *call) correlate(fresh string) string {
	if sent := c.request.Header.Get("x-ms-correlation-request-id"); sent != "" {
		return sent
	}
	if c.correlation == "" {
		c.correlation = fresh
	}
	return c.correlation
}

// finish adds the headers that every answer has.
func (c *call) finish() *answer {
	h := c.header
	c.gatewayHeaders()
	h.Set("Date", c.now.UTC().Format(http.TimeFormat))
	id := c.s.newGUID()
	h.Set("x-ms-request-id", id)
	h.Set("x-ms-correlation-request-id", c.correlate(id))
	h.Set("x-ms-routing-request-id", "SIMULATOR:"+c.now.UTC().Format("20060102T150405Z")+":"+id)
	h.Set("X-Amltop-Clock", c.now.UTC().Format(time.RFC3339Nano)+";speed="+strconv.FormatFloat(c.s.opts.Speed, 'f', -1, 64))
	h.Set("Cache-Control", "no-cache")
	if len(c.b) > 0 && h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json; charset=utf-8")
	}
	return &answer{status: c.status, header: h, body: c.b}
}

// gatewayHeaders adds what ARM's front door says with every answer.
func (c *call) gatewayHeaders() {
	h, r := c.header, c.request.Header
	h.Set("Pragma", "no-cache")
	h.Set("Expires", "-1")
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	if strings.EqualFold(r.Get("x-ms-return-client-request-id"), "true") {
		h.Set("x-ms-client-request-id", r.Get("x-ms-client-request-id"))
	}
}
