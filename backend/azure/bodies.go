package azure

import (
	"bytes"
	"net/http"
	"sync"
)

// Pages of a fleet come by the dozen each second, a hundred kilobytes each, and
// are done with once they were compared or decoded: decoding copies what it
// keeps. Their memory is used again, or the collector would run for them alone.

// bodies are the buffers that pages were read into and are done with.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readBody reads an answer's body into a buffer that has room for size bytes
// from the start, or for as many as the answer announces. Whoever is done with
// the buffer may give it back with spare.
func readBody(resp *http.Response, size int) (*bytes.Buffer, error) {
	defer resp.Body.Close()
	b := bodies.Get().(*bytes.Buffer)
	b.Reset()
	b.Grow(max(size, int(min(resp.ContentLength, maxSized)), 0) + bytes.MinRead)
	_, err := b.ReadFrom(resp.Body)
	return b, err
}

// maxSized is the largest length an answer may announce to be given the memory
// for it at once, and the largest buffer that is kept.
const maxSized = 1 << 20

// spare gives a buffer back. Nothing may look at its bytes any more.
func spare(b *bytes.Buffer) {
	if b.Cap() <= 2*maxSized {
		bodies.Put(b)
	}
}
