package backend

import "container/heap"

// agenda keeps parts by when they are to be asked: those whose time has not
// come by due time, those that are due in lanes. What is the same for all parts
// of a lane, such as whose allowance they draw on, is looked at once for all of
// them; so a look at what to do next costs as much as there are lanes, and not
// parts.
type agenda struct {
	waiting partHeap
	lanes   map[laneKey]*lane
}

// laneKey is what parts that are due have in common.
type laneKey struct {
	purse *allowance
	rank  class
	order int  // among those never asked
	every wall // the interval they are asked in
}

// lane are parts that are due, the longest first.
type lane struct {
	laneKey
	due partHeap
}

func newAgenda() agenda { return agenda{lanes: map[laneKey]*lane{}} }

// put enters a part by its next and rank, or takes it out if it has no time.
func (a *agenda) put(p *part) {
	a.remove(p)
	if p.next != never {
		a.waiting.add(p)
	}
}

// remove takes a part out.
func (a *agenda) remove(p *part) {
	if p.in != nil {
		heap.Remove(p.in, p.place)
	}
}

// advance moves what has become due into its lane.
func (a *agenda) advance(now wall) {
	for len(a.waiting) > 0 && a.waiting[0].next <= now {
		p := a.waiting[0]
		a.remove(p)
		key := laneKey{p.purse, p.rank, p.order, p.every}
		if a.lanes[key] == nil {
			a.lanes[key] = &lane{laneKey: key}
		}
		a.lanes[key].due.add(p)
	}
}

// next is when the next part becomes due.
func (a *agenda) next() wall {
	if len(a.waiting) == 0 {
		return never
	}
	return a.waiting[0].next
}

// best is the most pressing part that is due in the lanes that open lets pass,
// or nil.
func (a *agenda) best(now wall, open func(*lane) bool) *part {
	var first *lane
	for key, l := range a.lanes {
		switch {
		case len(l.due) == 0:
			delete(a.lanes, key)
		case first != nil && !l.before(first, now), !open(l):
		default:
			first = l
		}
	}
	if first == nil {
		return nil
	}
	return first.due[0]
}

// before reports whether the first part of a lane goes before that of another:
// by class, then by how many of its own intervals it is late.
func (l *lane) before(other *lane, now wall) bool {
	switch {
	case l.rank != other.rank:
		return l.rank < other.rank
	case l.order != other.order:
		return l.order < other.order
	}
	if a, b := l.late(now), other.late(now); a != b {
		return a > b
	}
	return l.due[0].number < other.due[0].number
}

func (l *lane) late(now wall) float64 { return float64(now-l.due[0].next) / float64(l.every) }

// partHeap has the part that is due first at its top. Parts know where they are.
type partHeap []*part

func (h *partHeap) add(p *part) {
	p.in = h
	heap.Push(h, p)
}

// Len implements sort.Interface.
func (h partHeap) Len() int { return len(h) }

// Less implements sort.Interface.
func (h partHeap) Less(i, j int) bool {
	if h[i].next != h[j].next {
		return h[i].next < h[j].next
	}
	return h[i].number < h[j].number
}

// Swap implements sort.Interface.
func (h partHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

// Push implements heap.Interface.
func (h *partHeap) Push(x any) {
	p := x.(*part)
	p.place = len(*h)
	*h = append(*h, p)
}

// Pop implements heap.Interface.
func (h *partHeap) Pop() any {
	last := len(*h) - 1
	p := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	p.in = nil
	return p
}
