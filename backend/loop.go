package backend

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/amltop/amltop/model"
)

// loop is the poller. One goroutine runs it and owns everything in it but the
// first group; others hand it functions to run. Calls to the cloud run in
// goroutines of their own and come back the same way.
type loop struct {
	ctx    context.Context // ends when the session is closed
	cloud  Cloud
	o      Options
	feed   *feed
	opened time.Time
	events chan func()
	owner  sync.WaitGroup // every goroutine of the session

	random    *rand.Rand
	parts     []*part
	byKey     map[partKey]*part
	agenda    agenda
	grown     int // parts so far
	purses    purses
	inFlight  int
	effort    effort
	outage    outage
	focus     model.Focus
	inSight   map[model.WorkspaceID]bool
	narrow    narrowing
	favourite map[model.WorkspaceID]bool

	wanted  map[model.SectionKey]bool // nil: every section
	once    bool                      // ask each part until it has answered or failed, and no more
	settled chan struct{}             // closed when a one-shot load is over

	rows
	record
	ledger
	timers
}

type partKey struct {
	key   model.SectionKey
	scope string
}

func newLoop(ctx context.Context, cloud Cloud, o Options) *loop {
	o = o.withDefaults()
	return &loop{
		ctx: ctx, cloud: cloud, o: o,
		feed: newFeed(), opened: o.Now(), events: make(chan func()),
		random:    rand.New(rand.NewPCG(o.Seed, 0x616d6c746f70)),
		byKey:     map[partKey]*part{},
		agenda:    newAgenda(),
		purses:    purses{share: o.Cadence.Share, of: map[purseKey]*allowance{}},
		narrow:    newNarrowing(o.Narrow),
		favourite: map[model.WorkspaceID]bool{},
		settled:   make(chan struct{}),
		effort:    effort{perSecond: float64(o.Cadence.RowsPerSecond), left: float64(o.Cadence.RowsPerSecond)},
		rows:      newRows(o.terms()),
		record:    newRecord(),
	}
}

// now is the wall's time since the session was opened.
func (l *loop) now() wall { return l.o.Now().Sub(l.opened) }

// cloudNow is the cloud's time.
func (l *loop) cloudNow() time.Time { return l.cloud.Clock().At(l.o.Now()) }

// cloudAt is the cloud's time at a moment on the wall.
func (l *loop) cloudAt(at wall) time.Time {
	if at == never {
		return time.Time{}
	}
	return l.cloud.Clock().At(l.opened.Add(at))
}

// run is the loop itself. It ends with the context.
func (l *loop) run() {
	defer l.feed.close()
	timer := time.NewTimer(0)
	defer timer.Stop()
	l.protect(l.plant)
	for {
		wait := wall(time.Hour)
		l.protect(func() { wait = l.step() })
		timer.Reset(wait)
		select {
		case <-l.ctx.Done():
			return
		case <-timer.C:
		case fn := <-l.events:
			l.protect(fn)
			l.drain()
		}
	}
}

// drain runs what else is waiting, so that one step serves it all.
func (l *loop) drain() {
	for range 64 {
		select {
		case fn := <-l.events:
			l.protect(fn)
		default:
			return
		}
	}
}

// step sends off what is due, publishes what is new, and says how long nothing
// will be.
func (l *loop) step() wall {
	now := l.now()
	next := min(l.schedule(now), l.giveDue(now))
	if l.once && l.inFlight == 0 && next == never {
		l.settle()
	}
	next = min(next, l.publishDue(now))
	return max(minDelay, min(next-now, time.Hour))
}

// settle ends a one-shot load.
func (l *loop) settle() {
	select {
	case <-l.settled:
	default:
		l.publish(l.now())
		close(l.settled)
	}
}

// post has the loop run fn; nothing happens once the session is closed.
func (l *loop) post(fn func()) bool {
	select {
	case l.events <- fn:
		return true
	case <-l.ctx.Done():
		return false
	}
}

// do has the loop run fn and waits for it.
func (l *loop) do(ctx context.Context, fn func()) error {
	done := make(chan struct{})
	select {
	case l.events <- func() { defer close(done); fn() }:
	case <-ctx.Done():
		return ctx.Err()
	case <-l.ctx.Done():
		return ErrClosed
	}
	<-done
	return nil
}

// protect keeps a bug in one step from ending the program: it becomes a line
// among the changes and in the log.
func (l *loop) protect(fn func()) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		err := panicError(r)
		l.o.Logger.Error("poller", "err", err, "stack", string(debug.Stack()))
		l.note(troubleNote(l.cloudNow(), err.Error()))
	}()
	fn()
}

// troubleNote is trouble of the program's own, as a line among the changes.
func troubleNote(at time.Time, text string) model.Change {
	return model.Change{At: at, Kind: "amltop", Name: "amltop", Text: text, Health: model.HealthBad}
}

func panicError(r any) error { return fmt.Errorf("internal error: %v", r) }
