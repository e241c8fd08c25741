package sim

import "time"

// event is something that happens at a moment. Events of the same moment happen
// in the order in which they were planned.
type event struct {
	at  int64 // Unix nanoseconds, virtual
	seq uint64
	do  func()
}

func (e event) before(o event) bool {
	return e.at < o.at || e.at == o.at && e.seq < o.seq
}

// agenda is a binary heap of events, the next one first.
type agenda struct {
	heap []event
	seq  uint64
}

func (a *agenda) add(at time.Time, do func()) {
	a.seq++
	a.heap = append(a.heap, event{at.UnixNano(), a.seq, do})
	for i := len(a.heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if !a.heap[i].before(a.heap[parent]) {
			return
		}
		a.heap[i], a.heap[parent] = a.heap[parent], a.heap[i]
		i = parent
	}
}

// due reports whether an event happens at or before a moment.
func (a *agenda) due(at int64) bool { return len(a.heap) > 0 && a.heap[0].at <= at }

func (a *agenda) pop() event {
	first, last := a.heap[0], len(a.heap)-1
	a.heap[0] = a.heap[last]
	a.heap[last] = event{} // lets go of the closure
	a.heap = a.heap[:last]
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < last && a.heap[child].before(a.heap[least]) {
				least = child
			}
		}
		if least == i {
			return first
		}
		a.heap[i], a.heap[least] = a.heap[least], a.heap[i]
		i = least
	}
}

// timer makes a planned event revocable: setting it again or cancelling it
// leaves the earlier event without effect.
type timer struct{ generation uint32 }

func (t *timer) cancel() { t.generation++ }

// plan makes something happen after d. A negative d counts as now.
func (w *World) plan(d time.Duration, do func()) {
	w.agenda.add(w.now.Add(max(0, d)), do)
}

// set arms a timer to go off after d, in place of what it was armed for.
func (w *World) set(t *timer, d time.Duration, do func()) {
	t.generation++
	mine := t.generation
	w.plan(d, func() {
		if t.generation == mine {
			do()
		}
	})
}
