package arm

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// opKind is what a request counts as: ARM keeps a bucket for each.
type opKind int

// The kinds. Every POST counts as a write, those that only read included.
const (
	kindRead opKind = iota
	kindWrite
	kindDelete
)

func (k opKind) String() string { return [...]string{"reads", "writes", "deletes"}[k] }

// ARM's numbers since 2024, a subscription, a principal and a region. The
// bucket over all regions holds globalFactor times as much.
var bucketOf = [...]struct{ size, perSecond float64 }{
	kindRead:   {250, 25},
	kindWrite:  {200, 10},
	kindDelete: {200, 10},
}

const globalFactor = 15

// limits are the token buckets by scope and kind. They live in the time of the
// wall, since it is the client's budget that they limit.
type limits map[limitKey]*bucketPair

type limitKey struct {
	scope string // subscription id in lower case; "" is the tenant
	kind  opKind
}

type bucketPair struct {
	regional, global bucket
	blocked          time.Time // requests before this are refused, and push it on
}

type bucket struct {
	tokens float64
	at     time.Time
}

func (b *bucket) refill(now time.Time, size, perSecond float64) {
	if b.at.IsZero() {
		b.tokens = size
	} else if now.After(b.at) {
		b.tokens = min(size, b.tokens+now.Sub(b.at).Seconds()*perSecond)
	}
	b.at = now
}

// take takes a token of each bucket. wait is 0 unless there was none left.
func (l limits) take(now time.Time, key limitKey) (left, globalLeft int, wait time.Duration) {
	p := l[key]
	if p == nil {
		p = &bucketPair{}
		l[key] = p
	}
	rate := bucketOf[key.kind]
	p.regional.refill(now, rate.size, rate.perSecond)
	p.global.refill(now, rate.size*globalFactor, rate.perSecond*globalFactor)
	pause := time.Duration(rate.size / 10 / rate.perSecond * float64(time.Second))
	if now.Before(p.blocked) || p.regional.tokens < 1 || p.global.tokens < 1 {
		p.blocked = now.Add(pause)
		return 0, int(p.global.tokens), pause
	}
	p.regional.tokens--
	p.global.tokens--
	return int(p.regional.tokens), int(p.global.tokens), 0
}

// take charges the request to its bucket and says in headers what is left. A
// subscription that does not exist has no bucket.
func (s *Server) take(c *call) error {
	if c.route.open {
		return nil
	}
	if c.route.limit != nil {
		return c.route.limit(c)
	}
	scope := strings.ToLower(c.arg("sub"))
	if scope != "" && s.world.FindSubscription(scope) == nil {
		return nil
	}
	key := limitKey{scope, c.route.kind}
	left, global, wait := s.limits.take(c.wall, key)
	if scope == "" {
		c.header.Set("x-ms-ratelimit-remaining-tenant-"+key.kind.String(), strconv.Itoa(left))
	} else {
		c.header.Set(limitHeader+key.kind.String(), strconv.Itoa(left))
		c.header.Set(limitHeader+"global-"+key.kind.String(), strconv.Itoa(global))
	}
	if wait == 0 || !s.opts.Throttle {
		return nil
	}
	return throttled(key.kind, scope, wait)
}

const limitHeader = "x-ms-ratelimit-remaining-subscription-"

// noLimits takes the headers back: an answer of the gateway has none.
func (c *call) noLimits() {
	for k := kindRead; k <= kindDelete; k++ {
		c.header.Del(limitHeader + k.String())
		c.header.Del(limitHeader + "global-" + k.String())
	}
}

func throttled(kind opKind, scope string, wait time.Duration) error {
	wait = max(wait, time.Second)
	return &refusal{
		status: http.StatusTooManyRequests, code: "TooManyRequests", retryAfter: wait,
		message: fmt.Sprintf("Number of %s for subscription '%s' exceeded its limit. Please try again after '%d' seconds, "+
			"when additional tokens are available.", kind, scope, int((wait+time.Second-1)/time.Second)),
	}
}
