package azure

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"sync"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Decoding a page of a hundred computes costs some hundred times what telling
// by its checksum costs that it is the one of before. A large fleet is asked
// for over and over, and most of it stands still.

// pageMark is what is remembered of a page: its checksum, its length, how many
// rows it had, and where the next one was.
type pageMark struct {
	sum  uint64
	size int
	rows int
	next string
}

// listMarks are the pages of one whole answer. They are written once.
type listMarks struct {
	pages   []pageMark
	version backend.Version
}

// memory remembers the last answer to each list: some hundred bytes a list,
// replaced by each answer.
type memory struct {
	seed maphash.Seed

	mu        sync.Mutex
	lists     map[string]*listMarks
	endpoints map[model.WorkspaceID]*endpointMarks
}

func newMemory() *memory {
	return &memory{
		seed: maphash.MakeSeed(), lists: map[string]*listMarks{},
		endpoints: map[model.WorkspaceID]*endpointMarks{},
	}
}

// recall is what is remembered of the answer that a caller holds, or nil.
func (m *memory) recall(list string, held backend.Version) *listMarks {
	m.mu.Lock()
	defer m.mu.Unlock()
	if was := m.lists[list]; was != nil && was.version == held {
		return was
	}
	return nil
}

func (m *memory) keep(list string, now *listMarks) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lists[list] = now
}

// comparison goes through an answer page by page beside the one of before.
// While they are the same, bodies are put aside; the first that differs makes
// all of them be read.
type comparison struct {
	seed maphash.Seed
	was  *listMarks // nil: nothing to compare with
	now  listMarks
	same bool // so far
	kept []*bytes.Buffer
}

func newComparison(seed maphash.Seed, was *listMarks) *comparison {
	return &comparison{seed: seed, was: was, same: was != nil}
}

// page takes the next page's body. known is true if nothing has changed so
// far; then the body is put aside, and next is where the page led before. Else
// read names the bodies to be decoded, in order: it is the last of them.
func (c *comparison) page(body *bytes.Buffer) (next string, read []*bytes.Buffer, known bool) {
	n, sum := len(c.now.pages), maphash.Bytes(c.seed, body.Bytes())
	c.kept = append(c.kept, body)
	if c.same && n < len(c.was.pages) && c.was.pages[n].sum == sum {
		c.now.pages = append(c.now.pages, c.was.pages[n])
		return c.was.pages[n].next, nil, true
	}
	c.now.pages = append(c.now.pages, pageMark{sum: sum, size: body.Len()})
	read, c.kept, c.same = c.kept, nil, false
	return "", read, false
}

// release gives back the bodies put aside: none of them will be read.
func (c *comparison) release() {
	for _, body := range c.kept {
		spare(body)
	}
	c.kept = nil
}

// size is how long the next page was before; 0: not known.
func (c *comparison) size() int {
	if n := len(c.now.pages); c.was != nil && n < len(c.was.pages) {
		return c.was.pages[n].size
	}
	return 0
}

// led notes where the page taken last leads, and how many rows it had.
func (c *comparison) led(next string, rows int) {
	last := &c.now.pages[len(c.now.pages)-1]
	last.next, last.rows = next, rows
}

// count is how many rows there are so far.
func (c *comparison) count() int {
	n := 0
	for _, p := range c.now.pages {
		n += p.rows
	}
	return n
}

// end is what to remember of the whole answer, and whether it is the one of
// before. Its version is never zero.
func (c *comparison) end() (marks *listMarks, unchanged bool) {
	if c.same && len(c.now.pages) == len(c.was.pages) {
		return c.was, true
	}
	sums := make([]uint64, len(c.now.pages))
	for i, p := range c.now.pages {
		sums[i] = p.sum
	}
	c.now.version = versionOf(c.seed, sums)
	return &c.now, false
}

// versionOf makes one version of several sums. It is never zero.
func versionOf(seed maphash.Seed, sums []uint64) backend.Version {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, sum := range sums {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], sum)
		_, _ = h.Write(b[:])
	}
	return backend.Version(max(1, h.Sum64()))
}
