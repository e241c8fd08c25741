package azure

import (
	"encoding/binary"
	"hash/maphash"
	"sync"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Decoding a page of a hundred computes costs some hundred times what telling
// by its checksum costs that it is the one of before. A large fleet is asked
// for over and over, and most of it stands still.

// pageMark is what is remembered of a page: its checksum, its length, and where
// the next one was.
type pageMark struct {
	sum  uint64
	size int
	next string
}

// listMarks are the pages of one whole answer. They are written once.
type listMarks struct {
	pages   []pageMark
	version backend.Version
}

// memory remembers the last answer to the list of each workspace's computes:
// some hundred bytes a workspace, replaced by each answer.
type memory struct {
	seed maphash.Seed

	mu    sync.Mutex
	lists map[model.WorkspaceID]*listMarks
}

func newMemory() *memory {
	return &memory{seed: maphash.MakeSeed(), lists: map[model.WorkspaceID]*listMarks{}}
}

// recall is what is remembered of the answer that a caller holds, or nil.
func (m *memory) recall(ws model.WorkspaceID, held backend.Version) *listMarks {
	m.mu.Lock()
	defer m.mu.Unlock()
	if was := m.lists[ws]; was != nil && was.version == held {
		return was
	}
	return nil
}

func (m *memory) keep(ws model.WorkspaceID, now *listMarks) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lists[ws] = now
}

// comparison goes through an answer page by page beside the one of before.
// While they are the same, bodies are put aside; the first that differs makes
// all of them be read.
type comparison struct {
	seed maphash.Seed
	was  *listMarks // nil: nothing to compare with
	now  listMarks
	same bool // so far
	kept [][]byte
}

func newComparison(seed maphash.Seed, was *listMarks) *comparison {
	return &comparison{seed: seed, was: was, same: was != nil}
}

// page takes the next page's body. known is true if nothing has changed so
// far; then next is where the page led before. Else read names the bodies to
// be decoded, in order.
func (c *comparison) page(body []byte) (next string, read [][]byte, known bool) {
	n, sum := len(c.now.pages), maphash.Bytes(c.seed, body)
	c.now.pages = append(c.now.pages, pageMark{sum: sum, size: len(body)})
	c.kept = append(c.kept, body)
	if c.same && n < len(c.was.pages) && c.was.pages[n].sum == sum {
		c.led(c.was.pages[n].next)
		return c.was.pages[n].next, nil, true
	}
	read, c.kept, c.same = c.kept, nil, false
	return "", read, false
}

// size is how long the next page was before; 0: not known.
func (c *comparison) size() int {
	if n := len(c.now.pages); c.was != nil && n < len(c.was.pages) {
		return c.was.pages[n].size
	}
	return 0
}

// led notes where the page taken last leads.
func (c *comparison) led(next string) { c.now.pages[len(c.now.pages)-1].next = next }

// end is what to remember of the whole answer, and whether it is the one of
// before. Its version is never zero.
func (c *comparison) end() (marks *listMarks, unchanged bool) {
	if c.same && len(c.now.pages) == len(c.was.pages) {
		return c.was, true
	}
	var h maphash.Hash
	h.SetSeed(c.seed)
	for _, p := range c.now.pages {
		var sum [8]byte
		binary.LittleEndian.PutUint64(sum[:], p.sum)
		_, _ = h.Write(sum[:])
	}
	c.now.version = backend.Version(max(1, h.Sum64()))
	return &c.now, false
}
