package backend

import "sync/atomic"

// gate decides, once, whether an operation is sent or taken back.
type gate struct {
	decided atomic.Int32 // 0: open, 1: sent, 2: undone
	undone  chan struct{}
}

func newGate() *gate { return &gate{undone: make(chan struct{})} }

// send closes the gate behind an operation that goes out; false if it was
// taken back before.
func (g *gate) send() bool { return g.decided.CompareAndSwap(0, 1) }

// undo takes the operation back; false if it is too late.
func (g *gate) undo() bool {
	if !g.decided.CompareAndSwap(0, 2) {
		return false
	}
	close(g.undone)
	return true
}
