package arm

import (
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// Options say how a [Server] behaves. The zero value serves a world in real
// time, without throttling and without faults.
type Options struct {
	// Now is the time on the wall; nil: time.Now. The world's time follows it.
	Now func() time.Time
	// Speed is the number of virtual seconds a wall second; 0 means 1.
	Speed float64
	// PageSize is how many items a page of a list holds; 0 means 50.
	PageSize int
	// Throttle makes the server refuse with 429 once a token bucket is empty.
	// The buckets are kept, and told in headers, either way.
	Throttle bool
	// Faults are what goes wrong, in order of precedence.
	Faults []Fault
	// Seed makes request ids and faults with a probability repeatable.
	Seed uint64
	// Host is the scheme and host of absolute URLs in answers, such as
	// "https://management.azure.com"; "": where the request came to.
	Host string
	// AllowHosts are the Host headers answered, with or without a port;
	// others get 421. Empty: any. A server on loopback has to set it, or a web
	// page can reach it by rebinding its own name.
	AllowHosts []string
	// Principal is who the requests are taken to come from.
	Principal Principal
}

// Principal is the caller, as error messages name it.
type Principal struct {
	Name     string // user principal name
	ObjectID string // GUID
}

// defaultPageSize makes a workspace of ordinary size one page and a large one
// several; the service does not document its own.
const defaultPageSize = 50

// maxBody is how much of a request body is read, in bytes. It is ARM's limit.
const maxBody = 4 << 20

// Server answers for a world as Azure Resource Manager would. It may be used
// from several goroutines: it locks the world for each request. Nobody else
// may touch the world meanwhile.
type Server struct {
	opts   Options
	routes []route
	hosts  map[string]bool

	mu     sync.Mutex // guards everything below
	world  *sim.World
	clock  sim.Clock
	limits limits
	graph  window // of Resource Graph's queries
	cost   [len(costLimits)]window
	faults []faultState
	ids    *rand.Rand
	stale  map[string]kept   // bodies that a stale fault goes on answering with
	sizes  map[string][]byte // rendered vmSizes by region
	usual  map[string]int    // bytes that an item of each list took last time
}

// New is a server for a world, which from now on belongs to it. The world's
// time is taken to be now.
func New(w *sim.World, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	if o.PageSize <= 0 {
		o.PageSize = defaultPageSize
	}
	if o.Principal == (Principal{}) {
		o.Principal = Principal{Name: "you@amltop.example", ObjectID: "5e0b1c2d-0000-4000-8000-000000000001"}
	}
	s := &Server{
		opts:   o,
		routes: routes(),
		hosts:  allowed(o.AllowHosts),
		world:  w,
		clock:  sim.Clock{Start: w.Now(), Epoch: o.Now(), Speed: o.Speed},
		limits: limits{},
		ids:    rand.New(rand.NewPCG(o.Seed, 0x616d6c746f70)),
		stale:  map[string]kept{},
		sizes:  map[string][]byte{},
		usual:  map[string]int{},
	}
	for _, f := range o.Faults {
		s.faults = append(s.faults, faultState{Fault: f})
	}
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxBody)
	a, err := s.answer(r)
	if err != nil {
		return // the client went away while it was made to wait
	}
	for k, v := range a.header {
		rw.Header()[k] = v
	}
	body := a.body
	if a.cut {
		// A length that is not kept makes net/http close the connection.
		rw.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
		body = body[:len(body)/2]
	}
	if a.padding > 0 {
		rw.Header().Set("Content-Length", strconv.FormatInt(int64(len(body))+a.padding, 10))
	}
	rw.WriteHeader(a.status)
	_, _ = io.Copy(rw, a.reader(body)) // there is nobody to tell
}

// answer is everything about a request but the bytes on the wire. The error is
// that of the request's context.
func (s *Server) answer(r *http.Request) (*answer, error) {
	body, readErr := readBody(r)
	c := s.newCall(r, body)
	if readErr != nil {
		return s.locked(c, func() error { return unreadBody(readErr) }), nil
	}
	hit := s.inject(c)
	if err := hit.wait(r.Context()); err != nil {
		return nil, err
	}
	a := s.locked(c, func() error { return s.serve(c, hit) })
	hit.spoil(c, a)
	return a, nil
}

// locked moves the world on, runs work, and turns what it left in the call
// into an answer.
func (s *Server) locked(c *call, work func() error) *answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.wall = s.opts.Now()
	s.advance(c.wall)
	c.now = s.world.Now()
	if err := work(); err != nil {
		c.refuse(err)
	}
	return c.finish()
}

// longestLeap is how far the world moves on between two requests. A machine
// that slept for a night at full speed would otherwise have years to catch up
// with before it could answer.
const longestLeap = 31 * 24 * time.Hour

// advance moves the world on to the time on the wall. Its clock is set anew
// every hour, so that no stretch it measures grows without bounds.
func (s *Server) advance(wall time.Time) {
	to, latest := s.clock.At(wall), s.world.Now().Add(longestLeap)
	leap := to.After(latest)
	if leap {
		to = latest
	}
	if leap || wall.Sub(s.clock.Epoch) > time.Hour {
		s.clock.Start, s.clock.Epoch = to, wall
	}
	s.world.AdvanceTo(to)
}

// serve runs a request against the world.
func (s *Server) serve(c *call, hit *strike) error {
	if !s.allows(c.request.Host) {
		return misdirected(c.request.Host)
	}
	if s.administers(c.request) {
		return s.administer(c)
	}
	route, err := s.find(c)
	if err != nil {
		return err
	}
	if err := checkVersion(c); err != nil {
		return err
	}
	if err := c.checkMedia(); err != nil {
		return err
	}
	if err := s.take(c); err != nil {
		return err
	}
	if hit != nil {
		if err := hit.refusal(c); err != nil {
			return err
		}
	}
	c.hit = hit
	err = route.serve(c)
	c.witness(err)
	if err != nil {
		return err
	}
	s.keepStale(c, hit)
	return nil
}

func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	return io.ReadAll(r.Body)
}
