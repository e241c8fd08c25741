package sim

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"
)

// stream is one entity's own source of chance. Each entity has one, seeded by
// the world's seed and its name, so that what happens to one never shifts the
// luck of another.
type stream struct{ pcg rand.PCG }

func newStream(seed uint64, name string) stream {
	return stream{*rand.NewPCG(seed, digest(name))}
}

// digest is a stable 64-bit hash of a name.
func digest(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	return h.Sum64()
}

// unit is uniform in [0, 1).
func (s *stream) unit() float64 { return float64(s.pcg.Uint64()>>11) / (1 << 53) }

// n is uniform in [0, limit); 0 for a limit below 2.
func (s *stream) n(limit int) int { return int(s.unit() * float64(limit)) }

// chance is true with probability p.
func (s *stream) chance(p float64) bool { return p > 0 && s.unit() < p }

// between is uniform between two durations, in whole milliseconds.
func (s *stream) between(low, high time.Duration) time.Duration {
	return milliseconds(float64(low) + s.unit()*float64(high-low))
}

// gap is exponential with a mean: the time to the next of many independent arrivals.
func (s *stream) gap(mean time.Duration) time.Duration {
	return milliseconds(-math.Log(1-s.unit()) * float64(mean))
}

// spread is log-normal around a median, cut at a twentieth and twenty times of it.
func (s *stream) spread(median time.Duration, sigma float64) time.Duration {
	normal := math.Sqrt(-2*math.Log(1-s.unit())) * math.Cos(2*math.Pi*s.unit())
	factor := min(20, max(0.05, math.Exp(sigma*normal)))
	return milliseconds(factor * float64(median))
}

// guid is a version 4 GUID.
func (s *stream) guid() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], s.pcg.Uint64())
	binary.BigEndian.PutUint64(b[8:], s.pcg.Uint64())
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// guidOf is the GUID that belongs to a name, whatever the world's seed.
func guidOf(name string) string {
	s := newStream(0, name)
	return s.guid()
}

func milliseconds(nanos float64) time.Duration {
	return time.Duration(nanos).Truncate(time.Millisecond)
}
